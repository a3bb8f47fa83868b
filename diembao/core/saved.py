"""A search that somebody kept under a name: `lưu:tên` in a query stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.analysis import has_tokens
from diembao.core.errors import WrongUse
from diembao.core.query_words import bare

NAME_LENGTH: Final = 100  # characters


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """``query`` is as it was typed, in ``version`` of the query language; days in it are those of whoever asks. ``by``
    is who saved it, as ``person:<account>``.
    """

    name: str
    query: str
    version: int
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """Two names that differ only in marks, capitals and spaces are one."""
        return bare(self.name)


def name_of(typed: str) -> str:
    """A name as it is kept.

    Raises:
        WrongUse: it is empty, too long, or could not be typed in a query.
    """
    name = " ".join(typed.split())
    if not has_tokens(name) or len(name) > NAME_LENGTH or '"' in name or "\\" in name or not name.isprintable():
        msg = (
            f"Tên câu tìm: 1 đến {NAME_LENGTH} ký tự, không có dấu ngoặc kép "
            f"(the name of a search has 1 to {NAME_LENGTH} characters and no quotation marks)"
        )
        raise WrongUse(msg)
    return name


class SavedSearches(Protocol):
    """The part of the store that keeps them."""

    def saved_searches(self) -> Sequence[SavedSearch]:
        """By name."""

    def save_search(self, search: SavedSearch, *, replace: bool = False, by: Hand = CONSOLE) -> None:
        """WrongUse: there is one of this name, and it is not to be replaced."""

    def remove_search(self, name: str, *, now: datetime, by: Hand = CONSOLE) -> None:
        """WrongUse: there is none of this name."""
