"""What a profile says of time: deadlines of cases, of their steps, of requests to units; warnings; office hours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Self

from pydantic import Field, model_validator

from diembao.core.case import CaseState, Priority
from diembao.plan.office import Deadlines, OfficeHours, Term
from diembao.plan.strict import Strict

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)")


class DeadlineEntry(Strict):
    """Either hours by the clock, or hours at work, or working days."""

    hours: int | None = Field(None, ge=1, le=24 * 365)
    working_hours: int | None = Field(None, ge=1, le=8 * 365)
    working_days: int | None = Field(None, ge=1, le=365)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(each is not None for each in (self.hours, self.working_hours, self.working_days)) != 1:
            msg = "give one of hours, working_hours and working_days"
            raise ValueError(msg)
        return self

    @property
    def term(self) -> Term:
        return Term(self.hours or 0, self.working_hours or 0, self.working_days or 0)


class DeadlinesEntry(Strict):
    """How soon a case is to be answered, by its priority; ``tasks`` of the plan may have their own, and ``steps`` (by
    the state that a case is in) and ``requests`` to units have theirs. ``warn_share`` of the time passed, or
    ``warn_hours`` at work before its end, whoever ``warn_to`` names is told; at the end, ``escalate_to``: ids of units,
    roles, or "unit", the one in charge. ``remind`` is how often the machine reminds a unit that is late.
    """

    urgent: DeadlineEntry
    high: DeadlineEntry
    normal: DeadlineEntry
    source: str = Field(min_length=1)
    checked: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    tasks: dict[str, dict[Priority, DeadlineEntry]] = Field(default_factory=dict)
    steps: dict[CaseState, DeadlineEntry] = Field(default_factory=dict)
    requests: dict[Priority, DeadlineEntry] = Field(default_factory=dict)
    warn_share: float = Field(0.75, gt=0, lt=1)
    warn_hours: int | None = Field(None, ge=1, le=8 * 30)
    warn_to: tuple[str, ...] = ("unit",)
    escalate_to: tuple[str, ...] = ("approver",)
    remind: int = Field(3, ge=0, le=20)


class OfficeHoursEntry(Strict):
    """``hours`` like "07:30-11:30", of each day of work."""

    days: tuple[str, ...] = Field(min_length=1)
    hours: tuple[str, ...] = Field(min_length=1)
    source: str = Field(min_length=1)
    checked: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if stray := next((day for day in self.days if day not in WEEKDAYS), None):
            msg = f"'{stray}' is no day of the week"
            raise ValueError(msg)
        last = ""
        for each in self.hours:
            found = _HOURS.fullmatch(each)
            if found is None or not last <= found[1] < found[2]:
                msg = f"hours are like 07:30-11:30, one after the other, not '{each}'"
                raise ValueError(msg)
            last = found[2]
        return self


def deadlines(given: DeadlinesEntry | None) -> Deadlines | None:
    if given is None:
        return None
    return Deadlines(
        cases=_terms({Priority.URGENT: given.urgent, Priority.HIGH: given.high, Priority.NORMAL: given.normal}),
        source=given.source,
        checked=given.checked,
        tasks=MappingProxyType({number: _terms(each) for number, each in given.tasks.items()}),
        steps=_terms(given.steps),
        requests=_terms(given.requests),
        warn_share=given.warn_share,
        warn_hours=given.warn_hours or 0,
        warn_to=given.warn_to,
        escalate_to=given.escalate_to,
        remind=given.remind,
    )


def _terms(given: Mapping[CaseState, DeadlineEntry] | Mapping[Priority, DeadlineEntry]) -> Mapping[str, Term]:
    return MappingProxyType({name.value: each.term for name, each in given.items()})


def office_hours(given: OfficeHoursEntry | None) -> OfficeHours | None:
    if given is None:
        return None
    return OfficeHours(tuple(map(WEEKDAYS.index, given.days)), given.hours, given.source, given.checked)
