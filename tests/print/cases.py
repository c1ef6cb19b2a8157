"""Cases for the printed pages: records short, long and empty, and months of them."""
import os
import re

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))

OFFICE = "崇阳县自然资源和规划局"
SENTENCES = ("股室报称业务系统无法登录，提示连接超时。", "信息中心到场后断开网络，保存系统日志和屏幕截图，", "经排查为核心交换机 GigabitEthernet0/0/12 端口环路所致；",
             "已关闭该端口（MAC 3C-52-82-AB-CD-EF，IP 10.42.7.19），恢复生成树配置。", "随后逐台核对“一窗受理”终端，",
             "未发现 CVE-2026-31337 利用痕迹，温度 23.5 ℃、负载 62%，", "业务恢复正常。")


def long_text(chars):
    """Chinese with Latin, numbers and quotations in it; every part can be told from the others."""
    text = ""
    n = 0
    while len(text) < chars:
        n += 1
        text += f"（{n}）" + SENTENCES[n % len(SENTENCES)]
    return text[:chars - 1] + "。"


def case(**more):
    return {"office": OFFICE, "by": "张三", "at": "2026-11-22T02:15:00Z", **more}


def record(body, **more):
    return {"number": "崇自然资信事〔2026〕3号", "code": "EV2026-0003", "state": "filed", "department": "不动产登记中心",
            "applicant": "李四", "title": "业务系统无法登录", "occurred": "2026-11-20T09:05+08:00", "submitted": "2026-11-20T09:20+08:00",
            "check": "7F3K-92QD", "chain": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "copy": 1,
            "decided": True, "body": body, **more}


# ---- the daily check ----

def items():
    """Keys of the check list, in order, with whether they are read as a number."""
    with open(os.path.join(TOP, "data", "checklists", "daily.cfg"), encoding="utf-8") as file:
        text = file.read()
    return re.findall(r'key = "(\w+)"; group = "[^"]+"; label = "([^"]+)".*?type = "(\w+)"', text)


READINGS = {"temp": 23.5, "humid": 52, "mains": 224.0, "ups_v": 220.1, "ups_load": 41, "ups_bat": 100, "ac1_t": 24.0,
            "ups_mode": "市电在线", "gas": "绿区", "raid": "正常", "bk": "成功", "ac1": "正常", "fire": "正常", "env": "正常",
            "net_i": "通", "net_g": "通", "net_p": "通", "entry": "无人员"}


def checked(**other):
    none = {"leak", "smell", "ups_alarm", "av"}
    values = {}
    for key, _, kind in items():
        value = READINGS.get(key, "无" if key in none else 0 if kind in ("integer", "decimal") else "正常")
        values[key] = {"value": value}
    for key, value in other.items():
        values[key] = value
    return values


def patrol_body(**more):
    return {"nature": "定期", "room": "中心机房", "at": "2026-11-20T08:45+08:00", "slot": "上午", "by": ["张三", "王五"],
            "weather": "晴", "entered": "2026-11-20", "dept": "信息中心", "items": checked(), "concl": "正常", **more}


def patrol(body, **more):
    return record(body, **{"number": "巡检-20261120-01", "code": "HC2026-0231", "department": "信息中心", "applicant": "张三",
                           "title": "中心机房日常巡检 2026-11-20 上午", **more})


PATROL_REVIEWED = [
    {"at": "2026-11-20T00:55:00Z", "person": "张三", "action": "submit", "label": "提交", "from": "draft", "to": "submitted"},
    {"at": "2026-11-20T02:05:00Z", "person": "赵六", "for": "钱主任", "action": "review", "label": "复核通过", "from": "submitted", "to": "filed",
     "note": "情况属实，同意。请继续关注UPS负载。"},
]

ABNORMAL = checked(temp={"value": 29.5, "note": "温度偏高(29.5℃)，已调低空调设定温度至22℃，10:20复测26.0℃"},
                   ac1={"value": "异常", "note": "2号空调停机，已联系维保单位，临时加装风扇"},
                   ups_mode={"value": "电池", "note": "UPS由市电转电池3分钟，系供电部门倒闸，已恢复"},
                   bk={"value": "失败", "note": "备份任务失败，原因磁盘空间不足，已清理并手工补做"})

# ---- the incident ----

INCIDENT = {
    "title": "不动产登记中心业务系统无法登录", "dept": "不动产登记中心", "finder": "李四", "phone": "13800138000", "urgency": "紧急",
    "found_at": "2026-11-20T09:05+08:00", "occur_at": "2026-11-20T08:50+08:00", "found_way": "使用中发现", "net": "业务局域专网",
    "cat_guess": "待研判", "place": "政务服务中心二楼不动产登记窗口", "objects": ["ZC-2023-0117", "不动产登记业务系统"],
    "symptom": "上午9时05分窗口3台终端登录不动产登记业务系统提示连接超时，叫号系统同时中断，受影响群众约30人。",
    "evid_state": "已保存", "evid_items": ["系统日志", "屏幕照片截图"], "evid_place": "信息中心保险柜 U盘 JZ-0007", "evid_by": "王五",
    "evid_at": "2026-11-20T09:30+08:00", "contain": ["断开网络", "启用备用"], "contain_note": "9:12断开窗口接入交换机上联，9:20启用备用线路，窗口恢复受理。",
    "solution_tried": "重启终端无效。", "help_needed": "请信息中心到场排查核心交换机。", "rpt_way": "电话", "rpt_at": "2026-11-20T09:15+08:00",
    "rpt_to": "张三", "head_seen": "周主任", "head_seen_at": "2026-11-20T09:18+08:00",
    "acc_at": "2026-11-20T09:16+08:00", "acc_by": "张三", "secret": "否", "crime": "否", "cat1": "设备设施故障", "cat2": "软硬件故障",
    "level": "一般", "users": 12, "outage": 35, "data_imp": "无", "level_reason": "影响单一窗口，35分钟内恢复，无数据损失。",
    "level_ok_by": "钱主任", "level_ok_at": "2026-11-20T10:00+08:00",
    "steps": [{"at": "2026-11-20T09:30+08:00", "by": ["张三"], "what": "登录核心交换机检查端口状态，发现端口环路", "result": "定位到12口"},
              {"at": "2026-11-20T09:40+08:00", "by": ["张三", "王五"], "what": "关闭12口并恢复生成树配置", "result": "网络恢复"}],
    "assist": "否", "clear": "已清除", "clear_at": "2026-11-20T09:40+08:00", "recover_at": "2026-11-20T09:45+08:00",
    "verify": "窗口3台终端登录、受理、打印正常，连续观察1小时无异常。", "verify_by": "赵六", "verify_at": "2026-11-20T11:00+08:00",
    "detail": long_text(180), "root_cause": "二楼窗口交换机误接跳线形成环路，未启用环路保护。", "damage": "窗口业务中断35分钟。",
    "rectify": [{"what": "全部接入交换机启用环路保护", "owner": "张三", "due": "2026-12-05"}], "lesson": "跳线须贴标签并登记。",
    "head_sign": "周主任", "head_sign_at": "2026-11-21T09:00+08:00", "head_note": "情况属实，同意备案。",
    "filed_on": "2026-11-21", "filed_by": "张三",
}

LONG = {**INCIDENT, "symptom": long_text(500), "contain_note": long_text(200), "solution_tried": long_text(200), "help_needed": long_text(200),
        "level": "较大", "level_reason": long_text(150), "cause_pre": long_text(300), "trend": long_text(200), "detail": long_text(1500),
        "root_cause": long_text(500), "damage": long_text(200), "lesson": long_text(300), "verify": long_text(150),
        "head_note": long_text(120), "leader_note": "同意。请信息中心牵头，全面排查环路隐患，一周内报结果。", "leader_by": "孙副局长",
        "leader_on": "2026-11-20", "leader_way": "纸质签批",
        "reports": [{"to": "县委网信办", "at": "2026-11-20T10:30+08:00", "way": "电话", "by": "钱主任", "receipt": "已接收，编号 WX-2026-118"}] * 3,
        "steps": [{"at": f"2026-11-20T{9 + i // 6:02}:{i % 6 * 10:02}+08:00", "by": ["张三"], "what": f"第{i + 1}步：" + long_text(60),
                   "result": "完成"} for i in range(20)],
        "rectify": [{"what": f"第{i + 1}项：" + long_text(80), "owner": "张三", "due": "2026-12-05"} for i in range(12)]}

INCIDENT_ENTRIES = [
    {"at": "2026-11-20T01:20:00Z", "person": "李四", "action": "report", "label": "上报", "from": "draft", "to": "reported"},
    {"at": "2026-11-20T01:25:00Z", "person": "张三", "action": "accept", "label": "受理", "from": "reported", "to": "intake"},
    {"at": "2026-11-20T01:50:00Z", "person": "张三", "action": "grade", "label": "定级", "from": "intake", "to": "graded"},
    {"at": "2026-11-21T01:00:00Z", "person": "周主任", "action": "sign", "label": "签字同意", "from": "dept_review", "to": "to_file",
     "note": "情况属实，同意备案。"},
    {"at": "2026-11-21T02:00:00Z", "person": "张三", "action": "file", "label": "登记备案", "from": "to_file", "to": "filed"},
]


# ---- months ----

def patrol_month():
    """November 2026: worked days from the 2nd to the 20th, one missed, one entered late, one abnormal."""
    rows = []
    for day in range(2, 21):
        weekday = (day + 5) % 7  # the 1st is a Sunday
        if weekday >= 5 or day in (11, 12):
            continue
        body = patrol_body(at=f"2026-11-{day:02}T08:45+08:00", rev="钱主任")
        if day == 18:
            body.update(items=ABNORMAL, abn="机房温度29.5℃：已调低空调设定温度；2号空调停机，已联系维保单位，临时加装风扇", handle_state="处理中", links=["崇自然资信事〔2026〕3号"])
        rows.append(patrol(body) | {"number": f"巡检-202611{day:02}-01", "occurred": f"2026-11-{day:02}T08:45+08:00", "late": day == 9,
                                    "state": "voided" if day == 13 else "filed"})
    return case(form="patrol", month="2026-11", records=rows, last_day="2026-11-22", calendar=os.path.join(TOP, "data", "workdays-2026.tsv"),
                missed=[{"day": "2026-11-12", "reason": "全员参加防汛抢险，由值班室远程查看动环监控"}], check="7F3K-92QD", chain="9f86d081884c7d65")


def incident_month(count):
    rows = []
    for n in range(count, 0, -1):
        rows.append(record({**INCIDENT, "title": f"第{n}起：" + INCIDENT["title"]}, filing_number=f"信备〔2026〕{n + 20}号") |
                    {"number": f"崇自然资信事〔2026〕{n}号", "state": "voided" if n == 2 else "filed"})
    return case(form="incident", month="2026-11", records=rows)
