"""How much the record holds, how it grew, and what was done since a moment: for whoever sees to disks and backups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Pages:
    """Answers as they were received, and files of cases: how many are kept, and their bytes as they lie there."""

    number: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Done:
    """Since a moment: articles that came, labels that people gave, acts on cases."""

    articles: int
    labels: int
    case_acts: int


class StorageBook(Protocol):
    """The part of the store that tells of it. Each of these reads whole tables."""

    def record_bytes(self) -> int:
        """Of the database, free room inside of it included."""

    def pages_kept(self) -> Pages: ...

    def grown(self, bounds: Sequence[datetime]) -> Sequence[Pages]:
        """Between each bound and the next: articles that came, and the bytes of the pages of their revisions then."""

    def done_since(self, at: datetime) -> Done: ...
