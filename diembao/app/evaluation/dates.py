"""`eval dates`: is what outlets write read as the time they mean? Unknown is better than wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from crawlers import dates
from diembao.app.evaluation.outlets import Outlets
from diembao.app.evaluation.records import Record, Step, Text, Words, read


def _expected(value: object) -> object:
    """A moment, a day, or None where no date should be read."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        msg = "not a text in ISO 8601"
        raise ValueError(msg)  # noqa: TRY004 (pydantic tells it with its line)
    return date.fromisoformat(value) if len(value) <= len("2026-11-21") else datetime.fromisoformat(value)


class Case(Record):
    raw: Text
    outlet: Words = ""
    language: Words = ""
    expected: Annotated[Any, BeforeValidator(_expected)]


def load(path: Path) -> list[Case]:
    return read(path, Case)


def measure(cases: Sequence[Case], now: datetime, step: Step) -> dict[str, Any]:
    """Each case counts once: ``exact`` (the same moment; for a day, the same day; for null, nothing read), ``same_day``
    (only that), ``wrong``, ``none`` (nothing read, though there was a date).
    """
    outlets = Outlets()
    counted: Counter[str] = Counter()
    for case in cases:
        known = outlets.find(case.outlet) if case.outlet else None
        counted["strangers"] += bool(case.outlet and not known)
        how = dates.Reading.of(known or outlets.stranger(case.language), now)
        counted[_outcome(case.expected, dates.read(case.raw, how), how.zone)] += 1
        step(1)
    return {"n": len(cases), **{name: counted[name] for name in ("exact", "same_day", "wrong", "none", "strangers")}}


def _outcome(expected: datetime | date | None, found: datetime | None, zone: tzinfo) -> str:
    if expected is None:
        return "exact" if found is None else "wrong"
    if found is None:
        return "none"
    if not isinstance(expected, datetime):
        return "exact" if found.date() == expected else "wrong"
    if expected.tzinfo is None:
        expected = expected.replace(tzinfo=zone)
    if found == expected:
        return "exact"
    return "same_day" if same_day(expected, found) else "wrong"


def same_day(true: datetime, found: datetime) -> bool:
    """The same day where the true time was said; a time read without a clock is the beginning of its own day."""
    return true.date() in {found.date(), found.astimezone(true.tzinfo).date()}
