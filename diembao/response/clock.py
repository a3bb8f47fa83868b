"""The clock of a case: when it is due, how that moves while it waits for a unit, what has to be said of it.

Everything is counted from what the profile says, in the time of the office; "now" is an argument. A term by the clock
(24 hours) runs through the night, any other only while the office works.

A case that waits for a unit has a clock that stands. When the unit has answered, what was left of the time begins
to run again: the time waited is counted as the deadline itself is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final

from diembao.core.case import Case, Details, Priority
from diembao.core.requests import Request
from diembao.plan.office import Deadlines, Term
from diembao.plan.reader import Profile
from diembao.plan.workdays import WorkTime, work_time

Span = tuple[datetime, datetime]

# Of a link: so many working days after the answer was due, it still opens.
LINK_DAYS: Final = 7


class Stage(StrEnum):
    """What there is to say of a clock."""

    WARNED = "warned"  # most of the time has passed
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Said:
    """A stage that a clock has come to. ``step``: of the step the case is at, else of the whole case."""

    stage: Stage
    due_at: datetime
    step: bool = False


class Clock:
    """The clocks of one province."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    @property
    def known(self) -> Deadlines | None:
        return self._profile.deadlines

    @cached_property
    def time(self) -> WorkTime:
        return work_time(self._profile.office_hours, self._profile.timezone)

    # -- when
    def planned(self, details: Details, opened: datetime) -> datetime | None:
        """When a case is to be answered, had it never to wait; None where the profile says nothing of it."""
        term = self._term(details)
        return self.time.end(opened, term) if term else None

    def usual(self, priority: Priority, start: datetime) -> datetime | None:
        """What a case of this priority would be given, whatever its task."""
        return self.time.end(start, self.known.cases[priority.value]) if self.known else None

    def due(self, case: Case, requests: Iterable[Request]) -> datetime | None:
        """The same, moved by the time that it waited for units so far."""
        term = self._term(case.details)
        if term is None or case.planned_at is None:
            return case.planned_at
        return self._moved(case.planned_at, pauses(requests), by_clock=term.by_clock)

    def step_due(self, case: Case, requests: Iterable[Request]) -> datetime | None:
        """When the step that it is at should be done; None: nothing is said of that."""
        term = self._step(case)
        if term is None or case.state_at is None:
            return None
        since = [(max(start, case.state_at), end) for start, end in pauses(requests) if end > case.state_at]
        return self._moved(self.time.end(case.state_at, term), since, by_clock=term.by_clock)

    def request_due(self, details: Details, asked: datetime) -> datetime | None:
        """When a unit is to answer; None where the profile says nothing of it."""
        term = self.known.requests.get(details.priority.value) if self.known else None
        return self.time.end(asked, term) if term else None

    def link_until(self, due: datetime | None, asked: datetime) -> datetime:
        return self.time.end(due or asked, Term(working_days=LINK_DAYS))

    # -- what to say
    def said(self, case: Case, requests: Sequence[Request], now: datetime) -> Sequence[Said]:
        """The stages that its clocks have come to; none while it waits, or nobody waits for it any more."""
        if case.state.answered or case.paused_at is not None or self.known is None:
            return ()
        clocks = (
            (case.opened_at, case.due_at, self._term(case.details), False),
            (case.state_at or case.opened_at, self.step_due(case, requests), self._step(case), True),
        )
        return tuple(
            Said(Stage.LATE if now > due else Stage.WARNED, due, step)
            for start, due, term, step in clocks
            if due is not None and term is not None and now >= self._warns(start, due, term)
        )

    def _warns(self, start: datetime, due: datetime, term: Term) -> datetime:
        """From when on there is little time left."""
        share, hours = (self.known.warn_share, self.known.warn_hours) if self.known else (1.0, 0)
        if term.by_clock:
            return due - timedelta(hours=hours) if hours else start + (due - start) * share
        worked = self.time.between(start, due)
        return self.time.add(start, max(timedelta(), worked - timedelta(hours=hours)) if hours else worked * share)

    # -- inside
    def _term(self, details: Details) -> Term | None:
        return self.known.of_case(details.task, details.priority.value) if self.known else None

    def _step(self, case: Case) -> Term | None:
        return self.known.steps.get(case.state.value) if self.known else None

    def _moved(self, due: datetime, waited: Iterable[Span], *, by_clock: bool) -> datetime:
        for start, end in waited:
            if start >= due:  # it was late before
                break
            if by_clock:
                due += end - start
            else:
                left = self.time.between(start, due)
                # Nothing left at work: it was due as the office opens.
                due = self.time.add(end, left) if left else max(due, end)
        return due.astimezone(UTC)


def pauses(requests: Iterable[Request]) -> Sequence[Span]:
    """When the case waited for units, as far as that is over; each moment once, in order."""
    found: list[Span] = []
    for start, end in sorted((x.asked_at, x.ended_at) for x in requests if x.waits and x.ended_at is not None):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def paused_since(requests: Iterable[Request]) -> datetime | None:
    """Since when the case waits for a unit now; None: it does not."""
    known = list(requests)
    waiting = [each.asked_at for each in known if each.waits and each.waiting]
    if not waiting:
        return None
    since = min(waiting)
    # What ended meanwhile may have begun earlier: the clock has stood since then.
    earlier = [start for start, end in pauses(known) if start < since <= end]
    return min([since, *earlier])
