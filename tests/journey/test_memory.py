"""What a session holds in memory after a walk through its screens: fifty people at once on a small machine."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from office import CLERK, Office, run_tests
from terminal import Terminal

MOST_KB = 16 * 1024


def resident_kb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
        return int(re.search(r"^VmRSS:\s+(\d+) kB", status.read(), re.M).group(1))


def after(term, what, limit=MOST_KB):
    kb = resident_kb(term.pid())
    print(f"{what}: {kb / 1024:.1f} MB resident")
    assert kb <= limit, f"{what}: {kb} KB resident, more than {limit}"


def walk(term):
    term.wait_for("今日应办")
    after(term, "the work bench")
    term.keys("3")
    term.wait_for("编号")
    term.keys(*["NPage"] * 8, "End", "Home", "Enter")
    term.wait_for("状态：")
    after(term, "a list to its end, a record")
    term.keys("F10")
    term.wait_for("编号")
    term.keys("F10")
    term.wait_for("今日应办")
    term.keys("1")
    term.wait_for("机房日常巡检 · ")
    term.keys("F5")
    term.wait_for("标为正常")
    term.keys("F10")
    term.wait_for("今日应办")
    term.keys("7")
    term.wait_for("文字或编号")
    term.type("不动产")
    term.keys("Enter")
    term.wait_for("崇自然资信事")
    term.keys("F10")
    term.wait_for("今日应办")
    after(term, "a daily check, a search, back on the work bench")


def a_session_stays_small():
    with Office(months=6) as office, Terminal(office.argv(who=CLERK)) as term:
        walk(term)


if __name__ == "__main__":
    run_tests(a_session_stays_small)
