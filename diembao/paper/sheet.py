"""A table as CSV or XLSX, in which a cell is what it says: never a formula, whatever somebody typed or an outlet wrote.

CSV is read by programs that run what begins with =, +, -, @ or a tab: such a cell gets an apostrophe before it. In XLSX
every cell says itself that it is text.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
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
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    writer.writerows([_safe(_cut(cell)) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_RUN) else cell


def xlsx_of(head: Sequence[str], rows: Iterable[Sequence[str]], name: str = "Bảng") -> bytes:
    """One sheet; the head is bold and stays in sight."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for path, text in (
            ("[Content_Types].xml", _content_types()),
            ("_rels/.rels", _relations("rId1", f"{_OFFICE}/officeDocument", "xl/workbook.xml")),
            ("xl/workbook.xml", _workbook(name)),
            ("xl/_rels/workbook.xml.rels", _workbook_relations()),
            ("xl/styles.xml", _STYLES),
            ("xl/worksheets/sheet1.xml", _sheet(head, rows)),
        ):
            made.writestr(zipfile.ZipInfo(path, _MADE), _XML + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _content_types() -> str:
    parts = {"xl/workbook.xml": "sheet.main", "xl/worksheets/sheet1.xml": "worksheet", "xl/styles.xml": "styles"}
    named = "".join(f'<Override PartName="/{path}" ContentType="{_TYPES}.{x}+xml"/>' for path, x in parts.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )


def _relations(*one: str) -> str:
    name, kind, target = one
    relation = f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>'


def _workbook_relations() -> str:
    sheet = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    styles = f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{sheet}{styles}</Relationships>'


def _workbook(name: str) -> str:
    kept = "".join(letter for letter in printable(name) if letter not in "[]:*?/\\'")[:31] or "1"
    sheet = f'<sheet name="{escape(kept)}" sheetId="1" r:id="rId1"/>'
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheet}</sheets></workbook>'


_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font>'
    '<font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf fontId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    "</styleSheet>"
)


def _sheet(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    view = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    lines = [_row(1, head, style=1), *(_row(n, row, style=0) for n, row in zip(range(2, ROWS), rows, strict=False))]
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews>'
        f'<cols><col min="1" max="{max(1, len(head))}" width="22" customWidth="1"/></cols>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )


def _row(number: int, cells: Sequence[str], *, style: int) -> str:
    told = "".join(
        f'<c r="{_column(n)}{number}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{_escaped(cell)}</t></is></c>'
        for n, cell in enumerate(cells)
    )
    return f'<row r="{number}">{told}</row>'


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
