"""How much came from where and when, and whether the books hold: what health is judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

SLOT: Final = timedelta(hours=6)  # four a day


def slot_of(at: datetime) -> datetime:
    """The beginning of the quarter of a day (UTC) that this moment is in."""
    at = at.astimezone(UTC)
    return at.replace(hour=at.hour - at.hour % 6, minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Arrival:
    """``n`` entries of a source were seen for the first time in the quarter of a day that begins at ``slot`` (UTC)."""

    slot: datetime
    source: str
    outlet: str
    n: int


@dataclass(frozen=True, slots=True)
class SourceState:
    """``failures`` in a row since it was last read well, at ``read_at``."""

    source: str
    outlet: str
    read_at: datetime | None
    failures: int
    failed_at: datetime | None
    failure: str


class Arrivals(Protocol):
    """The part of the books that tells what came, and what does not add up."""

    def count_arrivals(self, now: datetime) -> None:
        """Bring the counts up to now; what was counted before stays when entries are pruned."""

    def arrivals(self, since: datetime) -> Sequence[Arrival]:
        """From slots that begin at ``since`` or later."""

    def arrival_spans(self) -> Mapping[str, tuple[datetime, datetime]]:
        """By outlet, the first and the last slot in which it brought anything, about whatever it was."""

    def collected(self, since: datetime) -> Sequence[datetime]:
        """When runs ended."""

    def source_states(self) -> Sequence[SourceState]:
        """By source."""

    def faults(self) -> Sequence[str]:
        """What does not hold in the books, one sentence each; empty: all holds.

        Of every run: seen = the sum of its outcomes. Of the latest runs: the sum is that of the lines, one for each
        (run, source, entry). Of every entry: it has an outcome, or its page is still to be read. Of a run that is
        over: it owes nothing.
        """
