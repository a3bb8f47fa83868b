"""What people say of stories: these two articles belong together, or apart. It holds whenever stories are made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

Pair = tuple[str, str]  # two articles; the first is the one that the person spoke of


@dataclass(frozen=True, slots=True)
class Tie:
    """``article`` and ``other`` tell of one event, or (``together`` is false) do not."""

    article: str
    other: str
    together: bool
    by: str
    why: str
    at: datetime


class TieBook(Protocol):
    """The part of the store that keeps ties. ``by`` is the actor (``person:7``), ``where`` from where they act."""

    def ties(self, ids: Sequence[str]) -> Sequence[Tie]:
        """Those that hold and name one of these articles, the oldest first."""

    def tie(  # noqa: PLR0913 (what, instead of what, whose, why, when, from where)
        self,
        pairs: Sequence[Pair],
        *,
        together: bool,
        instead: Sequence[Pair] = (),
        by: str,
        why: str,
        now: datetime,
        where: str = "",
    ) -> None:
        """Ties that say the opposite of ``pairs``, or of ``instead`` (in either order), end. All articles that it
        concerns are looked at again (``person-label`` in the log).

        Raises:
            WrongUse: not a person, no pair, an article with itself, or one that is not there.
        """

    def untie(self, article_id: str, *, by: str, now: datetime, where: str = "") -> None:
        """What was said of this article as the first of a pair ends; where nothing was, nothing happens."""
