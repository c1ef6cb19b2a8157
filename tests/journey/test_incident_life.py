"""An incident through its whole life by four people on the command line: every gate of article 22 holds on the way."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from office import CENTER_HEAD, CLERK, OTHER_CLERK, Office, run_tests

AUTHOR, HEAD = "chengj", "xuy"  # of 不动产登记中心
FOUND = "2026-11-23T08:20+08:00"
DETAIL = ("程娟在登记窗口使用电脑时，杀毒软件弹窗提示发现木马。发现后立即拔掉网线、停止使用，拍照保存屏幕，随即在本系统上报。"
          "信息中心张三到场断网取样，确认为使用外来U盘带入的木马，用专杀工具全盘查杀并清除启动项，升级补丁和病毒库，"
          "逐台复查同网段终端，未发现扩散，复查正常后重新入网。")


def report(**changes):
    body = {"title": "不动产登记中心窗口电脑弹窗报毒", "finder": "程娟", "found_at": FOUND, "found_way": "使用中发现",
            "objects": ["窗口电脑"], "net": "业务局域专网", "place": "登记大厅", "symptom": "杀毒软件弹窗报毒，提示发现木马文件并反复弹出，电脑明显变慢。",
            "cat_guess": "恶意程序事件", "phone": "8152", "evid_state": "已保存", "evid_items": ["屏幕照片截图"],
            "evid_place": "照片存程娟手机", "evid_by": "程娟", "evid_at": "2026-11-23T08:25+08:00", "contain": ["断开网络", "停止使用"],
            "contain_note": "报毒后即拔掉网线、停止使用。", "rpt_way": "本系统"}
    body.update(changes)
    return json.dumps({k: v for k, v in body.items() if v is not None}, ensure_ascii=False)


def act(office, number, action, who, status=0, note=None, **fields):
    """One step; what stands on standard error."""
    words = ["record", "act", number, action]
    words += ["--note", note] if note else []
    for key, value in fields.items():
        words += ["--set", f"{key}={value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"]
    return office.run(*words, who=who, status=status).stderr


def state(office, number):
    return office.json("record", "show", number, "--json", who=CENTER_HEAD)["state"]


def test_gates_and_life():
    with Office() as office:
        # Nothing is reported without the data of the scene (article 22: first of all).
        bare = office.run("record", "new", "incident", "--from", "-", "--submit", who=AUTHOR, status=1,
                          text=report(evid_state=None, contain=None))
        assert "现场数据保存" in bare.stderr and bare.stdout == ""
        number = office.run("record", "new", "incident", "--from", "-", "--submit", who=AUTHOR, text=report()).stdout.strip()
        assert state(office, number) == "reported"

        act(office, number, "accept", AUTHOR, status=3)          # not his to accept
        act(office, number, "start", CLERK, status=1)            # not before it is graded
        act(office, number, "accept", CLERK)
        act(office, number, "grade", CLERK, status=1)            # no level, no category
        act(office, number, "grade", CLERK, secret="否", cat1="恶意程序事件", cat2="计算机病毒", users="2", outage="30",
            level="一般", level_reason="单台终端感染，已隔离，无扩散。", data_imp="无", crime="否")
        act(office, number, "confirm_level", CENTER_HEAD)
        assert state(office, number) == "graded"
        act(office, number, "start", CLERK)

        office.now = "2026-11-23T11:00"
        steps = [{"at": "2026-11-23T09:00+08:00", "by": ["张三"], "what": "到场断网取样", "result": "确认为U盘传播木马"},
                 {"at": "2026-11-23T09:40+08:00", "by": ["张三"], "what": "专杀工具全盘查杀", "result": "清除3个文件"}]
        done = {"steps": steps, "assist": "否", "clear_at": "2026-11-23T10:20+08:00", "recover_at": "2026-11-23T10:30+08:00"}
        assert "未清除" in act(office, number, "clear", CLERK, status=1, clear="未清除", **done)
        assert state(office, number) == "doing"
        act(office, number, "clear", CLERK, clear="已清除", **done)
        act(office, number, "verify", CLERK, status=3, verify="复测正常，无复发。")  # four eyes
        act(office, number, "verify", OTHER_CLERK, verify="现场复测正常，日志无异常外联。")

        # The department's detailed record, signed by its head, before anything is filed.
        act(office, number, "file", CLERK, status=1)
        assert "事件经过记录" in act(office, number, "detailed", AUTHOR, status=1, detail="太短。")
        rectify = [{"what": "移动介质重新登记，使用前先查杀", "owner": "徐勇", "due": "2026-12-10"}]
        act(office, number, "detailed", AUTHOR, detail=DETAIL, root_cause="使用外来U盘前未先查杀病毒，违反第二十六条。",
            damage="业务短时中断，已恢复，无数据损失。", rectify=rectify)
        act(office, number, "sign", AUTHOR, status=3)
        act(office, number, "sign", HEAD, note="情况属实，同意报备。")
        act(office, number, "file", CLERK)

        shown = office.json("record", "show", number, "--json", who=CENTER_HEAD)
        assert shown["state"] == "filed" and shown["filing_number"].startswith("信备〔2026〕"), shown
        assert [step["what"] for step in shown["body"]["steps"]] == ["到场断网取样", "专杀工具全盘查杀"]
        assert [event["action"] for event in shown["events"]] == ["submit", "accept", "grade", "confirm_level", "start",
                                                                  "clear", "verify", "detailed", "sign", "file"]
        office.is_whole()


run_tests(test_gates_and_life)
