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
# Weeks from Monday, months and years, and how many before this one.
_PERIODS: Final = {
    **dict.fromkeys(("tuannay", "thisweek"), ("week", 0)),
    **dict.fromkeys(("tuantruoc", "tuanqua", "lastweek"), ("week", 1)),
    **dict.fromkeys(("thangnay", "thismonth"), ("month", 0)),
    **dict.fromkeys(("thangtruoc", "thangqua", "lastmonth"), ("month", 1)),
    **dict.fromkeys(("namnay", "thisyear"), ("year", 0)),
    **dict.fromkeys(("namngoai", "namtruoc", "lastyear"), ("year", 1)),
}
# Ways to say a time that hold a space and need no quotes after từ:, đến:, ngày:.
SPACED: Final = re.compile(
    r"(?:hom (?:nay|qua)|(?:tuan|thang) (?:nay|truoc|qua)|nam (?:nay|ngoai|truoc)|(?:this|last) (?:week|month|year)"
    r"|-?\d{1,5} (?:gio|ngay|tuan|thang|nam|days?|weeks?|months?|years?|hours?)(?: qua)?)(?![\w/])"
)
_DAY: Final = re.compile(
    r"(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-](?P<y>\d{4})|(?P<y2>\d{4})[-/.](?P<m2>\d\d?)[-/.](?P<d2>\d\d?)"
)
_SHORT_DAY: Final = re.compile(r"(\d\d?)/(\d\d?)")
_MONTH: Final = re.compile(r"(?P<m>\d\d?)[/.-](?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d\d?)")
_BACK: Final = re.compile(r"-(\d{1,5})[\s_]*(\w+)?")
_LAST: Final = re.compile(r"(\d{1,4})[\s_]*([^\W\d_]*)(?:[\s_]+qua)?")
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt].+")
_UNITS: Final = {
    **dict.fromkeys(("h", "gio", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "ngay", "day", "days", ""), "d"),
    **dict.fromkeys(("w", "tuan", "week", "weeks"), "w"),
    **dict.fromkeys(("m", "thang", "month", "months"), "m"),
    **dict.fromkeys(("y", "nam", "year", "years"), "y"),
}
_DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}
_YEAR_DIGITS: Final = 4  # "2026" is a year, and no number of days


def since(typed: str, now: datetime, zone: ZoneInfo) -> Span:
    """From the start of what was typed on; "7 ngày" are today and the six before.

    Raises:
        ValueError: it is no date.
    """
    days = _last(typed) if not typed.strip().isdigit() else None
    if days is not None:
        return _since_day(days, now, zone), None
    return span(typed, now, zone)[0], None


def until(typed: str, now: datetime, zone: ZoneInfo) -> Span:
    """To the end of what was typed; a day is included."""
    return None, span(typed, now, zone)[1]


def day(typed: str, now: datetime, zone: ZoneInfo) -> Span:
    """A day, a week, a month, a year, ``a..b``, or the last days: "7" is today and the six before."""
    days = None if len(typed.strip()) == _YEAR_DIGITS else _last(typed)
    if days is not None:
        return _since_day(days, now, zone), None
    return between(typed, now, zone)


def _last(typed: str) -> int | None:
    """How many days "7 ngày", "2 tuần qua" or "7" are; None: it is something else."""
    last = _LAST.fullmatch(typed.strip())
    unit = _UNITS.get(bare(last[2])) if last else None
    return int(last[1]) * _DAYS[unit] if last and unit in _DAYS else None


def _since_day(days: int, now: datetime, zone: ZoneInfo) -> datetime:
    return _midnight(_back(_today(now, zone), max(days, 1) - 1), zone)


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
    if _INSTANT.fullmatch(typed):
        instant = _instant(typed, zone)
        return instant, instant
    back = _BACK.fullmatch(typed) or _LAST.fullmatch(typed)
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
    if bare(typed) in _PERIODS:
        return _period(*_PERIODS[bare(typed)], today)
    only = _one_day(typed, today)
    return only, only + timedelta(days=1)


def _period(unit: str, back: int, today: date) -> tuple[date, date]:
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return monday, monday + timedelta(days=7)
    months = 12 if unit == "year" else 1
    first = today.year * 12 + (today.month - 1 if unit == "month" else 0) - months * back
    return _month(first), _month(first + months)


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _one_day(typed: str, today: date) -> date:
    word = bare(typed)
    if word in _TODAY or word in _YESTERDAY:
        return _back(today, int(word in _YESTERDAY))
    back = _BACK.fullmatch(typed)
    unit = _UNITS.get(bare(back[2] or "")) if back else None
    if back and unit in _DAYS:
        return _back(today, int(back[1]) * _DAYS[unit])
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
