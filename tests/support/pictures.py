"""Pictures of the program in a real xterm, to be looked at.

    with Xterm([yunwei, "--data", office], cols=120, rows=40) as xterm:
        xterm.keys("F9")
        xterm.picture("work-bench.png")

As a command:  pictures.py OUT.png COLSxROWS COMMAND... [-- KEY...]
"""
import os
import subprocess
import sys
import time

LATIN, CHINESE = "DejaVu Sans Mono", "Noto Sans Mono CJK SC"


class Xterm:
    """ARGV in an xterm of COLS x ROWS on a display of its own."""

    def __init__(self, argv, cols=80, rows=24, env=None, cwd=None):
        # Xvfb chooses a free display and says which, once it is ready.
        reader, writer = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1920x1280x24", "-nolisten", "tcp"],
            pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as ready:
            display = ready.readline().strip()
        self._env = {**os.environ, "LC_ALL": "C.UTF-8", "DISPLAY": f":{display}", **(env or {})}
        self._xterm = subprocess.Popen(
            ["xterm", "-u8", "-fa", LATIN, "-fd", CHINESE, "-fs", "12", "-geometry", f"{cols}x{rows}+0+0", "-b", "0", "+sb", "-hold",
             "-bg", "black", "-fg", "grey85", "-xrm", "XTerm*cursorBlink: false", "-e", *argv],
            env=self._env, cwd=cwd, stderr=subprocess.DEVNULL)
        self._window = self._run("xdotool", "search", "--sync", "--onlyvisible", "--class", "xterm").split()[-1]
        self._run("xdotool", "windowfocus", "--sync", self._window)

    def _run(self, *words):
        return subprocess.run(words, env=self._env, check=True, capture_output=True, text=True, timeout=20).stdout

    def keys(self, *names):
        """Presses keys by X's names: Return Tab Escape Up F5 ctrl+c Prior Next 1 a."""
        self._run("xdotool", "key", "--delay", "20", *names)

    def type(self, text):
        self._run("xdotool", "type", "--delay", "20", text)

    def _pixels(self):
        done = subprocess.run(["import", "-window", self._window, "png:-"], env=self._env, check=True,
                              capture_output=True)
        return done.stdout

    def picture(self, path, quiet_s=0.4, timeout=10):
        """Writes the window as PNG once it has been the same for QUIET_S."""
        end = time.monotonic() + timeout
        last, since = self._pixels(), time.monotonic()
        while time.monotonic() - since < quiet_s and time.monotonic() < end:
            time.sleep(0.05)
            now = self._pixels()
            if now != last:
                last, since = now, time.monotonic()
        with open(path, "wb") as file:
            file.write(last)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in (self._xterm, self._server):
            process.terminate()
            process.wait()


def main(words):
    if len(words) < 3 or "x" not in words[1]:
        sys.exit(__doc__)
    cols, rows = (int(size) for size in words[1].split("x"))
    argv, keys = words[2:], []
    if "--" in argv:
        at = argv.index("--")
        argv, keys = argv[:at], argv[at + 1:]
    with Xterm(argv, cols, rows) as xterm:
        for key in keys:
            xterm.picture(words[0])  # waits until the key before it has been answered
            xterm.keys(key)
        xterm.picture(words[0])


if __name__ == "__main__":
    main(sys.argv[1:])
