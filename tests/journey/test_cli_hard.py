"""The command line where it is hard: over ssh, several at once, a damaged store, a store that is in use."""
import fcntl
import io
import json
import os
import shutil
import sqlite3
import struct
import subprocess
import sys

import openpyxl

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from daily_check import patrol
from office import ADMIN, CENTER_HEAD, CLERK, Office, run_tests

HEAD_OF_DEPARTMENT = "xuy"


def ssh(office, who, line, status=0, text=b""):
    """What sshd runs for somebody who asked for LINE."""
    env = {**os.environ, "SSH_CONNECTION": "10.1.2.3 50000 10.1.2.4 22"}
    if line is not None:
        env["SSH_ORIGINAL_COMMAND"] = line
    done = subprocess.run(office.argv("ssh", who), input=text, capture_output=True, check=False, env=env)
    assert done.returncode == status, f"{line}: {done.returncode}, not {status}\n{done.stdout}{done.stderr}"
    return done


def new_patrol(office):
    return office.run("record", "new", "patrol", "--from", "-", "--submit", text=patrol()).stdout.strip()


def test_over_ssh():
    with Office() as office:
        number = new_patrol(office)
        shown = json.loads(ssh(office, CENTER_HEAD, f"record show {number} --json").stdout)
        assert shown["number"] == number
        ssh(office, CENTER_HEAD, f"record act {number} return --note '请 补充 \"备注\" 说明。'")
        event = office.json("record", "show", number, "--json")["events"][-1]
        assert event["note"] == '请 补充 "备注" 说明。' and event["person"] == "李国强" and event["origin"] == "10.1.2.3"
        made = ssh(office, CLERK, "record new patrol --from - --submit", text=patrol().encode()).stdout.decode().strip()
        assert made.startswith("巡检-20261123-")
        ssh(office, CLERK, f"record attach {made} 'a b.bin'", text=b"\x00\xff" * 1000)
        assert ssh(office, CLERK, f"record detach-to - {made} a\\ b.bin").stdout == b"\x00\xff" * 1000
        book = ssh(office, CLERK, "export month 2026-11").stdout
        assert len(openpyxl.load_workbook(io.BytesIO(book)).sheetnames) >= 2
        assert openpyxl.load_workbook(io.BytesIO(ssh(office, CLERK, f"export record {made}").stdout))
        assert b"record list" in ssh(office, CLERK, "record list --help").stdout
        # A person's own rights, no more.
        ssh(office, HEAD_OF_DEPARTMENT, f"record show {number}", status=3)
        ssh(office, "nobody", "record list", status=3)


def test_ssh_is_no_shell():
    with Office() as office:
        number = new_patrol(office)
        witness = os.path.join(office.folder, "witness")
        for line in (f"record list; touch {witness}", f"record list && touch {witness}", f"record list $(touch {witness})",
                     f"record list `touch {witness}`", f"record list | touch {witness}", f"record list > {witness}",
                     f"touch {witness}", f"sh -c 'touch {witness}'", f"help\ntouch {witness}"):
            done = ssh(office, CLERK, line, status=2)
            assert done.stdout == b"" and not os.path.exists(witness), line
        for line in ("user list", "user add x --person y", "backup", "restore x", "init", "script x", "ssh chenl", "check",
                     "forms check", "record new patrol --from /etc/passwd", f"export record {number} -o {witness}",
                     f"export month 2026-11 -o {witness}", f"export list patrol -o {witness}"):
            done = ssh(office, CLERK, line, status=3)
            assert done.stdout == b"" and not os.path.exists(witness), line
        for line in ("--as chenl user list", "--data /tmp record list", "--now 2020-01-01 record list", "record 'list", "nonsense"):
            ssh(office, CLERK, line, status=2)
        assert office.rows("SELECT count(*) FROM account")[0][0] > 10
        ssh(office, CLERK, "record list \udcff", status=2)  # one byte that is no UTF-8


def test_two_decide_one():
    with Office() as office:
        for _ in range(3):
            number = new_patrol(office)
            words = office.argv("record", "act", number, "review", who=CENTER_HEAD)
            both = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
            statuses = sorted(one.wait() for one in both)
            for one in both:
                one.communicate()
            assert statuses[0] == 0 and all(status in (1, 4) for status in statuses[1:]), statuses
            events = office.json("record", "show", number, "--json")["events"]
            assert [event["action"] for event in events] == ["submit", "review"]
        office.is_whole()


def test_many_submit():
    with Office() as office:
        words = office.argv("record", "new", "patrol", "--from", "-", "--submit")
        crowd = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                 for _ in range(16)]
        numbers = sorted(one.communicate(patrol())[0].strip() for one in crowd)
        assert numbers == [f"巡检-20261123-{n:02}" for n in range(1, 17)], numbers
        office.is_whole()


def hold_turn(office):
    """Takes the writers' turn, as a session would that hangs in the middle of a commit."""
    lock = open(f"{office.data}/yunwei.lock", "r+b")
    fcntl.fcntl(lock, 37, struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0))  # F_OFD_SETLK
    return lock


def test_busy():
    with Office() as office:
        # Somebody is at work: nothing may be put in the place of the store.
        copy = os.path.join(office.folder, "copy.db")
        office.run("backup", copy, who=ADMIN)
        waiting = subprocess.Popen(office.argv("record", "new", "patrol", "--from", "-"), stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while not office.rows("SELECT 1 FROM journal WHERE action = 'login' AND actor = '张三'"):
            assert waiting.poll() is None
        office.run("restore", copy, status=4)
        waiting.communicate(patrol())
        office.run("restore", copy)
        with open(f"{office.data}/yunwei.conf", "w", encoding="utf-8") as conf:
            conf.write("store = { wait_ms = 300; };\n")
        with hold_turn(office):
            done = office.run("record", "list", who=CLERK, status=4)
            assert done.stdout == "" and done.stderr
        office.run("record", "list", who=CLERK)


def test_backup_and_restore():
    with Office() as office:
        kept = office.rows("SELECT count(*) FROM record")[0][0]
        lines = office.run("backup", who=ADMIN).stdout.split("\n")
        copy = lines[0]
        assert os.path.dirname(copy) == f"{office.data}/backup" and lines[1].startswith("SM3 ")
        office.run("backup", copy, who=ADMIN, status=1)
        new_patrol(office)
        said = office.run("restore", copy).stdout
        assert office.rows("SELECT count(*) FROM record")[0][0] == kept
        assert any(os.path.exists(word) for word in said.split()), said
        office.is_whole()
        spoilt = os.path.join(office.folder, "spoilt.db")
        content = bytearray(open(copy, "rb").read())
        for at in range(4096 * 3, len(content), 4096 * 5):
            content[at : at + 64] = b"U" * 64
        open(spoilt, "wb").write(content)
        office.run("restore", spoilt, status=5)
        office.run("restore", "/no/such/file", status=6)
        office.is_whole()


def meddle(data, sql, *values):
    store = sqlite3.connect(f"{data}/yunwei.db")
    for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        store.execute(f"DROP TRIGGER {name}")
    store.execute(sql, values)
    store.commit()
    store.close()


def test_one_byte_of_the_journal():
    """Whichever column of an entry is changed: the entry is named, exit status 5."""
    with Office() as office:
        seq = office.rows("SELECT max(seq) FROM journal WHERE record IS NOT NULL AND changes IS NOT NULL AND note IS NOT NULL")[0][0]
        columns = [row[1] for row in office.rows("PRAGMA table_info(journal)") if row[1] != "seq"]
        whole = os.path.join(office.folder, "whole")
        shutil.copytree(office.data, whole)
        for column in columns:
            value = office.rows(f"SELECT {column} FROM journal WHERE seq = ?", seq)[0][0]
            if value is None:
                changed = 1 if column in ("record", "account") else "x"
            elif isinstance(value, int):
                changed = value + 1
            else:
                changed = value[:-1] + ("0" if value[-1] != "0" else "1")
            meddle(office.data, f"UPDATE journal SET {column} = ? WHERE seq = ?", changed, seq)
            done = office.run("audit", "verify", status=5)
            assert str(seq) in done.stderr and done.stdout == "", (column, done)
            verdict = json.loads(office.run("audit", "verify", "--json", status=5).stdout)
            assert verdict["ok"] is False and verdict["broken"] in (seq, seq + 1), (column, verdict)
            office.run("check", status=5)
            shutil.rmtree(office.data)
            shutil.copytree(whole, office.data)
        meddle(office.data, "DELETE FROM journal WHERE seq = ?", seq)
        office.run("audit", "verify", status=5)


def test_broken_store():
    with Office() as office:
        path = f"{office.data}/yunwei.db"
        office.run("backup", os.path.join(office.folder, "b.db"), who=ADMIN)
        for name in ("yunwei.db-wal", "yunwei.db-shm"):
            if os.path.exists(f"{office.data}/{name}"):
                os.remove(f"{office.data}/{name}")
        shutil.copy(os.path.join(office.folder, "b.db"), path)
        with open(path, "r+b") as store:
            store.write(b"This is no store at all. " * 40)
        done = office.run("record", "list", status=5)
        assert done.stdout == "" and done.stderr.startswith("yunwei: ")
        office.run("check", status=5)
        office.run("restore", os.path.join(office.folder, "b.db"))
        office.is_whole()


run_tests(test_over_ssh, test_ssh_is_no_shell, test_two_decide_one, test_many_submit, test_busy, test_backup_and_restore,
          test_one_byte_of_the_journal, test_broken_store)
