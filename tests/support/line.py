"""The wire to a terminal: a pty whose every byte is kept and counted.

For what a real screen hides: how many bytes a key costs on the line, how long a
paint takes, what a terminal of another encoding is sent.

    with Line([yunwei, "--data", office]) as line:
        line.expect("工作台")
        assert line.cost("磁") <= 4 + noise
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

QUIET_S = 0.06


class Line:
    """ARGV at the far end of a line of COLS x ROWS, of terminal type TERM, speaking ENCODING."""

    def __init__(self, argv, cols=80, rows=24, term="xterm-256color", env=None, cwd=None, encoding="utf-8"):
        self.encoding = encoding
        self.total = 0
        self._kept = bytearray()
        self._status = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
                os.chdir(cwd or ".")
                os.execvpe(argv[0], argv, {**os.environ, "TERM": term, **(env or {})})
            finally:
                os._exit(127)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.hang_up()
        if self._ended() is None:
            os.kill(self.pid, signal.SIGKILL)
            self._status = os.waitpid(self.pid, 0)[1]

    def _ended(self):
        """The exit status (minus the signal that killed it), None while the program runs."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = status if pid else None
        return None if self._status is None else os.waitstatus_to_exitcode(self._status)

    def _read(self, timeout):
        """Reads what comes within TIMEOUT seconds; False if nothing came, or the far end is gone."""
        if self._fd is None or not select.select([self._fd], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # how Linux says that the program has closed the terminal
            data = b""
        self.total += len(data)
        self._kept += data
        return bool(data)

    def send(self, data):
        """Sends text (in the line's encoding) or bytes, in one burst."""
        os.write(self._fd, data.encode(self.encoding) if isinstance(data, str) else data)

    def take(self):
        """What came since the last take(), as bytes."""
        taken, self._kept = bytes(self._kept), bytearray()
        return taken

    def expect(self, wanted, timeout=10):
        """Reads until WANTED (text, or an expression over bytes) came; forgets all up to its end."""
        if isinstance(wanted, str):
            wanted = re.compile(re.escape(wanted.encode(self.encoding)))
        end = time.monotonic() + timeout
        while not (found := wanted.search(self._kept)):
            left = end - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"no {wanted.pattern!r} on the line within {timeout} s, but {bytes(self._kept)!r}")
        del self._kept[:found.end()]
        return found

    def settle(self, timeout=10):
        """Reads until the program has said nothing for QUIET_S and sleeps."""
        end = time.monotonic() + timeout
        while self._read(QUIET_S) or not self._sleeps():
            assert time.monotonic() < end, f"the program does not come to rest within {timeout} s"

    def pass_time(self, seconds):
        """Reads on for SECONDS, as a person pauses between keys."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def _sleeps(self):
        with open(f"/proc/{self.pid}/stat", encoding="utf-8", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()[0] in "SZ"

    def cost(self, data):
        """How many bytes the program sends in answer to DATA."""
        self.settle()
        before = self.total
        self.send(data)
        self.settle()
        return self.total - before

    def resize(self, cols, rows):
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def hang_up(self):
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def wait_exit(self, timeout=10):
        """Waits until the program ends; returns its exit status (minus the signal that killed it)."""
        end = time.monotonic() + timeout
        while (status := self._ended()) is None:
            assert time.monotonic() < end, "the program still runs"
            self._read(0.02) or time.sleep(0.01)
        return status
