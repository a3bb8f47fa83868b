"""Whole months: which are asked for, and the steps between them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.errors import WrongUse
from diembao.reports.period import DAY, Period

MOST_MONTHS: Final = 24
DEFAULT_MONTHS: Final = 6
_MONTH: Final = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])", re.ASCII)


def months_of(first: str, last: str, now: datetime, zone: str) -> Period:
    """From the first of the one month ("2026-05") to the end of the other; the last six whole months where none is
    named.

    Raises:
        WrongUse: they cannot be read, are in the wrong order, too many, or to come.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    end = _month("--to", last) if last else step(today.replace(day=1), -1)
    begin = _month("--from", first) if first else step(end, 1 - DEFAULT_MONTHS)
    number = (end.year - begin.year) * 12 + end.month - begin.month + 1
    if not 1 <= number <= MOST_MONTHS or begin > today:
        msg = (
            f"Từ tháng {begin:%m/%Y} đến tháng {end:%m/%Y}: 1 đến {MOST_MONTHS} tháng, tháng đầu trước, không ở mai sau"
            f" (from {begin:%Y-%m} to {end:%Y-%m}: 1 to {MOST_MONTHS} months, the first one first, none to come)"
        )
        raise WrongUse(msg)
    return Period(begin, step(end, 1) - DAY, zone)


def months(period: Period) -> list[Period]:
    found, first = [], period.first
    while first <= period.last:
        following = step(first, 1)
        found.append(Period(first, following - DAY, period.zone))
        first = following
    return found


def step(month: date, n: int) -> date:
    """The first day of the month so many after it."""
    year, number = divmod(month.year * 12 + month.month - 1 + n, 12)
    return date(year, number + 1, 1)


def _month(option: str, typed: str) -> date:
    found = _MONTH.fullmatch(typed)
    if not found:
        msg = (
            f"{option}: tháng viết như 2026-05, không phải '{typed[:40]}'"
            f" ({option}: a month is written like 2026-05, not '{typed[:40]}')"
        )
        raise WrongUse(msg)
    return date(int(found[1]), int(found[2]), 1)
