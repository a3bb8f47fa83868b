"""What a profile says of days to be expected every year, and of briefings at intervals: its file's entries, and the
records of `office` that are read from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field, field_validator

from diembao.core.foreseen import MatterKind
from diembao.plan.office import BriefingRhythm, Season
from diembao.plan.strict import Strict


class SeasonEntry(Strict):
    """From one MM-DD to another, over the year's end too."""

    name: str = Field(min_length=1, max_length=300)
    kind: str = Field(pattern=f"^({'|'.join(MatterKind)})$")
    first: str = Field(alias="from", pattern=r"^\d{2}-\d{2}$")
    last: str = Field(alias="to", pattern=r"^\d{2}-\d{2}$")
    source: str = Field(min_length=1)

    @field_validator("first", "last")
    @classmethod
    def _day(cls, day: str) -> str:
        date.fromisoformat(f"2024-{day}")  # a leap year: 02-29 is a day too
        return day


class SeasonsFile(Strict):
    calendar: tuple[SeasonEntry, ...]


class RhythmEntry(Strict):
    """``months`` between two; 0: the plan asks for them again and again, and names no interval."""

    name: str = Field(min_length=1)
    months: int = Field(0, ge=0, le=12)
    source: str = Field(min_length=1)


def calendar_of(own: Iterable[SeasonEntry]) -> tuple[Season, ...]:
    """What every province can expect, and its own.

    Raises:
        Misconfigured: a mistake in the file of what every province can expect.
    """
    from diembao.plan.files import HERE, parse

    every = (*parse(HERE / "calendar.yaml", SeasonsFile).calendar, *own)
    return tuple(Season(x.name, x.kind, x.first, x.last, x.source) for x in every)


def rhythm_of(given: RhythmEntry | None) -> BriefingRhythm | None:
    return BriefingRhythm(given.name, given.months, given.source) if given else None
