"""The register as people keep it: questions of the press, briefings, the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

from diembao.core.errors import DiembaoError
from diembao.core.foreseen import MatterKind
from diembao.core.ports import Store
from diembao.core.questions import Asker, How, Question
from diembao.plan.reader import profile
from diembao.response import foreseen
from diembao.response.acts import Actor
from diembao.response.briefings import Briefings
from diembao.response.foreseen import Calendar
from diembao.response.questions import Asked, Questions
from tests.store.making import NOW

LAN, MINH = Actor("person:1", NOW, "session:1"), Actor("person:2", NOW, "session:2")
ASKER = Asker("Báo Sông Côn", "Trần Văn An", "phóng viên", "an@songcon.example")
ASKED = Asked("Nước sông Côn có bị ô nhiễm không?", ASKER, How.MAIL, NOW)
TITLE = "Giao ban báo chí tháng 11"
VISIT = foreseen.Wanted("Đoàn Champasak thăm", MatterKind.VISIT, date(2026, 12, 10), date(2026, 12, 11))


def desk(store: Store) -> Questions:
    return Questions(store, profile("gia-lai"))


def answered(store: Store) -> Question:
    mine = desk(store)
    return mine.approve(mine.draft(mine.receive(ASKED, LAN), "Đã lấy mẫu.", LAN), MINH)


def at_once(*acts: Callable[[], object]) -> list[BaseException | None]:
    """Each in a thread of its own, all starting together: what each raised."""
    start, raised = Barrier(len(acts)), dict[int, BaseException | None]()

    def run(n: int) -> None:
        start.wait(10)
        try:
            acts[n]()
            raised[n] = None
        except DiembaoError as error:
            raised[n] = error

    threads = [Thread(target=run, args=(n,)) for n in range(len(acts))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return [raised[n] for n in range(len(acts))]


def briefings_of(store: Store) -> Briefings:
    return Briefings(store, profile("gia-lai"))


def calendar_of(store: Store) -> Calendar:
    return Calendar(store, profile("gia-lai"))
