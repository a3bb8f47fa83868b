"""What the machine says by itself about clocks, with the time in the test's hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from diembao.core.accounts import CONSOLE
from diembao.core.case import MACHINE, Act, Case, CaseState, Details, Priority
from diembao.core.requests import RequestQuery, Through
from diembao.core.settings import load
from diembao.pipeline.reminding import remind
from diembao.pipeline.wiring import Installation, open_installation
from diembao.plan.reader import Profile, Unit
from diembao.response.acts import Actor
from diembao.response.asking import Answer, Asking
from diembao.response.cases import Desk
from diembao.response.reminding import Reminding
from diembao.response.requests import Requests
from tests.api.doors import start_empty
from tests.store.making import NOW, article, id_of, keep

HEALTH, FARMS = "so-y-te", "so-nnmt"
MAIL, CHIEF = "vanthu@soyte.example", "truongphong@svhttdl.example"
LAN = "person:1"


def at(day: int, hour: float, month: int = 11) -> datetime:
    """Of 2026, in Gia Lai; NOW is Friday 20 November, 15:00."""
    return NOW.replace(month=month, day=1) + timedelta(days=day - 1, hours=hour - 15)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    start_empty(tmp_path)
    with open_installation(load(tmp_path)) as opened:
        keep(opened.store, article("a"))
        yield opened


@pytest.fixture
def case(house: Installation) -> Case:
    """Two working days: due on Wednesday 25 at 15:00, as Tuesday is off; somebody has taken it."""
    desk = Desk(house.store, house.profile)
    opened = desk.open(Details("Nước thải", FARMS, priority=Priority.HIGH), [id_of("a")], Actor(LAN, NOW))
    return desk.move(opened, CaseState.TAKEN, Actor(LAN, NOW))


def look(house: Installation, now: datetime) -> int:
    return Reminding(house.store, house.profile).look(now)


def arrived(house: Installation, now: datetime) -> list[tuple[str, str]]:
    """(address, subject) of what is in the outbox and was not sent before."""
    found = house.store.take_parcels(worker="w", now=now, storm=99)
    for parcel in found:
        house.store.parcel_sent(parcel, now=now)
    return [(parcel.to.address, parcel.message.subject if parcel.message else "") for parcel in found]


def stages(house: Installation, number: str) -> list[str]:
    found = house.store.case_file(number)
    assert found is not None
    return [line.facts["stage"] for line in found.log if (line.act, line.by) == (Act.WARNED, MACHINE)]


def asked(house: Installation, case: Case, when: datetime = NOW, *, waits: bool = False) -> None:
    asking = Asking(HEALTH, "Kết quả ra sao?", due_at=at(23, 10), waits=waits)
    Requests(house.store, house.profile).ask(case.number, asking, Actor(LAN, when))


def test_each_stage_of_a_clock_is_told_once(house: Installation, case: Case) -> None:
    house.store.set_address("approver", CHIEF, by=CONSOLE, now=NOW)
    told = [look(house, at(*when)) for when in ((23, 9), (25, 8.9), (25, 9.1), (25, 14), (25, 15.1), (26, 9))]
    assert told == [0, 0, 1, 0, 1, 0]  # twelve of the sixteen hours have passed on Wednesday at 9:00
    assert stages(house, case.number) == ["warned", "late"]
    (warned, late) = arrived(house, at(26, 9))
    assert (warned[0], late[0]) == ("", CHIEF)  # the unit has no address here: into the folder
    assert "sắp hết hạn" in warned[1]
    assert "trễ hạn" in late[1]


def test_the_step_a_case_is_at_has_a_clock_of_its_own(house: Installation) -> None:
    desk = Desk(house.store, house.profile)
    case = desk.open(Details("Nước thải", FARMS), [id_of("a")], Actor(LAN, NOW))  # four hours to take it
    assert look(house, at(20, 17)) == 0
    assert look(house, at(23, 8.1)) == 1
    assert look(house, at(23, 9.1)) == 1
    assert stages(house, case.number) == ["step-warned", "step-late"]
    desk.move(case, CaseState.TAKEN, Actor(LAN, at(23, 9.2)))
    assert look(house, at(23, 10)) == 0


def test_a_clock_that_stands_says_nothing(house: Installation, case: Case) -> None:
    asked(house, case, waits=True)
    assert look(house, at(25, 15.1)) == 0
    Requests(house.store, house.profile).answer(case.number, 1, Answer("Tốt"), Actor(LAN, at(25, 15)), Through.DESK)
    assert look(house, at(25, 15.1)) == 0
    assert look(house, at(27, 15.1)) == 1


def test_a_late_unit_is_reminded_once_a_working_day_and_three_times_in_all(house: Installation, case: Case) -> None:
    house.store.set_address(HEALTH, MAIL, by=CONSOLE, now=NOW)
    asked(house, case)
    arrived(house, NOW)
    days = [(23, 9.9), (23, 10.1), (23, 16), (24, 9), (25, 7), (25, 8), (26, 12), (26, 13.5), (27, 9), (30, 9)]
    for day, hour in days:
        look(house, at(day, hour))
    mails = [subject for address, subject in arrived(house, at(30, 9)) if address == MAIL]
    assert len(mails) == 3  # on Monday, Wednesday and Thursday: Tuesday is a day off
    (found,) = house.store.requests(RequestQuery())
    assert (found.reminders, found.warned, found.reminded_at) == (3, 3, at(26, 13.5))


def test_a_person_who_has_reminded_today_spares_the_machine(house: Installation, case: Case) -> None:
    house.store.set_address(HEALTH, MAIL, by=CONSOLE, now=NOW)
    asked(house, case)
    Requests(house.store, house.profile).remind(case.number, 1, Actor(LAN, at(23, 9)))
    look(house, at(23, 11))
    (found,) = house.store.requests(RequestQuery())
    assert (found.reminders, found.warned) == (1, 0)


def test_a_unit_without_an_address_is_reminded_by_people_only(house: Installation, case: Case) -> None:
    asked(house, case)
    look(house, at(23, 11))
    assert house.store.requests(RequestQuery())[0].reminders == 0


def test_what_was_carried_by_hand_is_not_mailed_by_the_machine(house: Installation, case: Case) -> None:
    house.store.set_address(HEALTH, MAIL, by=CONSOLE, now=NOW)
    asking = Asking(HEALTH, "Kết quả ra sao?", due_at=at(23, 10), mail=False)
    Requests(house.store, house.profile).ask(case.number, asking, Actor(LAN, NOW))
    look(house, at(23, 11))
    assert house.store.requests(RequestQuery())[0].reminders == 0
    assert not [address for address, _ in arrived(house, at(23, 11)) if address == MAIL]


def test_a_unit_that_was_dissolved_is_reminded_through_the_one_that_took_it_over(
    house: Installation, case: Case
) -> None:
    house.store.set_address(HEALTH, "cu@soyte.example", by=CONSOLE, now=NOW)
    asked(house, case)
    arrived(house, NOW)
    profile = without(house.profile, HEALTH, Unit("so-moi", "Sở mới", took_over=(HEALTH,)))
    house.store.set_address("so-moi", MAIL, by=CONSOLE, now=NOW)
    Reminding(house.store, profile).look(at(23, 11))
    assert [address for address, _ in arrived(house, at(23, 11))] == [MAIL]
    (found,) = house.store.requests(RequestQuery())
    assert (found.unit, found.unit_name, profile.now(found.unit)) == (HEALTH, "Sở Y tế", "so-moi")


def without(profile: Profile, gone: str, new: Unit) -> Profile:
    units = {key: each for key, each in profile.units.items() if key != gone}
    return replace(profile, units={**units, new.id: new})


def test_the_worker_looks_once_a_minute_over_midnight_and_the_end_of_the_year(house: Installation, case: Case) -> None:
    assert remind(house, at(25, 15.1)) == 1
    desk = Desk(house.store, house.profile)
    new_year = at(31, 23.99, 12)
    later = desk.open(
        Details("Pháo hoa", FARMS, priority=Priority.URGENT), [id_of("a")], Actor(LAN, new_year), another=True
    )
    desk.move(later, CaseState.TAKEN, Actor(LAN, new_year))
    assert remind(house, new_year + timedelta(hours=17.9)) == 0
    assert remind(house, new_year + timedelta(hours=18, seconds=1)) == 1  # urgent: by the clock, days off or not
    assert remind(house, new_year + timedelta(hours=18, seconds=30)) == 0
    assert remind(house, new_year + timedelta(hours=24, minutes=1)) == 1
    assert stages(house, later.number) == ["warned", "late"]
