"""The time of day and its zone in what stands behind a date (part of `dates`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo

from crawlers.almanac import ZONES

CLOCK = re.compile(
    r"(?P<before>上午|下午|午前|午後|오전|오후)?\s*"
    r"(?<![\d:.])T?(?P<h>\d{1,2})(?:\s*(?:[:：hg时時시]|giờ|\.(?=\d\d\s*น))\s*(?P<mi>\d{1,2})(?:\s*[:：'분分]\s*(?P<s>\d{2})?(?:[.,]\d+)?)?(?:\s*phút)?"
    r"|(?<=T\d{2})(?P<mi2>\d{2})(?P<s2>\d{2}))"
    r"(?![\d])\s*(?P<after>[ap]\.?m\b\.?|SA\b|CH\b|sáng|chiều|tối)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s*[(\[,]?\s*(?:(?P<z>Z)\b|(?:GMT|UTC|UT)?\s*(?P<sign>[+\u2212-])\s*(?P<h>\d{1,2}):?(?P<m>\d{2})?(?![\d/.:-])"
    r"|(?P<name>[A-Z]{2,5})\b)"
)
_AFTERNOON = re.compile(r"p|ch|下午|午後|오후|chiều|tối", re.IGNORECASE)


def moment_of(day: date, rest: str, zone: tzinfo) -> datetime | None:
    found = next(clocks(rest), None)
    if found is None:
        return datetime(day.year, day.month, day.day, tzinfo=zone)
    clock, hour = found
    minute, second = int(clock["mi"] or clock["mi2"]), int(clock["s"] or clock["s2"] or 0)
    local = datetime(day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=zone)  # leap seconds are
    return local.replace(tzinfo=_zone(rest[clock.end() :], local, zone))


def clocks(rest: str) -> Iterator[tuple[re.Match[str], int]]:
    """Clock times that can be, with the hour of 0 to 23."""
    for clock in CLOCK.finditer(rest):
        hour, half = int(clock["h"]), clock["before"] or clock["after"]
        if half and hour <= 12:
            hour = hour % 12 + (12 if _AFTERNOON.match(half) else 0)
        if hour < 24 and int(clock["mi"] or clock["mi2"]) < 60:
            yield clock, hour


def _zone(behind: str, local: datetime, zone: tzinfo) -> tzinfo:
    found = _ZONE.match(behind)
    if found is None:
        return zone
    if found["sign"]:
        hours, minutes = int(found["h"]), int(found["m"] or 0)
        if hours > 14 or minutes > 59:
            return zone
        return timezone(timedelta(hours=hours, minutes=minutes) * (1 if found["sign"] == "+" else -1))
    name = found["name"] or "UTC"
    if name == zone.tzname(local) or name not in ZONES:  # CST is China's at home, America's elsewhere
        return zone
    return timezone(timedelta(hours=ZONES[name]))
