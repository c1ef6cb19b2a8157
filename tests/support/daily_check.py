"""A whole daily check for `record new patrol --from -`."""
import json

READINGS = {"temp": 23.5, "humid": 50, "mains": 221.0, "ups_v": 220.0, "ups_load": 41, "ups_bat": 99, "ac1_t": 24.0}
NORMAL = {"clean": "正常", "leak": "无", "smell": "无", "light": "正常", "ups_mode": "市电在线", "ups_alarm": "无", "pdu": "正常",
          "ac1": "正常", "ac_drain": "正常", "gas": "绿区", "ext": "正常", "fire": "正常", "door": "正常", "cctv": "正常",
          "env": "正常", "sw": "正常", "fw": "正常", "net_i": "通", "net_g": "通", "net_p": "通", "srv": "正常", "raid": "正常",
          "app": "正常", "bk": "成功", "av": "无", "cable": "正常", "entry": "无人员"}


def patrol(**changes):
    items = {key: {"value": value} for key, value in {**READINGS, **NORMAL}.items()}
    return json.dumps({"weather": "晴", "items": items, **changes}, ensure_ascii=False)
