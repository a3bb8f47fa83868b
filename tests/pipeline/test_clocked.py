"""What subscriptions are told that no article brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from diembao.core.accounts import CONSOLE, NewAccount
from diembao.core.alert import Channel, News, Parcel, Recipient
from diembao.core.case import Details, Note
from diembao.core.statement import Issue
from diembao.core.subscription import Quiet, Rhythm, Subject, Subscription
from diembao.pipeline import clocked
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.acts import Actor
from diembao.response.alerts import Telling
from diembao.response.cases import Desk
from diembao.response.heard import Heard
from tests.dashboard import published, seed
from tests.dashboard.seed import NOW, Seeded

UNIT = "so-vhttdl"
MAIL = Recipient(Channel.MAIL, "lan@example.vn")
WASTE = Subscription(name="Nước thải", query="nước thải", to=(MAIL,))

Filled = tuple[Installation, Seeded]


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    with open_installation(seed.home_at(tmp_path)) as house:
        put = seed.fill(house, published.LEADING)
        leaving(house, NOW)
        yield house, put


def leaving(house: Installation, now: datetime) -> list[Parcel]:
    """What leaves now, and is settled."""
    parcels = house.store.take_parcels(worker="w", now=now, storm=20)
    for parcel in parcels:
        house.store.parcel_sent(parcel, now=now)
    return [*parcels]


def told_and_answered(filled: Filled, subscription: Subscription) -> str:
    """The subscription was told of the story, and the office answered it; the case's number."""
    house, put = filled
    house.store.add_subscription(subscription, now=NOW)
    (item,) = house.store.articles([put.ids["waste"]])
    (first,) = Telling(house.profile.id, house.profile.timezone).tell([(subscription, item)], Heard(), {}, NOW)
    with house.store.writing() as write:
        write.add_alert(first.alert, first.to)
    leaving(house, NOW)
    case = Desk(house.store, house.profile).open(Details("Nước thải", UNIT), [item.article.id], Actor("person:1", NOW))
    with house.store.writing() as write:
        write.add_issue(case.number, Issue(1, 1, "written", "Báo", "person:1", NOW, {}))
    return case.number


def test_whoever_was_told_of_a_story_is_told_once_that_it_was_answered(filled: Filled) -> None:
    house, _ = filled
    number = told_and_answered(filled, WASTE)
    house.store.add_subscription(replace(WASTE, name="Khác"), now=NOW)  # was told nothing
    assert [clocked.tell(house, NOW + timedelta(minutes=n)) for n in (1, 2)] == [2, 0]
    alerts = [each for parcel in leaving(house, NOW + timedelta(minutes=3)) for each in parcel.alerts]
    assert [each.subscription for each in alerts] == ["Phê phán về tỉnh", "Nước thải"]  # the first is of the settings
    assert {each.news for each in alerts} == {News.ANSWERED}
    assert all(number in each.why for each in alerts)


def test_a_subscription_that_is_paused_is_not_told_of_the_answer(filled: Filled) -> None:
    told_and_answered(filled, replace(WASTE, paused=True))
    clocked.tell(filled[0], NOW)
    alerts = [each for parcel in leaving(filled[0], NOW) for each in parcel.alerts]
    assert [each.subscription for each in alerts] == ["Phê phán về tỉnh"]


def called(house: Installation, subscription: Subscription, at: datetime) -> str:
    """A note calls the owner of this subscription; the case's number."""
    given = NewAccount("lan", "lan", "Nguyễn Thị Lan")
    number = house.store.add_account(given, by=CONSOLE, now=NOW)
    owner = f"person:{number}"
    house.store.add_subscription(replace(subscription, subject=Subject.MENTIONS, owner=owner, query=""), now=NOW)
    case = Desk(house.store, house.profile).open(Details("Nước thải", UNIT), [], Actor("person:9", NOW), another=True)
    with house.store.writing() as write:
        write.add_note(case.number, Note("person:9", at, "@lan xem giúp mẫu nước", (owner,)))
    return case.number


def test_a_note_that_calls_somebody_is_mailed_once(filled: Filled) -> None:
    house, _ = filled
    number = called(house, WASTE, NOW)
    assert [clocked.tell(house, NOW), clocked.tell(house, NOW)] == [1, 0]
    (parcel,) = leaving(house, NOW)
    assert parcel.message is not None
    assert parcel.to == MAIL
    assert "> @lan xem giúp mẫu nước" in parcel.message.text
    assert parcel.message.page == f"/ho-so-vu-viec?id={number}"


def test_a_call_in_the_quiet_hours_waits_for_their_end(filled: Filled) -> None:
    house, _ = filled
    end = (NOW + timedelta(hours=2)).time().replace(second=0)
    called(house, replace(WASTE, quiet=Quiet(NOW.time().replace(minute=0), end)), NOW)
    assert clocked.tell(house, NOW) == 1
    assert leaving(house, NOW + timedelta(hours=1)) == []
    assert len(leaving(house, NOW + timedelta(hours=2))) == 1


def test_a_digest_of_calls_is_made_at_its_hour_of_what_came_since_the_last(filled: Filled) -> None:
    house, _ = filled
    called(house, replace(WASTE, rhythm=Rhythm.DAILY, hour=7), NOW)  # at 6:40
    assert clocked.tell(house, NOW) == 0
    assert [clocked.tell(house, NOW + timedelta(minutes=n)) for n in (25, 30)] == [1, 0]
    assert clocked.tell(house, NOW + timedelta(days=1, minutes=25)) == 0
