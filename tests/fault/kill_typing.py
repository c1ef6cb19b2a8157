"""kill -9 while somebody types: at most the last second is missing, nothing acknowledged is, the store stays whole.

Shared by test_kill_typing.py and its long run, test_kill_typing_slow.py.
"""
import concurrent.futures
import json
import os
import random
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from line import Line
from office import ADMIN, CLERK, Office

LOST_AT_MOST_S = 1.0
SLACK_S = 0.3  # the machine is busy with other tests; a lost second would be more
WORDS = "机房温度偏高空调停机已报修交换机电源告警灯亮备用模块更换后恢复正常"
MOST_CHARS = 420


class Typist:
    """One draft, typed on and on over many killed programs. What was typed, and when, is known to the letter."""

    def __init__(self, office, dice):
        self.office, self.dice = office, dice
        self.text = ""
        self.typed = []         # (when, length of the text then)
        self.acknowledged = ""  # what the program has said to have kept

    def open(self, line):
        line.expect("今日应办")
        if self.text:
            line.expect("从上次停下的地方继续")
            line.send("\r")
            line.expect("异常现象")
            line.settle()
            return
        line.send("2")
        line.expect("报告表")
        line.send("ycqk")
        line.settle()
        line.send("\r")
        line.expect("涉及设备系统")
        line.send(b"\x1bOB")
        line.settle()

    def type(self, line, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end and len(self.text) < MOST_CHARS:
            burst = "".join(self.dice.choice(WORDS) for _ in range(self.dice.randint(1, 4)))
            line.send(burst)
            line.expect(burst[-1])  # it is on the screen
            self.text += burst
            self.typed.append((time.monotonic(), len(self.text)))
            if self.dice.random() < 0.04:
                line.send(b"\x1bOQ")
                line.expect("已暂存，")
                self.acknowledged = self.text
            line.pass_time(self.dice.uniform(0.0, 0.12))

    def stored(self):
        rows = self.office.rows("SELECT body, caret FROM draft ORDER BY id DESC LIMIT 1")
        return (json.loads(rows[0][0]).get("symptom") or "") if rows else ""

    def judge(self, killed):
        kept = self.stored()
        due = max([length for when, length in self.typed if killed - when > LOST_AT_MOST_S + SLACK_S], default=0)
        assert self.text.startswith(kept), f"kept what nobody typed: {kept!r}, not of {self.text!r}"
        assert len(kept) >= due, f"{due - len(kept)} characters older than a second are lost of {len(self.text)}"
        assert kept.startswith(self.acknowledged), f"acknowledged, but lost: {self.acknowledged!r}, kept {kept!r}"
        lost = len(self.text) - len(kept)
        self.text, self.typed, self.acknowledged = kept, [(killed - 60, len(kept))], kept
        return lost


def one_kill(typist):
    with Line(typist.office.argv(who=CLERK)) as line:
        typist.open(line)
        typist.type(line, typist.dice.uniform(0.1, 3.0))
        os.kill(line.pid, signal.SIGKILL)
        killed = time.monotonic()
        line.wait_exit()
    lost = typist.judge(killed)
    typist.office.run("check", who=ADMIN)
    return lost


def some_kills(seed, count):
    """COUNT kills in offices of their own, a new one when the field is full."""
    dice = random.Random(seed)
    lost, office, typist = [], None, None
    for _ in range(count):
        if office is None or len(typist.text) >= MOST_CHARS - 20:
            if office:
                office.__exit__()
            office = Office()
            typist = Typist(office, dice)
        lost.append(one_kill(typist))
    office.is_whole()
    office.__exit__()
    return lost


def kill_often(count, at_once=4):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        shares = [count // at_once + (n < count % at_once) for n in range(at_once)]
        lost = sum(pool.map(some_kills, range(seed, seed + at_once), shares), [])
    print(f"{len(lost)} kills: {sum(lost)} characters lost in all, at most {max(lost)} at once; the store whole every time")
