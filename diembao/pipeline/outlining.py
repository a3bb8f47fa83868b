"""An outline of a case: what is asked of the language model, what that may cost, and a new one where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from diembao.core.article import Article
from diembao.core.errors import SetAside, WrongUse
from diembao.core.opinion import Asked, Outline, Task
from diembao.pipeline.wiring import Installation

if TYPE_CHECKING:
    from diembao.opinion.asking import Asking
    from diembao.opinion.endpoint import Question

MOST: Final = 12  # articles of a case, the newest


@dataclass(frozen=True, slots=True)
class Price:
    """The highest that one question may cost: tokens, and money in the currency of the settings."""

    tokens: int
    cost: float


def wanted(house: Installation, number: str, *, again: bool) -> Asked:
    """The question, not asked yet. Its revision is the turn: ``again`` makes another where an outline stands, so that
    no kept answer is given for it.
    """
    before = house.store.opinion_of(number, Task.OUTLINE)
    turn = before.revision if before else 0
    stands = again and house.store.outline(number) is not None
    return Asked(number, Task.OUTLINE, house.profile.id, turn + 1 if stands else turn)


async def outlined(house: Installation, asking: Asking, asked: Asked, now: datetime) -> Outline:
    """Of the newest articles of a case, nothing written but its price.

    Raises:
        WrongUse: there is no such case. Retry, SetAside, Misconfigured: as `Asking.ask`.
    """
    from diembao.opinion import telling

    question, newest = _question(house, asked.subject, asked.revision)
    chosen = asking.settings
    read = telling.outline_of(asked.subject, newest, chosen.model, chosen.max_letters, now)
    return await asking.ask(question, read, now)


def price(house: Installation, number: str) -> Price:
    """Of one more outline as the case stands now.

    Raises:
        WrongUse: there is no such case. SetAside: it has no article.
    """
    from diembao.opinion import asking

    chosen = house.settings.opinion
    question, _ = _question(house, number, 0)
    cost = asking.price(chosen, question.size, chosen.max_tokens)
    return Price(question.size + chosen.max_tokens, cost)


def _question(house: Installation, number: str, turn: int) -> tuple[Question, Sequence[Article]]:
    from diembao.opinion import prompts

    found = house.store.case_file(number)
    if found is None:
        raise WrongUse(f"không có vụ việc {number[:40]} (there is no case {number[:40]})")
    items = house.store.articles([each.article_id for each in found.coverage])
    newest = sorted((item.article for item in items), key=lambda one: one.when)[-MOST:]
    if not newest:
        raise SetAside("vụ việc chưa có bài nào (the case has no article)")
    letters = house.settings.opinion.max_letters
    return prompts.outline(found.case.details.title, newest, house.profile, letters, turn), newest
