"""A department head reports an incident over a real sshd, and the line breaks in mid-word."""
import io
import os
import re
import signal
import subprocess
import sys

import openpyxl

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from office import ADMIN, CLERK, OTHER_CLERK, Office, run_tests
from sshd import Sshd
from terminal import Terminal, wait_until

HEAD, PERSON, DEPARTMENT = "lisi", "李四", "不动产登记中心"
SYMPTOM = ["不动产登记系统", "登录页面打不开，", "提示服务暂不可用，", "大厅十余名群众", "在等候缮证"]
OLD_TERMINAL = {"LANG": "", "LC_ALL": "", "LC_CTYPE": "", "COLORTERM": ""}


class Bureau:
    """An office, a real sshd before it, and 李四, who is known to both by his key."""

    def __init__(self):
        self.office = Office(now=None)
        self.sshd = Sshd({HEAD: ["false"]})
        run = self.office.run
        run("user", "add", HEAD, "--person", PERSON, "--dept", DEPARTMENT, "--role", "dept_head", who=ADMIN)
        with open(os.path.join(self.sshd.folder, "key-0.pub"), encoding="utf-8") as key:
            run("user", "key", HEAD, who=ADMIN, text=key.read())
        lines = run("user", "key", "--print", who=ADMIN).stdout
        assert f"ssh {HEAD}" in lines and lines.startswith("restrict,pty,command="), lines
        with open(os.path.join(self.sshd.folder, "authorized_keys"), "w", encoding="utf-8") as file:
            file.write(lines)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sshd.__exit__()
        self.office.__exit__()

    def terminal(self, term="putty"):
        """PuTTY as it comes: its own TERM, and no LANG sent along."""
        return Terminal(self.sshd.client(HEAD), term=term, env=OLD_TERMINAL)

    def ask(self, *words, data=b""):
        return subprocess.run(self.sshd.client(HEAD, *words), input=data, capture_output=True, check=False)

    def sessions(self):
        """Processes of the program that sshd has started for 李四."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/cmdline", "rb") as file:
                    words = file.read().split(b"\0")
            except OSError:
                continue
            if os.path.basename(words[0]) == b"yunwei" and self.office.data.encode() in words and words[-3:-1] == [b"ssh", HEAD.encode()]:
                found.append(int(pid))
        return found

    def wait_left(self):
        wait_until(lambda: not self.sessions(), 10, lambda: f"still running: {self.sessions()}")


def type_as_input_method(term, phrases):
    """Each phrase in one burst of bytes, as an input method commits it."""
    for phrase in phrases:
        term.send(phrase.encode())
    term.wait_for(phrases[-1][-4:])


def begin_incident(term):
    term.wait_for("今日应办")
    term.keys("2")
    term.wait_for("网络安全异常情况（事件）报告表")
    term.type("ycqk")  # 异常情况: the list filters by initials, no input method needed
    term.keys("Enter")
    term.wait_for("异常情况报告 · ")
    term.wait_caret_at("涉及设备系统")


def the_line_breaks_in_mid_word(bureau):
    with bureau.terminal() as term:
        begin_incident(term)
        term.keys("Enter")
        term.wait_for("ZC-")
        term.type("登记系统")
        term.keys("Enter")
        term.wait_caret_at("异常现象")
        type_as_input_method(term, SYMPTOM)
        term.keys("Left", "Left", "Left", "Left")
        term.send("三".encode())
        term.wait_for("在三等候缮证")
        seen, cursor = term.screen(), term.cursor()
        os.kill(term.pid(), signal.SIGKILL)
    bureau.wait_left()
    return seen, cursor


def rows_of(screen, words):
    return [line for line in screen.split("\n") if any(word in line for word in words)]


def he_stands_at_the_same_character(bureau, term, seen, cursor):
    term.wait_for("从上次停下的地方继续")
    term.wait_for("异常情况报告")
    term.keys("Enter")
    term.wait_for("在三等候缮证")
    term.wait_cursor(*cursor)
    for row in rows_of(seen, ["登录页面", "大厅十余名"]):
        assert row in term.screen(), f"{row!r} is not as it was:\n{term.framed()}"
    term.keys("BSpace")
    term.wait_for("在等候缮证")


def answer(term, label, *keys, text=None):
    """At the field LABEL: types TEXT, or presses KEYS."""
    term.wait_caret_at(label)
    if text:
        term.type(text)
    term.keys(*keys)


def he_hands_in(term):
    """Only what has no default is asked: evidence, measures; the faults lead from one to the next."""
    term.keys("F8")
    answer(term, "现场数据保存", "1")
    answer(term, "保存内容", "Enter")
    term.wait_for("屏幕照片截图")
    term.keys("Space", "Enter")
    answer(term, "存放位置", "Enter", text="本人手机相册")
    for _ in range(10):
        if "已采取措施" in term.screen().split("\n")[term.cursor()[1]]:
            break
        term.keys("Down")
    answer(term, "已采取措施", "Enter")
    term.wait_for("停止使用")
    term.type("tzsy")
    term.keys("Space", "Enter")
    answer(term, "措施时间效果", text="立即停止使用，改为手工收件，未再扩散。")
    term.keys("F9")
    term.wait_for("联系电话：必填")  # he is new: the register does not know his telephone
    term.keys("Enter")
    answer(term, "联系电话", "Enter", text="8159")
    term.keys("F9")
    term.wait_for(re.compile("上报：已办。崇自然资信事"))
    return re.search("崇自然资信事〔[0-9]{4}〕[0-9]+号", term.screen()).group()


def the_center_sees_it(bureau, number):
    with Terminal(bureau.office.argv(who=CLERK)) as term:
        screen = term.wait_for(DEPARTMENT)
        assert number in screen or "待我办理" in screen, screen
        record = bureau.office.json("record", "show", number, "--json", who=OTHER_CLERK)
    assert record["applicant"] == PERSON and record["state"] == "reported", record
    assert record["body"]["symptom"] == "".join(SYMPTOM), record["body"]
    assert any(step["origin"] == "127.0.0.1" for step in record["events"]), record["events"]


def the_page_comes_over_the_line(bureau, number):
    done = bureau.ask("export", "record", number, "-o", "-")
    assert done.returncode == 0, done.stderr.decode()
    book = openpyxl.load_workbook(io.BytesIO(done.stdout))
    texts = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert any(number in text for text in texts) and any("提示服务暂不可用" in text for text in texts), texts


def what_is_not_for_him_is_refused(bureau, number):
    for words in (["user", "list"], ["backup"], ["restore", "/etc/passwd"], ["script", "/etc/passwd"], ["init"],
                  ["ssh", CLERK], ["--as", CLERK, "record", "list"], ["--data", "/tmp", "record", "list"], ["bash"],
                  ["/bin/sh", "-c", "id"], ["record", "list;", "id"], ["$(id)"], ["audit", "list"],
                  ["export", "record", number, "-o", "/tmp/stolen.xlsx"]):
        done = bureau.ask(*words)
        said = (done.stdout + done.stderr).decode()
        assert done.returncode in (1, 2, 3) and "uid=" not in said and done.stderr, f"{words}: {done.returncode} {said}"
    assert not os.path.exists("/tmp/stolen.xlsx")
    done = bureau.ask("record", "show", number, "--json")
    assert done.returncode == 0, done.stderr.decode()


def head_of_department_under_stress():
    with Bureau() as bureau:
        seen, cursor = the_line_breaks_in_mid_word(bureau)
        with bureau.terminal() as term:
            he_stands_at_the_same_character(bureau, term, seen, cursor)
            number = he_hands_in(term)
        the_center_sees_it(bureau, number)
        the_page_comes_over_the_line(bureau, number)
        what_is_not_for_him_is_refused(bureau, number)
        bureau.wait_left()
        bureau.office.is_whole()


if __name__ == "__main__":
    run_tests(head_of_department_under_stress)
