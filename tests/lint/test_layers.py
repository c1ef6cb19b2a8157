"""Who may include whom: the table of layers, and each third-party library behind its folder."""
import fnmatch
import re

from lint import files, main, read, without_comments

MAY_INCLUDE = {
    "base": {"base"},
    "model": {"base", "model"},
    "form": {"base", "model", "form"},
    "store": {"base", "model", "store"},
    "report": {"base", "model", "report"},
    "app": {"base", "model", "form", "store", "report", "app"},
    "tui": {"base", "tui"},
    "ui": {"base", "model", "form", "app", "tui", "ui"},
    "cli": {"base", "model", "form", "app", "cli"},
    "main.c": {"base", "app", "tui", "ui", "cli"},
}

# JSON is the value type of a record's body, so all but the screens know it.
JSON = ["base/*", "model/*", "form/*", "store/*", "report/*", "app/*", "cli/*"]
LIBRARIES = [
    ("sqlite3.h", ["store/*", "form/expr*"]),
    ("libconfig.h", ["form/*", "report/*", "base/config*"]),
    ("xlsxwriter.h", ["report/*", "base/banned.h"]),  # read before the ban, in report/ only
    ("curses.h", ["tui/*"]),
    ("term.h", ["tui/*"]),
    ("cdk.h", ["tui/*"]),
    ("cdk/*.h", ["tui/*"]),
    ("jansson.h", JSON),
    ("uni*.h", ["base/utf8*"]),
    ("openssl/*.h", ["base/hash*"]),
    ("crypt.h", ["base/password*"]),
]

# ISO C and POSIX (with what glibc and Linux add to files and processes): everybody's.
SYSTEM = """assert ctype dirent errno fcntl float fnmatch glob grp iconv inttypes langinfo libintl limits locale
math netdb poll pwd regex setjmp signal spawn stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib
stdnoreturn string strings syslog termios time unistd wchar wctype
arpa/inet linux/* netinet/in sys/*""".split()


def fault_of(path, name, ours):
    """Why src/PATH may not include NAME, or None."""
    layer = path.split("/")[0]
    if ours:
        other = name.split("/")[0]
        return None if other in MAY_INCLUDE.get(layer, ()) else f"{layer} may not lean on {other}"
    if any(fnmatch.fnmatch(name, header + ".h") for header in SYSTEM):
        return None
    for pattern, allowed in LIBRARIES:
        if fnmatch.fnmatch(name, pattern):
            inside = any(fnmatch.fnmatch(path, where) for where in allowed)
            return None if inside else f"only {' '.join(allowed)} may use it"
    return "not a library of ours: see tests/lint/test_layers.py"


def rule(top):
    faults = []
    for file in files(top, "src"):
        path = file.removeprefix("src/")
        for number, line in enumerate(without_comments(read(top, file)).split("\n"), 1):
            found = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
            why = found and fault_of(path, found.group(2), found.group(1) == '"')
            if why:
                faults.append(f"{file}:{number}: includes {found.group(2)}: {why}")
    return faults


main(rule, [
    ({"src/model/a.c": '#include "base/err.h"\n#include <stdio.h>\n#include <jansson.h>\n'}, []),
    ({"src/model/a.c": '/* "x" */\n#include "store/db.h"\n'}, ["src/model/a.c:2: includes store/db.h: model may not"]),
    ({"src/model/a.h": '#include "a.h"\n'}, ["may not lean on a.h"]),
    ({"src/app/a.c": "# include <sqlite3.h>\n"}, ["only store/* form/expr*"]),
    ({"src/form/expr_bind.c": "#include <sqlite3.h>\n"}, []),
    ({"src/ui/a.c": "#include <jansson.h>\n#include <curses.h>\n"}, ["jansson.h", "only tui/*"]),
    ({"src/ui/a.c": '#include "store/db.h"\n#include "report/report.h"\n'}, ["on store", "on report"]),
    ({"src/tui/a.c": '#include "model/field.h"\n#include <cdk/cdk.h>\n'}, ["tui may not lean on model"]),
    ({"src/base/utf8.c": "#include <unistr.h>\n#include <unistd.h>\n", "src/base/str.c": "#include <unistd.h>\n#include <uniwidth.h>\n"},
     ["src/base/str.c:2"]),
    ({"src/base/a.c": "#include <curl/curl.h>\n"}, ["not a library of ours"]),
    ({"src/base/a.c": "// #include <curl/curl.h>\n/*\n#include <x.h>\n*/\n"}, []),
])
