"""The man pages are well formed and complete: every subcommand, every action's key, every setting."""
import glob
import os
import re
import subprocess
import sys

from lint import TOP, files, main, read, strings

COMMAND = re.compile(r'^const struct command command_\w+ = \{\s*"([^"]+)",\s*((?:"[^"]*"\s*)+)', re.M)
SETTING = re.compile(r"office_setting(?:_int)?\(\s*[^,()]+,\s*\"([a-z_]+)\.([a-z_]+)\"")


def complaints(path):
    """What groff says of a page."""
    words = ["man", "--warnings", "--encoding=UTF-8", "--troff-device=utf8", "--ditroff", "--local-file", path]
    done = subprocess.run(words, capture_output=True, text=True, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80"})
    return [f"{path}: {line}" for line in done.stderr.splitlines()]


def commands(text):
    """The commands defined in a C file, each as its name and usage."""
    for name, usage in COMMAND.findall(text):
        yield " ".join([name, "".join(re.findall('"([^"]*)"', usage))]).strip()


def rule(top):
    faults = []
    for page in files(top, "man", ends=(".1", ".5", ".8")):
        faults += complaints(os.path.join(top, page))
    documented = {head.replace("\\-", "-") for head in re.findall(r'^\.SS "([^"]+)"', read(top, "man/yunwei.1"), re.M)}
    conf = read(top, "man/yunwei.conf.5")
    for file in files(top, "src"):
        text = read(top, file)
        faults += [f'man/yunwei.1 has no section "{usage}" ({file})' for usage in commands(text)
                   if usage not in documented]
        faults += [f"man/yunwei.conf.5 does not know {group}.{name} ({file})" for group, name in SETTING.findall(text)
                   if not re.search(rf"^\.SH {group}$.*?^\.BR? {name}\b", conf, re.M | re.S | re.I)]
    return faults


PAGE = '.TH X 1 2026-11-22 x x\n.SH NAME\nx \\- y\n.SH COMMANDS\n.SS "user list [\\-\\-json]"\nText.\n.SS "version"\nText.\n'
CONF = ".TH X 5 2026-11-22 x x\n.SH NAME\nx \\- y\n.SH LOGIN\n.TP\n.BR attempts \" (5)\"\nText.\n"


def tree(source, page=PAGE):
    return {"man/yunwei.1": page, "man/yunwei.conf.5": CONF, "src/cli/a.c": source}


if __name__ == "__main__":
    keys = subprocess.run([os.path.join(TOP, "man", "keys"), "--check"], check=False)
    main(lambda top: rule(top) + (["keys"] if top == TOP and keys.returncode else []), [
        (tree('const struct command command_list = {\n\t"user list", "[--json]", run,\n};\n'
              'const struct command command_version = {\n\t"version",\n\t"",\n};\n'), []),
        (tree('const struct command command_list = {\n\t"user list",\n\t"[--json] "\n\t"[-x]", run,\n};\n'),
         ['no section "user list [--json] [-x]"']),
        (tree('const struct command command_drop = {\n\t"user drop", "", run,\n};\n'), ['no section "user drop"']),
        (tree('n = office_setting_int(o, "login.attempts", 5);'), []),
        (tree('n = office_setting(office, "login.colour", "x");'), ["does not know login.colour"]),
        (tree("", PAGE + ".BX x\n"), ["macro 'BX'"]),
    ])
