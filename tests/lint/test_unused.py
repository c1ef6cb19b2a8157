"""No dead code: every function that a file offers is used by another place in src/ or tests/."""
import collections
import re

from lint import files, functions, main, read, without_comments

# main() is the system's to call; __wrap_ functions are the linker's.
CALLED_FROM_OUTSIDE = re.compile(r"main$|__wrap_")


def rule(top):
    uses, offered = collections.Counter(), []
    for file in files(top, "src", "tests"):
        text = without_comments(read(top, file))
        uses.update(re.findall(r"\w+", text))
        if file.startswith("src/") and file.endswith(".c"):
            offered += [(file, line, name) for line, _, name, is_static in functions(text) if not is_static]
        elif file.startswith("src/"):
            uses.subtract(re.findall(r"\w+(?=\()", re.sub(r"^(#define.*\\\n(.*\\\n)*.*|#.*)", "", text, flags=re.M)))
    return [f"{file}:{line}: {name}() is never used" for file, line, name in offered
            if uses[name] <= 1 and not CALLED_FROM_OUTSIDE.match(name)]


HEADER = "int used(void);\nint unused(int a,\n\tint b);\n"
SOURCE = "int used(void)\n{\n}\n\nint unused(int a,\n\tint b)\n{\n}\n"
if __name__ == "__main__":
    main(rule, [
        ({"src/a.h": HEADER, "src/a.c": SOURCE, "src/b.c": "static int x(void)\n{\n\treturn used();\n}\n"},
         ["src/a.c:5: unused() is never used"]),
        ({"src/a.h": HEADER, "src/a.c": SOURCE, "src/b.c": "int main(void)\n{\n\tused();\n}\n", "tests/t.c": "unused(1);\n"}, []),
        ({"src/a.h": HEADER + "#define both() \\\n\tunused(used())\n", "src/a.c": SOURCE}, []),
        ({"src/a.h": HEADER, "src/a.c": SOURCE + "struct x y = { used, unused };\n"}, []),
    ])
