"""A bureau's first day: an office that is no training, an account, the log-in screen, a new password, a locked account."""
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from office import YUNWEI, run_tests
from terminal import Terminal

FIRST, SECOND = "Diyici#2026", "Dierci#2026"


class Bureau:
    """A new office with one administrator, 陈立, whose first password somebody else has set."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="bureau-")
        self.argv = [YUNWEI, "--data", f"{self.folder}/data"]
        self.run("init")
        self.run("user", "add", "chenl", "--person", "陈立", "--dept", "信息中心", "--role", "admin", "--password", text=FIRST + "\n")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def run(self, *words, text=""):
        return subprocess.run(self.argv + list(words), input=text, capture_output=True, text=True, check=True).stdout


def log_in(term, name, password):
    term.wait_for("账号")
    term.wait_caret_at("账号")
    term.type(name)
    term.keys("Enter")
    term.wait_caret_at("口令")
    term.type(password)
    term.keys("Enter")


def try_password(term, password):
    """Once the name is given: the caret is at the password."""
    term.settle()
    term.type(password)
    term.keys("Enter")


def change_password(term):
    for prompt, text in (("当前口令", FIRST), ("新口令（8", SECOND), ("再输入一次新口令", SECOND)):
        term.wait_for(prompt)
        term.settle()
        term.type(text)
        term.keys("Enter")


def first_log_in_and_the_next():
    with Bureau() as bureau:
        with Terminal(bureau.argv) as term:
            log_in(term, "chenl", "wrong-one")
            term.wait_for("账号或口令不对")
            assert "wrong-one" not in term.screen()
            try_password(term, FIRST)
            change_password(term)
            term.wait_for("口令已修改")
            term.wait_for("陈立")
            assert "【培训】" not in term.screen()
            term.keys("F10")
            term.wait_for("退出程序")
            term.keys("1")
            assert term.wait_exit() == 0
        with Terminal(bureau.argv) as term:
            log_in(term, "chenl", SECOND)
            screen = term.wait_for("今日应办")
            assert "陈立" in screen, screen


def five_wrong_passwords_lock():
    with Bureau() as bureau:
        with Terminal(bureau.argv) as term:
            log_in(term, "chenl", "wrong")
            for _ in range(4):
                term.wait_for("账号或口令不对")
                try_password(term, "wrong")
            term.wait_for("账号或口令不对")
            try_password(term, FIRST)
            term.wait_for("锁定")
            assert "今日应办" not in term.screen()
        journal = bureau.run("audit", "list")
        assert journal.count("chenl") >= 5, journal


def escape_leaves_without_a_name():
    with Bureau() as bureau, Terminal(bureau.argv) as term:
        term.wait_for("账号")
        term.keys("Escape")
        assert term.wait_exit() == 0


if __name__ == "__main__":
    run_tests(first_log_in_and_the_next, five_wrong_passwords_lock, escape_leaves_without_a_name)
