"""What every store promises of briefing kits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.fact_feeds import OVER, Aside, FactFeed, Listing, Outcome
from diembao.core.kits import Fact, Handed, Holds, Received, Taken
from diembao.core.ports import Store
from diembao.core.provinces import Scope
from tests.store.making import NOW, OFFICER, later

HAND = Hand(OFFICER, "session:1")
FACT = Fact("human-rights", "vi", "Bảo hiểm y tế đạt 95 %.", "Báo cáo của UBND tỉnh", "https://a.example/b")
BO = FactFeed("bo", "https://bo.example/rss", NOW)
DATED = replace(FACT, text="Số liệu năm 2025.", start=date(2026, 1, 1), end=date(2026, 11, 20))


class KitsContract:
    def test_a_fact_comes_back_with_its_source_its_days_and_who_wrote_it(self, store: Store) -> None:
        number = store.add_fact(DATED, HAND, NOW)
        (found,) = store.facts("human-rights")
        assert found == replace(DATED, number=number, by=OFFICER, at=NOW)
        (row, *_) = store.audit()
        assert (row.actor, row.act, row.subject) == (OFFICER, "kit.change", f"fact:{number}")

    @pytest.mark.parametrize(
        ("day", "holds"),
        [
            (date(2025, 12, 31), Holds.NOT_YET),
            (date(2026, 1, 1), Holds.NOW),
            (date(2026, 11, 20), Holds.NOW),
            (date(2026, 11, 21), Holds.EXPIRED),
        ],
    )
    def test_a_fact_holds_from_its_first_to_its_last_day(self, day: date, holds: Holds) -> None:
        assert DATED.holds(day) is holds
        assert FACT.holds(day) is Holds.NOW

    def test_another_takes_its_place_and_what_it_was_is_kept_with_who_ended_it(self, store: Store) -> None:
        old = store.add_fact(FACT, HAND, NOW)
        new = store.add_fact(replace(FACT, text="Đạt 96 %."), Hand("person:8", "console"), later(days=1), instead=old)
        assert [x.number for x in store.facts()] == [new]
        ended = next(x for x in store.facts(ended=True) if x.number == old)
        assert (ended.text, ended.ended_by, ended.ended_at) == (FACT.text, "person:8", later(days=1))
        with pytest.raises(WrongUse, match="no fact"):
            store.end_fact(old, HAND, NOW)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"text": "  "},
            {"text": "x" * 4001},
            {"source": ""},
            {"url": "javascript:alert(1)"},
            {"url": "https://a.example/ b"},
            {"language": "tiếng Việt"},
            {"start": date(2026, 2, 1), "end": date(2026, 1, 1)},
        ],
    )
    def test_what_will_not_do_is_refused_and_nothing_is_written(self, store: Store, wrong: dict[str, object]) -> None:
        with pytest.raises(WrongUse):
            store.add_fact(replace(FACT, **wrong), HAND, NOW)  # type: ignore[arg-type]  # mixed values
        assert store.facts(ended=True) == []

    def test_each_province_has_its_own(self, store: Store) -> None:
        here, there = (store.seen_by(Scope(each, everything=False)) for each in ("gia-lai", "bac-ninh"))
        number = there.add_fact(FACT, HAND, NOW)
        assert (here.facts(), len(there.facts())) == ([], 1)
        with pytest.raises(WrongUse, match="no fact"):
            here.end_fact(number, HAND, NOW)
        with pytest.raises(WrongUse, match="no fact"):
            here.add_fact(FACT, HAND, NOW, instead=number)
        assert [x.ended_at for x in there.facts(ended=True)] == [None]

    def test_what_a_feed_lists_stands_under_its_name_and_ends_when_it_is_long_over_or_listed_no_longer(
        self, store: Store
    ) -> None:
        def listed(*numbers: int, whole: bool = False, kit: str = FACT.kit, **more: Any) -> tuple[list[Taken], int]:
            handed = [Handed(replace(FACT, kit=kit, text=f"Số {n}.", **more), f"ref-{n}") for n in numbers]
            listing = Listing(handed, frozenset(each.ref for each in handed), whole=whole)
            received, ended = _taken(store, listing, kit)
            return [each.taken for each in received], ended

        assert listed(1, 2, 3) == ([Taken.ADDED] * 3, 0)
        assert listed(3, 4) == ([Taken.UNCHANGED, Taken.ADDED], 0)
        assert listed(3, whole=True) == ([Taken.UNCHANGED], 3)
        assert listed(1, 3) == ([Taken.ADDED, Taken.UNCHANGED], 0)  # withdrawn, and back again
        last = NOW.date() - OVER
        assert listed(1, 3, end=last) == ([Taken.REPLACED] * 2, 0)
        assert listed(5, end=last - timedelta(days=1)) == ([Taken.ADDED], 0)
        assert listed() == ([], 1)
        assert listed(6, kit="sea-islands") == ([Taken.ADDED], 2)  # its settings name another kit now
        assert {fact.by for fact in store.facts()} == {"feed:bo"}

    def test_a_feed_whose_entry_comes_to_say_what_stands_already_says_its_old_words_no_longer(
        self, store: Store
    ) -> None:
        by_hand = store.add_fact(FACT, HAND, NOW)
        old, new = replace(FACT, text="Cũ."), replace(FACT, start=NOW.date())
        (first,), _ = _taken(store, Listing([Handed(old, "a")]))
        (second,), _ = _taken(store, Listing([Handed(new, "a", undated=True)]))
        assert (second.taken, second.number) == (Taken.REPLACED, by_hand)
        assert [fact.number for fact in store.facts()] == [by_hand]
        assert first.number != by_hand

    def test_facts_of_a_feed_and_what_is_remembered_of_it_are_kept_together_or_not_at_all(self, store: Store) -> None:
        listing = Listing([Handed(FACT, "a")])

        def broken(_: Sequence[Received], __: int) -> FactFeed:
            raise WrongUse("here it was killed")

        with pytest.raises(WrongUse, match="killed"):
            store.take_listing("bo", FACT.kit, listing, NOW.date(), NOW, broken)
        assert (store.facts(), store.fact_feeds()) == ([], [])
        _taken(store, listing)
        assert (len(store.facts()), store.fact_feeds()) == (1, [BO])

    def test_what_is_remembered_of_a_feed_comes_back_in_its_own_province(self, store: Store) -> None:
        here, there = (store.seen_by(Scope(each, everything=False)) for each in ("gia-lai", "bac-ninh"))
        aside = (Aside("ref", "Thiếu địa chỉ (no link)"),)
        feed = FactFeed("bo", "https://bo.example/rss", NOW, NOW, outcome=Outcome.RETRY, why="dns", aside=aside)
        here.keep_fact_feed(feed)
        here.keep_fact_feed(replace(feed, failures=2, counts={"added": 3}, full=True))
        assert here.fact_feeds() == [replace(feed, failures=2, counts={"added": 3}, full=True)]
        assert there.fact_feeds() == []


def _taken(store: Store, listing: Listing, kit: str = FACT.kit) -> tuple[Sequence[Received], int]:
    """What became of what the feed lists."""
    heard: list[tuple[Sequence[Received], int]] = []

    def told(received: Sequence[Received], ended: int) -> FactFeed:
        heard.append((received, ended))
        return BO

    assert store.take_listing(BO.name, kit, listing, NOW.date(), NOW, told) == BO
    return heard[0]
