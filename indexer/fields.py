"""What every engine keeps of a document, and how typed words are looked for in it.

Engines differ in how they write a query, not in what it means: the same clauses, weights and streams everywhere, so
that they return the same ids, totals and buckets.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from diembao.core.analysis import Streams, Token, groups, streams, tokens
from diembao.core.document import FIELDS, Document, Shape
from diembao.core.errors import WrongUse
from diembao.core.query import Phrase, Prefix, Text

# The second stream of each analysed field: exact forms of its marked words, without positions.
MARKED: Final[Mapping[str, str]] = {"text": "text_marked", "title": "title_marked"}
KEYWORDS: Final = frozenset(name for name, shape in FIELDS.items() if shape is Shape.KEYWORD)
TIMES: Final = frozenset(name for name, shape in FIELDS.items() if shape is Shape.TIME)

# Weights beside 1 for a word found in any form. Marks typed as the text has them count as much again (a folded
# syllable stands for some five words); a word of the title counts half as much again.
MARKED_WEIGHT: Final = 1.0
TITLE_WEIGHT: Final = 0.5

LONGEST_KEYWORD: Final = 1000  # characters; engines refuse terms of 32 kB, and no id of ours has a hundred


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as engines hold it."""

    id: str
    texts: Mapping[str, str]  # tokens, joined by spaces
    keywords: Mapping[str, tuple[str, ...]]
    times: Mapping[str, datetime]  # to the second


def entry(document: Document) -> Entry:
    """The entry of a document.

    Raises:
        WrongUse: a keyword that is no field, or that is too long.
    """
    whole, title = streams(document.title, document.lead, document.text), streams(document.title)
    keywords = {"id": (document.id,), **document.keywords}
    for name, values in keywords.items():
        _check(name, values)
    return Entry(
        document.id,
        {**_both("text", whole), **_both("title", title)},
        keywords,
        {"published": second(document.published), "seen": second(document.seen)},
    )


def second(moment: datetime) -> datetime:
    """Engines compare times to the second: in documents and in queries alike."""
    return moment.replace(microsecond=0)


def _both(name: str, found: Streams) -> dict[str, str]:
    return {name: found.folded, MARKED[name]: found.marked}


def _check(name: str, values: tuple[str, ...]) -> None:
    if name not in KEYWORDS:
        msg = f"'{name}' is no keyword field of the index"
        raise WrongUse(msg)
    if any(not value or len(value) > LONGEST_KEYWORD for value in values):
        msg = f"a value of '{name}' is empty or longer than {LONGEST_KEYWORD} characters"
        raise WrongUse(msg)


# -- typed words ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clauses:
    """``sides`` must all be found, each with its words side by side; ``marked`` words add to the score where they are.

    Where ``begins`` is given, a word that begins so (or is ``whole``) must be found too; it adds a constant 1.
    No sides and nothing that begins: there was no word in it, and nothing matches.
    """

    field: str
    sides: tuple[tuple[str, ...], ...]
    marked: tuple[str, ...]
    begins: str = ""
    whole: str = ""


def clauses(query: Text | Phrase | Prefix) -> Clauses:
    """What to look for."""
    found = [tuple(tokens(query.text))] if isinstance(query, Phrase) else groups(query.text)
    if isinstance(query, Prefix) and found and not found[-1][-1].whole:
        *before, last = [token for group in found for token in group]
        return _clauses(query.field, [tuple(before)], last)
    return _clauses(query.field, found)


def _clauses(field: str, found: Sequence[tuple[Token, ...]], last: Token | None = None) -> Clauses:
    sides = tuple(dict.fromkeys(tuple(token.folded for token in group) for group in found if group))
    marked = tuple(dict.fromkeys(token.exact for group in found for token in group if token.marked))
    return Clauses(field, sides, marked, last.begun if last else "", last.folded if last else "")


def known(field: str, *, of: Container[str] = KEYWORDS) -> None:
    """Refuse a field that this kind of question cannot be asked of; trees are also made by hand.

    Raises:
        WrongUse: it is no such field.
    """
    if field not in of:
        msg = f"the index has no field '{field}' to be asked so"
        raise WrongUse(msg)
