"""What the desk keeps beside a case: where it came from and what came of it, who was called in a note, which stories
were proposed and turned down, and which request of another system was done already.

All are frozen. Times are aware, texts NFC; a person is ``person:<account>``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol


class Origin(StrEnum):
    """Where a person opened a case from."""

    ARTICLE = "article"
    STORY = "story"
    SEARCH = "search"
    PHONE = "phone"  # somebody called: there may be no article yet
    PROPOSAL = "proposal"  # the machine proposed it, a person opened it
    QUESTION = "question"  # the press asked


@dataclass(frozen=True, slots=True)
class Opening:
    """``said`` is the first note of the case, as what was told on the phone."""

    origin: Origin = Origin.ARTICLE
    said: str = ""


FROM_ARTICLE: Final = Opening()


class Outcome(StrEnum):
    """What came of a case that is closed, as the officer who closes it says; more is in the reason."""

    CORRECTED = "corrected"  # the press corrected what it had written
    CLARIFIED = "clarified"  # the answer was given and taken up
    REPAIRED = "repaired"  # the press was right: admitted, and repaired
    ADMITTED = "admitted"  # the press was right: admitted, the repair is under way
    NOT_TAKEN_UP = "not-taken-up"  # the answer was given, and nobody took it up
    HANDED_ON = "handed-on"  # it is for another body
    MERGED = "merged"  # it is done with in another case
    LAPSED = "lapsed"  # nothing more had to be done


@dataclass(frozen=True, slots=True)
class Once:
    """A request that another system may send again: ``key`` tells the sender and its key, ``asked`` what was asked
    (digests both).
    """

    key: str
    asked: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A note that calls somebody; ``seen_at``: they have said that they saw it, or answered by a note of their own."""

    number: int
    case: str
    title: str  # of the case
    account: str
    by: str
    at: datetime
    text: str  # of the note
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseSight:
    """Which cases are seen: in the hands of one of these units, or with an article of one of these outlets."""

    units: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases there are: by state, and of the open ones by unit in charge (all, and those past due)."""

    states: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def late(self) -> int:
        return sum(late for _, late in self.units.values())


class Ground(StrEnum):
    """Why the machine proposes a case."""

    CRITICAL = "critical"  # several texts of a story are critical of the province
    GROWING = "growing"  # a story grows fast
    ANSWERED = "answered"  # a claim comes back that was answered


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A person said that this needs no case. It holds for the story that the article is in, wherever that is."""

    ground: Ground
    article_id: str
    by: str
    at: datetime
    why: str = ""


class DeskReader(Protocol):
    """The part of the store that shows these."""

    def mentions_of(self, account: str, *, limit: int = 50) -> tuple[int, Sequence[Mention]]:
        """How many this person has not seen, and the newest of them."""

    def dismissals(self) -> Sequence[Dismissal]: ...

    def dismiss(self, given: Dismissal, *, where: str) -> None:
        """In the audit log too; said twice, it is one."""

    def held(self, article_ids: Collection[str]) -> frozenset[str]:
        """Those that any case holds, an ended one too."""
