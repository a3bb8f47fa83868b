"""What the screens of cases read: pure functions of an installation, like those of `views`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dashboard.views import Row, outlet_name
from diembao.api.casework import counted, listed
from diembao.api.rights import Sight
from diembao.core.article import Kind, Labelled
from diembao.core.case import Case, CaseFile, CaseQuery, CaseState, Covered
from diembao.core.desk import CaseCounts
from diembao.core.query import Query
from diembao.pipeline import case_finding, proposing
from diembao.pipeline.proposing import Proposed
from diembao.pipeline.wiring import Installation

OPEN: Final = tuple(state for state in CaseState if not state.ended)
ENDED: Final = tuple(state for state in CaseState if state.ended)
# Articles of a case that are drawn at once, and open cases that an article may be added to.
SHOWN, CHOICES = 50, 200


@dataclass(frozen=True, slots=True)
class Cases:
    total: int
    found: tuple[Case, ...]


def page(house: Installation, asked: CaseQuery, seen: Sight, offset: int, limit: int) -> Cases:
    total, found = listed(house, asked, seen, offset=offset, limit=limit)
    return Cases(total, tuple(found))


def counts(house: Installation, asked: CaseQuery, seen: Sight, now: datetime) -> CaseCounts:
    return counted(house, asked, seen, now)


def proposals(house: Installation, now: datetime) -> tuple[Proposed, ...]:
    return proposing.proposals(house, now)


def found_by(house: Installation, query: Query) -> tuple[str, ...]:
    """Numbers of the cases that a typed query finds; see `case_finding`."""
    return case_finding.found_by(house, query)


def whole(house: Installation, number: str) -> CaseFile | None:
    return house.store.case_file(number)


def coverage(house: Installation, covered: Sequence[Covered], page: int) -> tuple[tuple[Covered, Row], ...]:
    """A page of its articles, in the order given."""
    latest = {each.article_id: each for each in covered[(page - 1) * SHOWN : page * SHOWN]}
    items = house.store.rows(list(latest))
    return tuple((latest[item.article.id], Row(item, outlet_name(house, item.article.outlet))) for item in items)


def open_cases(house: Installation, seen: Sight, limit: int = CHOICES) -> Cases:
    return page(house, CaseQuery(states=OPEN), seen, 0, limit)


def late(house: Installation, seen: Sight, now: datetime) -> int:
    return page(house, CaseQuery(late_at=now), seen, 0, 1).total


def holding(house: Installation, ids: tuple[str, ...]) -> tuple[Case, ...]:
    """Open cases with any of these articles."""
    return tuple(house.store.cases_with(ids))


def cases_of(house: Installation, item: Labelled) -> tuple[Sequence[Case], Sequence[Case]]:
    """Open cases with this article; and those that have only others of its story."""
    own = house.store.cases_with([item.article.id])
    numbers = {case.number for case in own}
    story = item.key(Kind.STORY)
    others = house.store.story_members([story])[story] if story else ()
    return own, [case for case in house.store.cases_with(others) if case.number not in numbers]
