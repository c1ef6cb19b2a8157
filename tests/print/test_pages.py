"""Printed pages: everything is on them, nothing is cut, every page is numbered."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

import openpyxl

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cases  # noqa: E402
import paper  # noqa: E402
from cases import INCIDENT, INCIDENT_ENTRIES, LONG, PATROL_REVIEWED, case, patrol, patrol_body, record  # noqa: E402

GENERIC = os.path.join(cases.TOP, "export", "generic.cfg")
STAMP = {"fonds": "J001", "year": "2026", "item": "0012", "office": "XXZX", "retention": "D10", "pages": "3"}

INDEX = [{"body": {"order": n, "name": name, "articles": "第十二条", "records": 20, "void": 1, "file": f"2026-11/{name}.xlsx", "remark": ""}}
         for n, name in enumerate(["机房日常巡检月表", "网络安全事件登记台账"], 1)]

# name: (case, pages)
RECORDS = {
    "patrol": (case(form="patrol", records=[patrol(patrol_body(), entries=PATROL_REVIEWED)]), 1),
    "patrol-abnormal": (case(form="patrol", records=[patrol(
        patrol_body(items=cases.ABNORMAL, abn="机房温度29.5℃：已调低空调设定温度；2号空调停机。", handle_state="处理中", handle="已报告信息中心负责人，跟踪至消除。",
                    concl="存在异常待处理", links=["崇自然资信事〔2026〕3号"], remark="夜间加查一次。"), decided=False, state="submitted", late=True, copy=3)]), 2),
    "patrol-empty": (case(form="patrol", training=True, records=[patrol({}, number=None, state="draft", decided=False)]), 1),
    "incident": (case(form="incident", records=[record(INCIDENT, entries=INCIDENT_ENTRIES, filing_number="信备〔2026〕35号", stamp=STAMP)]), 3),
    "incident-long": (case(form="incident", records=[record(LONG, entries=INCIDENT_ENTRIES, filing_number="信备〔2026〕36号")]), 11),
    "incident-empty": (case(form="incident", records=[record({}, number=None, code=None, state="draft", decided=False, copy=0)]), 3),
    "generic": (case(form="incident", layout=GENERIC, records=[record(INCIDENT, entries=INCIDENT_ENTRIES)]), 4),
    "generic-long": (case(form="incident", layout=GENERIC, records=[record(LONG, entries=INCIDENT_ENTRIES)]), None),
    "generic-patrol": (case(form="patrol", layout=GENERIC, records=[patrol(patrol_body(items=cases.ABNORMAL), entries=PATROL_REVIEWED)]), None),
}
REGISTERS = {
    "patrol-month": (cases.patrol_month(), 2),
    "incident-month": (cases.incident_month(14), 3),
    "incident-month-empty": (cases.incident_month(0), 1),
    "incident-generic-month": ({**cases.incident_month(40), "layout": os.path.join(cases.TOP, "export", "generic-month.cfg")}, None),
    "index": (case(month="2026-11", layout=os.path.join(cases.TOP, "export", "index.cfg"), records=INDEX), 1),
}


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="yunwei-print-")
        cls.reckoned = {}
        for name, (what, _) in {**RECORDS, **REGISTERS}.items():
            cls.reckoned[name] = paper.make(what, cls.book(name))
        books = [cls.book(name) for name in cls.reckoned]
        paper.convert(books, cls.folder, os.path.join(cls.folder, "profile"))
        fonts = os.path.join(cls.folder, "fonts.conf")
        with open(fonts, "w", encoding="utf-8") as file:
            file.write(paper.OTHER_FONTS)
        os.mkdir(os.path.join(cls.folder, "other"))
        paper.convert(books, os.path.join(cls.folder, "other"), os.path.join(cls.folder, "profile-other"), fonts)

    @classmethod
    def tearDownClass(cls):
        if not os.environ.get("YW_KEEP"):
            shutil.rmtree(cls.folder)

    @classmethod
    def book(cls, name):
        return os.path.join(cls.folder, name + ".xlsx")

    @classmethod
    def pdf(cls, name, fonts=""):
        return os.path.join(cls.folder, fonts, name + ".pdf")

    def each(self, names, check):
        for name in names:
            with self.subTest(name):
                check(name)

    def test_pages_are_as_many_as_reckoned_and_expected(self):
        def check(name):
            count = paper.page_count(self.pdf(name))
            expected = {**RECORDS, **REGISTERS}[name][1]
            self.assertEqual(paper.page_count(self.pdf(name, "other")), count, "with other fonts")
            if expected:
                self.assertEqual(count, expected)
            if name in RECORDS:
                self.assertEqual([count], self.reckoned[name])
        self.each({**RECORDS, **REGISTERS}, check)

    def test_every_page_is_numbered_and_banned(self):
        def check(name):
            count = paper.page_count(self.pdf(name))
            for page in range(1, count + 1):
                text = paper.squeezed(paper.text_of(self.pdf(name), page))
                self.assertIn(f"第{page}页共{count}页", text)
                self.assertIn("本系统为非涉密系统，严禁录入、存储、传输国家秘密和工作秘密", text)
                self.assertIn("打印人张三打印时间2026-11-2210:15", text)
        self.each({**RECORDS, **REGISTERS}, check)

    def test_nothing_is_cut(self):
        def check(name):
            paper.assert_nothing_cut(self.book(name), self.pdf(name))
        self.each(["patrol", "patrol-abnormal", "patrol-empty", "incident", "incident-long", "generic-patrol", *REGISTERS], check)

    def test_nothing_is_cut_with_other_fonts(self):
        def check(name):
            paper.assert_nothing_cut(self.book(name), self.pdf(name, "other"))
        self.each(["patrol-abnormal", "incident-long", "generic", "patrol-month", "incident-month"], check)

    def test_all_of_the_record_is_there(self):
        def check(name):
            what = RECORDS[name][0]
            text = paper.Sheet(self.book(name)).columns_text()
            for value in paper.strings(what["records"][0]["body"]):
                self.assertIn(paper.squeezed(value), text)
        self.each(RECORDS, check)

    def test_all_of_the_register_is_there(self):
        def check(name):
            text = paper.Sheet(self.book(name)).columns_text()
            for one in REGISTERS[name][0]["records"]:
                for key in ("number", "filing_number") if name != "patrol-month" else ():
                    if one.get(key) and "generic" not in name:
                        self.assertIn(one[key], text)
        self.each(REGISTERS, check)

    def test_marks(self):
        text = paper.squeezed(paper.text_of(self.pdf("patrol-abnormal"), 1))
        for mark in ("未办结，仅供签批", "第3次打印", "补记", "HC2026-0231", "校验码7F3K-92QD", "链首9f86d081884c7d65"):
            self.assertIn(mark, text)
        decided = paper.squeezed(paper.text_of(self.pdf("patrol")))
        self.assertNotIn("未办结", decided)
        self.assertIn("系统审批赵六（代钱主任）2026-11-2010:05", decided)
        self.assertIn("全宗号J001", paper.squeezed(paper.Sheet(self.book("incident")).columns_text()))
        empty = paper.squeezed(paper.text_of(self.pdf("patrol-empty")))
        self.assertIn("培训", empty)
        self.assertNotIn("系统审批", empty)
        self.assertIn("附页1", paper.squeezed(paper.text_of(self.pdf("incident-long"))))
        # The title and the number stand on every page.
        for page in range(1, 4):
            text = paper.squeezed(paper.text_of(self.pdf("incident"), page))
            self.assertIn("网络安全异常情况（事件）报告表", text)
            self.assertIn("编号：崇自然资信事〔2026〕3号", text)

    def test_month_by_days(self):
        text = paper.text_of(self.pdf("patrol-month"))
        for line in ("1 日 休", "11 三 漏检", "12 四 漏检：全员参加防汛抢险，由值班室远程查看动环监控", "28 六 休"):
            self.assertIn(line, text)
        self.assertRegex(text, r"(?m)^9 一 08:45 .*补记$")
        self.assertRegex(text, r"(?m)^13 五 08:45 .*作废$")
        self.assertRegex(text, r"(?m)^30 一$")
        self.assertIn("本月无", paper.text_of(self.pdf("incident-month-empty")))
        numbers = re.findall(r"第(\d+)起", paper.Sheet(self.book("incident-month")).columns_text())
        self.assertEqual(numbers, [str(n) for n in range(1, 15)])

    def test_sheets_are_a4_and_one_page_wide(self):
        def check(name):
            sheet = openpyxl.load_workbook(self.book(name)).worksheets[0]
            self.assertEqual(int(sheet.page_setup.paperSize), 9)
            self.assertEqual(sheet.page_setup.orientation, "portrait" if name in RECORDS else "landscape")
            self.assertEqual((sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight), (1, 0))
            self.assertTrue(sheet.print_title_rows)
            # Printed at full size: nothing is narrowed to fit.
            size = paper.text_of(self.pdf(name), 1)
            self.assertTrue(size.strip())
        self.each({**RECORDS, **REGISTERS}, check)

    def test_room_to_sign_and_seal(self):
        """Approval rows are 22 mm high, and 45 mm square is clear for the seal."""
        sheet = paper.Sheet(self.book("incident"))
        labels = {text: area for _, area, text, _ in sheet.cells()}
        x0, y0, x1, y1 = labels["信息中心意见"]
        self.assertGreaterEqual(y1 - y0, 45 * paper.MM)
        for label in ("股室负责人意见", "信息中心意见"):
            _, top, _, bottom = labels[label]
            self.assertGreaterEqual(bottom - top, 61.9)
        left, _, right, _ = next(area for _, area, text, _ in sheet.cells() if text == "（盖章）")
        self.assertGreaterEqual(right - left, 45 * paper.MM)


class Books(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="yunwei-print-")
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def test_same_input_same_bytes(self):
        for name in ("a", "b"):
            paper.make(RECORDS["incident-long"][0], self.path(name))
        with open(self.path("a"), "rb") as a, open(self.path("b"), "rb") as b:
            self.assertEqual(a.read(), b.read())
        with zipfile.ZipFile(self.path("a")) as book:
            self.assertIn(b"2026-11-22T02:15:00Z", book.read("docProps/core.xml"))

    def test_to_standard_output(self):
        paper.make(RECORDS["patrol"][0], self.path("a"))
        with open(self.path("a"), "rb") as file:
            written = file.read()
        done = subprocess.run([paper.PAGES, self.path("a.json"), "-"], check=True, capture_output=True)
        self.assertEqual(done.stdout, written)

    def test_nothing_is_left_behind(self):
        """A folder that cannot be written is told; nothing half-made remains anywhere."""
        paper.make(RECORDS["patrol"][0], self.path("a"))
        self.assertEqual(sorted(os.listdir(self.folder)), ["a", "a.json"])
        done = subprocess.run([paper.PAGES, self.path("a.json"), self.path("none/a")], check=False, capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("none", done.stderr)

    def test_several_records_each_from_page_one(self):
        three = [record(INCIDENT, code=f"EV2026-000{n}") for n in (1, 2)] + [record({}, code="EV2026-0003")]
        pages = paper.make(case(form="incident", records=three), self.path("all.xlsx"))
        paper.convert([self.path("all.xlsx")], self.folder, self.path("profile"))
        book = openpyxl.load_workbook(self.path("all.xlsx"))
        self.assertEqual(book.sheetnames, ["EV2026-0001", "EV2026-0002", "EV2026-0003"])
        text = [paper.squeezed(paper.text_of(self.path("all.pdf"), page)) for page in range(1, sum(pages) + 1)]
        expected = [f"第{n}页共{count}页" for count in pages for n in range(1, count + 1)]
        for one, number in zip(text, expected):
            self.assertIn(number, one)

    def test_odd_texts_come_back_as_they_are(self):
        odd = "<C>&\"'; DROP TABLE -- _x000A_ \U0001f600 e\u0301 \u05e9\u05dc\u05d5\u05dd =1+1 &P &N 100%\n\u4e8c\uff01"
        paper.make(case(form="patrol", records=[patrol(patrol_body(abn=odd + "\x07\ufffe"), title=odd, code="A/B[1]:*?")]), self.path("odd.xlsx"))
        sheet = openpyxl.load_workbook(self.path("odd.xlsx")).worksheets[0]
        values = {cell.value for row in sheet.iter_rows() for cell in row}
        self.assertIn(odd + "\ufffd\ufffd", values)
        self.assertEqual(sheet.title, "A_B_1____")
        self.assertIn("A/B[1]:*?", sheet.oddFooter.center.text)

    def test_list_shows_what_it_was_given(self):
        paper.make(case(list=1000, layout=os.path.join(cases.TOP, "export", "generic-month.cfg")), self.path("list.xlsx"))
        sheet = openpyxl.load_workbook(self.path("list.xlsx")).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(rows[0], ("编号", "标题", "数"))
        self.assertEqual(len(rows), 1001)
        self.assertEqual(rows[1], ("第〔2026〕1号", "单月", 1))
        self.assertEqual(rows[2], ("第〔2026〕2号", None, 2))
        self.assertEqual(rows[7][2], "007")

    def test_a_long_list_goes_on_in_a_second_sheet(self):
        paper.make(case(list=1048580), self.path("list.xlsx"))
        book = openpyxl.load_workbook(self.path("list.xlsx"), read_only=True)
        self.assertEqual(book.sheetnames, ["台账", "台账 2"])
        rows = list(book["台账 2"].iter_rows(values_only=True))
        self.assertEqual(rows[0], ("编号", "标题", "数"))
        self.assertEqual([row[2] for row in rows[1:]], [1048576, 1048577, 1048578, 1048579, 1048580])


if __name__ == "__main__":
    unittest.main()
