"""What every engine keeps of a document, and how typed words are looked for in it.

Engines differ in how they write a query, not in what it means: the same clauses, weights and streams everywhere, so
that they return the same ids, totals and buckets.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from diembao.core.analysis import BORDER, Streams, Token, groups, streams, tokens
from diembao.core.document import FIELDS, Document, Shape
from diembao.core.errors import WrongUse
from diembao.core.query import MAX_DISTANCE, Marked, Near, Phrase, Prefix, Text

# The second stream of each analysed field: exact forms of its marked words, without positions.
MARKED: Final[Mapping[str, str]] = {"text": "text_marked", "title": "title_marked"}
KEYWORDS: Final = frozenset(name for name, shape in FIELDS.items() if shape is Shape.KEYWORD)
TIMES: Final = frozenset(name for name, shape in FIELDS.items() if shape is Shape.TIME)

# A syllable without its marks stands for some five words. So a word typed with marks counts 1 where it is found in any
# form and MARKED_WEIGHT more where the text has the same marks; a word without marks, of any language, counts both at
# once. Of 595 questions on 240 Vietnamese passages, 2 puts the right passage first for .911 (0: .866, 8: .913).
MARKED_WEIGHT: Final = 2.0
TITLE_WEIGHT: Final = 0.5  # of a word's weight, added where the title has it too

DEEPEST: Final = 10_000  # offset + limit of a page; who reads further wants an export
LONGEST_KEYWORD: Final = 1000  # characters; engines refuse terms of 32 kB, and no id of ours has a hundred


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as engines hold it."""

    id: str
    texts: Mapping[str, str]  # tokens, joined by spaces
    keywords: Mapping[str, tuple[str, ...]]
    times: Mapping[str, datetime]  # to the second
    version: int


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
        document.version,
    )


def second(moment: datetime) -> datetime:
    """Engines compare times to the second: in documents and in queries alike."""
    return moment.replace(microsecond=0)


def _both(name: str, found: Streams) -> dict[str, str]:
    # Never empty: some engines leave a document without words out of the averages that scores are made of, some do not.
    return {name: found.folded or BORDER, MARKED[name]: found.marked or BORDER}


def _check(name: str, values: tuple[str, ...]) -> None:
    if name not in KEYWORDS:
        msg = f"'{name}' is no keyword field of the index"
        raise WrongUse(msg)
    if any(not value or len(value) > LONGEST_KEYWORD for value in values):
        msg = f"a value of '{name}' is empty or longer than {LONGEST_KEYWORD} characters"
        raise WrongUse(msg)
    if name == "stance" and len({each.rpartition(":")[0] for each in values}) < len(values):
        msg = "an article has one stance for a province at most"  # figures by day and stance rely on it
        raise WrongUse(msg)


# -- typed words ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several side by side, in one stream; ``weight`` multiplies its score."""

    stream: str
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Clauses:
    """All of ``must`` has to be found; ``adds`` only add to the score.

    Where ``near`` is given (distance, one phrase, another), the two have to stand near each other; this adds nothing.
    Where ``begins`` is given, a word that begins so (or is ``whole``) has to be found too; it adds a constant 1.
    Nothing in ``must`` and nothing that begins: there was no word in the query, and nothing matches.
    """

    stream: str
    must: tuple[Words, ...]
    adds: tuple[Words, ...]
    begins: str = ""
    whole: str = ""
    near: tuple[int, tuple[str, ...], tuple[str, ...]] | None = None


def clauses(query: Text | Phrase | Near | Marked | Prefix) -> Clauses:
    """What to look for.

    Raises:
        WrongUse: the field is no analysed one.
    """
    known(query.field, of=MARKED)
    if isinstance(query, Near):
        return _near(query)
    if isinstance(query, Marked):
        return Clauses(query.field, _same_marks(query.field, 1, groups(query.text)), ())
    found = [tuple(tokens(query.text))] if isinstance(query, Phrase) else groups(query.text)
    last = None
    if isinstance(query, Prefix) and found and not found[-1][-1].whole:
        *before, last = [token for group in found for token in group]
        found = [tuple(before)]
    must, adds = _found_in(query.field, 1, found), _adds(query.field, found)
    return Clauses(query.field, must, adds, last.begun if last else "", last.folded if last else "")


def _near(query: Near) -> Clauses:
    """As two phrases, with one more thing to hold."""
    if not 0 <= query.distance <= MAX_DISTANCE:
        msg = f"two phrases may be asked for at most {MAX_DISTANCE} words apart, not {query.distance}"
        raise WrongUse(msg)
    found = [tuple(tokens(query.left)), tuple(tokens(query.right))]
    if not all(found):
        return Clauses(query.field, (), ())
    left, right = (tuple(token.folded for token in phrase) for phrase in found)
    must, adds = _found_in(query.field, 1, found), _adds(query.field, found)
    return Clauses(query.field, must, adds, near=(query.distance, left, right))


def _adds(field: str, found: Sequence[tuple[Token, ...]]) -> tuple[Words, ...]:
    adds = _same_marks(field, 1, found)
    if field == "text":
        adds += _found_in("title", TITLE_WEIGHT, found) + _same_marks("title", TITLE_WEIGHT, found)
    return adds


def _found_in(field: str, weight: float, found: Iterable[tuple[Token, ...]]) -> tuple[Words, ...]:
    weighed: dict[tuple[str, ...], float] = {}
    for group in filter(None, found):
        plain = not any(token.marked for token in group)
        weighed[tuple(token.folded for token in group)] = weight * (1 + MARKED_WEIGHT * plain)
    return tuple(Words(field, words, weight) for words, weight in weighed.items())


def _same_marks(field: str, weight: float, found: Iterable[tuple[Token, ...]]) -> tuple[Words, ...]:
    marked = dict.fromkeys(token.exact for group in found for token in group if token.marked)
    return tuple(Words(MARKED[field], (word,), weight * MARKED_WEIGHT) for word in marked)


def known(field: str, *, of: Container[str] = KEYWORDS) -> None:
    """Refuse a field that this kind of question cannot be asked of; trees are also made by hand.

    Raises:
        WrongUse: it is no such field.
    """
    if field not in of:
        msg = f"the index has no field '{field}' to be asked so"
        raise WrongUse(msg)


def page_checked(offset: int, limit: int) -> None:
    """Refuse a page that nobody reads to.

    Raises:
        WrongUse: it ends past the first 10,000 hits.
    """
    if offset < 0 or limit < 0 or offset + limit > DEEPEST:
        msg = f"a page ends at hit {DEEPEST} at the latest (offset {offset}, limit {limit})"
        raise WrongUse(msg)
