"""Cases as the table of rights sees them: in whose hands one is, and whether it is about foreign coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from diembao.api.rights import Act, NotAllowed, Sight, Standing, Thing, Visitor, may, sight
from diembao.core.accounts import Account
from diembao.core.article import Labelled
from diembao.core.case import Act as Did
from diembao.core.case import Case, CaseFile, CaseQuery
from diembao.core.desk import CaseCounts, CaseSight
from diembao.pipeline.wiring import Installation
from diembao.response.acts import Actor

# The country whose outlets are not foreign.
HOME: Final = "VN"


def is_foreign(house: Installation, item: Labelled) -> bool:
    """Coverage from abroad: the outlet's country is known, and another."""
    return house.country(item.article.outlet) not in {"", HOME}


def thing(house: Installation, case: Case) -> Thing:
    """With the case's coverage looked at."""
    return replace(in_hands(house, case), foreign=_about_foreign(house, case.number))


def in_hands(house: Installation, case: Case) -> Thing:
    return Thing(house.profile.id, units=(case.details.unit, *case.details.helping))


def _about_foreign(house: Installation, number: str) -> bool:
    asked = CaseQuery(numbers=(number,), sight=CaseSight((), _foreign(house)))
    return house.store.cases(asked, limit=1)[0] > 0


def _foreign(house: Installation) -> tuple[str, ...]:
    """Outlets of another country than ours."""
    return tuple(sorted(outlet for outlet in house.outlets if house.country(outlet) not in {"", HOME}))


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
    found = house.store.cases(CaseQuery(numbers=(number,)), limit=1)[1]
    if not found or not allowed(house, who, act, found[0]):
        raise NotAllowed(act)
    return Actor(who.actor, now, who.where)


def _authors(house: Installation, number: str) -> tuple[str, ...]:
    found = house.store.case_file(number)
    return tuple(sorted({draft.by for draft in found.drafts})) if found else ()


def sight_of(house: Installation, who: Visitor) -> Sight:
    return sight(who, Act.READ_CASE, house.profile.id)


def was_seen(seen: Sight, found: CaseFile) -> bool:
    """Could who sees so much have read the case before? As its log tells: one of their units had it in hand once; or
    it lost coverage, which may have been from abroad.
    """
    changed = [
        line.facts.get(name, "") for line in found.log if line.act is Did.CHANGED for name in ("unit", "helping")
    ]
    units = {word for told in changed for word in told.split()}
    lost = any(line.act is Did.REMOVED for line in found.log)
    return bool(units & seen.units) or (seen.foreign and lost)


def narrowed(house: Installation, asked: CaseQuery, seen: Sight) -> CaseQuery:
    """What is asked for, of what may be seen."""
    return replace(asked, sight=case_sight(house, seen))


def case_sight(house: Installation, seen: Sight) -> CaseSight | None:
    """As the store asks it; None: everything is seen."""
    if seen.everything:
        return None
    return CaseSight(tuple(sorted(seen.units)), _foreign(house) if seen.foreign else ())


def listed(
    house: Installation, asked: CaseQuery, seen: Sight, *, offset: int, limit: int
) -> tuple[int, Sequence[Case]]:
    """How many of the cases that may be seen, and one page of them."""
    return house.store.cases(narrowed(house, asked, seen), offset=offset, limit=limit)


def counted(house: Installation, asked: CaseQuery, seen: Sight, late_at: datetime) -> CaseCounts:
    """Of the cases that may be seen."""
    return house.store.case_counts(narrowed(house, asked, seen), late_at)


def reads(house: Installation, account: Account, case: Case) -> bool:
    """May this account, by its roles, read the case?"""
    who = Visitor(account.actor, "", (Standing.SIGNED_IN,), account.grants, account=account.number)
    return not account.disabled and allowed(house, who, Act.READ_CASE, case)
