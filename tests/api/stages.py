"""A case at each stage that an act of the API needs, made anew for each request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from diembao.core.accounts import CONSOLE
from diembao.core.briefings import AgendaItem
from diembao.core.case import Case, CaseState, Details
from diembao.core.foreseen import MatterKind, Preparation
from diembao.core.memory import Match, Repeat
from diembao.core.questions import Asker, How, QuestionQuery
from diembao.core.statement import Verdict
from diembao.core.subscription import Subscription
from diembao.plan.answers import answers
from diembao.reports import keeping, period
from diembao.response import foreseen
from diembao.response.asking import Asking as Asks
from diembao.response.briefings import Briefings, Wanted
from diembao.response.cases import Actor, Desk
from diembao.response.claims import Claims
from diembao.response.questions import Asked, Questions
from diembao.response.requests import Requests
from diembao.response.statements import Leaving, Statements, Wording
from tests.dashboard.seed import NOW

if TYPE_CHECKING:
    from tests.api.asking import Asking

UNIT = "so-vhttdl"
DOCUMENT = "Sở thông tin như sau.".encode()
BY, SECOND = Actor("person:98", NOW), Actor("person:97", NOW)


def sentence(ask: Asking) -> str:
    """Of the article that these cases hold."""
    return ask.house.store.articles([ask.put.ids["waste"]])[0].article.title


def fresh(ask: Asking, *states: CaseState) -> Case:
    desk = Desk(ask.house.store, ask.house.profile)
    case = desk.open(Details("Vụ thử", UNIT), [ask.put.ids["waste"]], BY, another=True)
    desk.note(case.number, "Đã gọi xã.", BY)
    for state in states:
        case = desk.move(case, state, BY)
    return case


def quoted(ask: Asking) -> Case:
    """With one claim, and evidence attached to it."""
    case, claims = drafted(ask), Claims(ask.house.store)
    claims.quote(case.number, ask.put.ids["waste"], sentence(ask), BY)
    claims.attach_document(case.number, 1, "12/BC", "Báo cáo", BY)
    return case


def drafted(ask: Asking) -> Case:
    return fresh(ask, CaseState.TAKEN, CaseState.VERIFYING, CaseState.DRAFTING)


def handed_in(ask: Asking) -> Case:
    case = drafted(ask)
    wording = Wording("Sở thông tin như sau.", "written", "Giám đốc", title="Thông tin của Sở")
    Statements(ask.house.store, answers()).save(case.number, wording, BY, based_on=0)
    return Desk(ask.house.store, ask.house.profile).move(case, CaseState.APPROVAL, BY)


def approved(ask: Asking) -> Case:
    return Statements(ask.house.store, answers()).approve(handed_in(ask), 1, SECOND)


def issued(ask: Asking) -> Case:
    """With a document of `DOCUMENT`."""
    case, leaving = approved(ask), Leaving("written", "Báo Gia Lai")
    Statements(ask.house.store, answers()).issue(case, leaving, {".txt": DOCUMENT, ".html": b"<p>"}, SECOND)
    return case


def repeated(ask: Asking) -> Case:
    """With an article of which the machine says that it repeats its answered claim."""
    case, other = quoted(ask), ask.put.ids["flight"]
    Claims(ask.house.store).mark(case.number, 1, Verdict.INACCURATE, "Mẫu đạt", BY)
    wording = Wording("Sở thông tin. [#1]", "written", "Giám đốc", title="Kết quả lấy mẫu")
    said, desk = Statements(ask.house.store, answers()), Desk(ask.house.store, ask.house.profile)
    said.save(case.number, wording, BY, based_on=0)
    ready = said.approve(desk.move(case, CaseState.APPROVAL, BY), 1, SECOND)
    said.issue(ready, Leaving("written", "Báo Gia Lai"), {".txt": DOCUMENT}, SECOND)
    with ask.house.store.writing() as write:
        repeat = Repeat(0.91, "Có tới 520 mẫu nhiễm bẩn.", (), ())
        write.put_matches(other, [Match(case.number, 1, other, 1, repeat, NOW, "repeats-1")])
    return case


def requested(ask: Asking) -> Case:
    """With a request to the unit that has it."""
    case, room = fresh(ask), Requests(ask.house.store, ask.house.profile)
    room.ask(case.number, Asks(UNIT, "Mẫu nước ra sao?"), BY)
    return case


STAGES: Final[dict[str, Callable[[Asking], Case]]] = {
    "claims/{claim}/exhibits": quoted,
    "claims/{claim}/files": quoted,
    "claims/{claim}/verdict": quoted,
    "drafts": drafted,
    "approvals": handed_in,
    "documents/{sha256}": issued,
    "matches": repeated,
    "issues": approved,
    "issues/{issue}/retraction": issued,
    "requests/{asked}": requested,
    "requests/{asked}/reminders": requested,
    "requests/{asked}/withdrawal": requested,
    "requests/{asked}/answer": requested,
}


def case_for(ask: Asking, path: str) -> Case:
    """A case to which the act at this path of the API can be done, at version 1 where nothing else is needed."""
    return STAGES.get(path.removeprefix("/v1/cases/{number}/"), fresh)(ask)


def body_for(ask: Asking, path: str, example: Any) -> Any:
    """The example, about an article that is there."""
    if not isinstance(example, dict) or not path.startswith("/v1/cases"):
        return example
    waste, other = ask.put.ids["waste"], ask.put.ids["flight"]
    given = {**example}
    given |= {"article": waste, "sentence": sentence(ask)} if "sentence" in given else {}
    given |= {"article": other} if "judged" in given else {}
    return given | ({"articles": [other]} if "articles" in given else {})


def subscribed(ask: Asking, owner: str = "") -> int:
    """A subscription, anew each time."""
    asked = Subscription(name=f"Cảng {uuid4()}", query="cảng", owner=owner)
    return ask.house.store.add_subscription(asked, now=NOW).id


def registered(ask: Asking) -> tuple[str, int]:
    """A question of the press in this unit's hands, and a briefing with a point; the same ones each time."""
    store, profile = ask.house.store, ask.house.profile
    total, known = store.questions(QuestionQuery())
    if total:
        return known[0].number, store.briefings()[0].number
    mine, room = Questions(store, profile), Briefings(store, profile)
    asked = Asked("Nước có sạch không?", Asker("bao-song-con", "Trần Văn An", "", "an@bao.example"), How.MAIL, NOW)
    seen = mine.receive(replace(asked, unit=UNIT), BY)
    held = room.plan(Wanted("Giao ban báo chí", NOW, "Phòng 2", (AgendaItem("Nước", UNIT),)), BY)
    room.add_point(held.number, "Công bố kết quả", UNIT, NOW.date(), BY)
    visit = foreseen.Wanted("Đoàn thăm", MatterKind.VISIT, NOW.date(), NOW.date(), tasks=(Preparation(0, "Thông cáo"),))
    foreseen.Calendar(store, profile).add(visit, BY)
    return seen.number, held.number


def kept_report(ask: Asking) -> int:
    """A weekly summary in the record; the same one each time."""
    known = ask.house.store.reports()
    if known:
        return known[0].number
    profile = ask.house.profile
    week = period.latest(NOW, zone=profile.timezone, ends=profile.week_ends)
    return keeping.make(ask.house, keeping.Making(week, profile.id, CONSOLE), NOW).report.number
