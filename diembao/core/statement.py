"""What a case answers, and with what: claims of the press, what proves or refutes them, approvals, issues.

All are frozen, and none is ever taken away: a claim's verdict may be given anew, and the log has the one before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

VIETNAMESE: Final = "vi"


class Verdict(StrEnum):
    """What a named officer says of a claim, with evidence. The machine says nothing of it, ever."""

    ACCURATE = "accurate"
    INACCURATE = "inaccurate"
    INCOMPLETE = "incomplete"
    UNVERIFIABLE = "unverifiable"


class ExhibitKind(StrEnum):
    FILE = "file"
    LINK = "link"
    DOCUMENT = "document"  # an official document, by its number


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an article. ``revision`` is the newest that had these words when they were quoted, ``first`` the
    one that brought them; ``response`` is the SHA-256 of the former's page as it was received, "" where none was kept.
    ``number`` counts within the case, from 1.
    """

    number: int
    quote: str
    article_id: str
    revision: int
    url: str
    by: str
    at: datetime
    response: str = ""
    verdict: Verdict | None = None
    why: str = ""
    marked_by: str = ""
    marked_at: datetime | None = None
    first: int = 0


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What is attached to a claim. ``value`` is the SHA-256 of a file's bytes, the address of a link, or the number of
    a document; ``name`` is what people call it; ``size`` (bytes) and ``media`` (type) are a file's.
    """

    number: int
    claim: int
    kind: ExhibitKind
    name: str
    value: str
    by: str
    at: datetime
    size: int = 0
    media: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a statement says in one language, whole: its title, its text, who speaks; "" for what is not written."""

    title: str
    text: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What an officer writes: the Vietnamese ``text``, ``title`` and ``speaker`` (who speaks), ``others``, ``titles``
    and ``speakers`` by language, the form of answering.
    """

    text: str
    form: str = ""
    speaker: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    speakers: Mapping[str, str] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which anything is written, Vietnamese first."""
        return (VIETNAMESE, *dict.fromkeys((*self.others, *self.titles, *self.speakers)))

    def said(self, language: str) -> Said:
        if language == VIETNAMESE:
            return Said(self.title, self.text, self.speaker)
        return Said(*(by_language.get(language, "") for by_language in (self.titles, self.others, self.speakers)))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a second person said of a version of the statement; ``reason`` is why it went back."""

    version: int
    approved: bool
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Retraction:
    """An issued statement was taken back, by whom, when, why. ``successor`` is the issue of the same case that holds in
    its place, where one was named (a correction); what left is kept as it left.
    """

    by: str
    at: datetime
    why: str
    successor: int | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A statement that left: through which ``channel`` (a form of answering), to whom, in which documents (SHA-256 by
    ending: ".docx", ".pdf", ".txt", ".html"). ``registered`` is the number that the registry gave. Sending was a
    person's act, outside of the program. ``retracted``: it holds no longer.
    """

    number: int
    version: int
    channel: str
    recipients: str
    by: str
    at: datetime
    documents: Mapping[str, str]
    registered: int | None = None
    retracted: Retraction | None = None


def standing(issues: Sequence[Issue], answering: Collection[int] | None = None) -> Issue | None:
    """Which of a case's issues holds: the newest; where that was retracted the one named in its place, and so on; None:
    nothing does. An older one never holds again unless it was named. With ``answering``: which of these alone (those
    that answer one claim, by number), where the newest of them is asked.
    """
    known = {each.number: each for each in issues}
    among = known.keys() if answering is None else known.keys() & set(answering)
    found = known.get(max(among, default=0))
    while found is not None and found.retracted is not None:  # ends: what is named stood then, and was retracted later
        found = known.get(found.retracted.successor or 0)
    return found if found is not None and found.number in among else None


def first_standing(issues: Sequence[Issue]) -> Issue | None:
    """Since when there is an answer: the first issue that was not retracted, of a case where any stands."""
    if standing(issues) is None:
        return None
    return next(each for each in issues if each.retracted is None)


# Where an issued text may be read, or in which newspaper it came out; characters.
RECIPIENTS: Final = 1_000


class DeskWriter(Protocol):
    """Writes about claims and statements, in the transaction of `CaseWriter`."""

    def claims(self, case: str) -> Sequence[Claim]:
        """By number."""

    def put_claim(self, case: str, claim: Claim) -> None:
        """A new one, or in place of the one of this number."""

    def exhibits(self, case: str) -> Sequence[Exhibit]:
        """By number."""

    def add_exhibit(self, case: str, exhibit: Exhibit) -> None: ...

    def keep_bytes(self, data: bytes) -> str:
        """Kept once under their SHA-256, which is returned."""

    def add_decision(self, case: str, decision: Decision) -> None: ...

    def issues(self, case: str) -> Sequence[Issue]:
        """By number."""

    def add_issue(self, case: str, issue: Issue) -> None: ...

    def retract_issue(self, case: str, number: int, retraction: Retraction) -> None: ...
