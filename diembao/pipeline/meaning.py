"""A question asked by its words, and by its meaning where words cannot reach: in articles of other languages.

    own language      any word of the question: the ranking of the index
    other languages   ranks by words and by the nearest vectors, put together: 1 / (60 + rank by words)
                      + .25 / (60 + rank by meaning)
    together          both lists in turn, the own language first

By meaning alone nothing is found that is less like the question than `LEAST`, and nothing at all for a question whose
words the encoder does not know.

Within one language meaning puts the right article first less often than words do, at every weight; between languages
it brings more among the first ten (docs/quality.md, "Words and meaning together").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from diembao.core.errors import IndexAway, WrongUse
from diembao.core.ports import SortBy
from diembao.core.query import All, Bool, Query, Terms
from diembao.core.query_words import values_for
from diembao.core.question import any_word
from diembao.core.text import nfc
from diembao.pipeline.wiring import Installation

DAMPED: Final = 60  # added to each rank, as in the paper that proposed it (Cormack and others, 2009)
WEIGHT: Final = 0.25  # of a rank by meaning against one by words
LOOKED_AT: Final = 200  # of each ranking
# The least product of a question's vector and that of an article without its words: it costs no right answer, and
# leaves out three fifths or more of what would be looked at (docs/quality.md, "Words and meaning together").
LEAST: Final = 0.1
# Articles among which the nearest are looked for, the newest that pass the filters; as far as a page of the index goes.
AMONG: Final = 10_000


@dataclass(frozen=True, slots=True)
class Answer:
    """``words`` and ``meaning`` are the ranks from 1 in its list, None where it is not among the first 200;
    ``likeness`` is the product of the vectors, where it was found by meaning.
    """

    id: str
    words: int | None
    meaning: int | None
    likeness: float | None = None


def answers(house: Installation, question: str, limit: int, *, within: Query | None = None) -> list[Answer]:
    """The best first; only articles that ``within`` finds, whichever way they are found.

    Raises:
        WrongUse: the settings name no encoder.
        IndexAway: vectors or index cannot be asked now.
    """
    own = Terms("language", values_for("language", house.language_of(question, "").split("-")[0]))
    passing = within or All()
    here, foreign = Bool(must=(passing, own)), Bool(must=(passing,), must_not=(own,))
    near = _by_meaning(house, question, foreign)
    ranked = together(_by_words(house, question, foreign), list(near))
    abroad = [replace(one, likeness=near.get(one.id)) for one in ranked if one.words or near[one.id] >= LEAST]
    mine = [Answer(name, rank, None) for rank, name in enumerate(_by_words(house, question, here), 1)]
    return [one for pair in zip_longest(mine, abroad) for one in pair if one is not None][:limit]


def together(words: Sequence[str], meaning: Sequence[str], weight: float = WEIGHT) -> list[Answer]:
    """Two rankings as one, ties by id."""
    ranks = [{name: rank for rank, name in enumerate(found, 1)} for found in (words, meaning)]
    found = [Answer(name, ranks[0].get(name), ranks[1].get(name)) for name in {*words, *meaning}]
    return sorted(found, key=lambda one: (-_share(one.words) - weight * _share(one.meaning), one.id))


def _share(rank: int | None) -> float:
    return 1 / (DAMPED + rank) if rank else 0.0


def _by_words(house: Installation, question: str, passing: Query) -> list[str]:
    asked = any_word(question)
    if not asked.should:
        return []
    return [hit.id for hit in house.index.search(Bool(must=(asked, passing)), limit=LOOKED_AT).hits]


def _by_meaning(house: Installation, question: str, passing: Query) -> dict[str, float]:
    """The nearest first, with their likeness."""
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
    if not encoder.reads(nfc(question)):
        return {}
    vector = encoder.encode([nfc(question)])[0]
    among = [hit.id for hit in house.index.search(passing, sort=SortBy.NEWEST, limit=AMONG).hits]
    found = vectors.search(vector, LOOKED_AT, among=among)
    return {hit.id: hit.score for hit in found}
