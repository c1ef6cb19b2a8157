"""The man pages are well formed and complete: every subcommand, every action's key, every setting."""
import glob
import os
import re
import subprocess
import sys

from lint import TOP, files, main, read, strings

COMMAND = re.compile(r"\.name\s*=\s*\"([^\"]+)\"")
SETTING = re.compile(r"office_setting(?:_int)?\(\s*[^,()]+,\s*\"([a-z_]+)\.([a-z_]+)\"")


def complaints(path):
    """What groff says of a page."""
    words = ["man", "--warnings", "--encoding=UTF-8", "--troff-device=utf8", "--ditroff", "--local-file", path]
    done = subprocess.run(words, capture_output=True, text=True, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80"})
    return [f"{path}: {line}" for line in done.stderr.splitlines()]


def documented_commands(page):
    """The names in the sub-section heads of COMMANDS; "user add | list" stands for both."""
    names = set()
    for head in re.findall(r'^\.SS "?([^"\n]+)', page, re.M):
        words = re.split(r" (?=[\[A-Z-])", head.replace("\\-", "-"))[0].replace(" -", "-")
        first, *others = words.split(" | ")
        group = first.split(" ")[0]
        names |= {first} | {f"{group} {other}" for other in others}
    return names


def rule(top):
    faults = []
    for page in files(top, "man", ends=(".1", ".5", ".8")):
        faults += complaints(os.path.join(top, page))
    documented = documented_commands(read(top, "man/yunwei.1"))
    conf = read(top, "man/yunwei.conf.5")
    for file in files(top, "src"):
        text = read(top, file)
        if file.startswith("src/cli/"):
            faults += [f'man/yunwei.1 has no section for "{name}" ({file})' for name in COMMAND.findall(text)
                       if name not in documented]
        faults += [f"man/yunwei.conf.5 does not know {group}.{name} ({file})" for group, name in SETTING.findall(text)
                   if not re.search(rf"^\.SH {group}$.*?^\.BR? {name}\b", conf, re.M | re.S | re.I)]
    return faults


PAGE = '.TH X 1 2026-11-22 x x\n.SH NAME\nx \\- y\n.SH COMMANDS\n.SS "user add | list [\\-\\-json]"\nText.\n.SS "ssh NAME"\nText.\n'
CONF = ".TH X 5 2026-11-22 x x\n.SH NAME\nx \\- y\n.SH LOGIN\n.TP\n.BR attempts \" (5)\"\nText.\n"


def tree(source, page=PAGE):
    return {"man/yunwei.1": page, "man/yunwei.conf.5": CONF, "src/cli/a.c": source}


if __name__ == "__main__":
    keys = subprocess.run([os.path.join(TOP, "man", "keys"), "--check"], check=False)
    main(lambda top: rule(top) + (["keys"] if top == TOP and keys.returncode else []), [
        (tree('x = { .name = "user list" };\ny = { .name = "ssh" };'), []),
        (tree('x = { .name = "user drop" };'), ['no section for "user drop"']),
        (tree('n = office_setting_int(o, "login.attempts", 5);'), []),
        (tree('n = office_setting(office, "login.colour", "x");'), ["does not know login.colour"]),
        (tree("", PAGE + ".BX x\n"), ["macro 'BX'"]),
    ])
