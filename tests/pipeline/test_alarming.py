"""The administrators are told of trouble with the program itself: when it begins and when it is over."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from diembao.core.accounts import CONSOLE
from diembao.core.alert import Channel, Fate, Recipient
from diembao.core.errors import Misconfigured
from diembao.core.ports import Event
from diembao.core.settings import load
from diembao.pipeline import waiting
from diembao.pipeline.alarming import EVERY, LASTS, REST, Alarming, Standing, alarms
from diembao.pipeline.jobs import CARE, KINDS, Wish
from diembao.pipeline.stations import Care
from diembao.pipeline.storage import MADE
from diembao.pipeline.wiring import Installation, open_installation
from tests.api.doors import start_empty
from tests.store.making import NOW, alert, article, id_of, keep, later

SETTINGS = '[crawl]\ncontact = "x@example.org"\n[alarms]\nto = ["quan-tri@example.org"]\n'


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    start_empty(tmp_path)
    (tmp_path / "diembao.toml").write_text(SETTINGS, encoding="utf-8")
    with open_installation(load(tmp_path)) as opened:
        yield opened


def posted(house: Installation) -> list[str]:
    return [each.name for each in house.store.deliveries() if each.to.address == "quan-tri@example.org"]


def keys(house: Installation, now: datetime) -> list[str]:
    return [each.key for each in alarms(house, now, Standing())]


def test_where_all_is_well_nobody_is_told(house: Installation) -> None:
    assert keys(house, NOW) == []
    assert not Alarming(house).look(NOW)
    assert posted(house) == []


def test_a_step_that_is_late_for_long_is_told_once_and_again_when_it_is_over(house: Installation) -> None:
    keep(house.store, article("a"))
    assert keys(house, NOW + LASTS) == []  # it may be at it
    late = NOW + LASTS + timedelta(minutes=1)
    path = ("judge", "group", "join", "index", "alert")
    assert keys(house, late) == [f"step-{step}" for step in path]
    watching = Alarming(house)
    assert watching.look(late)
    assert not watching.look(late + EVERY)
    assert not Alarming(house).look(late + EVERY)  # a worker that is started again knows what was told
    assert posted(house) == ["Điểm Báo có sự cố: Bước judge chậm 16 phút."]
    for step in (*path, "remember", "encode"):
        lease = house.store.lease(step, (), worker="w", now=late)
        assert lease
        with house.store.writing() as write:
            write.finish(lease)
    assert watching.look(late + 2 * EVERY)
    assert posted(house)[0] == "Điểm Báo: sự cố đã hết"
    assert not watching.look(late + 3 * EVERY)


def test_a_step_that_begins_anew_is_late_only_where_it_stands_still(house: Installation) -> None:
    keep(house.store, *(article(name) for name in "ab"))
    late, standing = NOW + LASTS + timedelta(minutes=1), Standing()

    def told(now: datetime) -> list[str]:
        anew = {"step-remember", "step-encode"}
        return [each.key for each in alarms(house, now, standing) if each.key in anew]

    assert told(late) == []
    lease = house.store.lease("encode", (Event.ARTICLE,), worker="w", now=late, limit=1)
    assert lease
    with house.store.writing() as write:
        write.finish(lease)
    assert told(late + EVERY) == []
    assert told(late + LASTS + timedelta(minutes=1)) == ["step-remember"]
    assert told(late + 2 * LASTS) == ["step-remember", "step-encode"]


def test_while_the_index_is_away_that_is_told_and_not_what_waits_for_it(house: Installation) -> None:
    keep(house.store, article("a"))
    waiting.note(house.store, "no route", NOW)
    assert keys(house, NOW + LASTS + EVERY) == ["index", "step-judge", "step-group", "step-join"]


def test_one_of_several_workers_looks_for_trouble_as_a_job_of_care(house: Installation) -> None:
    keep(house.store, article("a"))
    care = Care(house, lambda: NOW + LASTS + EVERY, threading.Event())
    assert care.do(Wish("alarm")) == ()
    assert posted(house) == ["Điểm Báo có sự cố: Bước judge chậm 17 phút."]
    assert (KINDS["alarm"].queue, KINDS["alarm"].cron) == (CARE, "* * * * *")


def test_what_comes_and_goes_is_told_again_after_hours_alone(house: Installation) -> None:
    watching = Alarming(house)

    def away(now: datetime) -> None:
        waiting.note(house.store, "no route", now - LASTS - timedelta(minutes=1))

    away(NOW)
    assert watching.look(NOW)
    waiting.over(house.store)
    assert watching.look(NOW + EVERY)
    away(NOW + 2 * EVERY)
    assert not watching.look(NOW + 2 * EVERY)
    assert watching.look(NOW + EVERY + REST + timedelta(minutes=1))
    assert len(posted(house)) == 3


def test_mail_that_does_not_leave_is_an_alarm(house: Installation) -> None:
    keep(house.store, article("a"))
    with house.store.writing() as write:
        write.add_alert(alert("a", id_of("a")), [Recipient(Channel.MAIL, "a@example.org")])
    assert "outbox-mail" in keys(house, later(minutes=16))
    (parcel,) = house.store.take_parcels(worker="w", now=later(minutes=16), storm=9)
    house.store.parcel_refused(parcel, "given up", now=later(minutes=17), dead=True)
    assert [each for each in keys(house, later(minutes=20)) if "step" not in each] == ["dead"]
    assert house.store.deliveries([Fate.DEAD])


def backed_up(house: Installation, at: datetime) -> None:
    told = {"folder": f"{at:%F}", "made_at": at.isoformat()}
    house.record.note(CONSOLE.actor, MADE, "backup", where=CONSOLE.where, now=at, **told)


@pytest.mark.parametrize(
    ("made", "well", "late"),  # in hours
    [
        ((), 10_000, None),
        ((0,), 8 * 24, 8 * 24 + 1),  # once, by hand
        ((0, 24, 48, 72), 72 + 36, 72 + 37),  # every night
        ((0, 24, 48, 56), 56 + 36, 56 + 37),  # and once more in the morning
        ((0, 2), 2 + 26, 2 + 27),
        ((0, 168, 336), 336 + 8 * 24, 336 + 8 * 24 + 1),  # every week
    ],
)
def test_backups_that_used_to_come_and_have_stopped_are_an_alarm(
    house: Installation, made: Sequence[int], well: int, late: int | None
) -> None:
    for hour in made:
        backed_up(house, later(hours=hour))
    assert keys(house, later(hours=well)) == []
    if late is not None:
        (told,) = alarms(house, later(hours=late), Standing())
        assert (told.key, f"{later(hours=made[-1]):%F}" in told.vi) == ("backup", True)


def test_without_anybody_to_tell_nothing_is_looked_at(tmp_path: Path) -> None:
    start_empty(tmp_path)
    with open_installation(load(tmp_path)) as house:
        keep(house.store, article("a"))
        assert not Alarming(house).look(NOW + timedelta(days=1))
        assert house.store.deliveries() == []


def test_a_channel_that_is_not_there_is_refused_when_the_settings_are_read(tmp_path: Path) -> None:
    (tmp_path / "diembao.toml").write_text('[alarms]\nto = ["chat:truc"]\n', encoding="utf-8")
    with pytest.raises(Misconfigured, match="alarms"):
        load(tmp_path)
