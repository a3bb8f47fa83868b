"""The part of the store where people judge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from diembao.core.article import Kind, Label
from diembao.core.ties import TieBook


class Corrections(TieBook, Protocol):
    """``by`` is the actor (``person:7``), ``where`` from where they act (`core.accounts.Hand`)."""

    def correct(  # noqa: PLR0913 (a judgement, whose, why, when, from where)
        self,
        article_id: str,
        kind: Kind,
        about: str,
        keys: Sequence[str],
        *,
        by: str,
        why: str,
        now: datetime,
        where: str = "",
    ) -> None:
        """A person's judgement: ends the same person-made labels before it, logs ``person-label``.
        ``keys`` empty for themes means "none of them". `ONE_THEME` kinds are of the themes in ``keys`` alone.
        """

    def retract(self, article_id: str, kind: Kind, about: str, *, by: str, now: datetime, where: str = "") -> None:
        """End the labels people gave, so that the machine's count again."""

    def people_labels(self, kinds: Sequence[Kind], about: str) -> Sequence[Label]:
        """What people say of these kinds now, about this province, the latest word first."""
