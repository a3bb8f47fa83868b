"""A report that is kept: what the machine counted and said, what people wrote in it, and who signed it.

The machine's part of a draft is made anew as often as wanted; what people wrote stands beside it and stays. Paragraphs
are never changed: each new version is a row of its own, with who and when. What is signed is never changed at all: a
new version of the report is made, into which the paragraphs go along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol

from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.text import nfc

# Characters of a paragraph; paragraphs of one report.
TEXT: Final = 10_000
MOST: Final = 200
# Where people write. A report has some of them; which depends on what there is to tell.
SECTIONS: Final = frozenset({
    *("overview", "silence", "stories", "critical", "owing", "foreign", "effects", "official"),
    *("proposals", "limits", "method", "merger", "plan"),
})  # fmt: skip


class ReportState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Report:
    """``kind`` is "weekly" or another kind of report, ``about`` the province that it tells of, ``name`` its period
    ("2026-W47"); together with ``version`` they are one report. ``edition`` grows with whatever changes in it.
    ``registered`` is the number that the registry gave, ``document`` the SHA-256 of what was signed. ``number`` is
    given by the record.
    """

    kind: str
    about: str
    name: str
    first: date
    last: date
    title: str
    made_at: datetime
    made_by: str
    version: int = 1
    edition: int = 1
    state: ReportState = ReportState.DRAFT
    registered: int | None = None
    signed_at: datetime | None = None
    signed_by: str = ""
    document: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote in a section. ``paragraph`` counts within the report, ``version`` within the paragraph, both
    from 1. An empty text: it was taken out.
    """

    section: str
    text: str
    paragraph: int = 0
    version: int = 0
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """``edition`` is the one that was read; ``content`` is the document as it is signed, and stays."""

    edition: int
    content: bytes
    registered: int | None = None


class ReportBook(Protocol):
    """The part of the store that keeps them; each province has its own."""

    def reports(
        self, kind: str = "", *, year: int = 0, after: Report | None = None, offset: int = 0, limit: int = 100
    ) -> Sequence[Report]:
        """The latest period first, of each the latest version first. Those of a kind, and whose period ends in a year;
        ``after``: what follows this one.
        """

    def report_counts(self) -> Mapping[tuple[str, int], int]:
        """How many there are of each kind whose period ends in each year."""

    def report(self, number: int) -> Report | None: ...

    def report_content(self, number: int) -> bytes:
        """What the machine counted and said; empty where there is no such report."""

    def keep_report(self, report: Report, content: bytes, hand: Hand, now: datetime) -> Report:
        """In place of the draft of this kind, province and period, whose paragraphs stay; where that is signed, as a
        new version that takes its paragraphs along.
        """

    def written(self, number: int, *, history: bool = False) -> Sequence[Written]:
        """The paragraphs that stand, in order; with ``history`` every version of each."""

    def write_paragraph(self, number: int, told: Written, hand: Hand, now: datetime) -> Written:
        """A new one (``paragraph`` 0), or a new version of one; ``told.version`` is the version that was read.

        Raises:
            Outdated: somebody else was faster. WrongUse: the report is signed or not there, or the text will not do.
        """

    def sign_report(self, number: int, signing: Signing, hand: Hand, now: datetime) -> Report:
        """Outdated: it is not any more the one that was read. WrongUse: it is signed already."""


def checked(told: Written) -> Written:
    """As it is kept: lines without spaces at their ends.

    Raises:
        WrongUse: it is too long, or a new one without words or in a section that no report has.
    """
    if not told.paragraph and told.section not in SECTIONS:
        shown = told.section[:40]
        raise WrongUse(f"Báo cáo không có mục “{shown}”. / A report has no section '{shown}'.")
    text = "\n".join(line for each in nfc(told.text).splitlines() if (line := " ".join(each.split())))
    if len(text) > TEXT:
        raise WrongUse(f"Một đoạn có nhiều nhất {TEXT} ký tự. / A paragraph has at most {TEXT} characters.")
    if not text and not told.paragraph:
        raise WrongUse("Đoạn chưa có chữ nào. / The paragraph has no words.")
    return Written(told.section, text, told.paragraph, told.version)
