"""Do two articles in different languages tell of one event? What both state decides, and how near they are in meaning.

    1. each is read for what is written alike in every language: figures, days, Latin names (`facts`), places by any of
       their names (`places.Gazetteer`); its title and lead get a vector of the encoder that comes with the program
    2. what is shared and what contradicts is weighed (``models/links.json``, learned by `classifier.train_links` from
       pairs written for the project): the chance that both tell of one event
    3. two that share no telling figure, name or narrow place are never linked, however near in meaning:
       a reader could not check it

The encoder of the settings is not asked: the weights belong to the vectors they were learned with.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from itertools import product
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from classifier import encoder
from classifier.facts import Facts, facts, same_figure, written_figure
from classifier.pages import ABROAD, ELSEWHERE
from classifier.places import Gazetteer
from classifier.remembered import Remembered, digest
from classifier.static import StaticEncoder
from diembao.core.article import Article
from diembao.core.errors import Misconfigured
from diembao.core.text import fold

MODEL: Final = Path(__file__).with_name("models") / "links.json"
# What is weighed, in this order.
SIGNS: Final = ("meaning", "figures", "figures_differ", "places", "places_differ", "towns_differ", "day", "days_differ",
                "names", "days_apart")  # fmt: skip
BODY_CHARS: Final = 400  # characters of the text that are read after title and lead
KEPT: Final = 20_000  # articles whose facts are remembered: as many as a wide window has (4 kB each)
PAIRS: Final = 200_000  # of articles whose chance is remembered: about 50 MB when full
_MOST = 3  # of places and of names that count
_MOST_FIGURES = 4.0
_TELLING = 1.0  # weight from which a figure tells of an event
_DAY = 86_400

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """An article as it is compared: ``places`` are narrow ones, ``towns`` the cities it names, ``marks`` what another
    must share at least one of to be checkable. ``number`` is of this object alone, and the same words are the same
    object (`Reader`), so that what two come to can be remembered.
    """

    vector: Vector
    facts: Facts
    places: frozenset[str]
    towns: frozenset[str]
    names: frozenset[str]
    at: float
    marks: frozenset[str]
    number: int = field(default_factory=itertools.count().__next__)


@dataclass(frozen=True, slots=True)
class Shared:
    """What two articles both state."""

    figures: tuple[tuple[float, float], ...]  # a figure with its weight, the most telling first
    places: tuple[str, ...]
    towns: tuple[str, ...]
    names: tuple[str, ...]
    days: tuple[tuple[int, int], ...]

    @property
    def tells(self) -> bool:
        return any(weight >= _TELLING for _, weight in self.figures)

    @property
    def checkable(self) -> bool:
        """Is there anything that a reader could hold the two against each other by? A day alone, or a town, is not."""
        return bool(self.places or self.names or (self.towns and self.days)) or self.tells

    def told(self) -> str:
        """cùng số 240.000.000; cùng nơi Nhơn Hội; cùng tên “korvex”; cùng ngày 10/11; empty: nothing."""
        return "; ".join(
            part
            for part in (
                _list("cùng số", [written_figure(figure) for figure, _ in self.figures[:_MOST]]),
                _list("cùng nơi", (*self.places, *self.towns)[:_MOST]),
                _list("cùng tên", [f"“{name}”" for name in self.names[:_MOST]]),
                _list("cùng ngày", [f"{day:02}/{month:02}" for month, day in self.days[:_MOST]]),
            )
            if part
        )


def _list(what: str, each: Sequence[str]) -> str:
    return f"{what} {', '.join(each)}" if each else ""


class Reader:
    """Reads articles as they are compared; remembers the last `KEPT`."""

    def __init__(self, gazetteers: Sequence[Gazetteer]) -> None:
        self._gazetteers = gazetteers
        self._kept = Remembered[bytes, Read](KEPT)

    def read(self, article: Article) -> Read:
        words = _words(article)
        return self._kept.of(_named(*words), partial(_read, self._gazetteers, *words))


_STATED: Final = Remembered[bytes, Facts](KEPT)


def stated(article: Article) -> Facts:
    """The figures, days and names of an article; those of the last `KEPT` are remembered."""
    words = _words(article)
    return _STATED.of(_named(*words), partial(_stated, *words))


def contradictions(one: Article, other: Article) -> tuple[bool, bool]:
    """Do their figures, do their days have nothing in common, though both state some?"""
    mine, theirs = stated(one), stated(other)
    telling = any(weight >= _TELLING for _, weight in _figures(mine, theirs))
    return tells(mine) and tells(theirs) and not telling, _differ(mine.days, theirs.days)


def _words(article: Article) -> tuple[str, str, str, str, datetime]:
    return article.title, article.lead, article.text[:BODY_CHARS], article.language, article.when


def _named(title: str, lead: str, body: str, language: str, when: datetime) -> bytes:
    return digest(title, lead, body, language, when.isoformat())


def _stated(title: str, lead: str, body: str, language: str, when: datetime) -> Facts:
    return facts(f"{title}\n{lead}\n{body}", language, when)


def tells(read: Facts) -> bool:
    """Has it a figure that few other texts have?"""
    return any(weight >= _TELLING for weight in read.figures.values())


class Links:
    """``chance`` of two articles as they were read; from ``least`` on they are one event. ``version`` changes with
    its answers.
    """

    def __init__(self, gazetteers: Sequence[Gazetteer], path: Path = MODEL) -> None:
        """Raises:
        Misconfigured: the weights, or the encoder that comes with the program, cannot be read.
        """
        card = _card(path)
        self._weights = np.array([card["weights"][sign] for sign in SIGNS])
        self._bias = float(card["bias"])
        self.least = float(card["least"])
        self.version: str = card["digest"][:8]
        self.read = Reader(gazetteers).read
        self._chances = Remembered[tuple[int, int], float](PAIRS)

    def chance(self, one: Read, other: Read) -> float:
        """0 where nothing that a reader could check is shared."""
        return self._chances.of((one.number, other.number), partial(self._chance, one, other))

    def _chance(self, one: Read, other: Read) -> float:
        if one.marks.isdisjoint(other.marks):  # of most pairs no more is asked
            return 0.0
        both = shared(one, other)
        if not both.checkable:
            return 0.0
        odds = float(self._weights @ np.array(signs(one, other, both))) + self._bias
        return float(1 / (1 + np.exp(-odds)))


def _read(gazetteers: Sequence[Gazetteer], *words: *tuple[str, str, str, str, datetime]) -> Read:
    title, lead, body, _, when = words
    pages = [gazetteer.page(title, lead, body) for gazetteer in gazetteers]
    mentions = [(page, mention) for page in pages for mention in page.mentions]
    named = [mention.name for _, mention in mentions if mention.name.kind not in _NO_PLACE]
    towns = frozenset(name.place for name in named if name.kind == "city")
    wide = {name.place for name in named if name.kind == "province"}
    forms = {fold(page.prepared.text[mention.start : mention.end]) for page, mention in mentions}
    said = _stated(*words)
    places = frozenset(name.place for name in named if name.area) - towns - wide
    names = frozenset(name for name in said.names if not any(name in form for form in forms))
    return Read(
        vector=_encoder().encode([f"{title}\n{lead}"])[0],
        facts=said,
        places=places,
        towns=towns,
        names=names,
        at=when.timestamp(),
        marks=frozenset(_marks(said, places, towns, names)),
    )


def _marks(said: Facts, places: frozenset[str], towns: frozenset[str], names: frozenset[str]) -> Iterator[str]:
    """Whatever two articles share that makes them checkable is a mark of both; a figure of thousands by its first two
    digits, so that a rounded one is found.
    """
    yield from (f"place {place}" for place in places)
    yield from (f"name {name}" for name in names)
    yield from (f"{town} {day}" for town, day in product(towns, said.days))
    for figure, weight in said.figures.items():
        if weight >= _TELLING:
            yield f"{figure:.1e}" if figure > _ROUNDED else f"{figure:g}"


_ROUNDED: Final = 1000  # larger figures are rounded by whoever tells them again
_NO_PLACE: Final = frozenset({ELSEWHERE, ABROAD, "club", "company", "person"})


@lru_cache(maxsize=1)
def _encoder() -> StaticEncoder:
    return StaticEncoder(encoder.SHIPPED)


def shared(one: Read, other: Read) -> Shared:
    return Shared(
        figures=tuple(_figures(one.facts, other.facts)),
        places=tuple(sorted(one.places & other.places)),
        towns=tuple(sorted(one.towns & other.towns)),
        names=tuple(sorted(one.names & other.names)),
        days=tuple(sorted(one.facts.days & other.facts.days)),
    )


def _figures(one: Facts, other: Facts) -> Iterator[tuple[float, float]]:
    pairs = product(one.figures.items(), other.figures.items())
    both = {mine: min(weight, weighs) for (mine, weight), (theirs, weighs) in pairs if same_figure(mine, theirs)}
    return iter(sorted(both.items(), key=lambda each: (-each[1], each[0])))


def signs(one: Read, other: Read, both: Shared) -> list[float]:
    """In the order of `SIGNS`."""
    return [
        float(one.vector @ other.vector),
        min(_MOST_FIGURES, sum(weight for _, weight in both.figures)),
        float(tells(one.facts) and tells(other.facts) and not both.tells),
        min(_MOST, len(both.places)),
        float(_differ(one.places, other.places)),
        float(_differ(one.towns, other.towns)),
        float(bool(both.days)),
        float(_differ(one.facts.days, other.facts.days)),
        min(_MOST, len(both.names)),
        abs(one.at - other.at) / _DAY,
    ]


def _differ(one: frozenset[object], other: frozenset[object]) -> bool:
    return bool(one and other and not one & other)


def _card(path: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        other = set(SIGNS) ^ card["weights"].keys()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Misconfigured(f"{path} cannot be read ({error}); run python -m classifier.train_links") from error
    if other:
        raise Misconfigured(f"{path} weighs other signs ({', '.join(other)}); run python -m classifier.train_links")
    return card
