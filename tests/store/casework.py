"""Cases as people open, move and fill them, for what every store promises of them."""

from __future__ import annotations

from datetime import datetime

from diembao.core.article import Kind
from diembao.core.case import Act, Case, CaseFile, CaseState, Details
from diembao.core.ports import Store
from diembao.plan.answers import answers
from diembao.plan.reader import profile
from diembao.response.cases import Actor, Desk, join
from diembao.response.statements import Statements, Wording
from tests.store.making import NOW, OFFICER, id_of, judge, label, later

OTHER = "person:pho-phong"
WASTE = Details("Nước thải ra sông Côn", "so-nnmt", themes=("environment-climate",), helping=("ubnd-xa",))


def desk(store: Store) -> Desk:
    return Desk(store, profile("gia-lai"))


def by(person: str = OFFICER, **after: float) -> Actor:
    return Actor(person, later(**after))


def in_story(store: Store, story: str, *slugs: str) -> None:
    """What the step `group` would say."""
    for slug in slugs:
        judge(store, slug, label(slug, Kind.STORY, story, by="model:t"))


def joining(store: Store, *slugs: str, now: datetime = NOW) -> int:
    with store.writing() as write:
        return join(store, write, [id_of(slug) for slug in slugs], now)


def statements(store: Store) -> Statements:
    return Statements(store, answers())


def save(store: Store, case: Case, text: str, actor: Actor, *, based_on: int) -> int:
    return statements(store).save(case.number, Wording(text), actor, based_on=based_on)


def whole(store: Store, case: Case) -> CaseFile:
    found = store.case_file(case.number)
    assert found is not None
    return found


def covered(store: Store, case: Case) -> set[str]:
    return {each.article_id for each in whole(store, case).coverage}


def told(store: Store, case: Case) -> list[tuple[Act, str]]:
    return [(line.act, line.by) for line in whole(store, case).log]


def drafting(store: Store, case: Case) -> Case:
    """The case, brought as far as a draft may be written."""
    house = desk(store)
    for state in (CaseState.TAKEN, CaseState.VERIFYING):
        case = house.move(case, state, by())
    house.note(case.number, "Đã gọi xã, đúng là có xả thải.", by())
    return house.move(case, CaseState.DRAFTING, by())


def drafting_on(house: Desk, case: Case) -> Case:
    case = house.move(case, CaseState.VERIFYING, by())
    house.note(case.number, "Đã gọi xã.", by())
    return house.move(case, CaseState.DRAFTING, by())
