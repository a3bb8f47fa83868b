"""Tasks from a table: columns told by their headings, rows that a page broke put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from diembao.core.text import fold
from diembao.plan.importer.records import Group, Line, PlanTask
from diembao.plan.importer.references import references
from diembao.plan.importer.times import period
from diembao.plan.importer.units import units_in

_HEADINGS = (
    ("number", re.compile(r"^(?:tt|stt|so tt|so thu tu|muc)\.?$")),
    ("lead", re.compile(r"chu tri|don vi thuc hien|co quan thuc hien|dau moi|don vi duoc giao")),
    ("help", re.compile(r"phoi hop|theo doi|huong dan")),
    ("time", re.compile(r"thoi gian|tien do|thoi han|hoan thanh")),
    ("title", re.compile(r"nhiem vu|noi dung|chuong trinh|cong viec|hoat dong")),
)
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)*)\.?$")
_NUMBER_AND_TITLE = re.compile(r"([0-9]+(?:\.[0-9]+)*)\.?\s+(\S.*)")
# A narrow column breaks "152/2020/NĐ-CP" at its hyphen.
_BROKEN_NUMBER = re.compile(r"(?<![A-ZĐa-z])([0-9]+(?:/[0-9]{4})?/[A-ZĐ]{1,8})\s?-\s?([A-ZĐ])")
_LEAST = 3  # columns that must be known before a row is taken for a table's heading


@dataclass(slots=True)
class _Row:
    number: str
    line: int
    cells: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, text: str, line: int) -> None:
        if text:
            self.lines.setdefault(name, line)
            self.cells[name] = f"{self.cells[name]} {text}" if self.cells.get(name) else text


def from_tables(lines: Sequence[Line]) -> tuple[list[Group], list[PlanTask]]:
    """Groups and tasks of all tables of tasks in the document; rows without a unit are groups."""
    groups: list[Group] = []
    tasks: list[PlanTask] = []
    for row in _rows(lines):
        title = _BROKEN_NUMBER.sub(r"\1-\2", " ".join(row.cells.get("title", "").split()))
        if row.cells.get("lead") or row.cells.get("help"):
            tasks.append(_task(row, title))
        elif title:
            groups.append(Group(row.number, title, row.line))
    return groups, tasks


def _task(row: _Row, title: str) -> PlanTask:
    cells = row.cells
    return PlanTask(
        row.number,
        title.rstrip(" ;"),
        units_in(cells.get("lead", "")),
        units_in(cells.get("help", "")),
        period(cells.get("time", "")),
        row.line,
        row.lines,
        references(title),
    )


def _rows(lines: Iterable[Line]) -> Iterator[_Row]:
    columns: list[str] = []
    row: _Row | None = None
    for line in lines:
        cells = [" ".join(cell.split()) for cell in line.text.split("\t")]
        if "\t" not in line.text:
            continue
        if found := _columns(cells):
            columns = found
        elif columns:
            numbered = _numbered(cells)
            if numbered:
                if row:
                    yield row
                row, cells = _Row(numbered[0], line.number), numbered[1]
            if row:
                _fill(row, columns, cells, line.number)
    if row:
        yield row


def _columns(cells: Sequence[str]) -> list[str]:
    """The names of a heading's columns; empty: this row is no heading."""
    if _NUMBER.match(cells[0]):
        return []
    names = [next((name for name, says in _HEADINGS if says.search(fold(cell))), "") for cell in cells]
    known = {name for name in names if name}
    return names if len(known) >= _LEAST and "title" in known and max(map(len, cells)) < 80 else []


def _numbered(cells: list[str]) -> tuple[str, list[str]] | None:
    """The number of a new row and its cells; "4 Đẩy mạnh …" in one cell is a number and a title."""
    if found := _NUMBER.match(cells[0]):
        return found[1], ["", *cells[1:]]
    both = _NUMBER_AND_TITLE.match(cells[0])
    if both and not any(cells[1:]):
        return both[1], ["", both[2]]
    return None


def _fill(row: _Row, columns: Sequence[str], cells: Sequence[str], line: int) -> None:
    if cells[0] and not any(cells[1:]):  # the rest of a title, moved to the first cell
        row.add("title", cells[0], line)
        return
    for name, cell in zip(columns, cells, strict=False):
        if name and name != "number":
            row.add(name, cell, line)
