"""What nobody should type, typed into a field of every type: kept as typed or refused with a reason, the screen whole."""
import json
import os
import re
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from office import CLERK, Office, run_tests
from terminal import Terminal

SOURCE = os.environ["YW_SOURCE"]
TYPED = ["甲文本", "乙长文", "己日期", "庚日时", "辛时间", "壬整数", "癸小数", "巳地址", "午物理地址"]
CHOSEN = ["丙单选", "丁自由选", "戊多选", "子是否", "丑人员", "寅任何人", "卯科室", "辰资产", "未单号"]
BAD_BYTES = b"\xff\xfe\x80\xc0\xaf\xed\xa0\x80\xf5\x90\x80\x80\xe4\xb8"
NASTY = {
    "bad bytes": BAD_BYTES + b"a",
    "control characters": b"\x01\x02\x05\x0e\x1c\x1d\x1e\x1f\x7f",
    "CDK's mark-up": "<C></B>粗</24><R>".encode(),
    "SQL": "'; DROP TABLE record; --".encode(),
    "a format": b"%s%n%d%%",
    "emoji": "👩‍👩‍👧🏽🇨🇳⚠️".encode(),
    "combining marks": ("ễ́" + "e" + "\u0301" * 12 + "e").encode(),
    "right to left": "שלום\u202eabc\u202c مرحبا".encode(),
    "wide and narrow": "１２３．５－：。Ａ".encode(),
    "unknown sequences": b"\x1b[99;99;99~\x1b[?1;2c\x1bOy\x1b[<0;1;1M",
}


class OfficeOfEveryType(Office):
    """An office whose forms have one more, with a field of every type."""

    def __enter__(self):
        share = os.path.join(self.folder, "share")
        shutil.copytree(f"{SOURCE}/forms", f"{share}/forms")
        shutil.copy(f"{SOURCE}/tests/fixtures/forms/every.cfg", f"{share}/forms")
        for name in ("data", "export"):
            os.symlink(f"{SOURCE}/{name}", f"{share}/{name}")
        os.environ["YUNWEI_SHARE"] = share
        return self

    def __exit__(self, *how):
        del os.environ["YUNWEI_SHARE"]
        super().__exit__(*how)


def open_form(term):
    term.wait_for("今日应办")
    term.keys("2")
    term.wait_for("全部字段类型")
    term.type("qbzd")
    term.keys("Enter")
    term.wait_for("全部字段 · ")


def frame(screen):
    """What must not change: title, banner, the box's edges, the footer."""
    rows = screen.split("\n")
    return [re.split(r"  +", rows[0].strip())[0], rows[1], rows[2][:4], rows[-1]]


def go_to(term, label):
    """Up or down to LABEL, which is in sight."""
    for _ in range(60):
        rows, here = term.screen().split("\n"), term.cursor()
        if label in rows[here[1]]:
            return
        there = next(n for n, row in enumerate(rows) if label in row)
        term.keys("Down" if there > here[1] else "Up")
        term.wait_that(lambda screen: term.cursor() != here, f"no way to {label}")
    raise AssertionError(f"no {label}:\n{term.framed()}")


def wait_still_at(term, label):
    """In the line of LABEL or, in a field of several lines, below it."""
    def there(screen):
        rows, row = screen.split("\n"), term.cursor()[1]
        return any(label in line for line in rows[max(0, row - 5 if label == "乙长文" else row):row + 1])
    term.wait_that(there, f"the caret has left {label}")


def popup_is_open(screen):
    return "Esc 离开" in screen


def type_and_close(term, data):
    """Types DATA; a list that typing opened is left again, and its filter's text with it."""
    term.send(data)
    if popup_is_open(term.settle()):
        term.keys("C-c")
        term.wait_that(lambda screen: not popup_is_open(screen), "something stays open")


def stored(office):
    bodies = office.rows("SELECT body FROM draft ORDER BY id DESC LIMIT 1")
    return json.loads(bodies[0][0]) if bodies else {}


def check_whole(term, label, whole):
    assert frame(term.screen()) == whole, f"{label}: the screen is not whole\n{term.framed()}"
    wait_still_at(term, label)


def faults_at_submission(term):
    term.keys("F9")
    screen = term.wait_for("处需要处理")
    term.keys("C-c")
    term.wait_gone("处需要处理")
    return screen


def every_field_takes_or_refuses():
    with OfficeOfEveryType() as office, Terminal(office.argv(who=CLERK), rows=40) as term:
        open_form(term)
        whole = frame(term.screen())
        for label in TYPED + CHOSEN:
            go_to(term, label)
            for data in NASTY.values() if label in TYPED else [b"".join(NASTY.values())]:
                type_and_close(term, data)
                check_whole(term, label, whole)
            term.keys("F2")
            term.wait_for("已暂存，")
        body = stored(office)
        shown = faults_at_submission(term)
        for label in ("己日期", "庚日时", "辛时间"):  # kept in the draft as typed, for a person to mend
            assert label in shown, shown
        for key in ("integer", "decimal", "ip", "mac"):
            assert not re.search("[^-+0-9a-fA-F:. ]", str(body.get(key) or "")), (key, body.get(key))
        whole_text = json.dumps(body, ensure_ascii=False)
        assert not any(ord(c) < 32 or ord(c) == 127 for c in whole_text), body
        term.keys("F10")
        term.wait_for("今日应办")
        office.is_whole()


def text_is_kept_as_typed():
    """One by one in a fresh field: stored byte for byte and shown."""
    kinds = ["CDK's mark-up", "SQL", "a format", "emoji", "right to left"]
    with OfficeOfEveryType() as office:
        for name in kinds:
            typed = NASTY[name].decode()
            with Terminal(office.argv(who=CLERK), rows=40) as term:
                term.wait_for("今日应办")
                offer = term.screen()
                if "从上次停下的地方继续" in offer:
                    term.keys("2")
                    term.wait_gone("从上次停下的地方继续")
                open_form(term)
                go_to(term, "甲文本")
                term.send(NASTY[name])
                term.keys("F2")
                term.wait_for("已暂存，")
                kept = stored(office).get("text", "")
                if name == "right to left":  # controls of direction would turn the rest of the line: left out
                    typed = typed.replace("\u202e", "").replace("\u202c", "")
                assert kept == typed, f"{name}: typed {typed!r}, kept {kept!r}\n{term.framed()}"


def a_paste_of_a_megabyte():
    with Office() as office, Terminal(office.argv(who=CLERK)) as term:
        term.wait_for("今日应办")
        term.keys("2")
        term.type("ycqk")
        term.keys("Enter")
        term.wait_caret_at("涉及设备系统")
        term.keys("Down")
        term.wait_caret_at("异常现象")
        whole = frame(term.screen())
        term.paste("登记系统打不开\n" * 50000)
        term.wait_for("已填满", timeout=20)
        assert frame(term.screen())[0] == whole[0] and frame(term.screen())[3] == whole[3], term.framed()
        term.keys("F2")
        term.wait_for("已暂存")
        kept = stored(office)["symptom"]
        assert len(kept) <= 500 and kept.startswith("登记系统打不开\n登记系统打不开"), kept
        term.keys("F10")
        term.wait_for("今日应办")
        term.paste("2\n" * 1000)  # nor does a paste press keys
        term.keys("Escape")
        term.wait_for("退出程序")


if __name__ == "__main__":
    run_tests(every_field_takes_or_refuses, text_is_kept_as_typed, a_paste_of_a_megabyte)
