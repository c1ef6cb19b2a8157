"""The harness itself, with bash and cat at the far end: a test that waits must be able to fail."""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from line import Line
from sshd import Sshd
from terminal import Terminal, Timeout, wait_until

SHELL = ["bash", "--norc", "--noprofile"]


def gone(pid):
    return not os.path.exists(f"/proc/{pid}")


def terminal_shows_types_pastes_resizes():
    with Terminal(SHELL, env={"PS1": "中$ "}) as term:
        term.wait_for("中$")
        term.wait_cursor(4, 0)
        term.type("echo 你好 $((1 + 2)) $TERM")
        term.keys("Enter")
        term.wait_for("你好 3 tmux-256color")
        term.resize(100, 30)
        term.type("tput cols\n")
        term.wait_for(re.compile("^100$", re.M))
        term.type("clear; stty -echo; echo ready; cat\n")
        term.wait_for(re.compile("^ready$", re.M))
        term.paste("甲\n乙\n")
        term.wait_for("ready\n甲\n乙")
        term.send("丙\n".encode())
        term.wait_for("乙\n丙")
        term.keys("C-d")
        term.wait_for("丙\n中$")
        term.type("exit 7\n")
        assert term.wait_exit() == 7


def waiting_can_fail():
    with Terminal(["cat"]) as term:
        term.type("here\n")
        term.wait_for("here\nhere")
        try:
            term.wait_for("there", timeout=0.2)
        except Timeout as fault:
            assert "|here" in str(fault), fault
        else:
            raise AssertionError("wait_for() found what is not there")
    with Terminal(["echo", "gone"]) as term:
        try:
            term.wait_for("there", timeout=60)
        except Timeout as fault:
            assert "has ended" in str(fault), fault


def hang_up_and_signals_reach_the_program():
    with Terminal(["bash", "-c", "echo ready; exec cat"]) as term:
        term.wait_for("ready")
        pid = term.pid()
        term.hang_up()
        wait_until(lambda: gone(pid), 5, lambda: "the program survived its terminal")
    with Terminal(["bash", "-c", "kill -9 $$"]) as term:
        assert term.wait_exit() == 128 + 9


def line_counts_bytes():
    with Line(SHELL, env={"PS1": "GO ", "LC_ALL": "C.UTF-8"}) as line:
        line.expect("GO ")
        assert line.cost("a") == 1
        assert line.cost("中") == 3
        line.send(b"\x15stty size\n")
        line.expect("24 80")
        line.resize(100, 30)
        line.send("stty size\n")
        line.expect("30 100")
        line.send("exit 3\n")
        assert line.wait_exit() == 3


def sshd_forces_the_command():
    forced = ["bash", "-c", 'echo "I am $0 ${SSH_ORIGINAL_COMMAND:-at a terminal}"; exec cat', "李四"]
    with Sshd({"李四": forced}) as sshd:
        done = subprocess.run(sshd.client("李四", "record", "list"), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=True)
        assert done.stdout == "I am 李四 record list\n", done
        with Terminal(sshd.client("李四")) as term:
            term.wait_for("I am 李四 at a terminal")
            term.type("甲\n")
            term.wait_for("甲\n甲")


if __name__ == "__main__":
    terminal_shows_types_pastes_resizes()
    waiting_can_fail()
    hang_up_and_signals_reach_the_program()
    line_counts_bytes()
    sshd_forces_the_command()
