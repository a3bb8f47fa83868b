"""Articles that are like one article, whichever words and language they say it in.

    vectors name the candidates   the nearest in meaning, within a week and within two months
    words                         how near two articles of one language are that sets its words apart by spaces
    facts                         across languages, and in scripts without spaces: the places and figures both name

The product of two vectors alone says little: articles about one province are all near (docs/quality.md).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from diembao.core.article import Kind, Labelled, Role
from diembao.pipeline.wiring import Installation

SHOWN: Final = 5
# Days before and after the article in which others are looked for, and how many of the nearest are looked at: what is
# farther is other news. The narrow one is for what has few words in common and so is seldom among the nearest of all.
WINDOWS: Final = ((timedelta(days=7), 150), (timedelta(days=60), 150))
READ: Final = 1500  # characters of a text in which figures are looked for


class Likeness(StrEnum):
    """How near, in words: a number says nothing to a reader."""

    VERY = "very"
    CLOSE = "close"
    RELATED = "related"


# The limits (docs/quality.md, "Similar articles"); what is farther is not shown.
WORDS_VERY, WORDS_CLOSE, WORDS_RELATED = 0.2, 0.15, 0.08  # the last with a place in common
FACTS_CLOSE, FACTS_RELATED = 3, 2
LEAST: Final = 0.25  # product of the vectors, where facts decide
# Scripts without spaces: pieces of words are alike in whatever two articles say.
RUN_ON: Final = frozenset({"lo", "km", "th", "zh-Hans", "zh-Hant", "ja"})
# Places that half of a province's news names.
WIDE: Final = frozenset({"province", "city"})

# An article of the same story from this product on is the same text again, whatever its role is called.
SAME_TEXT: Final = 0.995

_FIGURE: Final = re.compile(r"\d+(?:[.,]\d{3})*(?![.,]?\d)")
_DAYS: Final = 31  # up to here it may be a date's
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ROUND: Final = re.compile(r"\d0*")
_LONGEST: Final = 15  # digits; a longer one is an address or a number of account


@dataclass(frozen=True, slots=True)
class Near:
    """``meaning`` is the product of the two vectors, ``words`` the share of rare words (`Grouper.alike`), ``shared``
    the places and figures that both name, no round ones; ``same_story``: it tells of the event of the article itself.
    """

    item: Labelled
    likeness: Likeness
    meaning: float
    words: float
    shared: tuple[str, ...]
    same_story: bool


def similar(house: Installation, article_id: str, limit: int = SHOWN) -> Sequence[Near] | None:
    """The articles about the province that are nearest, no copies of this one, one of each story, the nearest first.

    None: nothing can be said (yet), for the article has no vector.
    """
    vector = house.kept_vectors.vector(article_id)
    here = house.store.article(article_id)
    if vector is None or here is None or not vector.any():
        return None
    meaning: dict[str, float] = {}
    for window, most in WINDOWS:
        start, end = here.article.when - window, here.article.when + window
        about = house.store.published_between(start, end, about=house.profile.id)
        found = house.kept_vectors.search(vector, most, among=[each for each in about if each != article_id])
        meaning |= {hit.id: hit.score for hit in found}
    near = sorted(_near(house, here, meaning), key=_order)
    return tuple(_told(here, near, limit))


def behind(house: Installation) -> int | None:
    """Entries of the log that the encoder has still to read; None: the settings name no encoder."""
    if house.settings.classifier.encoder == "none":
        return None
    return max(0, house.store.head() - house.store.bookmark("encode"))


def _near(house: Installation, here: Labelled, meaning: dict[str, float]) -> Iterator[Near]:
    items = house.store.articles(list(meaning))
    wide = {place.name for place in house.profile.places if place.kind in WIDE}
    facts = facts_of(here, wide)
    alike = house.grouper.alike(here.article, [item.article for item in items])
    for item, words in zip(items, alike, strict=True):
        product = meaning[item.article.id]
        common = facts & facts_of(item, wide)
        by_words = _language(here) == _language(item) not in RUN_ON
        likeness = _by_words(words, common) if by_words else _by_facts(product, common)
        if likeness is not None:
            same = item.key(Kind.STORY) is not None and item.key(Kind.STORY) == here.key(Kind.STORY)
            yield Near(item, likeness, product, words if by_words else 0.0, tuple(sorted(common)), same)


def _by_words(words: float, common: Collection[str]) -> Likeness | None:
    if words >= WORDS_VERY:
        return Likeness.VERY
    if words >= WORDS_CLOSE:
        return Likeness.CLOSE
    return Likeness.RELATED if words >= WORDS_RELATED and any(not each.isdecimal() for each in common) else None


def _by_facts(product: float, common: Collection[str]) -> Likeness | None:
    if product < LEAST or len(common) < FACTS_RELATED:
        return None
    return Likeness.CLOSE if len(common) >= FACTS_CLOSE else Likeness.RELATED


def _order(near: Near) -> tuple[int, float, int, float, str]:
    rank = list(Likeness).index(near.likeness)
    return rank, -near.words, -len(near.shared), -near.meaning, near.item.article.id


def _told(here: Labelled, found: Sequence[Near], limit: int) -> Iterator[Near]:
    told: set[str] = set()
    for near in found:
        story = near.item.key(Kind.STORY) or near.item.article.id
        if len(told) == limit:
            return
        if story in told or (near.same_story and _is_copy(near, here)):
            continue
        told.add(story)
        yield near


def _is_copy(near: Near, here: Labelled) -> bool:
    return near.meaning >= SAME_TEXT or Role.COPY in {near.item.key(Kind.ROLE), here.key(Kind.ROLE)}


def facts_of(item: Labelled, wide: Collection[str]) -> set[str]:
    """Places but the ``wide`` ones by their names, and figures in plain digits: neither round ones, which many
    articles name by chance, nor years and days.
    """
    article = item.article
    text = f"{article.title}\n{article.lead}\n{article.text[:READ]}"
    places = {label.key for label in item.labels if label.kind is Kind.PLACE}
    return (places - set(wide)) | {figure for found in _FIGURE.finditer(text) if (figure := _figure(found[0]))}


def _figure(written: str) -> str:
    """In plain digits; empty: it tells nothing."""
    digits = re.sub(r"\D", "", written)
    if len(digits) > _LONGEST or _YEAR.fullmatch(written):
        return ""
    plain = str(int(digits))
    return "" if int(plain) <= _DAYS or _ROUND.fullmatch(plain) else plain


def _language(item: Labelled) -> str:
    return item.key(Kind.LANGUAGE) or item.article.language
