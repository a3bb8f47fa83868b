"""Tables that leave: what somebody typed stays words, in CSV and in XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from diembao.paper import sheet

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TYPED = [
    "=1+1",
    "+84 905",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "  =cmd|' /C calc'!A0",
    "＝1",
    "Nước, “sông” Côn\nhai dòng",
    "a<b&c",
]


def cells(made: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.testzip() is None
        for name in opened.namelist():
            ET.fromstring(opened.read(name))  # noqa: S314 (made here)
        root = ET.fromstring(opened.read("xl/worksheets/sheet1.xml"))  # noqa: S314 (made here)
    assert not root.findall(f".//{MAIN}f")
    assert {cell.get("t") for cell in root.iter(f"{MAIN}c")} == {"inlineStr"}
    return [["".join(cell.itertext()) for cell in row] for row in root.iter(f"{MAIN}row")]


def test_no_cell_of_a_csv_begins_as_a_formula() -> None:
    made = sheet.csv_of(["Câu hỏi"], [[each] for each in TYPED])
    assert made.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))
    assert head == ["Câu hỏi"]
    assert [row[0] for row in rows] == [f"'{each}" for each in TYPED[:7]] + TYPED[7:]


def test_every_cell_of_an_xlsx_is_text_and_says_the_same() -> None:
    head, *rows = cells(sheet.xlsx_of(["Câu hỏi", "Số"], [[each, "1"] for each in TYPED], "Câu hỏi [2026]"))
    assert head == ["Câu hỏi", "Số"]
    assert rows[0] == ["=1+1", "1"]
    assert rows[7][0] == "Nước, “sông” Côn\nhai dòng"
    assert rows[8][0] == "a<b&c"


def test_what_xml_cannot_hold_and_what_is_too_long_is_left_out() -> None:
    (_, row) = cells(sheet.xlsx_of(["a"], [["x\x00\x0by" + "z" * 40_000]]))
    assert row[0].startswith("x")
    assert "\x00" not in row[0]
    assert len(row[0]) <= sheet.CELL


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_tables_name_them(number: int, name: str) -> None:
    assert sheet._column(number) == name
