"""Forms are data: no C file knows a form by its id, or a field by its key.

A key may be an ordinary word too: then it is also a column of the schema ("title"), a
setting of the definition language ("by"), or a word listed here with what C means by it.
"""
import re

from lint import files, main, read, strings, without_comments

ANOTHER_MEANING = {
    "links": "the records that belong to one",
}

SETTING = re.compile(r"[{;(]\s*(\w+)\s*[=:]")

# A group with a key and a type is a field, a column or an item; sections, states and actions have no type.
FIELD = re.compile(r"\bkey\s*[=:]\s*\"(\w+)\";[^{}]*?\btype\s*[=:]")
COLUMN = re.compile(r"^\s+\"?(\w+)\"?\s+(?:TEXT|INTEGER|REAL|BLOB|ANY)\b", re.M)


def names_in_forms(top):
    """(ids of forms, keys of fields) of all definitions; a setting's name is no key."""
    ids, keys, settings = set(), set(), set()
    for file in files(top, "forms", "data", ends=".cfg"):
        text = read(top, file)
        if file.startswith("forms/"):
            ids |= set(re.findall(r"^id\s*[=:]\s*\"(\w+)\"", text, re.M))
        keys |= set(FIELD.findall(text))
        settings |= set(SETTING.findall(text))
    return ids, keys - settings


def rule(top):
    ids, keys = names_in_forms(top)
    for schema in files(top, "data", ends=".sql"):
        keys -= set(COLUMN.findall(read(top, schema)))
    keys -= set(ANOTHER_MEANING)
    faults = []
    for file in files(top, "src"):
        text = read(top, file)
        for line, literal in strings(text):
            if literal in ids or literal in keys:
                faults.append(f'{file}:{line}: "{literal}" is {"a form" if literal in ids else "a field of a form"}')
        for number, line in enumerate(without_comments(text).split("\n"), 1):
            for name in re.findall(r"\w+", re.sub(r'"(?:[^"\\]|\\.)*"', "", line)):
                if ids & set(name.lower().split("_")):
                    faults.append(f"{file}:{number}: {name} names a form")
    return faults


FORM = 'id = "leak";\nsections = ( { key = "s"; fields = ( { key = "pipe"; label = "P"; type = "text"; }, { key = "name"; type = "text"; } ); } );\n'
SCHEMA = "CREATE TABLE record (\n\tid INTEGER PRIMARY KEY,\n\tname TEXT NOT NULL\n) STRICT;\n"
main(rule, [
    ({"forms/a.cfg": FORM, "src/a.c": '/* leak "leak" */\nchar *pipe = "piper";\n'}, []),
    ({"forms/a.cfg": FORM, "src/a.c": '\nf("leak");\n'}, ['src/a.c:2: "leak" is a form']),
    ({"forms/a.cfg": FORM, "src/a.c": 'f("pipe");\n'}, ['"pipe" is a field']),
    ({"forms/a.cfg": FORM, "src/a.c": "enum { FORM_LEAK = 1 };\n"}, ["FORM_LEAK names a form"]),
    ({"forms/a.cfg": FORM + "x = { pipe = 1; };", "src/a.c": 'f("pipe");\n'}, []),
    ({"forms/a.cfg": FORM, "data/schema/1.sql": SCHEMA, "src/a.c": 'f("name");\n'}, []),
    ({"forms/a.cfg": FORM, "src/a.c": 'f("name");\n'}, ['"name" is a field']),
])
