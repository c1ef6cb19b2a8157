"""The clerk's morning: the daily check from the work bench to the work bench, and a day when something is wrong."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from office import CLERK, Office, run_tests
from terminal import Terminal

MOST_KEYS = 60
READINGS = {"机房温度": "22.5", "机房相对湿度": "52", "市电输入电压": "221.4", "UPS 输出电压": "220.1",
            "UPS 负载率": "41", "UPS 电池电量": "100", "空调 1 回风温度": "23.6"}
NOTE = "温度偏高，2号空调停机，已报修"


class Hand:
    """A hand on the keyboard: every key is counted, a character of an input method as one."""

    def __init__(self, term):
        self.term = term
        self.count = 0

    def key(self, *names):
        self.count += len(names)
        self.term.keys(*names)

    def type(self, text):
        self.count += len(text)
        self.term.type(text)


def open_the_check(term, hand):
    term.wait_for("今日应办")
    hand.key("1")
    term.wait_for("机房日常巡检 · ")
    hand.key("F5")
    term.wait_for(re.compile(r"已将 \d+ 项标为正常"))


def type_readings(term, hand, readings):
    for label, value in readings.items():
        term.wait_caret_at(label)
        hand.type(value)
        hand.key("Enter")


def newest_check(office):
    return office.json("record", "list", "patrol", "--limit", "1", "--json", who=CLERK)[0]


def a_normal_day(cols, rows):
    with Office() as office, Terminal(office.argv(), cols, rows) as term:
        hand = Hand(term)
        open_the_check(term, hand)
        type_readings(term, hand, READINGS)
        hand.key("F9")
        screen = term.wait_for("今日应办")
        term.wait_for(re.compile(r"机房日常巡检 .*已办"))
        assert hand.count <= MOST_KEYS, f"{hand.count} keystrokes\n{screen}"
        print(f"a normal day's check at {cols}x{rows}: {hand.count} keystrokes")
        number = newest_check(office)["number"]
        record = office.json("record", "show", number, "--json", who=CLERK)
        items = record["body"]["items"]
        assert number == "巡检-20261123-01" and record["state"] == "submitted", record
        assert (items["temp"]["value"], items["ups_bat"]["value"], items["ac1_t"]["value"]) == (22.5, 100, 23.6), items
        assert len(items) == 34 and items["av"]["value"] == "无" and record["body"]["concl"] == "正常", items


def normal_at_80x24():
    a_normal_day(80, 24)


def normal_at_120x40():
    a_normal_day(120, 40)


def an_abnormal_day_becomes_an_incident():
    with Office() as office, Terminal(office.argv()) as term:
        hand = Hand(term)
        open_the_check(term, hand)
        term.wait_caret_at("机房温度")
        hand.type("33.5")
        hand.key("Enter")
        term.wait_caret_at("说明")
        hand.key("F9")  # too early: the description and the other readings are asked for
        term.wait_for(re.compile(r"还有 \d+ 处需要处理"))
        hand.key("Escape")
        term.wait_gone("需要处理")
        term.wait_caret_at("说明")
        hand.type(NOTE)
        hand.key("Enter")
        type_readings(term, hand, {label: value for label, value in READINGS.items() if label != "机房温度"})
        hand.key("F9")
        term.wait_for("处理状态")
        hand.key("Enter")
        term.wait_caret_at("处理状态")
        hand.key("2")
        hand.key("F9")
        term.wait_for("转事件")
        hand.key("Enter")
        term.wait_for("异常情况报告 · ")
        term.wait_for(NOTE)
        term.wait_for("机房温度33.5℃")
        term.wait_caret_at("涉及设备系统")
        hand.type("2hjmkt")  # 2号精密空调: the register's list, by initials
        term.wait_for("2号精密空调")
        hand.key("Enter")
        term.wait_caret_at("异常现象")
        assert "ZC-2021-0002" in term.screen() or "2号精密空调" in term.screen(), term.framed()
        hand.key("Escape")
        screen = term.wait_for("今日应办")
        assert "异常情况报告" in screen, screen  # among the drafts
        number = newest_check(office)["number"]
        record = office.json("record", "show", number, "--json", who=CLERK)
        assert record["body"]["items"]["temp"] == {"value": 33.5, "note": NOTE}, record["body"]["items"]["temp"]
        assert record["body"]["concl"] == "存在异常待处理", record["body"]
        office.is_whole()
        print(f"an abnormal day: {hand.count} keystrokes, the incident begun")


if __name__ == "__main__":
    run_tests(normal_at_80x24, normal_at_120x40, an_abnormal_day_becomes_an_incident)
