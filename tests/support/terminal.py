"""A real terminal for journey tests: the program in a private tmux server.

Keys go in, screen text comes out. Nothing sleeps for luck: wait_for() polls the
screen until what is expected is there, and fails showing what was there instead.

    with Terminal([yunwei, "--data", office]) as term:
        term.wait_for("工作台")
        term.keys("2", "Down", "Enter")
        term.type("磁盘告警")
        term.wait_for(re.compile(r"已暂存 \d\d:\d\d"))
"""
import itertools
import os
import re
import shlex
import subprocess
import tempfile
import time

POLL_S = 0.02
_number = itertools.count()


class Timeout(AssertionError):
    """What was waited for did not come; the message shows the screen."""


def wait_until(question, timeout, complaint):
    """Asks QUESTION until its answer is true and returns that; COMPLAINT() is the failure's text."""
    end = time.monotonic() + timeout
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Timeout(f"after {timeout} s: {complaint()}")
        time.sleep(POLL_S)


class Screen:
    """What tests ask of any screen; a subclass gives screen(), cursor(), and look() for both at once:
    the screen as text lines joined by newlines, and whether the program has ended."""

    def wait_for(self, wanted, timeout=20):
        """Waits until the text or compiled expression is on the screen; returns the screen."""
        found = wanted.search if isinstance(wanted, re.Pattern) else lambda text: wanted in text
        return self._wait(lambda text: found(text), f"no {wanted!r}", timeout)

    def wait_gone(self, text, timeout=20):
        return self._wait(lambda screen: text not in screen, f"still {text!r}", timeout)

    def wait_that(self, holds, complaint, timeout=20):
        """Waits until HOLDS(screen text) is true; returns the screen."""
        return self._wait(holds, complaint, timeout)

    def wait_caret_at(self, text, timeout=20):
        """Waits until the cursor stands in a line with TEXT in it."""
        def there(screen):
            lines, row = screen.split("\n"), self.cursor()[1]
            return row < len(lines) and text in lines[row]
        return self._wait(there, f"the cursor is not in the line of {text!r}", timeout)

    def wait_cursor(self, column, row, timeout=20):
        wait_until(lambda: self.cursor() == (column, row), timeout,
                   lambda: f"the cursor is at {self.cursor()}, not {(column, row)}\n{self.framed()}")

    def _wait(self, holds, complaint, timeout):
        last = [""]

        def look():
            last[0], ended = self.look()
            if holds(last[0]):
                return True
            if ended:  # nothing more will come
                raise Timeout(f"{complaint}, and the program has ended:\n{self.framed(last[0])}")
            return False

        wait_until(look, timeout, lambda: f"{complaint} on this screen:\n{self.framed(last[0])}")
        return last[0]

    def framed(self, text=None):
        lines = (self.screen() if text is None else text).split("\n")
        return "\n".join("  |" + line for line in lines)


class Terminal(Screen):
    """ARGV in a tmux pane of COLS x ROWS; the program sees the terminal type TERM."""

    def __init__(self, argv, cols=80, rows=24, term="tmux-256color", env=None, cwd=None):
        self._folder = tempfile.TemporaryDirectory(prefix="terminal-")
        self._socket = os.path.join(self._folder.name, f"tmux-{next(_number)}")
        words = ["env", "-u", "TMUX", "-u", "TMUX_PANE"]
        words += [f"{name}={value}" for name, value in {"TERM": term, **(env or {})}.items()] + list(argv)
        command = "exec " + " ".join(shlex.quote(word) for word in words)
        start = ["set-option", "-g", "status", "off", ";", "set-option", "-g", "remain-on-exit", "on", ";",
                 "set-option", "-g", "remain-on-exit-format", "", ";",
                 "set-option", "-s", "escape-time", "0", ";", "set-option", "-g", "history-limit", "0", ";",
                 "set-option", "-g", "default-terminal", "tmux-256color", ";",
                 "new-session", "-d", "-x", str(cols), "-y", str(rows), command]
        self._tmux(*start, cwd=cwd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _tmux(self, *words, text=None, cwd=None):
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        env.pop("TMUX", None)
        done = subprocess.run(["tmux", "-u", "-f", "/dev/null", "-S", self._socket, *words], input=text,
                              capture_output=True, text=True, env=env, cwd=cwd, check=False)
        if done.returncode:
            raise RuntimeError(f"tmux {words[0]}: {done.stderr.strip()}")
        return done.stdout

    def _ask(self, expression):
        return self._tmux("display-message", "-p", expression).strip()

    def screen(self):
        """The rows of the screen as text, without blanks at their ends."""
        return self._tmux("capture-pane", "-p").rstrip("\n")

    def look(self):
        ended, screen = self._tmux("display-message", "-p", "#{pane_dead}", ";", "capture-pane", "-p").split("\n", 1)
        return screen.rstrip("\n"), ended == "1"

    def screen_with_attributes(self):
        """As screen(), with the escape sequences for bold, reverse, colour."""
        return self._tmux("capture-pane", "-p", "-e")

    def cursor(self):
        """(column, row) of the cursor, from 0."""
        column, row = self._ask("#{cursor_x} #{cursor_y}").split()
        return int(column), int(row)

    def keys(self, *names):
        """Presses keys by tmux's names: Enter Tab BTab Escape Up F5 C-c M-1 PPage DC BSpace, or one character."""
        for name in names:
            self._tmux("send-keys", name)

    def type(self, text):
        """Types TEXT in one burst, as an input method commits a phrase."""
        self._tmux("send-keys", "-l", "--", text)

    def send(self, data):
        """Sends bytes as they are: any escape sequence, any encoding, also bad ones."""
        self._tmux("send-keys", "-H", *(f"{byte:02x}" for byte in data))

    def paste(self, text):
        """Pastes TEXT, in brackets if the program asked for bracketed paste."""
        self._tmux("load-buffer", "-", text=text)
        self._tmux("paste-buffer", "-p", "-r", "-d")

    def resize(self, cols, rows):
        self._tmux("resize-window", "-x", str(cols), "-y", str(rows))

    def settle(self, quiet_s=0.1, timeout=20):
        """Waits until the program sleeps and its screen has been the same for QUIET_S; returns the screen."""
        seen = [self.screen(), time.monotonic()]

        def quiet():
            now = self.screen()
            if now != seen[0]:
                seen[:] = now, time.monotonic()
            with open(f"/proc/{self.pid()}/stat", encoding="utf-8", errors="replace") as stat:
                sleeps = stat.read().rpartition(")")[2].split()[0] in "SZ"
            return sleeps and time.monotonic() - seen[1] >= quiet_s

        wait_until(quiet, timeout, lambda: f"the screen does not come to rest:\n{self.framed()}")
        return seen[0]

    def pid(self):
        return int(self._ask("#{pane_pid}"))

    def wait_exit(self, timeout=20):
        """Waits until the program ends; returns its exit status (128 + signal if one killed it)."""
        wait_until(self._ended, timeout, lambda: f"the program still runs:\n{self.framed()}")
        status, signal = self._ended()
        return 128 + int(signal) if signal else int(status)

    def _ended(self):
        dead, *how = self._ask("#{pane_dead},#{pane_dead_status},#{pane_dead_signal}").split(",")
        if dead == "1" and not any(how):
            self._tmux("run-shell", "-b", "true")  # tmux now and then misses a child's end until the next one
        return how if any(how) else None

    def hang_up(self):
        """Closes the terminal under the program, as a lost line does."""
        self._tmux("respawn-pane", "-k", "true")

    def close(self):
        try:
            self._tmux("kill-server")
        except RuntimeError:
            pass  # the server ended with its last program
        self._folder.cleanup()
