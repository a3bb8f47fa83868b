"""Cases as the table of rights sees them: in whose hands one is, and whether it is about foreign coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from diembao.api.rights import Act, NotAllowed, Sight, Thing, Visitor, may, sight
from diembao.core.article import Labelled
from diembao.core.case import Case, CaseQuery
from diembao.pipeline.wiring import Installation
from diembao.response.acts import Actor

# The country whose outlets are not foreign.
HOME: Final = "VN"
# Cases read at once where each has to be looked at.
AT_ONCE: Final = 500


def is_foreign(house: Installation, item: Labelled) -> bool:
    """Coverage from abroad: the outlet's country is known, and another."""
    return house.country(item.article.outlet) not in {"", HOME}


def thing(house: Installation, case: Case) -> Thing:
    """With the case's coverage looked at."""
    return replace(in_hands(house, case), foreign=_about_foreign(house, case.number))


def in_hands(house: Installation, case: Case) -> Thing:
    return Thing(house.profile.id, units=(case.details.unit, *case.details.helping))


def _about_foreign(house: Installation, number: str) -> bool:
    found = house.store.case_file(number)
    items = house.store.rows([each.article_id for each in found.coverage]) if found else ()
    return any(is_foreign(house, item) for item in items)


def about(house: Installation, item: Labelled) -> Thing:
    """An article: in the hands of the units whose open cases hold it."""
    cases = house.store.cases_with([item.article.id])
    units = dict.fromkeys(unit for case in cases for unit in in_hands(house, case).units)
    return Thing(house.profile.id, units=tuple(units), foreign=is_foreign(house, item))


def allowed(house: Installation, who: Visitor, act: Act, case: Case) -> bool:
    """May they do this to that case? Its coverage is looked at only where it settles the matter; who wrote its
    statement, where a second person is asked for.
    """
    if act is Act.APPROVE_ANSWER:
        return may(who, act, replace(in_hands(house, case), authors=_authors(house, case.number)))
    return may(who, act, in_hands(house, case)) or may(who, act, thing(house, case))


def acting(house: Installation, who: Visitor, act: Act, number: str, now: datetime) -> Actor:
    """Who does it to the case of this number, as it stands now.

    Raises:
        NotAllowed: they may not, or there is no such case.
    """
    found = house.store.case_file(number)
    if found is None or not allowed(house, who, act, found.case):
        raise NotAllowed(act)
    return Actor(who.actor, now, who.where)


def _authors(house: Installation, number: str) -> tuple[str, ...]:
    found = house.store.case_file(number)
    return tuple(sorted({draft.by for draft in found.drafts})) if found else ()


def sight_of(house: Installation, who: Visitor) -> Sight:
    return sight(who, Act.READ_CASE, house.profile.id)


def listed(
    house: Installation, asked: CaseQuery, seen: Sight, *, offset: int, limit: int
) -> tuple[int, Sequence[Case]]:
    """How many of the cases that may be seen, and one page of them."""
    if seen.everything:
        return house.store.cases(asked, offset=offset, limit=limit)
    found = [case for case in _every(house, asked) if _is_seen(house, case, seen)]
    return len(found), found[offset : offset + limit]


def _is_seen(house: Installation, case: Case, seen: Sight) -> bool:
    own = not seen.units.isdisjoint((case.details.unit, *case.details.helping))
    return own or (seen.foreign and _about_foreign(house, case.number))


def _every(house: Installation, asked: CaseQuery) -> Iterator[Case]:
    offset = 0
    while True:
        _, found = house.store.cases(asked, offset=offset, limit=AT_ONCE)
        yield from found
        if len(found) < AT_ONCE:
            return
        offset += AT_ONCE
