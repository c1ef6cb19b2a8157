"""What the lint tests share: reading our C, and proving that a rule can fail.

A rule is a function from the top folder to a list of faults. It is first tried on
examples, small trees with a known fault (or none), then on the real tree.
"""
import os
import re
import sys
import tempfile

TOP = os.path.abspath(os.environ.get("YW_SOURCE") or os.path.join(os.path.dirname(__file__), "..", ".."))

# A comment, a string, a character: whichever begins first.
_TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'', re.S)


def files(top, *folders, ends=(".c", ".h", ".def")):
    """The paths, relative to TOP, of the files below FOLDERS, sorted."""
    found = []
    for folder in folders:
        for path, _, names in os.walk(os.path.join(top, folder)):
            found += [os.path.relpath(os.path.join(path, name), top) for name in names if name.endswith(ends)]
    return sorted(found)


def read(top, path):
    with open(os.path.join(top, path), encoding="utf-8") as file:
        return file.read()


def without_comments(text):
    """TEXT with its comments blanked; lines and strings stay where they are."""
    def blank(match):
        token = match.group()
        return re.sub(r"[^\n]", " ", token) if token.startswith("/") else token
    return _TOKEN.sub(blank, text)


def strings(text):
    """(line, literal without its quotes) for each string literal outside comments and #include lines."""
    for match in _TOKEN.finditer(text):
        token = match.group()
        start = text.rfind("\n", 0, match.start()) + 1
        if token.startswith('"') and not text[start:match.start()].lstrip().startswith("#include"):
            yield text.count("\n", 0, match.start()) + 1, token[1:-1]


def functions(text):
    """(first line, length, name, whether static) of each function, from its signature to its closing brace.

    They are read by our own style: the opening and the closing brace stand in the first column.
    """
    lines = without_comments(text).split("\n")
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number - 1
            while start > 1 and lines[start - 2].strip() and not re.match(r"[#}]|.*[;}]$", lines[start - 2]):
                start -= 1
        elif line == "}" and start:
            signature = " ".join(lines[start - 1:number])
            name = re.search(r"(\w+)\s*\(", signature)
            yield start, number - start + 1, name.group(1) if name else "?", signature.startswith("static")
            start = None


def _try(rule, tree, expected):
    with tempfile.TemporaryDirectory(prefix="lint-") as top:
        for path, text in tree.items():
            os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
            with open(os.path.join(top, path), "w", encoding="utf-8") as file:
                file.write(text)
        found = rule(top)
    if len(found) != len(expected) or not all(want in fault for want, fault in zip(expected, found)):
        sys.exit(f"the rule does not work: for {tree} it says {found}, not {expected}")


def main(rule, examples):
    """Tries RULE on EXAMPLES, pairs of {path: text} and what each fault must contain; then for real."""
    for tree, expected in examples:
        _try(rule, tree, expected)
    faults = rule(TOP)
    for fault in faults:
        print(fault)
    print(f"{len(examples)} examples, {len(faults)} faults")
    sys.exit(1 if faults else 0)
