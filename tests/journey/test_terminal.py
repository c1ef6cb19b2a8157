"""Whatever the terminal does: grows, shrinks, stops, hangs up, is of another kind or speaks another encoding."""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from line import Line
from office import CLERK, Office, run_tests
from terminal import Terminal, wait_until

TEXT = "登记大厅三号窗口登录页面打不开，"


def begin_incident(term):
    """From the work bench to the first field of the incident form that takes several lines."""
    term.wait_for("今日应办")
    term.keys("2")
    term.wait_for("网络安全异常情况（事件）报告表")
    term.type("ycqk")
    term.keys("Enter")
    term.wait_for("异常情况报告 · ")
    term.wait_caret_at("涉及设备系统")
    term.keys("Down")
    term.wait_caret_at("异常现象")


def draft_text(office):
    bodies = office.rows("SELECT body FROM draft ORDER BY id DESC LIMIT 1")
    return bodies[0][0] if bodies else ""


def gone(pid):
    return lambda: not os.path.exists(f"/proc/{pid}")


def resized_and_back():
    with Office() as office, Terminal(office.argv(who=CLERK)) as term:
        begin_incident(term)
        term.type(TEXT)
        term.keys("Left", "Left")
        term.wait_for(TEXT)
        term.wait_for("已暂存")
        term.settle()
        seen, cursor = term.screen(), term.cursor()
        for cols, rows in ((79, 24), (80, 23), (20, 5), (1, 1), (40, 12)):
            term.resize(cols, rows)
            term.wait_gone("异常现象")
            term.keys("x", "F9", "Enter")  # what is not seen is not done
        term.wait_for("80")  # what is wanted
        term.resize(120, 40)
        term.wait_for(TEXT)
        wait_until(lambda: len(term.screen().split("\n")[3]) > 60, 5, term.framed)
        term.resize(80, 24)
        term.wait_that(lambda screen: without_clock(screen) == without_clock(seen), f"not as it was:\n{seen}")
        term.wait_cursor(*cursor)
        term.type("的")
        term.wait_for(TEXT[:-2] + "的")


def without_clock(screen):
    return re.sub(r"\d\d:\d\d", "", screen)


def stopped_and_continued():
    with Office() as office:
        shell = {"PS1": "shell$ ", "LC_ALL": "C.UTF-8"}
        with Terminal(["bash", "--norc", "--noprofile"], env=shell) as term:
            term.wait_for("shell$")
            term.type(f"stty -g >{office.folder}/before; {' '.join(office.argv(who=CLERK))}\n")
            term.wait_for("今日应办")
            bench = term.wait_for("Esc返回")  # the last line: all above it is painted
            term.keys("C-z")
            term.wait_for("Stopped")
            term.type(f"stty -g >{office.folder}/stopped; echo here\n")
            term.wait_for(re.compile("^here$", re.M))
            term.type("fg\n")
            term.wait_that(lambda screen: without_clock(screen) == without_clock(bench), "the work bench is not back")
            begin_incident(term)
            term.type(TEXT)
            term.wait_for(TEXT)
            term.keys("Up", "C-z")  # in a text Ctrl-Z takes back what was typed
            term.wait_for("Stopped")
            term.type("fg\n")
            term.wait_for(TEXT)
            term.keys("F10")
            term.wait_for("今日应办")
            term.keys("F10")
            term.wait_for("退出程序")
            term.keys("Enter")
            term.wait_for("shell$")
            term.type(f"stty -g >{office.folder}/after; echo there\n")
            term.wait_for(re.compile("^there$", re.M))
        lines = [open(f"{office.folder}/{name}", encoding="ascii").read() for name in ("before", "stopped", "after")]
        assert lines[0] == lines[1] == lines[2], f"the line's settings are not given back: {lines}"


def over_ssh_nobody_stops_it():
    """There is no shell below: Ctrl-Z must not leave a stopped process behind."""
    with Office() as office, Terminal(office.argv(who=CLERK), env={"SSH_CONNECTION": "10.1.2.3 1 10.1.2.4 22"}) as term:
        term.wait_for("今日应办")
        term.keys("C-z", "2")
        term.wait_for("网络安全异常情况（事件）报告表")
        with open(f"/proc/{term.pid()}/stat", encoding="utf-8") as file:
            assert file.read().rpartition(")")[2].split()[0] in "SR"


def hung_up(how):
    """What was typed is kept, and nothing runs on without its terminal."""
    with Office() as office:
        with Line(office.argv(who=CLERK)) as line:
            pid = line.pid
            line.expect("今日应办")
            line.send("2")
            line.expect("报告表")
            line.send("ycqk")
            line.settle()
            line.send("\r")
            line.expect("涉及设备系统")
            line.send(b"\x1bOB")
            line.settle()
            line.send(TEXT)
            line.expect(TEXT[-3:])
            how(line)
            status = line.wait_exit(5)
        assert gone(pid)()
        assert TEXT in draft_text(office), f"{how.__name__}: {draft_text(office)!r}"
        assert status >= 0, f"{how.__name__}: ended by signal {-status}"
        office.is_whole()


def hang_up(line):
    line.hang_up()


def terminated(line):
    os.kill(line.pid, 15)


def hung_up_by_signal(line):
    os.kill(line.pid, 1)


def lost_lines_keep_the_draft():
    for how in (hang_up, terminated, hung_up_by_signal):
        hung_up(how)


def hang_up_ignored_ends_too():
    """Started with SIGHUP ignored: no signal comes, only the end of the file."""
    with Office() as office:
        with Line(["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *office.argv(who=CLERK)]) as line:
            line.expect("今日应办")
            line.hang_up()
            line.wait_exit(5)


def terminals_of_all_kinds():
    for kind in ("vt220", "linux", "xterm-mono", "screen", "putty", "xterm-256color", "made-up-by-nobody"):
        with Office() as office, Terminal(office.argv(who=CLERK), term=kind) as term:
            works_on(term, kind)


def works_on(term, kind):
    # The last row comes last: a screen that is looked at too early is not whole yet.
    rows = term.wait_that(lambda text: text.split("\n")[-1].lstrip().startswith("1") and "F1" in text.split("\n")[-1],
                          f"no footer on {kind}").split("\n")
    assert "工作台" in rows[0] and "张三" in rows[0], f"{kind}:\n{term.framed()}"
    assert "今日应办" in "".join(rows), f"{kind}:\n{term.framed()}"
    assert len(rows) == 24
    term.keys("1")
    term.wait_for("机房日常巡检 · ")
    term.wait_caret_at("机房温度")
    term.type("22.5")
    term.keys("Down")
    term.wait_caret_at("机房相对湿度")
    term.keys("F10")
    term.wait_for("今日应办")
    term.keys("F10")
    term.wait_for("退出程序")
    term.keys("1")
    assert term.wait_exit() == 0, kind


def what_is_no_terminal_is_told():
    """A pipe instead of a terminal, a terminal that cannot move its cursor: a word why, no screen."""
    with Office() as office:
        done = subprocess.run(office.argv(who=CLERK), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=10,
                              check=False)
        assert done.returncode == 1 and done.stdout == "" and "ssh -t" in done.stderr, done
        with Line(office.argv(who=CLERK), term="dumb") as line:
            line.expect("TERM")
            assert line.wait_exit() == 1


def make_locale():
    """zh_CN.GB18030 in a folder of the build tree; kept, for it takes ten seconds to make."""
    folder = os.path.join(os.environ["YW_BUILD"], "tests", "locale")
    if not os.path.exists(f"{folder}/zh_CN.GB18030"):
        os.makedirs(folder, exist_ok=True)
        made = tempfile.mkdtemp(dir=folder)
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "GB18030", f"{made}/new"], check=False, capture_output=True)
        os.rename(f"{made}/new", f"{folder}/zh_CN.GB18030")
        os.rmdir(made)
    return folder


def gb18030_terminal():
    locales = make_locale()
    with Office() as office:
        env = {"LOCPATH": locales, "LC_ALL": "zh_CN.GB18030"}
        with Line(office.argv(who=CLERK), env=env, encoding="gb18030") as line:
            line.expect("今日应办")
            line.send("2")
            line.expect("报告表")
            line.send("ycqk")
            line.settle()
            line.send("\r")
            line.expect("涉及设备系统")
            line.send(b"\x1bOB")
            line.settle()
            line.send(TEXT + "𠮷")  # four bytes in GB18030
            line.expect(TEXT[-3:])
            line.hang_up()
            line.wait_exit(5)
        assert TEXT + "𠮷" in draft_text(office), draft_text(office)


if __name__ == "__main__":
    run_tests(resized_and_back, stopped_and_continued, over_ssh_nobody_stops_it, lost_lines_keep_the_draft,
              hang_up_ignored_ends_too, terminals_of_all_kinds, what_is_no_terminal_is_told, gb18030_terminal)
