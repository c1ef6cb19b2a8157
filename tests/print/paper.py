"""From a case to paper: workbook, PDF, and what stands in each cell of it.

The PDF is looked at cell by cell: what a cell of the workbook holds must stand, whole, inside the
rectangle that the cell has on its page. A text that is cut off, or runs over, is found so.
"""
import json
import os
import re
import subprocess

import openpyxl

PAGES = os.path.join(os.environ.get("YW_BUILD", "build/dev"), "print_pages")
MM = 72 / 25.4
UNIT_PIXELS_A_PT = 96 / 72

# The same pages on a machine with other fonts: slab serifs, wide Latin.
OTHER_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match><test name="family" compare="not_contains"><string>Liberation</string></test>
<test name="family" compare="not_contains"><string>Times New Roman</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Noto Serif CJK SC</string></edit></match></fontconfig>
"""


def make(case, out):
    """Writes the workbook; returns the pages that the program reckoned with, by sheet."""
    path = out + ".json"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(case, file, ensure_ascii=False)
    done = subprocess.run([PAGES, path, out], capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{out}: {done.stderr}")
    return [int(line) for line in done.stdout.split()]


def convert(books, folder, profile, fonts=None):
    """PDFs of all BOOKS beside them in FOLDER."""
    env = dict(os.environ)
    if fonts:
        env["FONTCONFIG_FILE"] = fonts
    subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf", "--outdir", folder, *books],
                   check=True, capture_output=True, env=env, timeout=600)


def page_count(pdf):
    done = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True)
    return int(re.search(r"^Pages:\s+(\d+)", done.stdout, re.M).group(1))


def text_of(pdf, page=None, area=None):
    words = ["pdftotext", "-raw"]
    if page:
        words += ["-f", str(page), "-l", str(page)]
    if area:
        x0, y0, x1, y1 = (round(10 * edge) for edge in area)
        words += ["-r", "720", "-x", str(x0), "-y", str(y0), "-W", str(x1 - x0), "-H", str(y1 - y0)]
    return subprocess.run([*words, pdf, "-"], check=True, capture_output=True, text=True).stdout


def squeezed(text):
    return re.sub(r"\s", "", text or "")


class Sheet:
    """Where the cells of a sheet come to lie on paper."""

    def __init__(self, path, name=None):
        book = openpyxl.load_workbook(path)
        self.sheet = sheet = book[name] if name else book.worksheets[0]
        setup = sheet.page_margins
        self.left, self.top = setup.left * 72, setup.top * 72
        self.last = sheet.max_row
        self.breaks = sorted(b.id for b in sheet.row_breaks.brk)
        titles = re.findall(r"\d+", sheet.print_title_rows or "")
        self.repeat = range(int(titles[0]), int(titles[1]) + 1) if titles else range(0)
        self.spans = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
        # Widths are in digits of 7 pixels, their padding included.
        widths = [0.0]
        for column in range(1, sheet.max_column + 1):
            widths.append(widths[-1] + self.width(column))
        self.edges = widths

    def width(self, column):
        letter = openpyxl.utils.get_column_letter(column)
        for key, dimension in self.sheet.column_dimensions.items():
            if key == letter or dimension.min <= column <= dimension.max:
                return round(dimension.width * 7) / UNIT_PIXELS_A_PT
        raise AssertionError(f"column {letter} has no width")

    def height(self, row):
        return self.sheet.row_dimensions[row].height

    def pages(self):
        """(page, row, its top on that page), repeated rows only where they stand by themselves."""
        page, top = 1, self.top
        for row in range(1, self.last + 1):
            if row - 1 in self.breaks:
                page += 1
                top = self.top + sum(self.height(r) for r in self.repeat)
            yield page, row, top
            top += self.height(row)

    def cells(self):
        """(page, area, text, size of its type) of every cell that holds a text."""
        for page, row, top in self.pages():
            for cell in self.sheet[row]:
                if cell.value is None:
                    continue
                span = self.spans.get((row, cell.column))
                last_row, last_column = (span.max_row, span.max_col) if span else (row, cell.column)
                bottom = top + sum(self.height(r) for r in range(row, last_row + 1))
                yield page, (self.left + self.edges[cell.column - 1], top, self.left + self.edges[last_column], bottom), str(cell.value), cell.font.sz

    def columns_text(self):
        """All texts of the sheet, column by column: a text that goes on overleaf is in one piece."""
        return squeezed("".join(str(cell.value) for column in self.sheet.iter_cols() for cell in column if cell.value is not None))


def shift_of(pdf, area, text):
    """How far down LibreOffice moved the body (it reckons the running head's height anew): by the first cell's text."""
    done = subprocess.run(["pdftotext", "-bbox", "-l", "1", pdf, "-"], check=True, capture_output=True, text=True)
    for top, bottom, word in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)<', done.stdout):
        if squeezed(text).startswith(word):
            shift = (float(top) + float(bottom)) / 2 - (area[1] + area[3]) / 2
            if not -1 < shift < 9:
                raise AssertionError(f"{pdf}: the body is {shift} pt lower than it should be")
            return shift
    raise AssertionError(f"{pdf}: {text} is not on the first page")


def assert_nothing_cut(path, pdf, name=None):
    """Every text stands whole inside its cell."""
    cells = list(Sheet(path, name).cells())
    shift = shift_of(pdf, cells[0][1], cells[0][2])
    for page, (x0, y0, x1, y1), text, size in cells:
        # What is cut out by pdftotext is what has its base line inside, and any part of its width.
        area = (x0 + 1, y0 + shift + 0.75 * size, x1 - 1, y1 + shift - 0.15 * size)
        found = squeezed(text_of(pdf, page, area))
        if sorted(found) != sorted(squeezed(text)):  # a glyph taken from another font comes out of its place
            raise AssertionError(f"{os.path.basename(pdf)}, page {page}: the cell holds\n  {squeezed(text)}\non paper stands\n  {found}")


def strings(value):
    """All texts of a record's body, as the paper shows them."""
    if isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        if re.match(r"\d{4}-\d\d-\d\dT", value):
            yield value[:10] + value[11:16]
        elif re.match(r"\d{4}-\d\d-\d\d$", value):
            year, month, day = value.split("-")
            yield f"{year}年{int(month)}月{int(day)}日"
        else:
            yield value
