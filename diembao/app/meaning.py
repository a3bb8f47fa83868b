"""`diembao search --meaning`: a question asked by words, and by meaning in other languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from diembao.app.status import hit_of, refuse_lost
from diembao.core.article import Kind
from diembao.core.highlight import sought
from diembao.core.question import any_word
from diembao.pipeline.meaning import Answer, answers
from diembao.pipeline.wiring import Installation


def search_by_meaning(house: Installation, question: str, within: str, limit: int, now: datetime) -> dict[str, Any]:
    """``within``: a query that what is found has to match too. ``total`` are those that are shown
    (``nearest``): where meaning asks, there is no number of all.

    Raises:
        WrongUse: there is no encoder.
        IndexAway: there is no index that could answer.
    """
    refuse_lost(house)
    found = answers(house, question, limit, within=house.query(within, now))
    words = sought(any_word(question))
    items = house.store.rows([one.id for one in found])
    by_id = {one.id: one for one in found}
    hits = [
        hit_of(item, words)
        | {"language": item.key(Kind.LANGUAGE) or item.article.language}
        | _how(by_id[item.article.id])
        for item in items
    ]
    waiting = max(0, house.store.head() - house.index.position())
    return {"total": len(hits), "nearest": True, "waiting": waiting, "hits": hits}


def _how(one: Answer) -> dict[str, Any]:
    likeness = None if one.likeness is None else round(one.likeness, 3)
    return {"words": one.words, "meaning": one.meaning, "likeness": likeness}
