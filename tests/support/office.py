"""A training office for a test: made once a program, copied as often as a test wants one.

    with Office() as office, Terminal(office.argv(who="zhangsan")) as term:
        term.wait_for("今日应办")
        office.json("record", "list", "patrol", "--json")

Its last day is a Friday; the clock stands on the Monday after, early in the morning
(now=None: the machine's own clock, and life up to today).
"""
import functools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

YUNWEI = os.environ["YUNWEI"]
FRIDAY, MONDAY = "2026-11-20", "2026-11-23T08:40"

# Accounts of data/demo.cfg, by what they are to the tests.
CLERK, OTHER_CLERK, CENTER_HEAD, ADMIN = "zhangsan", "wangm", "ligq", "chenl"


class Office:
    def __init__(self, now=MONDAY, months=1):
        self._folder = tempfile.TemporaryDirectory(prefix="office-")
        self.folder = self._folder.name
        self.data = os.path.join(self.folder, "data")
        self.now = now
        shutil.copytree(_template(months, FRIDAY if now else None), self.data)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._folder.cleanup()

    def argv(self, *words, who=None):
        """The words that run the program in this office; none but these: the full screen."""
        when = ["--now", self.now] if self.now else []
        return [YUNWEI, "--data", self.data, *when, *(["--as", who] if who else []), *words]

    def run(self, *words, who=None, status=0, text=None):
        """Runs a command, which must end with STATUS; returns what it wrote to standard output and error."""
        done = subprocess.run(self.argv(*words, who=who), input=text or "", capture_output=True, text=True, check=False)
        assert done.returncode == status, f"{words}: {done.returncode}, not {status}\n{done.stdout}{done.stderr}"
        return done

    def json(self, *words, who=None):
        return json.loads(self.run(*words, who=who).stdout)

    def rows(self, sql, *values):
        """Rows of the store, read beside the program as the manual allows."""
        store = sqlite3.connect(f"file:{self.data}/yunwei.db?mode=ro", uri=True)
        try:
            return store.execute(sql, values).fetchall()
        finally:
            store.close()

    def is_whole(self):
        """`check` and the journal's chain."""
        self.run("check", who=ADMIN)
        self.run("audit", "verify", who=ADMIN)


@functools.cache
def _template(months, until):
    folder = tempfile.TemporaryDirectory(prefix="template-")
    _template.folders = getattr(_template, "folders", []) + [folder]  # they end with the test
    data = os.path.join(folder.name, "data")
    words = [YUNWEI, "--data", data, "init", "--demo", "--seed", "1", "--months", str(months)]
    subprocess.run(words + (["--until", until] if until else []), check=True, stdout=subprocess.DEVNULL)
    return data


def run_tests(*tests):
    """Runs them in order, those named on the command line only if any are; says how long each took."""
    for test in tests:
        if sys.argv[1:] and test.__name__ not in sys.argv[1:]:
            continue
        start = time.monotonic()
        test()
        print(f"{test.__name__}: {time.monotonic() - start:.1f} s", flush=True)
