"""A table as CSV or XLSX, in which a cell is what it says: never a formula, whatever somebody typed or an outlet wrote.

CSV is read by programs that run what begins with =, +, -, @ or a tab: such a cell gets an apostrophe before it. In XLSX
every cell says itself what it is: text, a number, a day, a time (as the clock of its own zone shows it).
"""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Final

from diembao.paper.scripts import printable

CSV_MEDIA: Final = "text/csv; charset=utf-8"
XLSX_MEDIA: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a cell may hold, by Excel's own limits: characters, rows.
CELL, ROWS = 32_000, 1_000_000
_RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MADE: Final = (1980, 1, 1, 0, 0, 0)  # the same table is the same file
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BEGINNING: Final = datetime(1899, 12, 30)  # noqa: DTZ001 (Excel counts days from here, in no zone)
_FIRST: Final = date(1900, 3, 1)  # Excel knows a 29/02/1900: before it, its days are others

Cell = str | int | float | date | datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def csv_of(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; days and times as ISO writes them."""
    return b"".join(csv_pieces(head, rows))


def csv_pieces(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The same, row by row as they come."""
    yield b"\xef\xbb\xbf" + _csv_row(head)
    for row in rows:
        yield _csv_row([safe(_cut(cell)) if isinstance(cell, str) else _said(cell) for cell in row])


def _csv_row(cells: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(cells)
    return out.getvalue().encode()


def _said(cell: float | date) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def safe(cell: str) -> str:
    """A text as CSV may hold it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_RUN) else cell


def xlsx_of(head: Sequence[str], rows: Iterable[Sequence[Cell]], name: str = "Bảng") -> bytes:
    """One sheet; the head is bold and stays in sight."""
    return workbook([Sheet(name, head, rows)])


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Sheets beside each other, each with a name of its own; a name that comes twice gets a number."""
    out = io.BytesIO()
    names = _names(sheets)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for path, text in (
            ("[Content_Types].xml", _content_types(len(names))),
            ("_rels/.rels", _relations([("rId1", f"{_OFFICE}/officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", _workbook(names)),
            ("xl/_rels/workbook.xml.rels", _workbook_relations(len(names))),
            ("xl/styles.xml", _STYLES),
            *((f"xl/worksheets/sheet{n}.xml", _sheet(each.head, each.rows)) for n, each in enumerate(sheets, 1)),
        ):
            made.writestr(zipfile.ZipInfo(path, _MADE), _XML + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """As Excel allows them: 31 characters, none of its own signs, none twice."""
    names: list[str] = []
    for each in sheets:
        kept = "".join(letter for letter in printable(each.name) if letter not in "[]:*?/\\'")[:28] or "1"
        taken = {name.casefold() for name in names}
        names.append(next(x for x in (kept, *(f"{kept} {n}" for n in range(2, 99))) if x.casefold() not in taken))
    return names


def _content_types(sheets: int) -> str:
    parts = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
    parts |= {f"xl/worksheets/sheet{n}.xml": "worksheet" for n in range(1, sheets + 1)}
    named = "".join(f'<Override PartName="/{path}" ContentType="{_TYPES}.{x}+xml"/>' for path, x in parts.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )


def _relations(those: Iterable[tuple[str, str, str]]) -> str:
    told = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in those)
    return f'<Relationships xmlns="{_RELATIONS}">{told}</Relationships>'


def _workbook_relations(sheets: int) -> str:
    those = [(f"rId{n}", f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, sheets + 1)]
    return _relations([*those, (f"rId{sheets + 1}", f"{_OFFICE}/styles", "styles.xml")])


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


# Styles of cells, in the order below: words, the head, a number, a day, a time.
_WORDS, _HEAD, _NUMBER, _DAY, _TIME = range(5)
_TOP: Final = 'applyAlignment="1"><alignment vertical="top"'
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font>'
    '<font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">'
    f'<xf fontId="0" {_TOP} wrapText="1"/></xf><xf fontId="1" applyFont="1" {_TOP} wrapText="1"/></xf>'
    f'<xf fontId="0" {_TOP}/></xf><xf fontId="0" numFmtId="164" applyNumberFormat="1" {_TOP}/></xf>'
    f'<xf fontId="0" numFmtId="165" applyNumberFormat="1" {_TOP}/></xf></cellXfs></styleSheet>'
)


def _sheet(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    view = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    lines = [_row(1, head, words=_HEAD), *(_row(n, row) for n, row in zip(range(2, ROWS), rows, strict=False))]
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews>'
        f'<cols><col min="1" max="{max(1, len(head))}" width="22" customWidth="1"/></cols>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )


def _row(number: int, cells: Sequence[Cell], *, words: int = _WORDS) -> str:
    told = "".join(_cell(f"{_column(n)}{number}", cell, words) for n, cell in enumerate(cells))
    return f'<row r="{number}">{told}</row>'


def _cell(place: str, cell: Cell, words: int) -> str:
    counted = _counted(cell)
    if counted is not None:
        value, style = counted
        return f'<c r="{place}" s="{style}"><v>{value!r}</v></c>'
    text = _escaped(cell if isinstance(cell, str) else _said(cell))
    return f'<c r="{place}" s="{words}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _counted(cell: Cell) -> tuple[float, int] | None:
    """A number and its style; None: it is told in words, as what Excel cannot count is."""
    if isinstance(cell, str):
        return None
    if isinstance(cell, datetime):
        days = (cell.replace(tzinfo=None) - _BEGINNING).total_seconds() / 86400
        return (days, _TIME) if cell.date() >= _FIRST else None
    if isinstance(cell, date):
        return ((cell - _BEGINNING.date()).days, _DAY) if cell >= _FIRST else None
    return (cell, _NUMBER) if math.isfinite(cell) else None


def _column(number: int) -> str:
    """A to Z, then AA and so on."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _escaped(cell: str) -> str:
    return escape("\n".join(printable(line) for line in _cut(cell).splitlines()), quote=False)


def _cut(cell: str) -> str:
    return cell if len(cell) <= CELL else f"{cell[: CELL - 1]}…"
