"""Who has not answered: now, and as it stood when a week ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from diembao.core.case import Details
from diembao.core.requests import Through
from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation
from diembao.plan.reader import Unit
from diembao.response.acts import Actor
from diembao.response.asking import Answer, Asking
from diembao.response.cases import Desk
from diembao.response.owing import UnitOwing, as_json, hours, owing, rows
from diembao.response.requests import Requests
from tests.api.doors import start_empty
from tests.response.test_reminding import FARMS, HEALTH, LAN, at
from tests.store.making import article, keep

FIRST, LAST = at(13, 0), at(20, 0)  # a week from Friday to Thursday, of Gia Lai's days


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    """Sở Y tế was asked twice on the 16th, and has answered one late; the other unit once, in the week after."""
    start_empty(tmp_path)
    with open_installation(load(tmp_path)) as opened:
        keep(opened.store, article("a"))
        case = Desk(opened.store, opened.profile).open(Details("Nước thải", FARMS), [], Actor(LAN, at(16, 8)))
        room = Requests(opened.store, opened.profile)
        for unit, asked, due in ((HEALTH, at(16, 8.5), at(17, 10)), (HEALTH, at(16, 9.5), at(18, 10))):
            room.ask(case.number, Asking(unit, "Gì?", due_at=due), Actor(LAN, asked))
        room.ask(case.number, Asking(FARMS, "Gì?", due_at=at(25, 10)), Actor(LAN, at(23, 8.5)))
        room.answer(case.number, 1, Answer("Có"), Actor(LAN, at(18, 9)), Through.DESK)
        yield opened


def told(house: Installation, start: datetime, end: datetime, now: datetime) -> Sequence[UnitOwing]:
    return owing(house.store, house.profile, start, end, now)


def test_a_unit_owes_what_waited_when_the_week_ended_in_hours_of_work(house: Installation) -> None:
    (health,) = told(house, FIRST, LAST, at(30, 8))
    assert (health.name, health.asked, health.answered, health.answered_late) == ("Sở Y tế", 2, 1, 1)
    (owed,) = health.open
    assert (owed.request.number, health.late) == (2, 1)
    assert owed.waited == timedelta(hours=6 + 8 + 8 + 8)  # Monday from 9:30, to the end of Thursday
    assert owed.late_by == timedelta(hours=1.5 + 4 + 8)


def test_up_to_now_the_latest_unit_stands_first(house: Installation) -> None:
    found = told(house, at(16, 9), at(23, 9), at(23, 9))
    assert [(each.unit, len(each.open), each.late) for each in found] == [(HEALTH, 1, 1), (FARMS, 1, 0)]
    assert found[1].waited == timedelta(minutes=30)


def test_what_is_to_come_counts_for_nothing(house: Installation) -> None:
    (health,) = told(house, FIRST, LAST, at(16, 10))
    assert ([x.request.number for x in health.open], health.late, health.answered) == ([1, 2], 0, 0)


def test_a_unit_that_was_dissolved_owes_under_the_name_of_the_one_that_took_it_over(house: Installation) -> None:
    units = {key: each for key, each in house.profile.units.items() if key != HEALTH}
    profile = replace(house.profile, units={**units, "so-moi": Unit("so-moi", "Sở mới", took_over=(HEALTH,))})
    (new,) = owing(house.store, profile, FIRST, LAST, at(30, 8))
    assert (new.unit, new.name, len(new.open)) == ("so-moi", "Sở mới", 1)


def test_it_goes_into_a_sheet_and_into_json(house: Installation) -> None:
    found = told(house, FIRST, LAST, at(30, 8))
    assert rows(found) == [["Sở Y tế", "2", "1", "1", "30,0", "13,5", "1", "1"]]
    (unit,) = as_json(found)
    assert (unit["open"][0]["waited_hours"], unit["open"][0]["late_hours"]) == (30.0, 13.5)
    assert hours(timedelta(minutes=3)) == "0,1"
