"""Every word of the form language stands in man/yunwei-form.5: words of groups, types, states, effects, names, functions, roles."""
import re

from lint import files, main, read

PAGE = "man/yunwei-form.5"
# Where the words are declared: a file pattern, and what a declaration looks like.
DECLARED = [
    (r"src/form/(load_\w+|phrases)\.c$", re.compile(r'^\t\{ "([a-z_]+)", (?:read|load)_\w+,', re.M)),
    (r"src/form/(load_\w+|phrases)\.c$", re.compile(r'\{ \{ "([a-z_]+)", (?:read|load)_\w+,')),
    (r"src/form/expr_functions\.c$", re.compile(r'\{ "([a-z_]+)", \d, [a-z_]+ \}')),
    (r"src/form/names\.h$", re.compile(r'^\tX\([A-Z_]+, "([a-z_]+)"\)', re.M)),
    (r"src/model/(field|workflow)\.h$", re.compile(r'^\tX\([A-Z_]+, "([a-z_]+)"', re.M)),
    (r"src/model/permission\.h$", re.compile(r'^\tX\([A-Z_]+, "([a-z_]+)", N_', re.M)),
]


def rule(top):
    faults = []
    # Words in bold: what stands in running text is English, not the language. \\(dq is groff's quotation mark.
    bold = " ".join(re.findall(r"^\.(?:B[RI]?|RB) (.*)$", read(top, PAGE), re.M))
    documented = set(re.findall(r"[a-z_]+", re.sub(r"\\\(..|\\f.", " ", bold)))
    for path in files(top, "src/form", "src/model"):
        for pattern, word in DECLARED:
            if re.match(pattern, path):
                faults += [f"{PAGE} does not know {name} ({path})" for name in word.findall(read(top, path))
                           if name not in documented]
    return faults


MAN = ".TH X 5\n.TP\n.BR key \" (needed)\"\n.BI chars( text )\n.B :now\n.B memo\n"

if __name__ == "__main__":
    main(rule, [
        ({PAGE: MAN, "src/form/load_a.c": '\t{ "key", read_key, AT(key), true },\n'}, []),
        ({PAGE: MAN, "src/form/load_a.c": '\t{ "colour", read_text, AT(colour), false },\n'}, ["does not know colour"]),
        ({PAGE: MAN, "src/form/expr_functions.c": '\t{ "chars", 1, chars }, { "rows", 1, rows },\n'}, ["know rows"]),
        ({PAGE: MAN, "src/form/names.h": '\tX(NOW, "now") /* a */ \\\n\tX(LATER, "later")\n'}, ["know later"]),
        ({PAGE: MAN, "src/model/field.h": '\tX(MEMO, "memo") \\\n\tX(TEXT, "text")\n'}, []),
        ({PAGE: MAN, "src/model/permission.h": '\tX(BOSS, "boss", N_("boss"))\n'}, ["know boss"]),
    ])
