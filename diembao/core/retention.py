"""What need not be kept as it was received: which, how much, and the door to let it go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Kept(StrEnum):
    """Kinds of bytes that have a time limit."""

    PAGES = "pages"  # of articles about a province
    OTHER_PAGES = "other-pages"  # of articles about none
    ASIDE = "aside"  # of what was set aside and dropped by a person


@dataclass(frozen=True, slots=True)
class Limits:
    """Kept as long as they are newer than this."""

    pages: datetime
    other_pages: datetime
    aside: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """Past its limit and needed by nobody: ``pages`` answers, of ``bytes`` as they lie in the record. ``needed``:
    articles past the limit that keep theirs, for something cites them.
    """

    kind: Kept
    pages: int = 0
    bytes: int = 0
    needed: int = 0


class Retention(Protocol):
    """The part of the store that lets go."""

    def pages_over(self, limits: Limits) -> Iterator[Over]:
        """What `drop_pages` would do, a part at a time; nothing is changed."""

    def drop_pages(self, limits: Limits, *, actor: str, where: str, now: datetime) -> Iterator[Over]:
        """Drop the bytes, a part at a time, each in a transaction with a row of the audit log. Digest, size, times,
        words and how they were asked for stay. What a case, an answer, a question, a signed report or a withdrawal
        needs is left, and so is a page that two articles share.
        """
