"""Answer memory: claims that were answered, and new coverage that says them again.

A match is the machine's proposal. What a person says of one (`MatchVerdict`) is kept apart from it, and outlives it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from diembao.core.article import Article
from diembao.core.statement import Claim, Issue, Verdict

if TYPE_CHECKING:
    from diembao.core.case import Draft


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim with the newest issued statement that answers it. ``said_at`` is when the press said it, ``language``
    that of its article; ``answer`` the statement's texts, all languages, without marks.
    """

    case: str
    claim: int
    quote: str
    language: str
    said_at: datetime
    issue: int
    issued_at: datetime
    answer: str
    verdict: Verdict | None = None
    article_id: str = ""  # it was quoted from
    title: str = ""  # of the statement

    @property
    def key(self) -> tuple[str, int]:
        return self.case, self.claim


class Differs(StrEnum):
    """In what coverage says a claim otherwise than it was answered."""

    NUMBER = "number"
    PLACE = "place"
    DAY = "day"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in the claim, and what in the coverage; of a language its code."""

    what: Differs
    claim: str
    coverage: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """``score`` is the chance, 0 to 1; ``passage`` the nearest words of the coverage; ``shared`` what both name, as a
    person can check it.
    """

    score: float
    passage: str
    shared: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()


class Memory(Protocol):
    """Which answered claims does an article say again? ``version`` changes with its answers."""

    version: str

    def repeats(self, article: Article, claims: Sequence[Answered]) -> Sequence[tuple[Answered, Repeat]]:
        """Those from the limit on, the surest first. Never a claim in the article that it was quoted from."""


class MatchVerdict(StrEnum):
    """What a person says of a match."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Match:
    """Kept: an article that says an answered claim again. ``verdict`` is a person's word on it, of which ``by`` and
    ``why`` are theirs too; ``withdrawn``: its page was taken down since.
    """

    case: str
    claim: int
    article_id: str
    revision: int
    repeat: Repeat
    at: datetime
    version: str
    verdict: MatchVerdict | None = None
    by: str = ""
    why: str = ""
    withdrawn: bool = False

    @property
    def key(self) -> tuple[str, int]:
        return self.case, self.claim

    @property
    def place(self) -> MatchPlace:
        return MatchPlace(self.at, self.repeat.score, self.claim, self.article_id)


@dataclass(frozen=True, slots=True)
class MatchPlace:
    """Where a match stands among those of its case: the latest found first, of one moment the surest."""

    at: datetime
    score: float
    claim: int
    article_id: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's word: of this article, and so of its story and the copies in it."""

    case: str
    claim: int
    article_id: str
    verdict: MatchVerdict
    by: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued statement as it left, with all claims of its case; ``title`` is its own,
    or its case's where it left before statements had one.
    """

    case: str
    title: str
    issue: Issue
    draft: Draft
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class MatchQuery:
    """Which matches are wanted; None does not narrow. ``since``: first found from then on. ``behind``: those that come
    after this one in their order. Those that a person refused (for the article, or another of its story) only with
    ``refused``.
    """

    articles: tuple[str, ...] | None = None
    case: str | None = None
    since: datetime | None = None
    behind: MatchPlace | None = None
    refused: bool = False


class MemoryBook(Protocol):
    """The part of the store that keeps issued statements together, and the matches of what they answer."""

    def issued(self) -> Sequence[Issued]:
        """Every issued statement, by case, the newest of a case first."""

    def matches(self, asked: MatchQuery, *, limit: int = 200) -> Sequence[Match]:
        """The latest found first, of one moment the surest; none of an article that is no longer about the province."""

    def memory_position(self) -> tuple[int, int]:
        """Changes when something is matched, judged or retracted."""


class MemoryWriter(Protocol):
    """Its writes, in the transaction of `Writer`."""

    def put_matches(self, article_id: str, found: Sequence[Match]) -> None:
        """In place of the machine's matches of this article in this province; what a person accepted stays, and what
        was found before keeps its first time.
        """

    def match(self, case: str, claim: int, article_id: str) -> Match | None:
        """As it stands, refused ones too."""

    def judge_match(self, judged: Judged, *, where: str = "") -> None:
        """In place of what was said of it before, which ends."""
