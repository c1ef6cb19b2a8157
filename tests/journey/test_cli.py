"""The command line as scripts rely on it: exit statuses, what goes where, JSON, CSV; see commands.md."""
import csv
import glob
import io
import json
import os
import re
import subprocess
import sys

import openpyxl

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from daily_check import patrol
from office import ADMIN, CENTER_HEAD, CLERK, YUNWEI, Office, run_tests

SOURCE = os.environ["YW_SOURCE"]
STAFF = "chengj"
COMMANDS = """init
forms list
forms check
record new
record show
record list
record act
record attach
record detach-to
search
export record
export month
export list
audit list
audit verify
backup
restore
check
user add
user list
user disable
user enable
user passwd
user role
user key
ssh
script
version
help""".split("\n")


def run(*words, status=0, stdin=b"", env=None):
    """The program with no office at all."""
    done = subprocess.run([YUNWEI, *words], input=stdin, capture_output=True, check=False,
                          env={**{k: v for k, v in os.environ.items() if k != "YUNWEI_DATA"}, **(env or {})})
    assert done.returncode == status, f"{words}: {done.returncode}, not {status}\n{done.stdout}{done.stderr}"
    return done


def new_patrol(office, **changes):
    return office.run("record", "new", "patrol", "--from", "-", "--submit", text=patrol(**changes)).stdout.strip()


def test_help():
    assert not run("help").stderr
    listed = run("help").stdout.decode()
    for command in COMMANDS:
        assert re.search(rf"^  {re.escape(command)}( |$)", listed, re.M), command
        for words in ([*command.split(), "--help"], ["help", *command.split()]):
            done = run(*words)
            assert command in done.stdout.decode() and not done.stderr, words
    assert "record act" in run("record", "--help").stdout.decode()
    assert "yunwei" in run("version").stdout.decode() and "SQLite 3." in run("--version").stdout.decode()
    assert "Commands" in run("--lang", "en", "help").stdout.decode()
    assert "命令" in run("--lang", "zh", "help").stdout.decode()
    assert "Commands" in run("help", env={"YUNWEI_LANG": "en"}).stdout.decode()


def test_wrong_usage():
    with Office() as office:
        for words in (["nonsense"], ["record"], ["record", "show"], ["record", "list", "--nonsense"], ["search"],
                      ["record", "list", "--limit"], ["record", "list", "--limit", "many"], ["record", "list", "--limit=-1"],
                      ["record", "list", "--json", "--csv"], ["record", "act", "x"], ["record", "new", "patrol"],
                      ["record", "act", "巡检-20261120-01", "review", "--set", "novalue"], ["export", "month", "Nov"],
                      ["audit", "verify", "now"], ["help", "nonsense"], ["version", "now"], ["user", "add", "x"]):
            done = office.run(*words, status=2)
            assert done.stdout == "" and done.stderr.startswith("yunwei: ") and len(done.stderr) > 15, words
    run("--lang", "fr", "help", status=2)
    run("--nonsense", status=2)
    run("check", status=2)
    run(b"record", b"show", b"\xff\xfe", status=2)
    run(status=2)


def test_init():
    with Office() as office:
        data = os.path.join(office.folder, "real")
        run("--data", data, "init")
        assert os.stat(data).st_mode & 0o777 == 0o700
        assert os.stat(f"{data}/yunwei.db").st_mode & 0o777 == 0o600
        run("--data", data, "init", status=1)
        run("--data", os.path.join(office.folder, "nowhere"), "check", status=1)
        run("--data", data, "--now", "2026-11-23", "check", status=3)
        run("check", env={"YUNWEI_DATA": data})
        # The owner has no account yet: he administers, no more.
        run("--data", data, "record", "new", "patrol", "--from", "-", status=3, stdin=patrol().encode())
        run("--data", data, "user", "add", "zhang", "--person", "张三", "--dept", "信息中心", "--role", "ic_clerk")
        run("--data", data, "--as", "zhang", "record", "new", "patrol", "--from", "-", stdin=patrol().encode())
        run("--data", data, "--as", "nobody", "record", "list", status=3)
        run("--data", data, "init", "--demo", status=1)
        run("--data", os.path.join(office.folder, "x"), "init", "--demo", "--until", "someday", status=2)


def test_forms():
    assert not run("forms", "check").stderr
    listed = run("forms", "list").stdout.decode().splitlines()
    assert any(line.split("\t")[:2] == ["patrol", "HC"] for line in listed)
    forms = json.loads(run("forms", "list", "--json").stdout)
    assert {form["id"] for form in forms} >= {"patrol", "incident"} and all(form["articles"] for form in forms)
    with Office() as office:
        path = os.path.join(office.folder, "broken.cfg")
        text = open(f"{SOURCE}/forms/patrol.cfg", encoding="utf-8").read()
        text = text.replace('type = "datetime"; required = true; copy = "reset"; default = ":now"', 'type = "datetiem"; required = true', 1)
        text = text.replace(':nature = \'不定期\'"; required_if', ':natur = \'不定期\'"; required_if', 1)
        text = text.replace('to = "voided"; who = ["ic_head"]', 'to = "nowhere"; who = ["ic_head"]', 1)
        open(path, "w", encoding="utf-8").write(text)
        done = run("forms", "check", path, status=1)
        mistakes = done.stdout.decode().splitlines()
        assert len(mistakes) >= 3 and all(re.match(rf"{re.escape(path)}:\d+: .", line) for line in mistakes), mistakes
        for word in ("datetiem", "natur", "nowhere"):
            assert any(word in line for line in mistakes), (word, mistakes)
        assert done.stderr


def test_records():
    with Office() as office:
        number = new_patrol(office)
        assert number == "巡检-20261123-01"
        shown = office.json("record", "show", number, "--json")
        assert shown["number"] == number and shown["code"] == "HC20261123-01" and shown["state"] == "submitted"
        assert shown["occurred_at"] == "2026-11-23T08:40+08:00" and shown["late"] is False and shown["version"] >= 1
        assert shown["body"]["items"]["temp"]["value"] == 23.5 and shown["body"]["by"] == ["张三"]
        assert [event["action"] for event in shown["events"]] == ["submit"]
        assert {"action", "label", "allowed", "unmet", "why_not"} <= set(shown["actions"][0])
        for which in ("HC20261123-01", "hc20261123-01", f"#{shown['id']}"):
            assert office.json("record", "show", which, "--json")["id"] == shown["id"]
        assert number in office.run("record", "show", number).stdout
        office.run("record", "show", "巡检-19990101-01", status=1)

        draft = office.run("record", "new", "patrol", "--from", "-", text=patrol()).stdout.strip()
        assert re.fullmatch(r"D\d+", draft)
        assert office.json("record", "show", draft)["body"]["weather"] == "晴"
        office.run("record", "show", draft, who=CENTER_HEAD, status=1)
        assert office.run("record", "act", draft, "submit").stdout == "巡检-20261123-02\tsubmitted\n"
        office.run("record", "act", draft, "submit", status=1)

        office.run("record", "act", number, "review", status=3)
        office.run("record", "act", number, "return", who=CENTER_HEAD, status=1)
        done = office.json("record", "act", number, "return", "--note", "请补充备注说明。", "--json", who=CENTER_HEAD)
        assert done["state"] == "returned" and done["number"] == number and done["opened"] is None
        office.run("record", "act", number, "submit", "--set", "remark=已补充说明。", "--set", "items.temp=24.1")
        office.run("record", "act", number, "review", "--note", "复核无误。", who=CENTER_HEAD)
        body = office.json("record", "show", number, "--json")["body"]
        assert body["remark"] == "已补充说明。" and body["items"]["temp"]["value"] == 24.1 and body["rev"] == "李国强"
        office.run("record", "act", number, "amend", "--set", "weather=阴", status=1)
        office.run("record", "act", number, "amend", "--set", "weather=阴", "--note", "天气写错了，更正。")
        shown = office.json("record", "show", number, "--json")
        assert shown["events"][-1]["changes"] == {"weather": ["晴", "阴"]} and shown["state"] == "filed"


def test_bad_records():
    with Office() as office:
        before = office.rows("SELECT count(*) FROM journal")[0][0]
        for text in ("", "{", "[]", '"x"', '{"a":1,"a":2}', '{"weather": "晴"} trailing', '{"weather":"\\u0000"}', "\ufffd" * 10):
            done = office.run("record", "new", "patrol", "--from", "-", "--submit", text=text, status=1)
            assert done.stdout == "" and done.stderr.startswith("yunwei: "), text
        done = office.run("record", "new", "patrol", "--from", "-", "--submit", text='{"nope": 1, "items": {"temp": "warm"}}', status=1)
        assert "nope: " in done.stderr and "items.temp: " in done.stderr
        done = office.run("record", "new", "patrol", "--from", "-", "--submit", text='{"weather": "晴"}', status=1)
        assert done.stderr.count("items.") >= 34
        office.run("record", "new", "nonsense", "--from", "-", text="{}", status=1)
        office.run("record", "new", "patrol", "--from", "/no/such/file", status=6)
        for text in ("'; DROP TABLE record; --", "<C></B>粗</24>", "👩‍👩‍👧🏽", "e\u0301", "שלום", "%s%n%d"):
            office.run("record", "new", "patrol", "--from", "-", "--submit", text=patrol(remark=text))
            number = office.json("record", "list", "patrol", "--limit", "1", "--json")[0]["number"]
            kept = office.json("record", "show", number, "--json")["body"]["remark"]
            assert kept in (text, "é"), (text, kept)
        done = office.run("record", "new", "patrol", "--from", "-", "--submit", text=patrol(remark="长" * 5000), status=1)
        assert "remark" in done.stderr
        assert office.rows("SELECT count(*) FROM record")[0][0] > 20
        assert office.rows("SELECT count(*) FROM journal WHERE action NOT IN ('login', 'submit')")[0][0] <= before
        office.is_whole()


def test_lists():
    with Office() as office:
        rows = office.json("record", "list", "patrol", "--limit", "5", "--json")
        assert len(rows) == 5 and rows[0]["occurred_at"] >= rows[4]["occurred_at"]
        assert set(rows[0]) == {"id", "number", "code", "form", "state", "state_label", "department", "applicant", "title",
                                "occurred_at", "updated_at", "late"}
        table = list(csv.reader(io.StringIO(office.run("record", "list", "patrol", "--limit", "1000", "--csv").stdout)))
        assert table[0][0] == "编号" and len(table) - 1 == office.rows("SELECT count(*) FROM record WHERE form = 'patrol'")[0][0]
        assert len({len(row) for row in table}) == 1
        month = office.json("record", "list", "--month", "2026-10", "--limit", "1000", "--json")
        assert month and all(row["occurred_at"].startswith("2026-10") for row in month)
        assert all(row["state"] == "filed" for row in office.json("record", "list", "patrol", "--state", "已登记", "--json"))
        assert all(row["department"] == "信息中心" for row in office.json("record", "list", "--dept", "信息中心", "--json"))
        assert office.json("record", "list", "--text", "绝无此词", "--json") == []
        assert office.json("record", "list", "--limit", "0", "--json") == []
        office.run("record", "list", "nonsense", status=1)
        office.run("record", "list", "--month", "2026", status=1)
        office.run("record", "list", "--state", "nonsense", status=1)
        assert all(row["department"] == "不动产登记中心" for row in office.json("record", "list", "incident", "--json", who=STAFF))
        hits = office.json("search", "心机", "--json", "--limit", "3")
        assert len(hits) == 3 and {"number", "title", "excerpt", "state_label"} <= set(hits[0])
        assert office.json("search", "巡检-20261119-01", "--json")[0]["number"] == "巡检-20261119-01"
        assert office.json("search", "'; DROP TABLE record; --", "--json") == []


def test_attachments():
    with Office() as office:
        number = new_patrol(office)
        content = bytes(range(256)) * 300
        argv = office.argv("record", "attach", number, "照片 1.jpg")
        done = subprocess.run(argv, input=content, capture_output=True, check=True)
        sm3 = done.stdout.decode().strip()
        assert re.fullmatch(r"SM3 [0-9a-f]{64}", sm3)
        back = subprocess.run(office.argv("record", "detach-to", "-", number, "照片 1.jpg"), capture_output=True, check=True)
        assert back.stdout == content
        path = os.path.join(office.folder, "back.jpg")
        assert office.run("record", "detach-to", path, number, "照片 1.jpg").stdout.strip() == sm3
        assert open(path, "rb").read() == content
        office.run("record", "attach", number, "../x", status=1)
        office.run("record", "attach", number, "x", who=STAFF, status=3)
        office.run("record", "detach-to", "-", number, "none", status=1)
        assert office.json("record", "show", number, "--json")["attachments"][0]["size"] == len(content)


def test_exports():
    with Office() as office:
        number = new_patrol(office)
        path = office.run("export", "record", number).stdout.strip()
        assert openpyxl.load_workbook(path).active.max_row > 10
        out = subprocess.run(office.argv("export", "record", number, "-o", "-"), capture_output=True, check=True).stdout
        assert openpyxl.load_workbook(io.BytesIO(out)).active.max_row > 10
        folder = os.path.join(office.folder, "10")
        files = office.run("export", "month", "2026-10", "-o", folder).stdout.split()
        assert sorted(files) == sorted(glob.glob(f"{folder}/*.xlsx")) and len(files) == 3
        for file in files:
            assert openpyxl.load_workbook(file).active.max_row > 2
        book = subprocess.run(office.argv("export", "month", "2026-10", "-o", "-"), capture_output=True, check=True).stdout
        assert len(openpyxl.load_workbook(io.BytesIO(book)).sheetnames) >= 2
        file = os.path.join(office.folder, "list.xlsx")
        assert office.run("export", "list", "patrol", "--month", "2026-10", "-o", file).stdout.strip() == file
        shown = office.json("record", "list", "patrol", "--month", "2026-10", "--limit", "1000", "--json")
        cells = {cell.value for row in openpyxl.load_workbook(file).active.iter_rows() for cell in row}
        assert all(row["number"] in cells for row in shown)
        office.run("export", "record", number, who=STAFF, status=3)
        office.run("export", "month", "2026-10", who=STAFF, status=3)
        office.run("export", "record", number, "-o", "/no/such/folder/x.xlsx", status=6)
        assert office.rows("SELECT count(*) FROM print_log WHERE record IS NOT NULL")[0][0] == 2


def test_audit():
    with Office() as office:
        number = new_patrol(office)
        entries = office.json("audit", "list", "--record", number, "--json", who=ADMIN)
        assert [entry["action"] for entry in entries] == ["submit"] and entries[0]["person"] == "张三"
        assert re.fullmatch(r"[0-9a-f]{64}", entries[0]["hash"])
        office.run("audit", "list", who=STAFF, status=3)
        count = office.rows("SELECT count(*) FROM journal")[0][0]
        assert str(count) in office.run("audit", "verify").stdout
        verdict = office.json("audit", "verify", "--json")
        assert verdict["ok"] is True and verdict["entries"] == count and verdict["broken"] is None
        path = office.run("export", "record", number).stdout.strip()
        text = " ".join(str(cell.value) for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row if cell.value)
        text += str(openpyxl.load_workbook(path).active.oddFooter.left.text) + str(openpyxl.load_workbook(path).active.oddFooter.center.text)
        text += str(openpyxl.load_workbook(path).active.oddFooter.right.text)
        code = re.search(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", text)
        assert code, text
        assert number in office.run("audit", "verify", "--code", code.group()).stdout
        office.run("audit", "verify", "--code", "0000-0000-0000", status=1)


def test_output_that_cannot_be_written():
    with Office() as office, open("/dev/full", "w", encoding="utf-8") as full:
        for words in (["record", "list"], ["record", "list", "--json"], ["audit", "verify"], ["check"], ["help"]):
            done = subprocess.run(office.argv(*words), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
            assert done.returncode == 6 and done.stderr.startswith("yunwei: "), (words, done)


def test_users():
    with Office() as office:
        office.run("user", "list", status=3)
        users = office.json("user", "list", "--json", who=ADMIN)
        assert {"login", "person", "department", "roles", "disabled", "locked"} <= set(users[0])
        office.run("user", "add", "new", "--person", "新人", "--dept", "办公室", "--role", "staff", "--password", who=ADMIN,
                   text="Geheim#2026\n")
        office.run("user", "add", "new", "--person", "新人", who=ADMIN, status=1)
        office.run("user", "add", "bad", "--person", "坏人", "--dept", "办公室", "--password", who=ADMIN, text="123\n", status=1)
        office.run("user", "role", "new", "archivist", who=ADMIN)
        office.run("user", "role", "new", "king", who=ADMIN, status=1)
        office.run("user", "disable", "new", who=ADMIN)
        office.run("record", "list", who="new", status=3)
        office.run("user", "enable", "new", who=ADMIN)
        office.run("record", "list", who="new")
        office.run("user", "passwd", "new", who=ADMIN, text="Anders#2027\n")
        office.run("user", "passwd", "nobody", who=ADMIN, text="Anders#2027\n", status=1)
        office.run("user", "passwd", "new", who=CLERK, text="Anders#2027\n", status=3)
        key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7hXo0c1rUjPqX2z0v6y7cJk3v8rI8x2m9bq1Yc7D2e 新人@家\n"
        office.run("user", "key", "new", who=ADMIN, text=key)
        line = office.run("user", "key", "--print", who=ADMIN).stdout
        assert f"command=\"'{os.path.realpath(YUNWEI)}' --data '{office.data}' ssh new\" ssh-ed25519 AAAA" in line
        office.run("user", "key", "new", "--remove", who=ADMIN, text=key)
        office.run("user", "key", "new", who=ADMIN, text="rubbish\n", status=1)


run_tests(test_help, test_wrong_usage, test_init, test_forms, test_records, test_bad_records, test_lists, test_attachments,
          test_exports, test_audit, test_output_that_cannot_be_written, test_users)
