"""Statements of all cases together, each where it stands on its way from a draft to a newspaper.

Of a case there is one line for what is being written (its newest version, once it is newer than what was issued) and
one for each issue. Nothing that was issued is ever taken away: a further answer stands beside it, and what was
retracted is shown as such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from diembao.core.desk import CaseSight


class Stage(StrEnum):
    DRAFT = "draft"
    RETURNED = "returned"  # a second person sent this version back, with a reason
    WAITING = "waiting"  # for a second person to approve it
    APPROVED = "approved"  # and not issued yet
    ISSUED = "issued"
    REPLACED = "replaced"  # issued, and a further answer of the case was issued since
    RETRACTED = "retracted"  # issued, and taken back since
    DROPPED = "dropped"  # its case ended without it


WRITING: Final = (Stage.DRAFT, Stage.RETURNED)
UNISSUED: Final = (*WRITING, Stage.WAITING, Stage.APPROVED)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """``issue`` is the number of the issue, 0 before; ``by`` and ``at`` who saved this version, or issued it, and when.
    ``text`` is the Vietnamese text with the others behind it; ``reason`` why it went back, or was
    retracted; ``channel`` a form of answering, of what was issued.
    """

    case: str
    version: int
    issue: int
    title: str
    text: str
    by: str
    at: datetime
    stage: Stage
    reason: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class StatementQuery:
    """Which are wanted; an empty tuple or None does not narrow. ``writer``: of whose cases' versions any is by them;
    ``reader``: none is by them, so that they may be the second person. ``among``: none but these (case, version).
    ``since`` and ``until``: saved or issued from then on, and before then. ``first``: of a case
    its first issue that was not retracted alone, where any stands (`core.statement.first_standing`).
    """

    stages: tuple[Stage, ...] = ()
    units: tuple[str, ...] = ()
    writer: str = ""
    reader: str = ""
    among: tuple[tuple[str, int], ...] | None = None
    sight: CaseSight | None = None
    since: datetime | None = None
    until: datetime | None = None
    first: bool = False


class StatementReader(Protocol):
    """The part of the store that lists them."""

    def statement_lines(
        self, asked: StatementQuery, *, offset: int = 0, limit: int = 50
    ) -> tuple[int, Sequence[StatementLine]]:
        """How many in all, and one page: what is not issued first, soonest due first; then the latest first."""

    def statement_counts(self, asked: StatementQuery) -> Mapping[Stage, int]: ...
