"""Two provinces in one installation, each with something of everything that a province can have: what is of the other
bears a word that stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest

from dashboard import newsroom
from diembao.api.rights import Standing, Visitor
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.article import Kind
from diembao.core.briefings import AgendaItem
from diembao.core.case import CaseState, Details
from diembao.core.foreseen import MatterKind
from diembao.core.kits import Fact
from diembao.core.opinion import Asked as Wanted
from diembao.core.opinion import Gist, Line, Outline, QueueState, Task
from diembao.core.progress import Progress, TaskState
from diembao.core.questions import Asker, How, QuestionQuery
from diembao.core.saved import SavedSearch
from diembao.core.settings import load
from diembao.core.subscription import Subscription
from diembao.pipeline import steps, worker
from diembao.pipeline.wiring import Installation, open_installation
from diembao.plan.answers import answers
from diembao.response.asking import Asking
from diembao.response.briefings import Briefings
from diembao.response.briefings import Wanted as Meeting
from diembao.response.cases import Actor, Desk
from diembao.response.foreseen import Calendar
from diembao.response.foreseen import Wanted as Foreseen
from diembao.response.questions import Asked, Questions
from diembao.response.requests import Requests
from diembao.response.statements import Statements, Wording
from tests.store.making import NOW, article, keep

HERE, THERE = "gia-lai", "bac-ninh"
WORD: Final = "ngoctrai"  # of the other province; stands nowhere in what is published
ROLES: Final = (Role.OFFICER, Role.FOREIGN_AFFAIRS, Role.ADMINISTRATOR)
TOLD: Final = {
    "a": "Cảng Quy Nhơn đón tàu du lịch",
    "b": "Thành phố Bắc Giang khánh thành cầu mới",
    "c": "Gia Lai và Bắc Ninh ký hợp tác du lịch",
}


@dataclass
class Two:
    house: Installation
    case: str  # of the other province
    own: str
    question: str  # of the other province, too
    briefing: int

    def enter(self, role: Role, province: str = HERE) -> None:
        grants = (Grant(role, province, "so-vhttdl"),)
        who = Visitor("person:7", "session:7", (Standing.SIGNED_IN,), grants, account=7, name="lan", shown="Lan")
        newsroom.use(self.house, lambda: NOW, who=lambda: who)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    home = tmp_path_factory.mktemp("two")
    model = '[opinion]\nurl = "http://127.0.0.1:9/v1"\nmodel = "m"\n'  # never asked: no worker is at work
    (home / "diembao.toml").write_text(f'provinces = ["{HERE}", "{THERE}"]\n{model}', encoding="utf-8")
    with open_installation(load(home)) as house:
        keep(house.store, *(article(slug, title=title, lead="", text=title) for slug, title in TOLD.items()))
        house.of(THERE).store.add_subscription(Subscription(name=f"Báo {WORD}", query="cầu"), now=NOW)
        worker.announce_changes(house, lambda: NOW)
        for _ in steps.advance_to_end(house, lambda: NOW, "test"):
            pass
        there, here = (_made(house.of(each), word) for each, word in ((THERE, WORD), (HERE, "của mình")))
        of_there = house.of(THERE).store
        ((question, *_), (briefing, *_)) = of_there.questions(QuestionQuery())[1], of_there.briefings()
        yield Two(house, there, here, question.number, briefing.number)


def _made(house: Installation, word: str) -> str:
    """Something of everything that a province can have."""
    actor, here = Actor("person:9", NOW), house.profile.id
    desk = Desk(house.store, house.profile)
    case = desk.open(Details(f"Vụ {word}", "so-vhttdl"), [article("c").id], actor)
    for state in (CaseState.TAKEN, CaseState.VERIFYING):
        case = desk.move(case, state, actor, reason=f"vì {word}")
    desk.note(case.number, f"Ghi {word}", actor)
    number = desk.move(case, CaseState.DRAFTING, actor).number
    Statements(house.store, answers()).save(number, Wording(f"Trả lời {word}"), actor, based_on=0)
    house.store.save_search(SavedSearch(f"tìm {word}", f'"{word}"', 1, "person:9", NOW))
    for slug in ("a", "c"):
        house.store.correct(article(slug).id, Kind.STANCE, here, ["critical"], by="person:9", why=f"vì {word}", now=NOW)
    plan, task = house.profile.plan, house.profile.tasks[0]
    told = Progress(plan, task.number, task.lead[0], TaskState.DONE, None, f"xong {word}", "person:9", NOW)
    house.store.add_progress(told)
    for kit in house.profile.kits:
        house.store.add_fact(Fact(kit.id, "vi", f"Số liệu {word}", f"Nguồn {word}"), CONSOLE, NOW)
    Requests(house.store, house.profile).ask(number, Asking("so-vhttdl", f"Hỏi {word}"), actor)
    _registered(house, word, actor)
    _told_by_a_model(house, word, number)
    return case.number


def _told_by_a_model(house: Installation, word: str, case: str) -> None:
    """A gist, a second opinion, an outline, and a question that was set aside."""
    one, here = article("c"), house.profile.id
    why = f"không đọc được {word}"
    with house.store.writing() as write:
        write.put_gist(Gist(one.id, here, "vi", 1, "m", (f"Tóm {word}.", "Hai.", "Ba."), "", "", NOW))
        write.put_outline(Outline(case, "m", (Line(f"Dòng {word}", one.id, "cầu"),), 0, 1, NOW), here)
        write.want_opinions([Wanted(one.id, Task.SECOND, here, 1, QueueState.ASIDE, why=why)], now=NOW)


def _registered(house: Installation, word: str, actor: Actor) -> None:
    """What the press asked, what is told it, and what can be foreseen."""
    store, profile = house.store, house.profile
    asked = Asked(
        f"Câu hỏi {word}", Asker(f"Báo {word}", f"Phóng viên {word}", "", f"{word}@bao.example"), How.MAIL, NOW
    )
    questions, briefings = Questions(store, profile), Briefings(store, profile)
    questions.receive(asked, actor)
    held = briefings.plan(Meeting(f"Giao ban {word}", NOW, f"Phòng {word}", (AgendaItem(f"Mục {word}"),)), actor)
    briefings.add_point(held.number, f"Việc {word}", "so-vhttdl", None, actor)
    Calendar(store, profile).add(Foreseen(f"Đoàn {word}", MatterKind.VISIT, NOW.date(), NOW.date()), actor)
