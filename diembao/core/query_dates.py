"""Typed dates → ranges of time. Days are local days; what comes out is UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.query_words import bare

Span = tuple[datetime | None, datetime | None]  # [start, end); None is open

_YEARS: Final = range(1900, 2201)  # no outlet of ours is older; engines count nanoseconds from 1677 to 2262
_MOST: Final = 36_500  # days one may look back: a hundred years

_TODAY: Final = frozenset({"homnay", "today", "nay"})
_YESTERDAY: Final = frozenset({"homqua", "yesterday", "qua"})
_DAY: Final = re.compile(
    r"(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-](?P<y>\d{4})|(?P<y2>\d{4})[-/.](?P<m2>\d\d?)[-/.](?P<d2>\d\d?)"
)
_SHORT_DAY: Final = re.compile(r"(\d\d?)/(\d\d?)")
_MONTH: Final = re.compile(r"(?P<m>\d\d?)[/.-](?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d\d?)")
_BACK: Final = re.compile(r"-(\d{1,5})\s*(\w+)?")
_UNITS: Final = {"h": "h", "gio": "h", "d": "d", "ngay": "d", "day": "d", "days": "d", "": "d", "w": "w", "tuan": "w"}
_LAST: Final = re.compile(r"(\d{1,3})\s*(\w+)?")


def since(typed: str, now: datetime, zone: ZoneInfo) -> Span:
    """From the start of what was typed on.

    Raises:
        ValueError: it is no date.
    """
    return span(typed, now, zone)[0], None


def until(typed: str, now: datetime, zone: ZoneInfo) -> Span:
    """To the end of what was typed; a day is included."""
    return None, span(typed, now, zone)[1]


def day(typed: str, now: datetime, zone: ZoneInfo) -> Span:
    """A day, a month, a year, ``a..b``, or the last days: "7" is today and the six before."""
    last = _LAST.fullmatch(typed.strip())
    if last and _UNITS.get(bare(last[2] or "")) in {"d", "w"}:
        days = int(last[1]) * (7 if _UNITS[bare(last[2] or "")] == "w" else 1)
        return _midnight(_back(_today(now, zone), max(days, 1) - 1), zone), None
    return between(typed, now, zone)


def between(typed: str, now: datetime, zone: ZoneInfo) -> Span:
    """``a..b``, both included where they are days; one side may be empty. Or one day, month or year."""
    first, dots, last = typed.partition("..")
    if not dots:
        return span(typed, now, zone)
    start = span(first, now, zone)[0] if first.strip() else None
    end = span(last, now, zone)[1] if last.strip() else None
    return start, end


def span(typed: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end of a typed day, month or year; an instant is its own start and end."""
    typed = typed.strip()
    if "T" in typed or "t" in typed[10:11]:
        instant = _instant(typed, zone)
        return instant, instant
    back = _BACK.fullmatch(typed)
    if back and _UNITS.get(bare(back[2] or "")) == "h":
        instant = now.astimezone(UTC) - timedelta(hours=min(int(back[1]), _MOST * 24))
        return instant, instant
    first, after = _days(typed, _today(now, zone))
    return _midnight(first, zone), _midnight(after, zone)


def _days(typed: str, today: date) -> tuple[date, date]:
    """First day, and the day after the last."""
    if typed.isascii() and typed.isdigit() and len(typed) == 4:
        return _day_of(typed, "1", "1"), _day_of(str(int(typed) + 1), "1", "1")
    month = _MONTH.fullmatch(typed)
    if month:
        first = _day_of(month["y"] or month["y2"], month["m"] or month["m2"], "1")
        return first, (first + timedelta(days=31)).replace(day=1)
    only = _one_day(typed, today)
    return only, only + timedelta(days=1)


def _one_day(typed: str, today: date) -> date:
    word = bare(typed)
    if word in _TODAY or word in _YESTERDAY:
        return _back(today, int(word in _YESTERDAY))
    back = _BACK.fullmatch(typed)
    if back and _UNITS.get(bare(back[2] or "")) in {"d", "w"}:
        return _back(today, int(back[1]) * (7 if _UNITS[bare(back[2] or "")] == "w" else 1))
    short = _SHORT_DAY.fullmatch(typed)
    if short:
        this_year = _day_of(str(today.year), short[2], short[1])
        return this_year if this_year <= today else _day_of(str(today.year - 1), short[2], short[1])
    full = _DAY.fullmatch(typed)
    if not full:
        msg = f"no date: {typed}"
        raise ValueError(msg)
    return _day_of(full["y"] or full["y2"], full["m"] or full["m2"], full["d"] or full["d2"])


def _day_of(year: str, month: str, number: str) -> date:
    if int(year) not in _YEARS:
        msg = f"no year of ours: {year}"
        raise ValueError(msg)
    return date(int(year), int(month), int(number))


def _back(today: date, days: int) -> date:
    if days > _MOST:
        msg = f"too far back: {days} days"
        raise ValueError(msg)
    return today - timedelta(days=days)


def _today(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()


def _midnight(first: date, zone: ZoneInfo) -> datetime:
    return datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC)


def _instant(typed: str, zone: ZoneInfo) -> datetime:
    instant = datetime.fromisoformat(typed)
    if instant.year not in _YEARS:
        msg = f"no year of ours: {instant.year}"
        raise ValueError(msg)
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)
