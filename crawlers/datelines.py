"""What each place says of an article's date, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from itertools import combinations

from crawlers.dates import MAX_LENGTH, OWN_RULES, Reading, guessed, only_a_day, possible
from diembao.core.article import DateFrom
from diembao.core.reading import DateSaid

PLACEHOLDER = 1970  # year; up to it a date is what a system writes that knows none
SAME = timedelta(hours=1)  # between two places that tell one time: feeds tell when they were made at times


_UPDATED = re.compile(
    r"updat|modified|cập nhật|mis à jour|modifié|обновл|измен|更新|수정|แก้ไข|อัปเดต|ອັບເດດ|ធ្វើបច្ចុប្បន្នភាព", re.IGNORECASE
)


def said(candidates: Iterable[tuple[str, DateFrom]], how: Reading) -> tuple[DateSaid, ...]:
    """The first date that each place tells, also one that cannot be; by our own rules alone, for it is said beside
    the one that is used.
    """
    told: dict[DateFrom, DateSaid] = {}
    for raw, where in candidates:
        if where in told or (where is DateFrom.PAGE_TEXT and _UPDATED.search(raw)):
            continue
        found = guessed(raw, how, OWN_RULES)
        if found is not None and found.year > PLACEHOLDER:
            told[where] = DateSaid(where, found, raw[:MAX_LENGTH], refused=possible(found, how.now) is None)
    return tuple(told.values())


def differing(told: Iterable[DateSaid], zone: tzinfo) -> tuple[DateSaid, ...]:
    """All of them, where two differ by more than an hour, or by a day where one tells no hour, or one lies in the
    future; else none. ``zone`` is the outlet's.
    """
    dates = tuple(told)
    differ = any(_differ(one.at, other.at, zone) for one, other in combinations(dates, 2))
    return dates if differ or any(each.refused for each in dates) else ()


def _differ(one: datetime, other: datetime, zone: tzinfo) -> bool:
    if only_a_day(one) or only_a_day(other):
        return not _days(one, zone) & _days(other, zone)
    return abs(one - other) > SAME


def _days(when: datetime, zone: tzinfo) -> set[date]:
    """Its day, and the outlet's then: papers print either."""
    return {when.date()} if only_a_day(when) else {when.date(), when.astimezone(zone).date()}
