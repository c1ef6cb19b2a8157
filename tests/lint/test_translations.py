"""po/zh_CN.po is complete: every sentence of src/ in Chinese, none fuzzy, each with the same blanks to fill."""
import gettext
import os
import re
import subprocess
import tempfile

from lint import TOP, files, main

BLANK = re.compile(r"\{[a-z_]+\}")
# Words that are the same in both languages.
SAME = re.compile(r"[^A-Za-z]*(?:(?:%[-0-9.*]*(?:l|ll|j|z)?[sdiuxcf]|\{[a-z_]+\}|IP|MAC|SM3|SHA-256|PDF|Excel|SSH|JSON|CSV|ID|F\d+)[^A-Za-z]*)+|[^A-Za-z]*")


def tool(*words):
    return subprocess.run(words, capture_output=True, text=True, check=False)


def faults_of_catalogue(po, folder):
    name = os.path.relpath(po, folder)
    mo = po + ".mo"
    checked = tool("msgfmt", "--check", "--output-file", mo, po)
    if checked.returncode:
        return [f"{name}: {checked.stderr.strip()}"]
    faults = []
    for which in ("--untranslated", "--only-fuzzy"):
        left = tool("msgattrib", which, "--no-wrap", po).stdout
        faults += [f"{name}: {which[2:]}: {line}" for line in re.findall(r'^msgid (".+")$', left, re.M)]
    with open(mo, "rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    for source, translated in sorted((str(source), text) for source, text in catalogue.items() if source):
        if sorted(BLANK.findall(source)) != sorted(BLANK.findall(translated)):
            faults.append(f'{name}: other blanks in "{translated}" than in "{source}"')
        if source == translated and not SAME.fullmatch(source):
            faults.append(f'{name}: not Chinese: "{source}"')
    return faults


def rule(top):
    faults = []
    with tempfile.TemporaryDirectory(prefix="po-") as folder:
        update = tool(os.path.join(TOP, "po", "update"), top, folder)
        if update.returncode or update.stderr:
            faults.append(f"po/update: {update.stderr.strip()}")
        for po in files(folder, "", ends=".po"):
            faults += faults_of_catalogue(os.path.join(folder, po), folder)
    return faults


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: zh_CN\\n"\n'
SOURCE = 'char *f(int n) { printf(_("%d days left"), n); return N_("Check code {code}"); }\n'
FIRST = 'msgid "%d days left"\nmsgstr "还有 %d 天"\n'
SECOND = 'msgid "Check code {code}"\nmsgstr "校验码 {code}"\n'
if __name__ == "__main__":
    main(rule, [
        ({"src/a.c": SOURCE, "po/zh_CN.po": HEAD + FIRST + SECOND}, []),
        ({"src/a.c": SOURCE, "po/zh_CN.po": HEAD + FIRST}, ["untranslated: \"Check code"]),
        ({"src/a.c": SOURCE, "po/zh_CN.po": HEAD + FIRST + "#, fuzzy\n" + SECOND}, ["only-fuzzy: \"Check code"]),
        ({"src/a.c": SOURCE, "po/zh_CN.po": HEAD + FIRST + SECOND.replace("校验码 {code}", "校验码 {kode}")},
         ["other blanks"]),
        ({"src/a.c": SOURCE, "po/zh_CN.po": HEAD + FIRST.replace("还有 %d", "还有 %s") + SECOND}, ["days left"]),
        ({"src/a.c": SOURCE, "po/zh_CN.po": HEAD + FIRST + SECOND.replace("校验码", "Check code")}, ["not Chinese"]),
    ])
