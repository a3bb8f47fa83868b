"""What a language model of the office's choice is asked for, and what becomes of its answers.

All of it is a proposal: a gist leaves the house only after a person accepted it, a second opinion never counts among
the labels in force, an outline is material to write from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol

from diembao.core.accounts import Hand
from diembao.core.article import Kind

GIST_LANGUAGES: Final = ("vi", "en")
# A second opinion's kinds beside those of the house that it speaks of. Nothing that counts reads them.
SECOND: Final = {
    Kind.RELEVANCE: Kind.SECOND_RELEVANCE,
    Kind.THEME: Kind.SECOND_THEME,
    Kind.STANCE: Kind.SECOND_STANCE,
}
SECOND_KINDS: Final = tuple(SECOND.values())
# Characters of one gist as a person may write it.
GIST_LENGTH: Final = 4_000


class Task(StrEnum):
    """What is asked. The subject is an article's id, of an outline a case's number."""

    GIST_VI = "gist-vi"
    GIST_EN = "gist-en"
    SECOND = "second"
    OUTLINE = "outline"

    @property
    def language(self) -> str:
        """Of a gist; empty for the others."""
        return self.value.removeprefix("gist-") if self.value.startswith("gist-") else ""


class QueueState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    ASIDE = "aside"  # a person must look: the answer could not be used; ``why`` says it


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked of the model, for one province. ``until``: not before then; ``tries`` that failed by its
    own fault (too slow, broken off): after `pipeline.opining.TRIES` of them it is set aside. An endpoint that is away
    or busy is no try. The ``revision`` of an outline is the turn in which it was asked for.
    """

    subject: str
    task: Task
    province: str
    revision: int
    state: QueueState = QueueState.WAITING
    tries: int = 0
    until: datetime | None = None
    why: str = ""
    at: datetime | None = None

    @property
    def key(self) -> tuple[str, Task, str]:
        return self.subject, self.task, self.province


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer that could be used, kept under a hash of model, prompt, its version and all it was shown."""

    text: str
    model: str
    tokens_in: int
    tokens_out: int


class GistVerdict(StrEnum):
    ACCEPTED = "accepted"  # as the machine wrote it
    EDITED = "edited"  # accepted with the person's own words
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Gist:
    """What a foreign article says, in three sentences. ``passage`` are its own words about the province (verbatim;
    empty where the model's quote was not in the text), ``told`` these in the gist's language. ``text`` is what a person
    made of it; ``by``, ``judged_at`` and ``why`` are theirs.
    """

    article_id: str
    province: str
    language: str
    revision: int
    model: str
    sentences: tuple[str, ...]
    passage: str
    told: str
    at: datetime
    verdict: GistVerdict | None = None
    text: str = ""
    by: str = ""
    judged_at: datetime | None = None
    why: str = ""

    @property
    def words(self) -> str:
        """As it stands: the person's, else the machine's."""
        return self.text or " ".join(self.sentences)

    @property
    def accepted(self) -> bool:
        return self.verdict in {GistVerdict.ACCEPTED, GistVerdict.EDITED}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on a gist of one revision. ``text`` only where it was edited; ``seen``: when the word was spoken
    that they had before them (`Gist.judged_at`), None: nobody had.
    """

    article_id: str
    language: str
    revision: int
    verdict: GistVerdict
    text: str = ""
    why: str = ""
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an outline, and the words of the article that it rests on."""

    text: str
    article_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class Outline:
    """``dropped``: sentences of the model's without a source, or whose source does not hold the quoted words."""

    case: str
    model: str
    lines: tuple[Line, ...]
    dropped: int
    articles: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DayCost:
    """One day, in the first province's zone. ``cost`` is in the currency of the settings; ``kept`` are answers that
    were there already, and cost nothing.
    """

    day: date
    model: str
    questions: int = 0
    kept: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0

    def __add__(self, other: DayCost) -> DayCost:
        return replace(
            self,
            questions=self.questions + other.questions,
            kept=self.kept + other.kept,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            cost=self.cost + other.cost,
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """Of a day; None: no limit."""

    questions: int
    cost: float | None


class OpinionBook(Protocol):
    """The part of the store that keeps questions, answers and their price."""

    def take_opinions(self, *, now: datetime, until: datetime, limit: int) -> Sequence[Asked]:
        """What is due, articles first seen last; nobody else is given it before ``until``."""

    def opinion_of(self, subject: str, task: Task) -> Asked | None:
        """As this province asked it."""

    def opinion_counts(self) -> dict[QueueState, int]: ...

    def opinion_asides(self, limit: int = 100) -> Sequence[Asked]:
        """What a person must look at, the newest first."""

    def ask_opinion(self, asked: Asked, *, now: datetime, by: Hand, until: datetime | None = None) -> None:
        """A person asks (again): it waits from now on, or from ``until``, where they ask it themselves; in the audit
        log.
        """

    def kept_answer(self, key: str) -> KeptAnswer | None: ...

    def keep_answer(self, key: str, answer: KeptAnswer, *, now: datetime) -> None: ...

    def reserve_cost(self, spent: DayCost, limits: Limits) -> bool:
        """Note what a question may cost at most before it is asked; False, and nothing is noted: it would go over the
        day's limit.
        """

    def note_cost(self, spent: DayCost) -> None:
        """Add to a day's row; what was reserved too much is taken back with negative numbers."""

    def opinion_costs(self, limit: int = 31) -> Sequence[DayCost]:
        """The newest day first."""

    def gists(self, article_ids: Sequence[str]) -> Sequence[Gist]:
        """By article and language, the oldest revision first: that of the newest revision that has one, and before it
        the last one that a person spoke of, where that is another.
        """

    def judge_gist(self, judged: Judgement, *, now: datetime, by: Hand) -> Gist:
        """WrongUse: there is no such gist, or its words are too long. Outdated: somebody else has spoken since. In
        the audit log.
        """

    def opinion_missed(self, since: datetime, about: str, limit: int) -> Sequence[str]:
        """Articles that the model takes for about this province and the machine does not, and of which no person has
        spoken; told from then on, the newest first.
        """

    def outline(self, case: str) -> Outline | None: ...

    def prune_opinions(self, before: datetime) -> int:
        """Forget answers kept before then, and the machine's gists of then of which nobody spoke and that a newer
        revision's took the place of; how many answers and gists.
        """


class OpinionWriter(Protocol):
    """Its writes, in the transaction of `Writer`."""

    def want_opinions(self, wanted: Sequence[Asked], *, now: datetime) -> int:
        """Those of another revision than was asked about before, and new ones, wait; how many."""

    def end_opinion(self, asked: Asked) -> None:
        """As it stands now: done, set aside, or waiting for another try."""

    def put_gist(self, gist: Gist) -> None:
        """In place of the machine's of this revision; what a person spoke of stays."""

    def put_outline(self, outline: Outline, province: str) -> None: ...
