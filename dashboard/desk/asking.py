"""What the reader may do with cases, asked when it is drawn and again when it is done."""

from __future__ import annotations

from dashboard import newsroom
from diembao.api import casework
from diembao.api.rights import Act, NotAllowed, Sight, Thing, may
from diembao.core.article import Labelled
from diembao.core.case import Case
from diembao.response.cases import Actor


def sight() -> Sight:
    """Which cases the reader sees."""
    return casework.sight_of(newsroom.house(), newsroom.visitor())


def allowed(act: Act, case: Case) -> bool:
    return casework.allowed(newsroom.house(), newsroom.visitor(), act, case)


def seen(case: Case) -> bool:
    """May the reader know of this case?"""
    return allowed(Act.READ_CASE, case)


def opens_case(item: Labelled, unit: str = "") -> bool:
    """May the reader open a case about this article, in this unit's hands?"""
    return may(newsroom.visitor(), Act.OPEN_CASE, _about(item, unit))


def opening(item: Labelled, unit: str) -> Actor:
    """Raises:
    Refused: the reader may not.
    """
    if not opens_case(item, unit):
        raise newsroom.refused(Act.OPEN_CASE)
    return _hand()


def opening_without(unit: str) -> Actor:
    """Where there is no article.

    Raises:
        Refused: the reader may not open a case in this unit's hands.
    """
    if not may(newsroom.visitor(), Act.OPEN_CASE, Thing(newsroom.house().profile.id, (unit,))):
        raise newsroom.refused(Act.OPEN_CASE)
    return _hand()


def actor(act: Act, number: str) -> Actor:
    """Who does it to the case of this number, as it stands now.

    Raises:
        Refused: the reader may not, or there is no such case.
    """
    try:
        return casework.acting(newsroom.house(), newsroom.visitor(), act, number, newsroom.now())
    except NotAllowed as error:
        raise newsroom.refused(act) from error


def _hand() -> Actor:
    who = newsroom.visitor()
    return Actor(who.actor, newsroom.now(), who.where)


def _about(item: Labelled, unit: str) -> Thing:
    house = newsroom.house()
    foreign = casework.is_foreign(house, item)
    own = [grant.unit for grant in newsroom.visitor().grants if grant.unit] if not unit else [unit]
    return Thing(house.profile.id, units=tuple(own), foreign=foreign)
