"""A question asked by its words, and by its meaning where words cannot reach: in articles of other languages.

    words      any word of the question, in whatever language: the ranking of the index
    meaning    the nearest vectors among the articles in another language than the question's
    together   reciprocal ranks: 1 / (60 + rank by words) + 1 / (60 + rank by meaning)

Within one language meaning puts the right article first less often than words do, at every weight; between languages
it brings twice as many and more among the first ten (docs/quality.md, "Words and meaning together").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from diembao.core.errors import IndexAway, WrongUse
from diembao.core.ports import SortBy
from diembao.core.query import All, Bool, Query, Terms
from diembao.core.query_words import values_for
from diembao.core.question import any_word
from diembao.core.text import nfc
from diembao.pipeline.wiring import Installation

DAMPED: Final = 60  # added to each rank, as in the paper that proposed it (Cormack and others, 2009)
WEIGHT: Final = 1.0  # of a rank by meaning: both lists are read in turn, and words go first
LOOKED_AT: Final = 200  # of each ranking
# Articles among which the nearest are looked for, the newest that pass the filters; as far as a page of the index goes.
AMONG: Final = 10_000


@dataclass(frozen=True, slots=True)
class Answer:
    """``words`` and ``meaning`` are the ranks from 1, None where it is not among the first 200."""

    id: str
    score: float
    words: int | None
    meaning: int | None


def answers(house: Installation, question: str, limit: int, *, within: Query | None = None) -> list[Answer]:
    """The best first, ties by id; only articles that ``within`` finds, whichever way they are found.

    Raises:
        WrongUse: the settings name no encoder.
        IndexAway: vectors or index cannot be asked now.
    """
    passing = within or All()
    asked = any_word(question)
    words = house.index.search(Bool(must=(asked, passing)), limit=LOOKED_AT).hits if asked.should else ()
    return together([hit.id for hit in words], _by_meaning(house, question, passing))[:limit]


def together(words: Sequence[str], meaning: Sequence[str], weight: float = WEIGHT) -> list[Answer]:
    """Two rankings as one."""
    ranks = [{name: rank for rank, name in enumerate(found, 1)} for found in (words, meaning)]
    found = [_answer(name, ranks[0], ranks[1], weight) for name in dict.fromkeys((*words, *meaning))]
    return sorted(found, key=lambda one: (-one.score, one.words is None, one.id))


def _answer(name: str, words: Mapping[str, int], meaning: Mapping[str, int], weight: float) -> Answer:
    by_words, by_meaning = words.get(name), meaning.get(name)
    score = (1 / (DAMPED + by_words) if by_words else 0.0) + (weight / (DAMPED + by_meaning) if by_meaning else 0.0)
    return Answer(name, score, by_words, by_meaning)


def _by_meaning(house: Installation, question: str, passing: Query) -> list[str]:
    encoder, vectors = house.encoder, house.vectors
    if encoder is None or vectors is None:
        msg = (
            'cài đặt classifier.encoder = "none": không có mô hình nào để tìm theo nghĩa'
            " (the settings name no encoder to search by meaning with)"
        )
        raise WrongUse(msg)
    if vectors.answers != vectors.version:
        msg = "vectơ đang được làm lại cho mô hình mới (the vectors of a new model are still being made)"
        raise IndexAway(msg)
    vector = encoder.encode([nfc(question)])[0]
    if not vector.any():
        return []
    own = values_for("language", house.language_of(question, "").split("-")[0])
    foreign = Bool(must=(passing,), must_not=(Terms("language", own),))
    among = [hit.id for hit in house.index.search(foreign, sort=SortBy.NEWEST, limit=AMONG).hits]
    return [hit.id for hit in vectors.search(vector, LOOKED_AT, among=among)]
