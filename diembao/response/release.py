"""When an alert leaves: at once, at the hour of a digest, or when the quiet hours are over.

Hours are those of the province's clock, also where that is put forward or back: an hour that does not come that day is
the moment at which it would have.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.subscription import Priority, Quiet, Rhythm, Subscription

CRITICAL: Final = "critical"
_DAY: Final = timedelta(days=1)


def held_until(subscription: Subscription, stance: str, at: datetime, zone: str) -> datetime | None:
    """Until when an alert that comes ``at`` this moment is held back; None: it leaves at once. ``stance`` is that of
    its article: what is critical may break the quiet hours, where that was asked for.
    """
    if subscription.rhythm in {Rhythm.DAILY, Rhythm.WEEKLY}:
        return next_digest(subscription, at, zone)
    return None if _breaks(subscription.priority, stance) else quiet_until(subscription.quiet, at, zone)


def next_digest(subscription: Subscription, at: datetime, zone: str) -> datetime:
    """The first moment of this digest after ``at``."""
    today = at.astimezone(ZoneInfo(zone)).date()
    days = (_moment(today + n * _DAY, time(subscription.hour), zone) for n in range(9))
    weekly = subscription.rhythm is Rhythm.WEEKLY
    return next(each for each in days if each > at and (not weekly or _weekday(each, zone) == subscription.weekday))


def quiet_until(quiet: Quiet | None, at: datetime, zone: str) -> datetime | None:
    """The end of the quiet hours that ``at`` lies in; None: it lies in none."""
    if quiet is None or quiet.start == quiet.end:
        return None
    today = at.astimezone(ZoneInfo(zone)).date()
    for day in (today - _DAY, today):
        last = day if quiet.start < quiet.end else day + _DAY
        start, end = _moment(day, quiet.start, zone), _moment(last, quiet.end, zone)
        if start <= at < end:
            return end
    return None


def _breaks(priority: Priority, stance: str) -> bool:
    return priority is Priority.ALL or (priority is Priority.CRITICAL and stance == CRITICAL)


def _moment(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _weekday(at: datetime, zone: str) -> int:
    return at.astimezone(ZoneInfo(zone)).weekday()
