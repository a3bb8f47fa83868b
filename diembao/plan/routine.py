"""What a profile says of what is prepared by itself: daily briefs, drafts of reports, reminders; its file's entry."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from diembao.plan.office import Routine
from diembao.plan.strict import Strict

_CLOCK: Final = r"^([01]\d|2[0-3]):[0-5]\d$"


class RoutineEntry(Strict):
    """Times are HH:MM on the province's clock. ``remind_days`` before a report is due, whoever ``remind_to`` names (ids
    of units, roles) is told; ``draft_days`` before, its draft is made. ``daily_at`` empty: no daily brief.
    """

    daily_at: str = Field("06:30", pattern=rf"({_CLOCK})|^$")
    daily_to: tuple[str, ...] = ("approver",)
    daily_language: str = Field("vi", pattern="^(vi|en)$")
    weekly_at: str = Field("14:00", pattern=rf"({_CLOCK})|^$")
    draft_at: str = Field("06:00", pattern=_CLOCK)
    draft_days: int = Field(7, ge=1, le=60)
    remind_days: tuple[int, ...] = (30, 7, 1)
    remind_to: tuple[str, ...] = ("approver",)
    source: str = Field(min_length=1)
    checked: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


def routine_of(given: RoutineEntry | None) -> Routine:
    """Where a profile says nothing, the proposal that comes with the program."""
    if given is None:
        return Routine()
    told = given.model_dump() | {"remind_days": tuple(sorted({*given.remind_days}, reverse=True))}
    return Routine(**told)
