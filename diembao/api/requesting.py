"""Requests to units as the table of rights sees them: whose they are, who may answer them."""

from __future__ import annotations

from datetime import datetime

from diembao.api import casework
from diembao.api.rights import Act, NotAllowed, Sight, Thing, Visitor, may, sight
from diembao.core.accounts import Role
from diembao.core.case import Case
from diembao.core.requests import Request, Through
from diembao.pipeline.wiring import Installation
from diembao.response.acts import Actor

# Whoever holds one of these files an answer for the unit; others are of the unit themselves.
_OF_THE_DESK = frozenset({Role.OFFICER, Role.APPROVER})


def thing(house: Installation, asked: Request) -> Thing:
    """In the hands of the unit that was asked, or of what took it over."""
    return Thing(house.profile.id, units=(house.profile.now(asked.unit),))


def seen(house: Installation, who: Visitor, asked: Request) -> bool:
    """May they know of this request? Whoever reads its case may too."""
    if may(who, Act.READ_REQUEST, thing(house, asked)):
        return True
    found = house.store.case_file(asked.case)
    return found is not None and reads(house, who, found.case)


def reads(house: Installation, who: Visitor, case: Case) -> bool:
    return casework.allowed(house, who, Act.READ_CASE, case)


def sight_of(house: Installation, who: Visitor) -> Sight:
    """All requests, or those of their units."""
    return sight(who, Act.READ_REQUEST, house.profile.id)


def of_unit_seen(house: Installation, who: Visitor, unit: str) -> bool:
    """May they know what this unit was asked?"""
    return may(who, Act.READ_REQUEST, Thing(house.profile.id, units=(unit,)))


def of_unit(house: Installation, unit: str) -> tuple[str, ...]:
    """Ids under which it may have been asked: its own, and those of units that it took over."""
    known = house.profile.units.get(unit)
    return (unit, *(known.took_over if known else ()))


def answering(house: Installation, who: Visitor, number: str, request: int, now: datetime) -> tuple[Actor, Through]:
    """Who files the answer, and in whose place.

    Raises:
        NotAllowed: they may not, or there is no such request.
    """
    found = house.store.case_file(number)
    asked = next((each for each in found.requests if each.number == request), None) if found else None
    if asked is None or not may(who, Act.ANSWER_REQUEST, thing(house, asked)):
        raise NotAllowed(Act.ANSWER_REQUEST)
    desk = any(grant.role in _OF_THE_DESK and grant.province in {"", house.profile.id} for grant in who.grants)
    return Actor(who.actor, now, who.where), Through.DESK if desk else Through.ACCOUNT
