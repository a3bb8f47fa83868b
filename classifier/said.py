"""Claims and coverage as they are held against each other: sentence by sentence, piece by piece, with their facts.

Names of places and figures are taken out before a sentence gets its vector: they are compared for themselves, and
the name of a province weighs more in the encoder than all else that a sentence says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier import encoder
from classifier.facts import Facts, facts
from classifier.pages import ABROAD, ELSEWHERE
from classifier.places import Gazetteer
from classifier.static import StaticEncoder
from classifier.words import settled, tokens
from diembao.core.article import Article
from diembao.core.text import fold, sentences

READ: Final = 8_000  # characters of an article that are read, title and lead included
MOST: Final = 60  # sentences of it
ANSWER: Final = 4_000  # characters of a statement
_LONGEST: Final = 600  # characters of one sentence; a table or a list has no stops
_WEIGHT: Final = 0.6  # of one piece at most: rare ones weigh several times as much as all others
_SHORT: Final = 2  # letters of a word that counts
_NO_PLACE: Final = frozenset({ELSEWHERE, ABROAD, "club", "company", "person"})
_ROUNDED: Final = 1000  # larger figures are rounded by whoever tells them again
_YEAR: Final = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]?\d)")
_FIGURE: Final = re.compile(r"\d[\d.,]*")

Rows = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Places:
    """``narrow`` ones and ``towns`` by their ids; ``written`` as the text has them, by id."""

    narrow: frozenset[str]
    towns: frozenset[str]
    written: dict[str, str]


@dataclass(frozen=True)
class Passage:
    """One sentence, or two that follow each other; ``pieces`` as `StaticEncoder.pieces` gives them."""

    text: str
    pieces: Rows
    places: Places
    language: str
    at: datetime

    @cached_property
    def facts(self) -> Facts:
        return _without_places(facts(self.text, self.language, self.at), self.places)

    @cached_property
    def vector(self) -> Rows:
        return unit(self.pieces.sum(axis=0))

    @cached_property
    def units(self) -> Rows:
        return unit(self.pieces)

    @cached_property
    def weights(self) -> Rows:
        long: Rows = np.linalg.norm(self.pieces, axis=1)
        return np.minimum(long, _WEIGHT)

    @cached_property
    def words(self) -> frozenset[str]:
        return words(self.text)

    @cached_property
    def years(self) -> frozenset[str]:
        return frozenset(_YEAR.findall(self.text))


@dataclass(frozen=True)
class Named:
    """A name of a place where it stands in a text; ``town`` and ``wide`` (a province) are no narrow ones."""

    start: int
    end: int
    place: str
    town: bool
    wide: bool


@dataclass(frozen=True)
class Coverage:
    """An article: ``spans`` are its title, its sentences, and each two that follow each other; ``vectors`` theirs, row
    by row; ``pieces`` are of the sentences alone.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    pieces: tuple[Rows, ...]
    vectors: Rows
    named: tuple[Named, ...]
    language: str
    at: datetime
    places: Places

    @cached_property
    def facts(self) -> Facts:
        """Of all of it: asked for only where it is held against a claim in another language."""
        return _without_places(facts(self.text, self.language, self.at), self.places)

    @cached_property
    def marks(self) -> frozenset[str]:
        return frozenset(map(mark, self.facts.figures))

    @property
    def title(self) -> str:
        return self.text[slice(*self.spans[0])] if self.spans else ""

    def window(self, at: int) -> Passage:
        """One of its spans, read closely."""
        first, last = self.spans[at]
        text, alone = self.text[first:last], len(self.pieces)
        pieces = self.pieces[at] if at < alone else np.concatenate(self.pieces[at - alone : at - alone + 2])
        places = _places(self.text, [each for each in self.named if first <= each.start < last])
        return Passage(text.strip(), pieces, places, self.language, self.at)


@dataclass(frozen=True)
class Said:
    """A claim, and the statement that answers it: sentence by sentence, and all its pieces."""

    claim: Passage
    language: str
    at: datetime
    answer: Passage
    answer_vectors: Rows

    @cached_property
    def marks(self) -> tuple[tuple[str, float], ...]:
        """Of the claim's figures, with their weights."""
        return tuple((mark(figure), weight) for figure, weight in self.claim.facts.figures.items())

    @cached_property
    def narrow(self) -> frozenset[str]:
        """Narrow places of the claim, and of its answer."""
        return self.claim.places.narrow | self.answer.places.narrow


class Reader:
    """Reads with these gazetteers and the encoder that comes with the program."""

    def __init__(self, gazetteers: Sequence[Gazetteer]) -> None:
        self._gazetteers = gazetteers

    def coverage(self, article: Article) -> Coverage:
        lead = "" if article.text.startswith(article.lead) else article.lead
        text, masked, named = self._read(f"{article.title}\n{lead}\n{article.text}"[:READ])
        told = [(first, min(last, first + _LONGEST)) for first, last in sentences(text)][: MOST + 1]
        pairs = [(one[0], min(other[1], one[0] + _LONGEST)) for one, other in pairwise(told)]
        rows = _encoder().pieces([masked[slice(*each)] for each in told])
        sums = [each.sum(axis=0) for each in rows]
        sums += [one + other for one, other in pairwise(sums)]
        return Coverage(
            text,
            (*told, *pairs),
            tuple(rows),
            unit(np.array(sums, dtype=np.float32).reshape(len(told) + len(pairs), -1)),
            named,
            article.language,
            article.when,
            _places(text, named),
        )

    def said(self, quote: str, language: str, at: datetime, answer: str) -> Said:
        told = self.passage(answer[:ANSWER], "vi", at)
        _, masked, _ = self._read(told.text)
        rows = _encoder().pieces([masked[first:last] for first, last in sentences(masked)] or [masked])
        vectors = unit(np.array([each.sum(axis=0) for each in rows], dtype=np.float32))
        return Said(self.passage(quote, language, at), language, at, told, vectors)

    def passage(self, text: str, language: str, at: datetime) -> Passage:
        text, masked, named = self._read(text)
        return Passage(text.strip(), _encoder().pieces([masked])[0], _places(text, named), language, at)

    def _read(self, given: str) -> tuple[str, str, tuple[Named, ...]]:
        """The text, as many characters of it without names of places and figures, and the places named."""
        text, masked, found = given, "", list[Named]()
        for gazetteer in self._gazetteers:
            page = gazetteer.page("", "", given)
            text = page.prepared.text
            masked = masked or _FIGURE.sub(_blank, text)
            for mention in page.mentions:
                name = mention.name
                masked = masked[: mention.start] + " " * (mention.end - mention.start) + masked[mention.end :]
                if name.area and name.kind not in _NO_PLACE:
                    kind = name.kind
                    found.append(Named(mention.start, mention.end, name.place, kind == "city", kind == "province"))
        return text, masked or text, tuple(found)


def _places(text: str, named: Iterable[Named]) -> Places:
    narrow, towns, written = set[str](), set[str](), dict[str, str]()
    for each in named:
        written.setdefault(each.place, text[each.start : each.end])
        if not each.wide:
            (towns if each.town else narrow).add(each.place)
    return Places(frozenset(narrow), frozenset(towns), written)


def mark(figure: float) -> str:
    """What figures that are the same, also where one is rounded, mostly share."""
    return f"{figure:.1e}" if figure > _ROUNDED else f"{figure:g}"


def unit(rows: Rows) -> Rows:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def words(text: str) -> frozenset[str]:
    """Words, and pairs of signs where a script has no spaces; no figures."""
    found: set[str] = set()
    for token in tokens(settled(text)[1]):
        if token.runs_on:
            found.update(token.text[at : at + 2] for at in range(max(1, len(token.text) - 1)))
        elif len(token.text) >= _SHORT and not token.text[0].isdigit():
            found.add(token.text)
    return frozenset(found)


@lru_cache(maxsize=1)
def _encoder() -> StaticEncoder:
    return StaticEncoder(encoder.SHIPPED)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without_places(stated: Facts, places: Places) -> Facts:
    forms = [fold(each) for each in places.written.values()]
    return Facts(stated.figures, stated.days, frozenset(n for n in stated.names if not any(n in f for f in forms)))
