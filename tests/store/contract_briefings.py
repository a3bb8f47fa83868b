"""What every store promises of briefings of the press."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from diembao.core.briefings import AgendaItem, BriefingState
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Store
from diembao.core.provinces import Scope
from diembao.response.briefings import Wanted
from tests.store.making import NOW, later
from tests.store.register import LAN, MINH, TITLE, briefings_of


class BriefingsContract:
    def test_a_briefing_has_its_agenda_and_its_documents_by_their_hash(self, store: Store) -> None:
        room = briefings_of(store)
        item = AgendaItem("Nước sông Côn", "so-nnmt", "Giám đốc Sở", theme="environment-climate")
        seen = room.plan(Wanted(TITLE, NOW, "Phòng họp 2", (item,)), LAN)
        seen = room.attach(seen, 1, "bao-cao.txt", "Kết quả mẫu".encode(), LAN)
        found = store.briefing(seen.number)
        assert found == seen
        paper = found.agenda[0].papers[0]
        assert room.paper(seen.number, paper.value) == (paper, "Kết quả mẫu".encode())
        assert room.paper(seen.number, "0" * 64) is None
        with pytest.raises(WrongUse, match="no item 2"):
            room.attach(seen, 2, "a.txt", b"a", LAN)
        with pytest.raises(WrongUse):
            room.attach(seen, 1, "a.pdf", b"<html>", LAN)

    def test_it_is_held_when_its_time_has_come_or_cancelled_with_a_reason(self, store: Store) -> None:
        room = briefings_of(store)
        seen = room.plan(Wanted(TITLE, later(days=1), ""), LAN)
        with pytest.raises(WrongUse, match="not begun"):
            room.hold(seen, LAN)
        with pytest.raises(WrongUse, match="Missing"):
            room.cancel(seen, "", LAN)
        assert room.hold(seen, replace(LAN, now=later(days=1))).state is BriefingState.HELD
        other = room.cancel(room.plan(Wanted(TITLE, NOW, ""), LAN), "Bão", LAN)
        with pytest.raises(WrongUse, match="cancelled"):
            room.change(other, Wanted("Khác", NOW, ""), LAN)

    def test_open_points_are_carried_over_until_they_are_done(self, store: Store) -> None:
        room = briefings_of(store)
        first = room.plan(Wanted("Tháng 11", NOW, ""), LAN)
        one = room.add_point(first.number, "Công bố kết quả mẫu", "so-nnmt", date(2026, 11, 30), LAN)
        two = room.add_point(first.number, "Trả lời Báo Sông Côn", "so-vhttdl", None, LAN)
        room.tell(two, "Đã trả lời bằng văn bản", LAN, done=True)
        second = room.plan(Wanted("Tháng 12", later(days=30), ""), LAN)
        assert [(p.number, b.number) for p, b in room.carried(second)] == [(one.number, first.number)]
        assert room.carried(first) == []
        told = room.tell(one, "Đang chờ viện", LAN)
        with pytest.raises(Outdated):
            room.tell(one, "Xong", MINH, done=True)
        done = room.tell(told, "Công bố 25/12", replace(LAN, now=later(days=35)), done=True)
        assert (done.result, done.late(date(2027, 1, 1))) == ("Công bố 25/12", False)
        assert [p.number for p, _ in room.carried(second)] == [one.number]  # it was open when this one came
        assert room.carried(room.plan(Wanted("Tháng 1", later(days=60), ""), LAN)) == []
        acts = [each.act for each in store.steps(f"point:{one.number}")]
        assert acts == ["point.added", "point.told", "point.done"]

    def test_two_who_change_an_agenda_meet(self, store: Store) -> None:
        room = briefings_of(store)
        seen = room.plan(Wanted(TITLE, NOW, ""), LAN)
        kept = room.change(seen, Wanted(TITLE, NOW, "Phòng 2", (AgendaItem("Nước"),)), LAN)
        with pytest.raises(Outdated):
            room.change(seen, Wanted(TITLE, NOW, "Phòng 3"), MINH)
        assert store.briefing(seen.number) == kept
        assert room.change(kept, Wanted(TITLE, NOW, "Phòng 2"), LAN) == kept  # nothing new, nothing written

    @pytest.mark.parametrize(
        "item", [AgendaItem(" "), AgendaItem("a", "khong-co"), AgendaItem("a", theme="x"), AgendaItem("a", case="VV-1")]
    )
    def test_an_agenda_names_what_there_is(self, store: Store, item: AgendaItem) -> None:
        with pytest.raises(WrongUse):
            briefings_of(store).plan(Wanted(TITLE, NOW, "", (item,)), LAN)
        assert store.briefings() == []

    def test_each_province_has_its_own_briefings(self, store: Store) -> None:
        here, there = (store.seen_by(Scope(each, everything=False)) for each in ("gia-lai", "bac-ninh"))
        seen = briefings_of(there).plan(Wanted(TITLE, NOW, ""), LAN)
        point = briefings_of(there).add_point(seen.number, "Việc", "so-nnmt", None, LAN)
        assert (here.briefings(), here.briefing(seen.number), here.points(), here.point(point.number)) == (
            [],
            None,
            [],
            None,
        )
        with pytest.raises(WrongUse, match="no point"):
            briefings_of(here).tell(point, "x", LAN)
