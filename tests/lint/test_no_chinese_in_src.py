"""No Chinese in string literals of src/, plain or escaped: it comes from po/, forms/, data/ and export/.

What people type is another matter: the words for dates, yes and no, and the wide blank and
commas are read by their code points, written as escapes, in the files named here.
"""
import re

from lint import files, main, read, strings

READS_WHAT_IS_TYPED = {"src/base/str.c", "src/form/value.c", "src/model/dateinput.c", "src/store/search.c"}

CHINESE = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))")


def spelt_out(literal):
    """The text that a C compiler reads in LITERAL."""
    out, at = bytearray(), 0
    for match in ESCAPE.finditer(literal):
        out += literal[at:match.start()].encode()
        short, long, hexa, octal, other = match.groups()
        if short or long:
            out += chr(int(short or long, 16)).encode(errors="replace")
        elif hexa or octal:
            out.append((int(hexa, 16) if hexa else int(octal, 8)) & 255)
        else:
            out += other.encode()
        at = match.end()
    return (out + literal[at:].encode()).decode("utf-8", "replace")


def rule(top):
    faults = []
    for file in files(top, "src"):
        for line, literal in strings(read(top, file)):
            if CHINESE.search(literal if file in READS_WHAT_IS_TYPED else spelt_out(literal)):
                faults.append(f'{file}:{line}: "{literal}"')
    return faults


main(rule, [
    ({"src/a.c": '/* 中文 "注释" */ // "中"\nchar *s = "plain \\"→ ─ “";\n#include "中.h"\n'}, []),
    ({"src/a.c": '\nchar *s = _("x 机房");\n'}, ["src/a.c:2"]),
    ({"src/a.c": 'char *s = "\\u673a\\xe6\\x9c\\xba";'}, ["src/a.c:1"]),
    ({"src/a.c": 'char *s = "\\xe6\\x9c\\xba";'}, ["src/a.c:1"]),
    ({"src/a.c": 'char *s = "\\346\\234\\272";'}, ["src/a.c:1"]),
    ({"src/a.c": 'char *s = "(\uff08)";'}, ["src/a.c:1"]),
    ({"src/base/str.c": 'char *s = "\\u3000";'}, []),
    ({"src/base/str.c": 'char *s = "机";'}, ["src/base/str.c:1"]),
])
