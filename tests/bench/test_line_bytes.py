"""How many bytes a key costs on the line, counted at the other end of a pty, as at the end of a slow one."""
import os
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from line import Line
from office import CLERK, Office, run_tests

DOWN, BACKSPACE = b"\x1bOB", b"\x7f"
LATIN = "The quick brown fox jumps over"
CHINESE = "不动产登记系统登录页面打不开提示服务暂不可用群众等候"


class Meter:
    """Costs of one kind of key: the tick of each second (the draft, the clock) is not the key's, so the median counts."""

    def __init__(self, what, most):
        self.what, self.most, self.costs = what, most, []

    def press(self, line, key):
        self.costs.append(line.cost(key))

    def report(self):
        median = statistics.median(self.costs)
        limit = f"limit {self.most}" if self.most else "no limit"
        print(f"bench: {self.what:<34} median {median:6.1f}  mean {statistics.mean(self.costs):6.1f}  "
              f"worst {max(self.costs):5d} bytes  {limit}")
        return not self.most or median <= self.most


def open_incident(line):
    line.expect("今日应办")
    line.send("2")
    line.expect("报告表")
    line.send("ycqk")
    line.settle()
    line.send("\r")
    line.expect("涉及设备系统")
    line.settle()


def typed(what, most, text):
    """Characters at the end of a text, one key each."""
    meter = Meter(what, most)
    with Office() as office, Line(office.argv(who=CLERK)) as line:
        open_incident(line)
        line.send(DOWN)
        line.settle()
        for character in text:
            meter.press(line, character)
    return meter


def next_field():
    meter = Meter("next field", 60)
    with Office() as office, Line(office.argv(who=CLERK)) as line:
        open_incident(line)
        for _ in range(11):
            meter.press(line, DOWN)
    return meter


def next_reading():
    """With Enter the caret jumps over what is marked as normal; half a page scrolls now and then."""
    meter = Meter("Enter to the next reading", None)
    with Office() as office, Line(office.argv(who=CLERK)) as line:
        line.expect("今日应办")
        line.send("1")
        line.expect("机房温度")
        line.send(b"\x1b[15~")
        line.settle()
        for reading in ("22.5", "52", "221.4", "220.1", "41", "100", "23.6"):
            line.send(reading)
            meter.press(line, "\r")
    return meter


def list_down():
    meter = Meter("cursor-down in a list", 65)
    with Office(months=3) as office, Line(office.argv(who=CLERK)) as line:
        line.expect("今日应办")
        line.send("3")
        line.expect("编号")
        line.settle()
        for _ in range(30):
            meter.press(line, DOWN)
    return meter


def a_sentence():
    """Typed at ten keys a second, with all that happens meanwhile: what the line really carries."""
    with Office() as office, Line(office.argv(who=CLERK)) as line:
        open_incident(line)
        line.send(DOWN)
        line.settle()
        before = line.total
        for character in LATIN:
            line.send(character)
            line.pass_time(0.1)
        line.settle()
        print(f"bench: {'a sentence with its autosaves':<34} {(line.total - before) / len(LATIN):6.1f} bytes a character")


def light_on_the_line():
    meters = [typed("a Latin character", 1.5, LATIN), typed("a Chinese character", 4, CHINESE), list_down(), next_field(),
              next_reading()]
    held = [meter.report() for meter in meters]
    a_sentence()
    assert all(held), "heavier than the limit, see above"


if __name__ == "__main__":
    run_tests(light_on_the_line)
