"""Every act of the table of rights that changes something is done once, by a person, as the program does it; each
leaves its row in the audit log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import evidence, models, newsroom
from diembao.api import paths
from diembao.api.door import open_door
from diembao.api.keys import READING, Wish
from diembao.api.rights import Act, Standing, Visitor
from diembao.app.report import Order, make_weekly, period_of
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.alert import Channel, Recipient
from diembao.core.article import Kind
from diembao.core.kits import Fact
from diembao.core.ledger import Entry
from diembao.core.progress import Progress, TaskState
from diembao.core.reports import Written
from diembao.core.sourcing import Decision, Proposal
from diembao.core.subscription import Subscription
from diembao.pipeline.wiring import Installation
from diembao.plan import drafts
from diembao.reports import keeping
from tests.dashboard.conftest import screen, unfolded
from tests.dashboard.desk_acts import (
    answer_by_link,
    answer_request,
    approve,
    ask_units,
    assign,
    change_calendar,
    issue,
    mark_claim,
    open_case,
    work,
    work_on_question,
    write_draft,
)
from tests.dashboard.entering import FROM, PASSWORD, cheap
from tests.dashboard.office import BY, HAND, WHERE, Office
from tests.dashboard.seed import NOW, PROVINCE
from tests.plan.test_drafts import draft
from tests.store.making import alert

# What only looks, and what is nobody's act.
LOOKS = {act for act in Act if act.value.endswith((".read", ".see"))}
MACHINES = {Act.COLLECT, Act.JUDGE, Act.SEND_ALERT}
# A file that is handed in is in this process's memory alone, until an act takes it up.
NOTHING_YET = {Act.HAND_IN}


@pytest.fixture
def office(house: Installation, ids: dict[str, str], tmp_path: Path) -> Office:
    door = open_door(house.store, house.settings, PROVINCE, hasher=cheap(), now=lambda: NOW)
    grants = [Grant(Role.ADMINISTRATOR), Grant(Role.OFFICER), Grant(Role.APPROVER)]
    door.accounts.add("lan", "Lan", grants, password=PASSWORD, by=CONSOLE, now=NOW)
    who = Visitor(BY, WHERE, (Standing.SIGNED_IN,), tuple(grants), account=1, name="lan", shown="Lan", session=1)
    newsroom.use(house, lambda: NOW, who=lambda: who, door=door)
    return Office(house, door, ids, tmp_path)


# -- each act, in every way in which it is done: the acts that the log then tells, in order


def sign_in(office: Office) -> list[str]:
    office.door.accounts.sign_in("lan", PASSWORD, FROM, now=NOW)
    return ["session.open"]


def own_account(office: Office) -> list[str]:
    account = office.house.store.account(1)
    assert account is not None
    opened = office.door.accounts.let_in(1, FROM, how="link", now=NOW)
    office.door.accounts.change_password(account, PASSWORD, "câu mới cũng khó đoán", keep=None, by=HAND, now=NOW)
    again = office.door.accounts.let_in(1, FROM, how="link", now=NOW)
    office.house.store.end_session(again.number, by=HAND, now=NOW)
    assert opened.number
    return ["session.open", "account.password", "session.open", "session.end"]


def correct(office: Office) -> list[str]:
    store, waste, flight = office.house.store, office.ids["waste"], office.ids["flight"]
    store.correct(waste, Kind.STANCE, PROVINCE, ["neutral"], by=BY, why="đọc lại", now=NOW, where=WHERE)
    store.retract(waste, Kind.STANCE, PROVINCE, by=BY, now=NOW, where=WHERE)
    store.tie([(waste, flight)], together=True, by=BY, why="", now=NOW, where=WHERE)
    store.tie([(waste, flight)], together=False, by=BY, why="", now=NOW, where=WHERE)
    store.untie(waste, by=BY, now=NOW, where=WHERE)
    store.look(waste, HAND, NOW)
    store.unlook(waste, HAND, NOW)
    note = store.hand_over("Chờ xã trả lời.", HAND, NOW)
    store.take_over(note.number, HAND, NOW)
    shift = ["shift.look", "shift.unlook", "shift.hand-over", "shift.take-over"]
    return ["label.correct", "label.retract", "story.merge", "story.split", "story.untie", *shift]


def take_evidence(office: Office) -> list[str]:
    item = office.house.store.article(office.ids["waste"])
    assert item is not None
    evidence._packet(item)
    return ["evidence.export"]


def make_report(office: Office) -> list[str]:
    period = period_of(office.house, NOW, week="", first="", last="")
    make_weekly(office.house, period, Order(office.out), NOW)
    (report,) = office.house.store.reports()
    office.house.store.write_paragraph(report.number, Written("overview", "Tuần yên ắng."), HAND, NOW)
    return ["report.make", "report.write"]


def sign_report(office: Office) -> list[str]:
    did = make_report(office)
    house = office.house
    kept = keeping.read(house, house.store.reports()[0].number)
    assert kept is not None
    keeping.sign(house, kept, HAND, NOW)
    return [*did, "report.sign"]


def change_alerts(office: Office) -> list[str]:
    asked = Subscription(name="Cảng", query="cảng")
    office.house.store.add_subscription(asked, now=NOW, by=HAND)
    office.house.store.remove_subscription("Cảng", now=NOW, by=HAND)
    test = unfolded(screen("stream", q="nước thải"), "search-saved")
    test.text_input("search-name").set_value("Xả thải")
    next(each for each in test.button if each.proto.form_id == "search-save").click().run()
    test = unfolded(screen("stream", q="nước thải"), "search-saved")
    next(each for each in test.button if str(each.key).startswith("search-remove-")).click().run()
    return ["alert.add", "alert.remove", "search.save", "search.remove"]


def own_alerts(office: Office) -> list[str]:
    asked = Subscription(name="Cảng", query="cảng", owner=BY)
    kept = office.house.store.add_subscription(asked, now=NOW, by=HAND)
    shown = screen("alerts")
    for deed in ("pause", "pause", "change", "save", "try", "remove"):
        shown.button(f"alert-{kept.id}-{deed}").click().run()
    return ["alert.add", "alert.pause", "alert.resume", "alert.change", "alert.test", "alert.remove"]


def tell_progress(office: Office) -> list[str]:
    entry = Progress("binh-dinh", "4.1", "so-vhttdl", TaskState.RUNNING, 40, "", BY, NOW)
    office.house.store.add_progress(entry, where=WHERE)
    return ["plan.progress"]


def change_plan(office: Office) -> list[str]:
    folder = office.house.plan_folder
    for label in ("Lưu và sang nhiệm vụ kế", "Bỏ bản nháp"):
        drafts.save(folder, draft())
        office.press(screen("plan"), label)
    ready = draft()
    whole = tuple(task.model_copy(update={"lead": task.lead or ("so-noi-vu",), "doubts": ()}) for task in ready.tasks)
    drafts.save(folder, ready.model_copy(update={"tasks": whole, "doubts": ()}))
    office.press(screen("plan"), "Xác nhận kế hoạch")
    return ["plan.task", "plan.drop", "plan.confirm"]


def change_sources(office: Office) -> list[str]:
    store = office.house.store
    entry = Entry("e" * 16, "https://bao.example/1", "baogialai", "person", title="")
    store.ask_for(entry, now=NOW, by=HAND)
    for host, decision in (("a.example", Decision.ACCEPTED), ("b.example", Decision.REJECTED)):
        store.propose([Proposal(host, host, "vi", "VN", f"https://{host}/", "", "person")], now=NOW)
        store.decide(host, decision, by=BY, now=NOW, where=WHERE)
    return ["source.add", "source.accept", "source.reject"]


def manage_accounts(office: Office) -> list[str]:
    accounts, store = office.door.accounts, office.house.store
    number = accounts.add("minh", "Minh", [Grant(Role.VIEWER)], by=HAND, now=NOW)
    store.set_grants(number, [Grant(Role.OFFICER)], by=HAND, now=NOW)
    accounts.link(number, by=HAND, now=NOW)
    store.disable(number, True, by=HAND, now=NOW)
    store.disable(number, False, by=HAND, now=NOW)
    store.erase(number, by=HAND, now=NOW)
    did = ("account.add", "account.roles", "link.make", "account.disable", "account.enable", "account.erase")
    return list(did)


def manage_keys(office: Office) -> list[str]:
    office.door.keys.add(Wish("trung-tam", PROVINCE, READING, 30, 1), by=HAND)
    number = office.house.store.all_keys()[0].number
    office.door.keys.revoke(number, by=HAND)
    return ["key.add", "key.revoke"]


def change_model(office: Office) -> list[str]:
    models._release()
    return ["model.release"]


def change_kit(office: Office) -> list[str]:
    kit, store = office.house.profile.kits[0], office.house.store
    store.add_fact(Fact(kit.id, "vi", "Số hộ nghèo giảm", "Báo cáo 12", "", NOW.date(), None), HAND, NOW)
    (fact,) = store.facts(kit.id)
    store.end_fact(fact.number, HAND, NOW)
    return ["kit.change", "kit.change"]


def stop_alert(office: Office) -> list[str]:
    about = next(office.house.store.article_ids())
    with office.house.store.writing() as write:
        write.add_alert(replace(alert("a", "one"), article_id=about), [Recipient(Channel.MAIL, "a@x.example")])
    sent = office.house.store.deliveries(limit=1)[0]
    office.house.record.stop(sent.number, now=NOW, by=HAND)
    return ["alert.stop"]


def change_address(office: Office) -> list[str]:
    office.house.store.set_address("so-y-te", "vanthu@soyte.example", by=HAND, now=NOW)
    return ["address.change"]


DONE: dict[Act, Callable[[Office], list[str]]] = {
    Act.SIGN_IN: sign_in,
    Act.OWN_ACCOUNT: own_account,
    Act.CORRECT_LABEL: correct,
    Act.OPEN_CASE: open_case,
    Act.ASSIGN_CASE: assign,
    Act.WORK_CASE: work,
    Act.MARK_CLAIM: mark_claim,
    Act.DRAFT_ANSWER: write_draft,
    Act.APPROVE_ANSWER: approve,
    Act.ISSUE_ANSWER: issue,
    Act.ASK_UNIT: ask_units,
    Act.ANSWER_REQUEST: answer_request,
    Act.ANSWER_BY_LINK: answer_by_link,
    Act.STOP_ALERT: stop_alert,
    Act.CHANGE_ADDRESS: change_address,
    Act.EXPORT_EVIDENCE: take_evidence,
    Act.MAKE_REPORT: make_report,
    Act.SIGN_REPORT: sign_report,
    Act.CHANGE_ALERT: change_alerts,
    Act.OWN_ALERT: own_alerts,
    Act.TELL_PROGRESS: tell_progress,
    Act.CHANGE_PLAN: change_plan,
    Act.CHANGE_SOURCE: change_sources,
    Act.MANAGE_ACCOUNT: manage_accounts,
    Act.MANAGE_KEY: manage_keys,
    Act.CHANGE_MODEL: change_model,
    Act.CHANGE_KIT: change_kit,
    Act.WORK_QUESTION: work_on_question,
    Act.CHANGE_CALENDAR: change_calendar,
}


def test_every_act_that_changes_something_is_here() -> None:
    assert set(DONE) == set(Act) - LOOKS - MACHINES - NOTHING_YET
    writing = {row.act for row in paths.ADDRESSES if set(row.methods) - {*paths.READING, *paths.SOCKET}}
    # A query as a tree is sent, and changes nothing.
    assert writing - NOTHING_YET - {Act.READ_COVERAGE} <= set(DONE)


@pytest.mark.parametrize("act", DONE, ids=lambda act: act.value)
def test_it_leaves_its_row_with_who_and_from_where(office: Office, act: Act) -> None:
    before = office.house.store.check_audit().rows
    expected = DONE[act](office)
    rows = [row for row in reversed(office.house.store.audit()) if row.number > before]
    assert [row.act for row in rows] == expected
    others = {("console", "report.make"), ("person:2", "case.approved"), ("person:2", "question.answered")}
    others |= {("person:2", "case.noted"), ("person:2", "case.retracted"), ("link:so-y-te", "case.answered")}
    assert all(row.actor == BY or (row.actor, row.act) in others for row in rows)
    assert all(row.where for row in rows)
    assert office.house.store.check_audit().broken is None


def test_what_cannot_be_leaves_no_row_and_no_file(office: Office) -> None:
    once = draft().tasks[0].model_copy(update={"doubts": ()})
    wrong = draft().model_copy(update={"tasks": (once, once), "doubts": ()})
    drafts.save(office.house.plan_folder, wrong)
    before = office.house.store.check_audit().rows
    office.press(screen("plan"), "Xác nhận kế hoạch")
    assert office.house.store.check_audit().rows == before
    assert not (office.house.plan_folder / "provinces").exists()
