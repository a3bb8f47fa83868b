"""What no rule could handle: it waits, with its bytes and its error, for a person or a mended rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from diembao.core.accounts import CONSOLE
from diembao.core.ledger import Entry


@dataclass(frozen=True, slots=True)
class Quarantined:
    """``at``: when it was set aside first; ``response``: the digest of its bytes, if there are any; ``of_source``: a
    feed, not a page.
    """

    id: int
    outlet: str
    source: str
    url: str
    reason: str
    response: str | None
    at: datetime
    entry: str = ""
    of_source: bool = False


class Quarantine(Protocol):
    """The part of the store where things wait."""

    def quarantine(self, limit: int = 100) -> Sequence[Quarantined]:
        """What waits, newest first."""

    def quarantined(self, number: int) -> Quarantined | None: ...

    def listed(self, entry_id: str) -> tuple[Entry, datetime] | None:
        """What a source said of an entry, and when it was seen first."""

    def drop(self, number: int, *, by: str, why: str, now: datetime, where: str = CONSOLE.where) -> None:
        """Nobody has to look any more. It stays on record, and waits again if it fails for another reason.

        Raises:
            WrongUse: nothing of this number waits.
        """
