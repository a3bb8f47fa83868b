"""What every store promises of what stands beside a case: who is called and in charge, where it came from, what is
asked for twice, what was turned down, and lists as one person sees them.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from diembao.core.accounts import CONSOLE, Account, NewAccount
from diembao.core.article import Kind
from diembao.core.case import Act, Case, CaseQuery, CaseState, Details, Priority
from diembao.core.desk import CaseSight, Dismissal, Ground, Once, Opening, Origin, Outcome
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Store
from diembao.plan.reader import Unit, profile
from diembao.response.cases import Actor, Desk
from diembao.response.claims import Claims
from tests.store.casework import OTHER, WASTE, by, desk, drafting, in_story, joining, save, whole
from tests.store.contract_revisits import kept_about, visit
from tests.store.making import NOW, OFFICER, article, id_of, judge, keep, label, later

PHONE = Opening(Origin.PHONE, "Ban biên tập gọi hỏi về bãi rác.")


def account(store: Store, name: str) -> Account:
    number = store.add_account(NewAccount(name, name, name.title()), by=CONSOLE, now=NOW)
    found = store.account(number)
    assert found is not None
    return found


class CallingContract:
    def test_who_is_called_in_a_note_is_told_until_they_have_seen_it(self, two: Store) -> None:
        lan, minh = account(two, "lan"), account(two, "minh")
        case = desk(two).open(WASTE, [], by())
        desk(two).note(case.number, "Nhờ @lan và (@Lan), gửi a@minh.vn", by())
        (note,) = whole(two, case).notes
        assert note.mentions == (lan.actor,)
        total, (found,) = two.mentions_of(lan.actor)
        assert (total, found.case, found.title, found.by, found.at) == (1, case.number, WASTE.title, OFFICER, NOW)
        assert two.mentions_of(minh.actor) == (0, [])
        assert desk(two).saw(case.number, by(lan.actor))
        assert not desk(two).saw(case.number, by(lan.actor))
        assert two.mentions_of(lan.actor) == (0, [])
        assert [line.act for line in whole(two, case).log] == [Act.OPENED, Act.NOTED, Act.SEEN]

    def test_who_answers_by_a_note_has_seen_it(self, two: Store) -> None:
        lan = account(two, "lan")
        case = desk(two).open(WASTE, [], by())
        desk(two).note(case.number, "@lan xem giúp", by())
        desk(two).note(case.number, "Đã xem", by(lan.actor))
        assert two.mentions_of(lan.actor)[0] == 0

    @pytest.mark.parametrize("text", ["@khong-co ơi", "chào @kho"])
    def test_nobody_is_called_who_is_not_there_or_may_not_read_the_case(self, two: Store, text: str) -> None:
        kho = account(two, "kho")
        case = desk(two).open(WASTE, [], by())
        before = whole(two, case)
        sentence = "Không có tài khoản @khong-co" if "co" in text else "@kho không được xem"
        with pytest.raises(WrongUse, match=sentence):
            desk(two).note(case.number, text, by(), reads=lambda who, _: who != kho)
        assert whole(two, case) == before

    def test_several_people_are_in_charge_and_each_of_them_finds_it(self, two: Store) -> None:
        lan, minh = account(two, "lan"), account(two, "minh")
        case = desk(two).open(WASTE, [], by())
        taken = desk(two).move(case, CaseState.TAKEN, by(minh.actor))
        changed = desk(two).change(taken, replace(WASTE, people=(lan.actor, lan.actor)), by())
        assert changed.details.people == (lan.actor,)
        for person in (lan, minh):
            assert [x.number for x in two.cases(CaseQuery(person=person.actor))[1]] == [case.number]
        assert two.cases(CaseQuery(person=f"{lan.actor}9"))[0] == 0
        assert whole(two, case).log[-1].facts == {"people": f" → {lan.actor}"}
        two.disable(minh.number, disabled=True, by=CONSOLE, now=NOW)
        for stranger in (minh.actor, "person:99", "person:local"):
            with pytest.raises(WrongUse, match="Không có tài khoản"):
                desk(two).change(changed, replace(WASTE, people=(stranger,)), by())


class OriginContract:
    def test_a_call_opens_a_case_without_an_article_and_what_was_said_is_its_first_note(self, two: Store) -> None:
        case = desk(two).open(WASTE, [], by(), opening=PHONE)
        found = whole(two, case)
        assert (found.case.origin, found.case.articles) == (Origin.PHONE, 0)
        assert [note.text for note in found.notes] == [PHONE.said]
        assert found.log[0].facts["origin"] == "phone"
        for state in (CaseState.TAKEN, CaseState.VERIFYING):
            case = desk(two).move(case, state, by())
        with pytest.raises(WrongUse, match="Chưa có ghi chú nào nói đã xác minh gì"):  # what was said is not verified
            desk(two).move(case, CaseState.DRAFTING, by())
        desk(two).note(case.number, "Đã gọi xã.", by(hours=1))
        assert desk(two).move(case, CaseState.DRAFTING, by(hours=1)).state is CaseState.DRAFTING
        with pytest.raises(WrongUse, match="Thiếu ghi chú"):
            desk(two).open(WASTE, [], by(), opening=Opening(Origin.PHONE))

    def test_what_came_of_it_is_said_when_it_is_closed_and_not_before(self, two: Store) -> None:
        case = desk(two).open(WASTE, [], by())
        with pytest.raises(WrongUse, match="Kết quả chỉ ghi khi đóng"):
            desk(two).move(case, CaseState.TAKEN, by(), outcome=Outcome.REPAIRED)
        taken = desk(two).move(case, CaseState.TAKEN, by())
        closed = desk(two).move(taken, CaseState.CLOSED, by(), reason="Đã sửa", outcome=Outcome.REPAIRED)
        assert closed.outcome is Outcome.REPAIRED

    def test_a_unit_that_is_dissolved_stays_on_its_cases_until_somebody_names_another(self, two: Store) -> None:
        case = desk(two).open(replace(WASTE, unit="so-nnmt", helping=("so-y-te",)), [], by())
        today = profile("gia-lai")
        left = {key: unit for key, unit in today.units.items() if key != "so-nnmt"}
        heir = Unit("so-moi", "Sở mới", took_over=("so-nnmt",))
        reformed = Desk(two, replace(today, units={**left, "so-moi": heir}))
        assert replace(today, units={**left, "so-moi": heir}).standing("so-nnmt") == heir
        renamed = reformed.change(case, replace(case.details, title="Tên khác"), by())
        assert renamed.details.unit == "so-nnmt"
        with pytest.raises(WrongUse, match="Không có đơn vị 'so-nnmt'"):
            reformed.open(replace(WASTE, unit="so-nnmt"), [], by())
        assert reformed.change(renamed, replace(WASTE, unit="so-moi"), by()).details.unit == "so-moi"
        with pytest.raises(WrongUse, match="Không có đơn vị 'so-nnmt'"):
            reformed.change(whole(two, case).case, replace(WASTE, unit="so-nnmt"), by())


class OnceContract:
    def test_a_request_that_is_sent_again_is_found_and_not_done_twice(self, two: Store) -> None:
        case = desk(two).open(WASTE, [], by())
        once = Actor(OFFICER, NOW, "key:1", Once("k1", "asked"))
        desk(two).note(case.number, "Một lần", once)
        found = two.line_once("k1")
        assert found is not None
        assert (found[0], found[1], found[2].act) == (case.number, "asked", Act.NOTED)
        with pytest.raises(WrongUse, match="done already"):
            desk(two).note(case.number, "Một lần", once)
        assert len(whole(two, case).notes) == 1
        assert two.line_once("k2") is None

    def test_an_opening_with_articles_is_one_request(self, two: Store) -> None:
        once = Actor(OFFICER, NOW, "key:1", Once("k1", "asked"))
        case = desk(two).open(WASTE, [id_of("a")], once, opening=Opening(Origin.SEARCH, "Từ tìm kiếm"))
        found = two.line_once("k1")
        assert found is not None
        assert (found[0], found[2].act) == (case.number, Act.OPENED)


class ConflictContract:
    def test_one_closes_while_the_other_writes_and_nothing_is_half_done(self, two: Store) -> None:
        case, together = drafting(two, desk(two).open(WASTE, [], by())), Barrier(2)

        def closing() -> str:
            together.wait(30)
            desk(two).move(case, CaseState.CLOSED, by(), reason="Xong", outcome=Outcome.LAPSED)
            return "closed"

        def writing() -> str:
            together.wait(30)
            try:
                return f"saved {save(two, case, 'Trả lời', by(OTHER), based_on=0)}"
            except WrongUse as error:
                return str(error)

        with ThreadPoolExecutor(2) as pool:
            done = [each.result() for each in (pool.submit(closing), pool.submit(writing))]
        found = whole(two, case)
        assert found.case.state is CaseState.CLOSED
        assert done[0] == "closed"
        assert (done[1] == "saved 1") == (len(found.drafts) == 1)
        assert done[1] == "saved 1" or "đã đóng" in done[1]

    def test_one_who_closes_what_another_handed_in_meanwhile_is_told(self, two: Store) -> None:
        seen = drafting(two, desk(two).open(WASTE, [], by()))
        desk(two).change(seen, replace(WASTE, title="Tên khác"), by(OTHER))
        with pytest.raises(Outdated):
            desk(two).move(seen, CaseState.CLOSED, by(), reason="Xong", outcome=Outcome.LAPSED)
        assert whole(two, seen).case.state is CaseState.DRAFTING

    def test_what_an_article_said_stays_a_claim_when_it_is_withdrawn(self, store: Store) -> None:
        kept_about(store, "a")
        case = desk(store).open(WASTE, [id_of("a")], by())
        first = Claims(store).quote(case.number, id_of("a"), "tàu a cập cảng Quy Nhơn", by())
        visit(store, "a", later(days=1), "status-404")
        visit(store, "a", later(days=3), "status-410")
        assert len(store.withdrawals(id_of("a"))) == 1
        claim = Claims(store).quote(case.number, id_of("a"), "hơn hai nghìn tấn hàng", by(days=4))
        assert (claim.revision, claim.url, claim.response) == (1, article("a").url, first.response)
        assert store.response(claim.response) is not None
        found = whole(store, case)
        assert ([each.article_id for each in found.coverage], len(found.claims)) == ([id_of("a")], 2)

    def test_a_case_of_two_thousand_articles_is_told_in_lines_of_a_hundred(self, two: Store) -> None:
        many = [f"m{n}" for n in range(210)]
        keep(two, *(article(slug) for slug in many))
        in_story(two, "s", "a")
        case = desk(two).open(WASTE, [id_of("a")], by())
        for slug in many:
            judge(two, slug, label(slug, Kind.STORY, "s", by="model:t"))
        assert joining(two, "a") == len(many)
        joined = [line for line in whole(two, case).log if line.act is Act.JOINED]
        assert [len(line.facts["articles"].split()) for line in joined] == [100, 100, 10]
        assert whole(two, case).case.articles == 211


class SeenListContract:
    def test_a_list_is_narrowed_to_what_its_reader_sees(self, two: Store) -> None:
        mine = desk(two).open(replace(WASTE, unit="so-y-te"), [], by())
        helped = desk(two).open(WASTE, [], by())
        abroad = desk(two).open(replace(WASTE, unit="so-tai-chinh", helping=()), [id_of("a")], by())

        def found(sight: CaseSight) -> set[str]:
            total, page = two.cases(CaseQuery(sight=sight))
            assert total == len(page)
            return {case.number for case in page}

        assert found(CaseSight(("so-y-te",))) == {mine.number}
        assert found(CaseSight(("ubnd-xa",))) == {mine.number, helped.number}
        assert found(CaseSight(("xa",))) == set()
        assert found(CaseSight((), (article("a").outlet,))) == {abroad.number}
        assert found(CaseSight(("so-y-te",), (article("a").outlet, "khac"))) == {mine.number, abroad.number}
        assert found(CaseSight()) == set()
        desk(two).remove(abroad.number, id_of("a"), by())
        assert found(CaseSight((), (article("a").outlet,))) == set()

    def test_cases_are_counted_by_state_and_unit_with_what_is_late(self, two: Store) -> None:
        urgent: Details = replace(WASTE, priority=Priority.URGENT)
        one = desk(two).open(urgent, [], by())
        desk(two).open(urgent, [], by())
        desk(two).open(replace(WASTE, unit="so-y-te"), [], by())
        desk(two).move(one, CaseState.NO_ANSWER, by(), reason="Tin cũ")
        found = two.case_counts(CaseQuery(), later(hours=30))
        assert (found.states, found.units) == ({"new": 2, "no-answer": 1}, {"so-nnmt": (1, 1), "so-y-te": (1, 0)})
        assert found.late == 1
        assert two.case_counts(CaseQuery(sight=CaseSight(("so-y-te",))), NOW).units == {"so-y-te": (1, 0)}


class DismissalsContract:
    def test_what_was_turned_down_is_remembered_once_with_who_and_why(self, two: Store) -> None:
        given = Dismissal(Ground.CRITICAL, id_of("a"), OFFICER, NOW, "Đã rõ")
        for _ in range(2):
            two.dismiss(given, where="session:1")
        two.dismiss(replace(given, ground=Ground.GROWING), where="session:1")
        assert list(two.dismissals()) == [given, replace(given, ground=Ground.GROWING)]
        rows = [row for row in two.audit() if row.act == "proposal.dismissed"]
        assert [row.subject for row in rows] == [f"article:{id_of('a')}"] * 2

    def test_what_any_case_holds_is_held_though_it_has_ended(self, two: Store) -> None:
        case: Case = desk(two).open(WASTE, [id_of("a")], by())
        desk(two).move(case, CaseState.NO_ANSWER, by(hours=1), reason="Tin cũ")
        assert two.held([id_of("a"), id_of("b")]) == {id_of("a")}
        assert two.held([]) == frozenset()
        assert case.opened_at + timedelta(hours=1) == later(hours=1)
