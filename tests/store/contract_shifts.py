"""What every store promises of shifts, and of what it remembers of readers."""

from __future__ import annotations

import pytest

from diembao.core.accounts import CONSOLE, Grant, Hand, NewAccount, Role
from diembao.core.errors import WrongUse
from diembao.core.ports import Store
from diembao.core.shifts import HANDOVER, REMEMBERED
from tests.store.making import NOW, id_of, later

LAN, HOA = Hand("person:1", "session:1"), Hand("person:2", "session:2")


class ShiftsContract:
    def test_a_look_is_kept_with_its_time_and_can_be_taken_back(self, two: Store) -> None:
        first, second = id_of("a"), id_of("b")
        two.look(first, LAN, NOW)
        two.look(first, HOA, later(minutes=60))
        assert two.looked([first, second]) == {first: later(minutes=60)}
        two.unlook(first, HOA, later(minutes=61), before=NOW)
        assert two.looked([first]) == {first: NOW}
        two.unlook(first, HOA, later(minutes=62))
        two.unlook(first, HOA, later(minutes=63))  # nothing is left, nothing is written
        assert two.looked([first]) == {}
        acts = [row.act for row in two.audit(act="shift.")]
        assert sorted(acts) == ["shift.look", "shift.look", "shift.unlook", "shift.unlook"]

    def test_nobody_looks_at_an_article_that_is_not_there(self, store: Store) -> None:
        with pytest.raises(WrongUse):
            store.look("0" * 16, LAN, NOW)
        assert not list(store.audit(act="shift."))

    def test_a_handover_stays_and_who_took_it_first_is_kept(self, store: Store) -> None:
        old = store.hand_over("Chờ trả lời của xã Tây Sơn.", LAN, NOW)
        new = store.hand_over("  Đã gọi.\n\nChưa có số liệu. ", LAN, later(minutes=60))
        assert [each.text for each in store.handovers()] == ["Đã gọi.\nChưa có số liệu.", "Chờ trả lời của xã Tây Sơn."]
        store.take_over(old.number, HOA, later(minutes=70))
        store.take_over(old.number, LAN, later(minutes=80))
        taken = next(each for each in store.handovers() if each.number == old.number)
        assert (taken.taken_by, taken.taken_at) == (HOA.actor, later(minutes=70))
        assert [each.number for each in store.handovers(1)] == [new.number]

    @pytest.mark.parametrize("text", ["", " \n ", "x" * (HANDOVER + 1)])
    def test_a_handover_that_says_nothing_or_too_much_is_refused(self, store: Store, text: str) -> None:
        with pytest.raises(WrongUse):
            store.hand_over(text, LAN, NOW)
        with pytest.raises(WrongUse):
            store.take_over(1, LAN, NOW)
        assert store.handovers() == []

    def test_what_is_remembered_of_a_reader_is_theirs_and_goes_with_their_account(self, store: Store) -> None:
        number = store.add_account(NewAccount("lan", "lan", "Lan", (Grant(Role.VIEWER),)), by=CONSOLE, now=NOW)
        reader = f"person:{number}"
        store.remember(reader, "stream.columns", "time,title")
        store.remember(reader, "stream.columns", "title")
        assert store.remembered(reader, "stream.columns") == "title"
        assert store.remembered("person:99", "stream.columns") is None
        with pytest.raises(WrongUse):
            store.remember(reader, "stream.columns", "x" * (REMEMBERED + 1))
        store.erase(number, by=CONSOLE, now=NOW)
        assert store.remembered(reader, "stream.columns") is None
