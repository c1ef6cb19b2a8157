"""Small files, small functions: no file over 600 lines, no function over 120, nine of ten at most 65."""
import re

from lint import files, functions, main, read, without_comments

FILE_MOST, FUNCTION_MOST, FUNCTION_USUAL = 600, 120, 65


def rule(top):
    faults, lengths = [], []
    for file in files(top, "src"):
        text = read(top, file)
        count = text.count("\n")
        if count > FILE_MOST:
            faults.append(f"{file}: {count} lines, at most {FILE_MOST}")
        for number, line in enumerate(without_comments(text).split("\n"), 1):
            if re.match(r"\w.*\)\s*\{$", line) and not re.match(r"(static )?(const )?(struct|enum|union)\b[^(]*\{$", line):
                faults.append(f"{file}:{number}: the brace of a function stands on a line of its own")
        for start, length, name, _ in functions(text):
            lengths.append(length)
            if length > FUNCTION_MOST:
                faults.append(f"{file}:{start}: {name}() has {length} lines, at most {FUNCTION_MOST}")
    long = sum(length > FUNCTION_USUAL for length in lengths)
    if long * 10 > len(lengths):
        faults.append(f"{long} of {len(lengths)} functions have more than {FUNCTION_USUAL} lines; one of ten may")
    return faults


def function(name, lines):
    return f"static int {name}(int a,\n\tint b)\n{{\n" + "\ta++;\n" * (lines - 4) + "}\n"


SMALL = "".join(function(f"f{n}", 12) for n in range(20))
main(rule, [
    ({"src/a.c": SMALL + function("g", 120)}, []),
    ({"src/a.c": SMALL + function("g", 121)}, ["src/a.c:241: g() has 121 lines"]),
    ({"src/a.c": SMALL + function("g", 66) + function("h", 66)}, []),
    ({"src/a.c": SMALL + "".join(function(f"g{n}", 66) for n in range(3))}, ["3 of 23 functions"]),
    ({"src/a.c": "\n" * 600}, []),
    ({"src/a.h": "\n" * 601}, ["src/a.h: 601 lines"]),
    ({"src/a.c": "struct a {\n};\nint f(void) {\n}\n"}, ["src/a.c:3: the brace"]),
])
