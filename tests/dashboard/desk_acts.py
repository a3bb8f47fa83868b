"""What the desk does, each act in every way in which it is done: the acts that the log then tells, in order."""

from __future__ import annotations

from dataclasses import replace

from diembao.core.briefings import AgendaItem
from diembao.core.case import CaseState, Details
from diembao.core.desk import Dismissal, Ground
from diembao.core.foreseen import Preparation
from diembao.core.questions import Asker, How, QuestionQuery
from diembao.core.requests import Through
from diembao.core.statement import Verdict
from diembao.plan.answers import answers
from diembao.response.asking import Answer, Asking
from diembao.response.briefings import Briefings
from diembao.response.briefings import Wanted as Meeting
from diembao.response.cases import Actor
from diembao.response.claims import Claims
from diembao.response.foreseen import Calendar
from diembao.response.questions import Asked, Questions
from diembao.response.requests import Requests
from diembao.response.statements import Leaving, Statements, Wording
from tests.dashboard.office import BY, WHERE, Office
from tests.dashboard.seed import NOW


def open_case(office: Office) -> list[str]:
    office.desk.open(Details("Vụ", "so-y-te"), [], office.by())
    return ["case.opened"]


def assign(office: Office) -> list[str]:
    case = office.desk.open(Details("Vụ", "so-y-te"), [], office.by())
    office.desk.change(case, Details("Vụ", "so-tai-chinh"), office.by())
    return ["case.opened", "case.changed"]


def work(office: Office) -> list[str]:
    case = office.desk.open(Details("Vụ", "so-y-te"), [], office.by())
    office.desk.add(case.number, [office.ids["road"]], office.by())
    office.desk.remove(case.number, office.ids["road"], office.by())
    office.desk.note(case.number, "Đã gọi xã.", office.by())
    office.desk.move(case, CaseState.TAKEN, office.by())
    sentence = office.house.store.articles([office.ids["road"]])[0].article.title
    office.desk.add(case.number, [office.ids["road"]], office.by())
    claims = Claims(office.house.store)
    claims.quote(case.number, office.ids["road"], sentence, office.by())
    claims.attach_document(case.number, 1, "12/BC", "Báo cáo", office.by())
    claims.attach_link(case.number, 1, "https://so.example/", "", office.by())
    claims.attach_file(case.number, 1, "a.txt", b"Bien ban", office.by())
    office.desk.note(case.number, "@lan xem giúp", Actor("person:2", NOW, "session:2"))
    office.desk.saw(case.number, office.by())
    office.house.store.dismiss(Dismissal(Ground.CRITICAL, office.ids["flight"], BY, NOW), where=WHERE)
    did = ["case.opened", "case.added", "case.removed", "case.noted", "case.moved", "case.added", "case.claimed"]
    attached = ["case.attached"] * 3
    return [*did, *attached, "case.noted", "case.seen", "proposal.dismissed"]


def mark_claim(office: Office) -> list[str]:
    case = office.desk.open(Details("Vụ", "so-y-te"), [office.ids["road"]], office.by())
    sentence = office.house.store.articles([office.ids["road"]])[0].article.title
    claims = Claims(office.house.store)
    claims.quote(case.number, office.ids["road"], sentence, office.by())
    claims.attach_document(case.number, 1, "12/BC", "Báo cáo", office.by())
    claims.mark(case.number, 1, Verdict.ACCURATE, "Đã kiểm tra", office.by())
    return ["case.opened", "case.added", "case.claimed", "case.attached", "case.marked"]


def write_draft(office: Office) -> list[str]:
    number = office.case(CaseState.TAKEN, CaseState.VERIFYING, CaseState.DRAFTING)
    Statements(office.house.store, answers()).save(number, Wording("Sở trả lời."), office.by(), based_on=0)
    return ["case.opened", "case.noted", "case.moved", "case.moved", "case.moved", "case.drafted"]


def approve(office: Office) -> list[str]:
    did = write_draft(office)
    office.answer()
    return [*did, "case.drafted", "case.moved", "case.approved"]


def issue(office: Office) -> list[str]:
    did = approve(office)
    case = office.answered
    Statements(office.house.store, answers()).issue(case, Leaving("portal", "Cổng tỉnh"), {".txt": b"a"}, office.by())
    whole = office.house.store.case_file(case.number)
    assert whole is not None
    Statements(office.house.store, answers()).retract(whole.case, 1, "Sai số liệu", Actor("person:2", NOW, "session:2"))
    return [*did, "case.issued", "case.retracted"]


def work_on_question(office: Office) -> list[str]:
    mine = Questions(office.house.store, office.house.profile)
    asked = Asked("Nước có sạch không?", Asker("Báo Mẫu", "An", contact="an@bao.example"), How.MAIL, NOW)
    seen = mine.assign(mine.receive(asked, office.by()), "so-y-te", office.by())
    seen = mine.change(seen, replace(asked, text="Nước sông Côn có sạch không?", unit="so-y-te"), office.by())
    mine.to_case(seen, office.by())
    seen = mine.forget(mine._store.questions(QuestionQuery())[1][0], office.by())
    seen = mine.approve(mine.draft(seen, "Có.", office.by()), Actor("person:2", NOW, "session:2"))
    mine.publish(seen, "Báo Mẫu", [], office.by())
    other = mine.withdraw(mine.receive(asked, office.by()), "Nhầm", office.by())
    mine.refuse(mine.assign(other, "so-y-te", office.by(), reason="Hỏi lại"), "Ngoài thẩm quyền", office.by())
    first = ["received", "assigned", "changed", "case", "forgot", "drafted", "answered", "published"]
    did = [f"question.{act}" for act in (*first, "received", "withdrawn", "assigned", "refused")]
    return [*did[:3], "case.opened", "case.noted", *did[3:]]


def change_calendar(office: Office) -> list[str]:
    store, profile = office.house.store, office.house.profile
    room, here = Calendar(store, profile), Briefings(store, profile)
    first, second = room.proposals(NOW.date())[:2]
    room.refuse(first, office.by())
    task = Preparation(0, "Thông cáo")
    seen = room.add(replace(second.wanted, tasks=(task,)), office.by(), source=second.key)
    seen = room.change(seen, replace(second.wanted, title="Khác", tasks=seen.tasks), office.by())
    room.end(room.drop(room.tick(seen, 1, seen.start, office.by(), done=True), 1, office.by()), office.by())
    held = here.plan(Meeting("Giao ban", NOW, "", (AgendaItem("Nước"),)), office.by())
    held = here.change(held, Meeting("Giao ban báo chí", NOW, ""), office.by())
    held = here.hold(here.attach(held, 1, "a.txt", b"a", office.by()), office.by())
    point = here.add_point(held.number, "Công bố", "so-y-te", None, office.by())
    here.tell(here.tell(point, "Đang làm", office.by()), "Xong", office.by(), done=True)
    here.cancel(here.plan(Meeting("Giao ban", NOW, ""), office.by()), "Bão", office.by())
    did = [
        "matter.refused",
        "matter.added",
        "matter.changed",
        "matter.ticked",
        "matter.changed",
        "matter.ended",
        "briefing.planned",
    ]
    did += ["briefing.changed", "briefing.attached", "briefing.held", "point.added", "point.told", "point.done"]
    return [*did, "briefing.planned", "briefing.cancelled"]


def ask_units(office: Office) -> list[str]:
    room, case = Requests(office.house.store, office.house.profile), office.case()
    room.ask(case, Asking("so-y-te", "Mẫu nước ra sao?"), office.by())
    room.remind(case, 1, office.by())
    room.renew_link(case, 1, office.by())
    room.revoke_link(case, 1, office.by())
    room.withdraw(case, 1, "Hỏi nhầm", office.by())
    did = ["asked", "reminded", "linked", "linked", "withdrawn"]
    return ["case.opened", "case.noted", *(f"case.{each}" for each in did)]


def answer_request(office: Office) -> list[str]:
    room, case = Requests(office.house.store, office.house.profile), office.case()
    room.ask(case, Asking("so-y-te", "Mẫu nước ra sao?"), office.by())
    room.answer(case, 1, Answer("Đạt chuẩn."), office.by(), Through.ACCOUNT)
    return ["case.opened", "case.noted", "case.asked", "case.answered"]


def answer_by_link(office: Office) -> list[str]:
    room, case = Requests(office.house.store, office.house.profile), office.case()
    room.ask(case, Asking("so-y-te", "Mẫu nước ra sao?"), office.by())
    room.answer_by_link((case, 1, 1), Answer("Đạt chuẩn."), NOW, "link")
    return ["case.opened", "case.noted", "case.asked", "case.answered"]
