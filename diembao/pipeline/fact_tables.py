"""Tables (CSV) of official information as spreadsheets save them: whatever parts the cells, whatever ends the lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from typing import Final

from diembao.core.errors import WrongUse

# What parts the cells, the usual first; what Excel puts before the head to say it (`sep=;`); columns of days; a day.
_PARTED: Final = ",;\t|"
_SAID: Final = re.compile(rf'"?sep=([{_PARTED}])"?[{_PARTED}]*', re.IGNORECASE)  # padded to the width of the others
_FIRST_LINE: Final = re.compile(r"[\r\n]*([^\r\n]*)")
_DAYS: Final = frozenset({"from", "to"})
_SPREADSHEET: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)

# What is said of a row with more cells than the head: what they hold would be lost, or stand in another's place.
WIDE: Final = (
    "nhiều ô hơn tiêu đề; để trong ngoặc kép chữ có dấu ngăn cách"
    " (more cells than the head; put text that holds the separator in quotation marks)"
)


def rows(text: str, known: Collection[str]) -> Iterator[tuple[int, dict[str, str] | None]]:
    """With a head that names columns of the `known` ones, in any order, between what parts the others too: a comma, or
    the semicolon or tab of a spreadsheet where the comma is decimal. Empty cells say nothing. None: too `WIDE`.

    Raises:
        WrongUse: this is no such table.
    """
    found = _FIRST_LINE.match(text)
    first = found[1] if found else ""
    said = _SAID.fullmatch(first)
    parted = said[1] if said else max(_PARTED, key=first.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=parted)
    try:
        filled = (row for row in table if any(cell.strip() for cell in row))
        if said:
            next(filled)
        head = _head(next(filled, []), known)
        for row in filled:
            if any(cell.strip() for cell in row[len(head) :]):
                yield table.line_num, None
            else:
                cells = {name: cell.strip() for name, cell in zip(head, row, strict=False) if cell.strip()}
                yield table.line_num, {name: _dated(cell) if name in _DAYS else cell for name, cell in cells.items()}
    except csv.Error as error:
        raise WrongUse(f"Không đọc được CSV ở dòng {table.line_num} (The CSV cannot be read: {error})") from error


def _head(row: list[str], known: Collection[str]) -> list[str]:
    """Without the nameless columns at its end that spreadsheets leave; nothing may stand in them."""
    head = [name.strip() for name in row]
    while head and not head[-1]:
        head.pop()
    if unknown := [name for name in head if name not in known]:
        name, named = unknown[0][:40], ", ".join(sorted(known))
        raise WrongUse(f"Cột “{name}” không có; dùng {named} (There is no column '{name}'; use {named})")
    if twice := [name for name in head if head.count(name) > 1]:
        raise WrongUse(f"Cột “{twice[0]}” có hai lần (The column '{twice[0]}' stands there twice)")
    return head


def _dated(cell: str) -> str:
    """A day as spreadsheets write it here, day before month always: 1/2/2026 is of February."""
    found = _SPREADSHEET.fullmatch(cell)
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else cell
