"""Numbers and dates as Vietnamese documents write them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_SWAPPED = str.maketrans(",.", ".,")


def number(value: float, digits: int = 0) -> str:
    """1.234,5."""
    return f"{value:,.{digits}f}".translate(_SWAPPED)


def mean(value: float) -> str:
    """A mean has one digit, except where it is whole."""
    return number(value, 0 if value == int(value) else 1)


def share(part: int, whole: int) -> str:
    """12,5%; "–" of nothing."""
    return f"{number(100 * part / whole, 1)}%" if whole else "–"


def day(value: date) -> str:
    """05/01/2026."""
    return f"{value:%d/%m}/{value.year:04d}"


def moment(value: datetime, zone: str) -> str:
    """06:12 ngày 05/01/2026, by the clock of ``zone``."""
    there = value.astimezone(ZoneInfo(zone))
    return f"{there:%H:%M} ngày {day(there.date())}"


def place_and_day(place: str, value: date) -> str:
    """Gia Lai, ngày 05 tháng 01 năm 2026: a leading zero for days under 10 and for January and February only."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{place}, ngày {value.day:02d} tháng {month} năm {value.year}"


def registered(value: int | None, symbol: str) -> str:
    """Số: 05/BC-SVHTTDL; room to write in until there is a number. Numbers under 10 have a leading zero."""
    return f"Số: {value:02d}/{symbol}" if value is not None else f"Số:        /{symbol}"
