"""What every store promises of the calendar of what comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from diembao.core.errors import Outdated, WrongUse
from diembao.core.foreseen import MatterKind, Occurrence, Preparation
from diembao.core.ports import Store
from diembao.core.provinces import Scope
from diembao.plan.office import BriefingRhythm
from diembao.plan.reader import profile
from diembao.response.briefings import Wanted
from diembao.response.foreseen import Calendar
from tests.store.making import NOW
from tests.store.register import LAN, MINH, VISIT, briefings_of, calendar_of


class CalendarContract:
    def test_a_matter_comes_back_and_its_tasks_are_due_before_it(self, store: Store) -> None:
        room = calendar_of(store)
        tasks = (Preparation(0, "Thông cáo báo chí", "so-ngoai-vu", 5), Preparation(0, "Danh sách phóng viên", days=20))
        seen = room.add(replace(VISIT, unit="so-ngoai-vu", tasks=tasks), LAN)
        assert store.matter(seen.number) == seen
        assert [(d.due, d.task.what) for d in room.due(date(2026, 11, 30))] == [
            (date(2026, 11, 20), "Danh sách phóng viên"),
            (date(2026, 12, 5), "Thông cáo báo chí"),
        ]
        (near,) = room.near(date(2026, 11, 30))
        assert near.late(date(2026, 11, 30))
        ticked = room.tick(seen, 2, near.occurrence.start, LAN, done=True)
        assert [d.task.number for d in room.due(date(2026, 11, 30))] == [1]
        with pytest.raises(Outdated):
            room.tick(seen, 1, near.occurrence.start, MINH, done=True)
        unticked = room.tick(ticked, 2, near.occurrence.start, LAN, done=False)
        assert unticked.tasks[1].done == ()
        dropped = room.drop(unticked, 1, MINH)
        assert [each.what for each in dropped.tasks] == ["Danh sách phóng viên"]
        assert store.matter(seen.number) == dropped
        assert "Thông cáo báo chí" in store.steps(f"matter:{seen.number}")[-1].facts["tasks"]
        with pytest.raises(WrongUse, match="Không có việc 1"):
            room.drop(dropped, 1, MINH)
        assert room.near(date(2026, 12, 12)) == []

    def test_what_comes_every_year_is_prepared_anew_each_year(self, store: Store) -> None:
        room = calendar_of(store)
        season = replace(VISIT, yearly=True, start=date(2026, 10, 1), end=date(2027, 1, 15))
        seen = room.add(replace(season, tasks=(Preparation(0, "Lịch trực", days=10),)), LAN)
        assert seen.next(date(2027, 1, 15)) == Occurrence(date(2026, 10, 1), date(2027, 1, 15))
        coming = seen.next(date(2027, 1, 16))
        assert coming == Occurrence(date(2027, 10, 1), date(2028, 1, 15))
        ticked = room.tick(seen, 1, date(2026, 10, 1), LAN, done=True)
        assert room.due(date(2026, 11, 1)) == []
        assert [d.start for d in room.due(date(2027, 9, 20))] == [date(2027, 10, 1)]
        assert ticked.next(date(2020, 1, 1)) == Occurrence(date(2026, 10, 1), date(2027, 1, 15))

    def test_a_leap_day_is_the_28th_in_other_years(self, store: Store) -> None:
        leap = replace(VISIT, yearly=True, start=date(2028, 2, 29), end=date(2028, 2, 29))
        seen = calendar_of(store).add(leap, LAN)
        found = [seen.next(date(year, 1, 1)) for year in (2028, 2029, 2032)]
        assert [each.start for each in found if each] == [date(2028, 2, 29), date(2029, 2, 28), date(2032, 2, 29)]

    def test_a_proposal_is_answered_once(self, store: Store) -> None:
        room = calendar_of(store)
        found = {each.wanted.title: each for each in room.proposals(NOW.date())}
        tet, storms = found["Tết Nguyên đán"], found["Mùa mưa, bão ở vùng ven biển"]
        assert (tet.wanted.start, tet.wanted.end) == (date(2027, 2, 4), date(2027, 2, 10))
        assert found["Ngày Báo chí Cách mạng Việt Nam"].wanted.start == date(2027, 6, 21)  # this year's is over
        assert {"Giỗ Tổ Hùng Vương (10/3 âm lịch)", "Ngày Báo chí Cách mạng Việt Nam"} <= set(found)
        room.add(tet.wanted, LAN, source=tet.key)
        room.refuse(storms, LAN)
        for day in (NOW.date(), date(2027, 2, 5), date(2027, 2, 8)):  # in the middle of it too
            assert {tet.key, storms.key}.isdisjoint(each.key for each in room.proposals(day))
            assert "Tết Nguyên đán" not in {each.wanted.title for each in room.proposals(day)}
        with pytest.raises(WrongUse, match="already"):
            room.add(tet.wanted, MINH, source=tet.key)
        assert [each.title for each in store.matters()] == ["Tết Nguyên đán"]

    @pytest.mark.parametrize(("months", "day"), [(1, date(2026, 12, 18)), (0, None)])
    def test_the_next_briefing_is_proposed_where_the_plan_says_how_often(
        self, store: Store, months: int, day: date | None
    ) -> None:
        rhythm = replace(profile("dong-nai"), briefings=BriefingRhythm("Giao ban", months, "Kế hoạch, mục 5.5"))
        held = briefings_of(store).plan(Wanted("Giao ban", NOW - timedelta(days=2), ""), LAN)
        briefings_of(store).hold(held, LAN)
        found = Calendar(store, rhythm).proposals(NOW.date())
        assert [x.wanted.start for x in found if x.wanted.kind is MatterKind.BRIEFING] == ([day] if day else [])

    def test_the_first_briefing_is_proposed_once_and_not_beside_a_planned_one(self, store: Store) -> None:
        rhythm = replace(profile("dong-nai"), briefings=BriefingRhythm("Giao ban", 1, "Kế hoạch, mục 5.5"))
        room = Calendar(store, rhythm)

        def keys(day: date) -> list[str]:
            return [x.key for x in room.proposals(day) if x.wanted.kind is MatterKind.BRIEFING]

        assert keys(NOW.date()) == keys(NOW.date() + timedelta(days=9)) != []
        briefings_of(store).plan(Wanted("Giao ban", NOW + timedelta(days=3), ""), LAN)
        assert keys(NOW.date()) == []

    def test_a_change_keeps_what_was_done_and_an_ended_matter_is_shown_no_more(self, store: Store) -> None:
        room = calendar_of(store)
        seen = room.add(replace(VISIT, tasks=(Preparation(0, "Thông cáo"), Preparation(0, "Phòng họp"))), LAN)
        seen = room.tick(seen, 1, VISIT.start, LAN, done=True)
        kept = (replace(seen.tasks[0], what="Thông cáo hai thứ tiếng", done=()), Preparation(0, "Phiên dịch"))
        later_ = room.change(seen, replace(VISIT, tasks=kept), LAN)
        assert [(x.number, x.what, bool(x.done)) for x in later_.tasks] == [
            (1, "Thông cáo hai thứ tiếng", True),
            (3, "Phiên dịch", False),
        ]
        room.end(later_, LAN)
        assert (store.matters(), len(store.matters(every=True))) == ([], 1)
        with pytest.raises(WrongUse, match="any more"):
            room.change(later_, VISIT, LAN)
        assert [each.act for each in store.steps(f"matter:{seen.number}")][-1] == "matter.ended"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": ""},
            {"end": date(2026, 12, 9)},
            {"end": date(2028, 1, 1)},
            {"start": date(1900, 1, 1), "end": date(1900, 1, 1)},
            {"unit": "khong-co"},
            {"tasks": (Preparation(0, "x", days=-1),)},
            {"tasks": (Preparation(0, " "),)},
            {"tasks": tuple(Preparation(0, "x") for _ in range(31))},
        ],
    )
    def test_what_will_not_do_stands_in_no_calendar(self, store: Store, wrong: dict[str, object]) -> None:
        with pytest.raises(WrongUse):
            calendar_of(store).add(replace(VISIT, **wrong), LAN)  # type: ignore[arg-type]  # mixed values
        assert store.matters(every=True) == []

    def test_each_province_has_its_own_calendar(self, store: Store) -> None:
        here, there = (store.seen_by(Scope(each, everything=False)) for each in ("gia-lai", "bac-ninh"))
        seen = calendar_of(there).add(VISIT, LAN)
        assert (here.matters(every=True), here.matter(seen.number)) == ([], None)
        with pytest.raises(WrongUse, match="any more"):
            calendar_of(here).end(seen, LAN)
