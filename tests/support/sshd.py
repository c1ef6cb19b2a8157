"""A real sshd on the loopback, with keys of its own: how people reach the program from their desks.

Each person has one key, bound in authorized_keys to a forced command, as INSTALL tells
the administrator to do. The server ends with the `with` block.

    with Sshd({"李四": [yunwei, "--data", office, "ssh", "李四"]}) as sshd:
        with Terminal(sshd.client("李四")) as term: ...
        subprocess.run(sshd.client("李四", "record", "list", "--json"))
"""
import getpass
import os
import shlex
import socket
import subprocess
import tempfile

from terminal import wait_until

SSHD = "/usr/sbin/sshd"
CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
PrintMotd no
PrintLastLog no
MaxStartups 300
AcceptEnv LANG TERM
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Sshd:
    """People: name -> the forced command as a list of words. ENV is set for every command."""

    def __init__(self, people, env=None):
        self._folder = tempfile.TemporaryDirectory(prefix="sshd-")
        self.folder = self._folder.name
        self.port = free_port()
        self._keys = {name: self._path(f"key-{n}") for n, name in enumerate(people)}
        self._make_key(self._path("host"))
        with open(self._path("authorized_keys"), "w", encoding="utf-8") as file:
            for name, command in people.items():
                self._make_key(self._keys[name])
                file.write(self._authorize(name, command, env or {}))
        with open(self._path("config"), "w", encoding="utf-8") as file:
            file.write(CONFIG.format(port=self.port, folder=self.folder))
        self._start()

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _make_key(self, path):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path], check=True)

    def _authorize(self, name, command, env):
        words = ["env", *(f"{key}={value}" for key, value in env.items()), *command] if env else command
        line = shlex.join(words).replace('"', '\\"')
        with open(self._keys[name] + ".pub", encoding="utf-8") as file:
            return f'restrict,pty,command="{line}" {file.read().strip()}\n'

    def _start(self):
        if os.getuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # sshd as root insists on it
        # Standard input stays open to it for nothing; -D keeps it our child, so that it ends with us.
        self._server = subprocess.Popen([SSHD, "-D", "-f", self._path("config"), "-E", self._path("log")],
                                        stdin=subprocess.DEVNULL)
        wait_until(lambda: self._server.poll() is not None or answers(self.port), 10, self.log)
        if self._server.poll() is not None:
            raise RuntimeError(f"sshd does not start: {self.log()}")

    def client(self, name, *command):
        """The words that log in as NAME; COMMAND is what the person asks for, none for a terminal."""
        options = {"BatchMode": "yes", "IdentitiesOnly": "yes", "StrictHostKeyChecking": "no", "LogLevel": "ERROR",
                   "UserKnownHostsFile": "/dev/null", "EscapeChar": "none"}
        words = ["ssh", "-F", "none", "-t" if not command else "-T", "-p", str(self.port), "-i", self._keys[name]]
        for key, value in options.items():
            words += ["-o", f"{key}={value}"]
        return words + ["--", f"{getpass.getuser()}@127.0.0.1", *([shlex.join(command)] if command else [])]

    def log(self):
        try:
            with open(self._path("log"), encoding="utf-8", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return "(no log)"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.terminate()
        self._server.wait()
        self._folder.cleanup()
