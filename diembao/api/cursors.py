"""Cursors: where the next page of a list begins, in a form that nobody has to understand.

A cursor is bound to its list and to what was asked of it; it is not secret, and whatever is in it is checked again.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Final, TypeVar

from fastapi import Query

from diembao.core.errors import WrongUse

# Characters of a cursor, which may hold a name of 100 characters of four bytes each; items of a page.
LENGTH, LIMIT = 600, 100
# The largest number in one: what a database's integer holds.
LARGEST: Final = 2**63 - 1

Cursor = Annotated[
    str, Query(max_length=LENGTH, description="`next` of the page before, of the same list with the same parameters")
]
Limit = Annotated[int, Query(ge=1, le=LIMIT, description="Items of a page")]

Place = Sequence[int | str]


class WrongCursor(WrongUse):
    """It was not given out for this list and these parameters."""


def write(question: str, place: Place) -> str:
    """``question`` is the list and its parameters, ``place`` what was last shown."""
    told = json.dumps([_mark(question), *place], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read(question: str, cursor: str, shape: str) -> list[int | str] | None:
    """The place; None for the first page. ``shape`` has one letter for each part: ``i`` for a number from 0 on,
    ``s`` for a text.

    Raises:
        WrongUse: it was not given out for this question.
    """
    if not cursor:
        return None
    try:
        found = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except ValueError as error:
        raise wrong() from error
    if not isinstance(found, list) or len(found) != len(shape) + 1 or found[0] != _mark(question):
        raise wrong()
    place = found[1:]
    if not all(_fits(part, letter) for part, letter in zip(place, shape, strict=True)):
        raise wrong()
    return place


def wrong() -> WrongCursor:
    return WrongCursor(
        "con trỏ trang không phải của danh sách này với các tham số này; đọc lại từ trang đầu"
        " (the cursor is not one of this list with these parameters; read from the first page again)"
    )


def _mark(question: str) -> str:
    return hashlib.sha256(question.encode("utf-8", "replace")).hexdigest()[:8]


def _fits(part: object, letter: str) -> bool:
    if letter == "i":
        return isinstance(part, int) and not isinstance(part, bool) and 0 <= part <= LARGEST
    return isinstance(part, str) and part.isprintable()


T = TypeVar("T")


def older(items: Sequence[T], place: Place | None, limit: int) -> tuple[Sequence[T], int]:
    """A page of a list to whose beginning is added (newest first), and how many are older than it: a place that stays
    where it is.
    """
    left = min(int(place[0]), len(items)) if place else len(items)
    page = items[len(items) - left :][:limit]
    return page, left - len(page)


def counted(question: str, items: Sequence[T], cursor: str, limit: int) -> tuple[Sequence[T], str | None]:
    """A page of a list that stands in a file and changes with it alone, and the cursor of the next.

    Raises:
        WrongUse: the cursor is of another list.
    """
    place = read(question, cursor, "i")
    end = (int(place[0]) if place else 0) + limit
    return items[end - limit : end], write(question, [end]) if end < len(items) else None


def behind(
    items: Iterable[T], key: Callable[[T], tuple[int | str, ...]], place: Place | None, limit: int
) -> tuple[Sequence[T], Place | None]:
    """A page of a list that is sorted by what ``key`` tells, which no two have in common; and where the next begins."""
    left = sorted((each for each in items if place is None or key(each) > tuple(place)), key=key)
    page = left[:limit]
    return page, key(page[-1]) if len(left) > limit else None
