"""`eval judge --second-opinion`: the language model of an installation on the same set, and how far it agrees with the
product's own taggers. It asks as in daily work: kept answers are not asked again, the day's limits hold.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from classifier import quality
from diembao.app.evaluation.judging import Item, Said, article_of, scored
from diembao.app.evaluation.outlets import Outlets
from diembao.app.evaluation.records import Step
from diembao.core.article import Article, Kind, Label, Relevance, Stance
from diembao.core.errors import SetAside
from diembao.core.opinion import Task
from diembao.pipeline.opining import open_asking, opinion
from diembao.pipeline.wiring import Installation
from diembao.plan.reader import profile

WHYS: Final = 5  # reasons that are told, the most frequent first


def measure(
    house: Installation, items: Sequence[Item], province: str, own: Sequence[Said], now: datetime, step: Step
) -> dict[str, Any]:
    """``own``: what the product says of the same items. Items without a usable answer are left out of the figures, and
    counted.

    Raises:
        Misconfigured: no model is set, or a setting must change. Retry: it cannot go on now; what it had is kept.
    """
    outlets = Outlets()
    articles = [article_of(number, item, outlets, now) for number, item in enumerate(items)]
    said, whys = asyncio.run(_asked(house, articles, province, now, step))
    rows = sorted(said)
    answered, ours = [items[row] for row in rows], [own[row] for row in rows]
    theirs = [_said(said[row]) for row in rows]
    return {
        "model": house.settings.opinion.model,
        "n": len(items),
        "answered": len(rows),
        "set_aside": {why: whys.count(why) for why in sorted(set(whys), key=lambda why: -whys.count(why))[:WHYS]},
        "quoted": {kind.value: sum(_has(said[row], kind) for row in rows) for kind in _JUDGED},
        **(scored(answered, province, theirs) | {"n": len(items)} if rows else {}),
        "agreement": _agreement(ours, theirs) if rows else {},
    }


_JUDGED: Final = (Kind.SECOND_RELEVANCE, Kind.SECOND_STANCE)


async def _asked(
    house: Installation, articles: Sequence[Article], province: str, now: datetime, step: Step
) -> tuple[dict[int, tuple[Label, ...]], list[str]]:
    """By row what was said, and why of others nothing was."""
    asking, its = open_asking(house), profile(province)
    at_once = asyncio.Semaphore(house.settings.opinion.concurrency)
    said: dict[int, tuple[Label, ...]] = {}
    whys: list[str] = []

    async def ask(row: int, article: Article) -> None:
        async with at_once:
            try:
                found = await opinion(its, asking, article, Task.SECOND, now)
                said[row] = found.labels or ()
            except SetAside as error:
                whys.append(str(error))
            step(1)

    await asyncio.gather(*(ask(row, article) for row, article in enumerate(articles)))
    return said, whys


def _has(labels: Sequence[Label], kind: Kind) -> bool:
    return any(label.kind is kind for label in labels)


def _said(labels: Sequence[Label]) -> Said:
    """A judgement whose quote did not hold was dropped: not about it, without a stance."""
    relevance = next((x.key for x in labels if x.kind is Kind.SECOND_RELEVANCE), Relevance.NO.value)
    stance = next((x.key for x in labels if x.kind is Kind.SECOND_STANCE), Stance.ABSTAIN.value)
    about = relevance != Relevance.NO
    themes = frozenset(x.key for x in labels if x.kind is Kind.SECOND_THEME) if about else frozenset()
    return Said(relevance, themes, stance if about else Stance.ABSTAIN.value, stance, tuple(labels))


def _agreement(ours: Sequence[Said], theirs: Sequence[Said]) -> dict[str, float]:
    """Of the product's own labels with the model's: shares, and kappa of relevance."""
    relevance = [one.relevance for one in ours], [one.relevance for one in theirs]
    both = list(zip(ours, theirs, strict=True))
    return {
        "relevance": quality.accuracy(*relevance),
        "relevance_kappa": quality.kappa(*relevance),
        "themes": sum(one.themes == other.themes for one, other in both) / len(both),
        "stance": sum(one.stance == other.stance for one, other in both) / len(both),
    }
