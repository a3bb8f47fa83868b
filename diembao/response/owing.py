"""Who has not answered: what each unit was asked, what it owes, for how long; now, or as it stood when a week ended.

Time is time at work: a request of Friday evening has waited for nothing by Monday morning. A unit that was dissolved
owes under the name of the one that took it over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from diembao.core.ports import Store
from diembao.core.requests import Request, RequestQuery, RequestState
from diembao.plan.reader import Profile
from diembao.response.clock import Clock

HEAD: Final = (
    "Đơn vị",
    "Hỏi trong kỳ",
    "Còn nợ",
    "Trễ hạn",
    "Chờ lâu nhất (giờ làm việc)",
    "Trễ nhiều nhất (giờ làm việc)",
    "Đã trả lời",
    "Trả lời trễ",
)


@dataclass(frozen=True, slots=True)
class Owed:
    """A request that waits. ``waited`` and ``late_by`` are time at work; not late: zero."""

    request: Request
    waited: timedelta
    late_by: timedelta


@dataclass(frozen=True, slots=True)
class UnitOwing:
    """``asked``, ``answered`` and ``answered_late`` count what fell into the period; ``open`` is what waited at its
    end, the longest first.
    """

    unit: str
    name: str
    asked: int
    open: tuple[Owed, ...]
    answered: int
    answered_late: int

    @property
    def late(self) -> int:
        return sum(bool(each.late_by) for each in self.open)

    @property
    def waited(self) -> timedelta:
        return max((each.waited for each in self.open), default=timedelta())

    @property
    def late_by(self) -> timedelta:
        return max((each.late_by for each in self.open), default=timedelta())


def owing(store: Store, profile: Profile, start: datetime, end: datetime, now: datetime) -> Sequence[UnitOwing]:
    """Of each unit that was asked or owed in [start, end), the latest first. What is to come counts for nothing."""
    at = min(end, now)
    found: dict[str, list[Request]] = {}
    for each in store.requests(RequestQuery(open_between=(start, end))):
        found.setdefault(profile.now(each.unit), []).append(each)
    clock = Clock(profile)
    told = [_of_unit(profile, clock, unit, asked, start, at) for unit, asked in found.items()]
    return sorted(told, key=lambda each: (-each.late_by, -each.late, -len(each.open), each.name))


def _of_unit(
    profile: Profile, clock: Clock, unit: str, asked: Sequence[Request], start: datetime, at: datetime
) -> UnitOwing:
    known = profile.units.get(unit)
    waiting = [_owed(clock, each, at) for each in asked if each.ended_at is None or each.ended_at >= at]
    answered = [x for x in asked if x.state is RequestState.ANSWERED and x.ended_at is not None and x.ended_at < at]
    return UnitOwing(
        unit=unit,
        name=known.name if known else asked[0].unit_name,
        asked=sum(each.asked_at >= start for each in asked),
        open=tuple(sorted(waiting, key=lambda each: each.waited, reverse=True)),
        answered=len(answered),
        answered_late=sum(each.is_late(at) for each in answered),
    )


def _owed(clock: Clock, each: Request, at: datetime) -> Owed:
    late = clock.time.between(each.due_at, at) if each.due_at is not None and at > each.due_at else timedelta()
    # Past its time in an evening is late too, by no time at work yet.
    late = late or (timedelta(minutes=1) if each.due_at is not None and at > each.due_at else timedelta())
    return Owed(each, clock.time.between(each.asked_at, at), late)


def rows(found: Sequence[UnitOwing]) -> list[list[str]]:
    """For a sheet, under `HEAD`."""
    return [
        [
            each.name,
            str(each.asked),
            str(len(each.open)),
            str(each.late),
            hours(each.waited),
            hours(each.late_by),
            str(each.answered),
            str(each.answered_late),
        ]
        for each in found
    ]


def hours(time: timedelta) -> str:
    """With one digit, as in 12,5."""
    return f"{time / timedelta(hours=1):.1f}".replace(".", ",")


def as_json(found: Sequence[UnitOwing]) -> list[dict[str, Any]]:
    """Hours are those of work."""
    return [
        {
            "unit": each.unit,
            "name": each.name,
            "asked": each.asked,
            "open": [
                {
                    "case": owed.request.case,
                    "number": owed.request.number,
                    "asked_at": owed.request.asked_at,
                    "due_at": owed.request.due_at,
                    "waited_hours": _hours(owed.waited),
                    "late_hours": _hours(owed.late_by),
                    "reminders": owed.request.reminders,
                }
                for owed in each.open
            ],
            "late": each.late,
            "answered": each.answered,
            "answered_late": each.answered_late,
        }
        for each in found
    ]


def _hours(time: timedelta) -> float:
    return round(time / timedelta(hours=1), 1)
