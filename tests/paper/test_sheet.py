"""Tables that leave: what somebody typed stays words, in CSV and in XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

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


def typed(made: bytes, sheet_number: int = 1) -> list[tuple[str | None, str | None, str]]:
    """Type, style and value of each cell below the head."""
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        root = ET.fromstring(opened.read(f"xl/worksheets/sheet{sheet_number}.xml"))  # noqa: S314 (made here)
    rows = list(root.iter(f"{MAIN}row"))[1:]
    return [(cell.get("t"), cell.get("s"), "".join(cell.itertext())) for row in rows for cell in row]


def test_numbers_days_and_times_are_cells_of_their_own_kind() -> None:
    noon = datetime(2028, 2, 29, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    made = sheet.xlsx_of(["a"], [[7, -2.5, date(2028, 2, 29), noon, "7"]])
    assert typed(made) == [
        (None, "2", "7"),
        (None, "2", "-2.5"),
        (None, "3", "46812"),
        (None, "4", "46812.5"),
        ("inlineStr", "0", "7"),
    ]


def test_what_a_table_cannot_count_is_told_in_words() -> None:
    made = sheet.xlsx_of(["a"], [[float("nan"), float("inf"), date(1900, 1, 1)]])
    assert [(kind, said) for kind, _, said in typed(made)] == [
        ("inlineStr", "nan"),
        ("inlineStr", "inf"),
        ("inlineStr", "1900-01-01"),
    ]


def test_a_csv_tells_numbers_as_numbers_and_days_as_iso() -> None:
    made = sheet.csv_of(["a"], [[-2, 1.5, date(2026, 5, 20), datetime(2026, 5, 20, 6, 30, tzinfo=UTC)]])
    assert made.decode("utf-8-sig").splitlines()[1] == '"-2","1.5","2026-05-20","2026-05-20 06:30:00+00:00"'


def test_sheets_stand_beside_each_other_under_names_of_their_own() -> None:
    sheets = [sheet.Sheet(name, ["a"], [[n]]) for n, name in enumerate(["Số liệu", "số LIỆU", "[]", "x" * 40])]
    made = sheet.workbook(sheets)
    assert [typed(made, n)[0][2] for n in range(1, 5)] == ["0", "1", "2", "3"]
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        root = ET.fromstring(opened.read("xl/workbook.xml"))  # noqa: S314 (made here)
    assert [each.get("name") for each in root.iter(f"{MAIN}sheet")] == ["Số liệu", "số LIỆU 2", "1", "x" * 28]
