"""What every store promises of requests to units, seen from the room that keeps their rules."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from diembao.core.accounts import CONSOLE
from diembao.core.alert import Channel
from diembao.core.case import Act, Case, CaseState, Priority
from diembao.core.errors import WrongUse
from diembao.core.ports import Store
from diembao.core.requests import Posted, Request, RequestQuery, RequestState, Through
from diembao.plan.reader import profile
from diembao.response.asking import Answer, Asking
from diembao.response.requests import Requests
from tests.store.casework import WASTE, by, desk, told, whole
from tests.store.contract_desk import LAN, MINH, PDF, quoted
from tests.store.making import NOW, id_of, later

HEALTH, FARMS = "so-y-te", "so-nnmt"
QUESTION = "Trạm nào lấy mẫu nước, kết quả ra sao?"
MAIL = "vanthu@soyte.example"


def requests(store: Store) -> Requests:
    return Requests(store, profile("gia-lai"))


def opened(store: Store, priority: Priority = Priority.NORMAL) -> Case:
    return desk(store).open(replace(WASTE, priority=priority), [id_of("a")], by(LAN))


def ask(store: Store, case: Case, unit: str = HEALTH, at: datetime = NOW, **more: object) -> Request:
    asking = replace(Asking(unit, QUESTION), **more)  # type: ignore[arg-type]  # fields of `Asking`
    return requests(store).ask(case.number, asking, replace(by(LAN), now=at))


def answer(store: Store, asked: Request, at: datetime = NOW, text: str = "Trạm Phú Tài.") -> Request:
    by_lan = replace(by(LAN), now=at)
    return requests(store).answer(asked.case, asked.number, Answer(text), by_lan, Through.DESK)


def at(day: int, hour: float) -> datetime:
    """November 2026 in Gia Lai; NOW is Friday the 20th, 15:00."""
    return NOW + timedelta(days=day - 20, hours=hour - 15)


class RequestsContract:
    def test_a_unit_is_asked_and_everything_comes_back(self, two: Store) -> None:
        case, claim = quoted(two)
        given = ask(two, case, claims=(1,), letter=" 12/CV-SVHTTDL ", letter_date="2026-11-20")
        (found,) = whole(two, case).requests
        assert found == given
        assert (found.unit_name, found.claims, found.letter, found.number) == ("Sở Y tế", (1,), "12/CV-SVHTTDL", 1)
        assert found.due_at == at(26, 15)  # three working days; Culture Day is between
        assert found.link_until == at(26, 15) + timedelta(days=11)  # seven working days more
        assert told(two, case)[-1] == (Act.ASKED, LAN)
        assert claim.quote
        (row,) = two.audit(act="case.asked")
        assert (row.actor, row.subject) == (LAN, f"case:{case.number}")

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"question": "  "}, "Thiếu nội dung hỏi"),
            ({"question": "x" * 4001}, "Quá dài"),
            ({"unit": "so-vu-tru"}, "Không có đơn vị"),
            ({"claims": (7,)}, "không có điểm 7"),
            ({"letter_date": "20/11/2026"}, "Ngày công văn"),
            ({"letter_date": "2026-02-30"}, "Ngày công văn"),
            ({"due_at": NOW}, "Hạn trả lời đã qua"),
            ({"letter": "x" * 101}, "Quá dài"),
        ],
    )
    def test_what_cannot_be_asked_is_told_and_nothing_is_written(
        self, two: Store, wrong: dict[str, object], why: str
    ) -> None:
        case = opened(two)
        with pytest.raises(WrongUse, match=why):
            ask(two, case, **wrong)  # type: ignore[arg-type]  # fields of `Asking`
        assert (whole(two, case).requests, told(two, case)[-1][0]) == ((), Act.ADDED)

    def test_a_request_with_an_address_leaves_once_and_one_without_stands_all_the_same(self, two: Store) -> None:
        case = opened(two)
        two.set_address(HEALTH, MAIL, by=CONSOLE, now=NOW)
        first, second = ask(two, case), ask(two, case, FARMS)
        (parcel,) = two.take_parcels(worker="w", now=NOW, storm=20)
        assert (first.address, second.address) == (MAIL, "")
        assert (parcel.to.channel, parcel.to.address, parcel.alerts) == (Channel.MAIL, MAIL, ())
        assert parcel.message is not None
        assert parcel.message.link == (case.number, 1, 1)
        assert QUESTION in parcel.message.text
        assert "Sở Y tế" in parcel.message.text
        two.parcel_sent(parcel, now=NOW)
        assert two.take_parcels(worker="w", now=later(days=1), storm=20) == []

    def test_what_the_mail_server_refuses_is_shown_by_its_subject(self, two: Store) -> None:
        case = opened(two)
        two.set_address(HEALTH, MAIL, by=CONSOLE, now=NOW)
        ask(two, case)
        (parcel,) = two.take_parcels(worker="w", now=NOW, storm=20)
        two.parcel_waits(parcel, "450 later", until=later(minutes=1))
        (again,) = two.take_parcels(worker="w", now=later(minutes=1), storm=20)
        assert (again.id, again.attempts, again.message) == (parcel.id, 1, parcel.message)
        two.parcel_refused(again, "550 no such user", now=later(minutes=1))
        (shown,) = two.undelivered(NOW)
        assert (shown.to.address, shown.refused, shown.why) == (MAIL, True, "550 no such user")
        assert case.number in shown.subscription
        posted = two.posted([f"ask:{case.number}:1", "ask:VV-2026-0099:1"])
        assert posted == {f"ask:{case.number}:1": Posted(sent=False, refused=True, error="550 no such user")}

    def test_addresses_are_kept_changed_and_forgotten_and_each_is_in_the_log(self, two: Store) -> None:
        for address in (MAIL, "khac@soyte.example", ""):
            two.set_address(HEALTH, address, by=CONSOLE, now=NOW)
        assert two.addresses() == {}
        assert len(two.audit(act="address.change")) == 3

    def test_reminders_are_counted_and_sent_to_the_address_of_today(self, two: Store) -> None:
        case = opened(two)
        ask(two, case)
        assert requests(two).remind(case.number, 1, by(LAN, hours=1)).address == ""
        two.set_address(HEALTH, MAIL, by=CONSOLE, now=NOW)
        found = requests(two).remind(case.number, 1, by(MINH, hours=2))
        assert (found.reminders, found.reminded_at, found.address) == (2, later(hours=2), MAIL)
        (parcel,) = two.take_parcels(worker="w", now=later(hours=2), storm=20)
        assert parcel.message is not None
        assert "nhắc lần 2" in parcel.message.subject

    def test_an_answer_is_filed_with_its_files_once(self, two: Store) -> None:
        case = opened(two)
        ask(two, case)
        given = Answer("Đã lấy mẫu.", [("ket-qua.pdf", PDF), ("so-lieu.txt", "Độ đục 5".encode())])
        found = requests(two).answer(case.number, 1, given, by(MINH, hours=1), Through.ACCOUNT)
        assert (found.state, found.answer, found.ended_by) == (RequestState.ANSWERED, "Đã lấy mẫu.", MINH)
        held = whole(two, case)
        assert [(x.name, x.size) for x in held.filed] == [("ket-qua.pdf", len(PDF)), ("so-lieu.txt", 14)]
        kept = requests(two).file(case.number, 1, 1)
        assert kept is not None
        assert kept[1] == PDF
        with pytest.raises(WrongUse, match="đã được trả lời rồi"):
            answer(two, found)
        assert held.log[-1].facts["files"] == "2"

    @pytest.mark.parametrize(
        ("given", "why"),
        [
            (Answer("  "), "Chưa có nội dung trả lời"),
            (Answer("x" * 20_001), "Quá dài"),
            (Answer("Có", [("a.pdf", b"<html><script>")]), "không phải là tệp .pdf"),
            (Answer("Có", [("a.html", b"<p>")]), "Chỉ nhận tệp"),
            (Answer("Có", [("a.pdf", PDF)] * 11), "nhiều nhất 10 tệp"),
            (Answer("Có", [("a.txt", b"a" * 9_000_000)] * 4), "lớn hơn 30 MB"),
            (Answer("Có", [("a.txt", b"a" * 10_000_001)]), "lớn hơn 10 MB"),
        ],
    )
    def test_an_answer_that_is_not_taken_leaves_the_request_open(self, two: Store, given: Answer, why: str) -> None:
        case = opened(two)
        ask(two, case)
        with pytest.raises(WrongUse, match=why):
            requests(two).answer(case.number, 1, given, by(), Through.DESK)
        assert (whole(two, case).requests[0].waiting, whole(two, case).filed) == (True, ())

    def test_of_two_answers_at_the_same_second_one_is_kept(self, two: Store) -> None:
        case = opened(two)
        asked, together = ask(two, case), Barrier(2)

        def one(text: str) -> bool:
            together.wait()
            try:
                answer(two, asked, text=text)
            except WrongUse:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(one, ("Một", "Hai"))) == [False, True]
        assert [line.act for line in whole(two, case).log].count(Act.ANSWERED) == 1

    def test_withdrawing_asks_for_a_reason_and_ends_it(self, two: Store) -> None:
        case = opened(two)
        ask(two, case)
        with pytest.raises(WrongUse, match="Thiếu lý do"):
            requests(two).withdraw(case.number, 1, " ", by(LAN))
        found = requests(two).withdraw(case.number, 1, "Hỏi nhầm nơi", by(LAN))
        assert (found.state, found.reason) == (RequestState.WITHDRAWN, "Hỏi nhầm nơi")
        for act in (requests(two).remind, requests(two).renew_link, requests(two).revoke_link):
            with pytest.raises(WrongUse, match="đã được rút lại"):
                act(case.number, 1, by(LAN))

    def test_a_case_that_ends_waits_for_nobody(self, two: Store) -> None:
        case = opened(two)
        ask(two, case, waits=True)
        ended = desk(two).move(case, CaseState.NO_ANSWER, by(LAN, hours=1), reason="Báo đã sửa")
        (found,) = whole(two, case).requests
        assert (found.state, ended.paused_at) == (RequestState.WITHDRAWN, None)
        with pytest.raises(WrongUse, match="mở lại trước đã"):
            ask(two, ended)

    def test_requests_are_listed_by_unit_state_and_week(self, two: Store) -> None:
        case = opened(two)
        first, second = ask(two, case), ask(two, case, FARMS, later(days=7))
        answer(two, first, later(days=2))

        def found(**wanted: object) -> list[int]:
            return [each.number for each in two.requests(RequestQuery(**wanted))]  # type: ignore[arg-type]

        assert found() == [1, 2]
        assert found(units=(HEALTH,)) == [1]
        assert found(states=(RequestState.WAITING,)) == [2]
        assert found(cases=("VV-2026-0009",)) == []
        assert found(open_between=(later(days=1), later(days=7))) == [1]
        assert found(open_between=(later(days=3), later(days=9))) == [2]
        assert second.number == 2


class LinksContract:
    def test_a_link_opens_one_request_until_it_is_answered(self, two: Store) -> None:
        case = opened(two)
        asked = ask(two, case)
        found = requests(two).answer_by_link((case.number, 1, asked.link), Answer("Trạm A."), later(hours=1), "link")
        assert (found.through, found.ended_by) == (Through.LINK, f"link:{HEALTH}")
        with pytest.raises(WrongUse, match="đã được trả lời"):
            requests(two).answer_by_link((case.number, 1, asked.link), Answer("Trạm B."), later(hours=2), "link")
        assert whole(two, case).requests[0].answer == "Trạm A."
        assert two.audit(act="case.answered")[0].actor == f"link:{HEALTH}"

    @pytest.mark.parametrize(
        ("what", "why"),
        [
            ("renewed", "thay hoặc thu hồi"),
            ("revoked", "thay hoặc thu hồi"),
            ("withdrawn", "rút lại"),
            ("over", "hết hạn"),
        ],
    )
    def test_a_link_that_holds_no_longer_answers_nothing(self, two: Store, what: str, why: str) -> None:
        case = opened(two)
        asked, rooms = ask(two, case), requests(two)
        now = at(26, 15) + timedelta(days=11) if what == "over" else later(hours=1)
        acts = {"renewed": rooms.renew_link, "revoked": rooms.revoke_link}
        if what in acts:
            acts[what](case.number, 1, by(LAN))
        elif what == "withdrawn":
            rooms.withdraw(case.number, 1, "Thôi", by(LAN))
        with pytest.raises(WrongUse, match=why):
            rooms.answer_by_link((case.number, 1, asked.link), Answer("Trạm A."), now, "link")

    def test_a_reminder_never_brings_a_link_that_has_ended(self, two: Store) -> None:
        case = opened(two)
        ask(two, case)
        found = requests(two).remind(case.number, 1, by(LAN, days=60))
        assert found.link == 2
        requests(two).answer_by_link((case.number, 1, 2), Answer("Trạm A."), later(days=61), "link")

    def test_after_a_link_was_revoked_a_new_one_can_be_given(self, two: Store) -> None:
        case = opened(two)
        two.set_address(HEALTH, MAIL, by=CONSOLE, now=NOW)
        ask(two, case)
        requests(two).revoke_link(case.number, 1, by(LAN))
        requests(two).remind(case.number, 1, by(LAN))
        renewed = requests(two).renew_link(case.number, 1, by(LAN, days=30))
        assert renewed.link == 2
        assert renewed.link_until is not None
        assert renewed.link_until > later(days=30)
        links = [x.message.link for x in two.take_parcels(worker="w", now=later(days=30), storm=9) if x.message]
        assert links == [(case.number, 1, 1), None, (case.number, 1, 2)]
        requests(two).answer_by_link((case.number, 1, 2), Answer("Trạm A."), later(days=31), "link")
