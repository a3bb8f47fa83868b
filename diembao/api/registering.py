"""The register as the table of rights sees it: in whose hands a question, a point or a matter is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from diembao.api.casework import HOME
from diembao.api.rights import Act, Sight, Thing, Visitor, may, sight
from diembao.core.questions import Question, QuestionQuery
from diembao.pipeline.wiring import Installation

# Questions looked at one by one where not all may be seen; a register has some hundreds a year.
LOOKED: Final = 5_000


def thing(house: Installation, question: Question) -> Thing:
    """A question of an outlet abroad is about foreign coverage; whoever wrote the answer made it."""
    foreign = house.country(question.asker.outlet) not in {"", HOME}
    units = (question.unit,) if question.unit else ()
    return Thing(house.profile.id, units, foreign, (question.answer_by,) if question.answer_by else ())


def of_unit(house: Installation, unit: str) -> Thing:
    """A matter of the calendar, a point of a briefing; the briefing itself is no unit's."""
    return Thing(house.profile.id, (unit,) if unit else ())


def allowed(house: Installation, who: Visitor, act: Act, question: Question) -> bool:
    return may(who, act, thing(house, question))


def was_seen(house: Installation, seen: Sight, question: Question) -> bool:
    """Could who sees so much have read it before? As its history tells: one of their units had it in hand once; or its
    outlet is another one now, where it may have been abroad.
    """
    told = [step.facts for step in house.store.steps(f"question:{question.number}")]
    units = {word for facts in told for word in facts.get("unit", "").split()}
    return bool(units & seen.units) or (seen.foreign and any("→" in facts.get("outlet", "") for facts in told))


def listed(
    house: Installation, who: Visitor, asked: QuestionQuery, *, offset: int, limit: int
) -> tuple[int, Sequence[Question]]:
    """How many of the questions that may be seen, and one page of them."""
    seen = sight(who, Act.READ_QUESTION, house.profile.id)
    if seen.everything:
        return house.store.questions(asked, offset=offset, limit=limit)
    if seen.units and not seen.foreign:
        units = tuple(sorted(seen.units.intersection(asked.units or seen.units)))
        narrowed = replace(asked, units=units)
        return house.store.questions(narrowed, offset=offset, limit=limit) if units else (0, ())
    _, every = house.store.questions(asked, limit=LOOKED)
    found = [each for each in every if allowed(house, who, Act.READ_QUESTION, each)]
    return len(found), found[offset : offset + limit]
