"""What is prepared by itself: once, at its hour, for whom the profile names, also when the program was off or fell."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.alert import FOLDER, Channel, Recipient
from diembao.core.errors import Retry
from diembao.core.query import Range
from diembao.pipeline import preparing
from diembao.pipeline.preparing import Preparer, prepare, waits
from diembao.pipeline.wiring import Installation, open_installation
from diembao.plan.files import HERE
from diembao.plan.reader import profile
from diembao.reports import keeping
from diembao.reports.schedule import weekly
from tests.dashboard import seed
from tests.dashboard.published import Told
from tests.dashboard.seed import NOW, ZONE

EARLY = datetime(2026, 11, 21, 6, 29, tzinfo=ZONE)
MORNING = datetime(2026, 11, 21, 6, 31, tzinfo=ZONE)
BRIEF = "gia-lai:daily:2026-11-21"


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A brief goes as DOCX then, and a test takes no ten seconds."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_installation(seed.home_at(tmp_path)) as opened:
        seed.fill(opened, (Told("bao-song-con", "Nước thải", 3, slug="a", story="a"),))
        yield opened


def sent(house: Installation, now: datetime) -> list[tuple[str, Recipient, int]]:
    parcels = house.store.take_parcels(worker="w", now=now + timedelta(hours=1), storm=20)
    return [(x.message.key, x.to, len(x.message.enclosed)) for x in parcels if x.message]


def own_profile(home: Path, **changed: object) -> None:
    folder = home / "plan" / "provinces"
    folder.mkdir(parents=True)
    shipped = yaml.safe_load((HERE / "provinces" / "gia-lai.yaml").read_text(encoding="utf-8"))
    told = shipped | {"routine": shipped["routine"] | changed.pop("routine", {})} | changed
    (folder / "gia-lai.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")


def test_the_brief_is_queued_at_its_hour_and_once(house: Installation) -> None:
    assert not waits(house, EARLY)
    assert prepare(house, EARLY) == []
    assert waits(house, MORNING)
    assert prepare(house, MORNING) == [BRIEF]
    assert not waits(house, MORNING + timedelta(hours=9))
    assert prepare(house, MORNING + timedelta(hours=9)) == []
    assert sent(house, MORNING) == [("daily:2026-11-21", FOLDER, 1)]


def test_a_program_that_was_off_at_that_hour_still_sends_it_that_day(house: Installation) -> None:
    assert prepare(house, MORNING + timedelta(hours=8)) == [BRIEF]


def test_it_goes_to_the_addresses_of_whom_the_profile_names(house: Installation) -> None:
    for who, address in (("approver", "truong.phong@tinh.example"), ("officer", "truc@tinh.example")):
        house.store.set_address(who, address, by=CONSOLE, now=NOW)
    prepare(house, MORNING)
    assert [to for _, to, _ in sent(house, MORNING)] == [
        Recipient(Channel.MAIL, "truong.phong@tinh.example"),
        Recipient(Channel.MAIL, "truc@tinh.example"),
    ]


def test_on_its_first_day_a_program_has_no_yesterday_to_tell_of(tmp_path: Path) -> None:
    with open_installation(seed.home_at(tmp_path)) as empty:
        assert not waits(empty, MORNING)
        seed.fill(empty, (Told("bao-song-con", "Vừa thấy", 0.05, slug="a", story="a"),))  # 06:37
        assert empty.index.count(Range("seen", None, None)) == 1
        assert not waits(empty, MORNING + timedelta(hours=1))


def test_a_profile_may_want_no_brief(tmp_path: Path) -> None:
    settings = seed.home_at(tmp_path)
    own_profile(tmp_path, routine={"daily_at": ""})
    with open_installation(settings) as house:
        seed.fill(house, (Told("bao-song-con", "Nước thải", 3, slug="a", story="a"),))
        assert not waits(house, MORNING)


def test_a_reminder_is_queued_once_for_each_stage(tmp_path: Path) -> None:
    settings = seed.home_at(tmp_path)
    dated = [{"name": "Báo cáo năm", "before": "12-20", "source": "Kế hoạch"}]
    plan = yaml.safe_load((HERE / "provinces" / "binh-dinh.yaml").read_text(encoding="utf-8"))
    own_profile(tmp_path, reports=dated, routine={"daily_at": ""})
    plan.pop("reports", None)
    (tmp_path / "plan" / "provinces" / "binh-dinh.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True))
    with open_installation(settings) as house:
        assert prepare(house, MORNING) == ["gia-lai:report-due:annual:2026-12-20:30"]
        assert prepare(house, MORNING + timedelta(days=3)) == []
        week = datetime(2026, 12, 13, 8, tzinfo=ZONE)
        assert prepare(house, week - timedelta(hours=4)) == []  # nobody is woken
        assert prepare(house, week) == ["gia-lai:report-due:annual:2026-12-20:7"]


def test_the_weeks_draft_is_made_at_its_hour_once_and_waits_for_a_person(house: Installation) -> None:
    thursday = datetime(2026, 11, 26, 14, 1, tzinfo=ZONE)
    brief = "gia-lai:daily:2026-11-26"
    assert prepare(house, thursday - timedelta(minutes=2)) == [brief]
    assert prepare(house, thursday) == ["gia-lai:draft:weekly:2026-11-26"]
    assert prepare(house, thursday + timedelta(hours=1)) == []
    (report,) = house.store.reports("weekly")
    assert (report.name, report.made_by, report.state) == ("2026-W48", "machine", "draft")
    told = [x.message for x in house.store.take_parcels(worker="w", now=thursday, storm=20) if x.message]
    assert f"/bao-cao?so={report.number}" in [each.page for each in told]


def test_a_draft_that_a_person_has_made_is_left_alone(house: Installation) -> None:
    thursday = datetime(2026, 11, 26, 15, tzinfo=ZONE)
    week = weekly(house.profile, thursday).period
    mine = keeping.make(house, keeping.Making(week, "gia-lai", Hand("person:1", "session:1")), thursday).report
    assert "gia-lai:draft:weekly:2026-11-26" not in prepare(house, thursday)
    assert [each.made_at for each in house.store.reports("weekly")] == [mine.made_at]


def test_a_draft_that_was_kept_before_a_fall_is_told_of_afterwards(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    thursday = datetime(2026, 11, 26, 15, tzinfo=ZONE)
    with monkeypatch.context() as broken:
        broken.setattr(preparing, "_post", fallen)
        with pytest.raises(Retry):
            drafts(house, thursday)
    assert drafts(house, thursday) == ["draft:weekly:2026-11-26"]
    assert len(house.store.reports("weekly")) == 1


def fallen(*_: object) -> bool:
    raise Retry("killed")


def drafts(house: Installation, now: datetime) -> list[str]:
    return [key.partition(":")[2] for key in prepare(house, now) if ":draft:" in key]


def test_an_annual_draft_is_made_and_a_signed_one_ends_the_reminders(tmp_path: Path) -> None:
    settings = seed.home_at(tmp_path)
    plan = yaml.safe_load((HERE / "provinces" / "binh-dinh.yaml").read_text(encoding="utf-8"))
    plan.pop("reports", None)
    own_profile(
        tmp_path,
        reports=[{"name": "Báo cáo năm", "before": "12-20", "source": "Kế hoạch"}],
        routine={"daily_at": "", "weekly_at": ""},
    )
    (tmp_path / "plan" / "provinces" / "binh-dinh.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True))
    week = datetime(2026, 12, 13, 8, tzinfo=ZONE)
    with open_installation(settings) as house:
        seed.fill(house, (Told("bao-song-con", "Nước thải", 3, slug="a", story="a"),))
        assert prepare(house, week) == [
            "gia-lai:report-due:annual:2026-12-20:7",
            "gia-lai:draft:annual:2026-12-20",
        ]
        (report,) = house.store.reports("annual")
        assert (report.first.isoformat(), report.last.isoformat()) == ("2025-12-13", "2026-12-12")
        whole = keeping.read(house, report.number)
        assert whole is not None
        assert "plan" in [each.name for each in whole.sections]
        keeping.sign(house, whole, Hand("person:1", "session:1"), week)
        assert prepare(house, datetime(2026, 12, 19, 8, tzinfo=ZONE)) == []


def test_the_loop_has_it_done_by_a_process_of_its_own(tmp_path: Path) -> None:
    """That process's clock is the machine's, so the hour is midnight, and the article is of two days ago."""
    settings = seed.home_at(tmp_path)
    own_profile(tmp_path, routine={"daily_at": "00:00", "weekly_at": ""})
    now = datetime.now(UTC)
    with open_installation(settings) as house:
        seed.fill(house, (Told("bao-song-con", "Nước thải", 3, slug="a", story="a"),), now=now - timedelta(days=2))
        with Preparer(house) as preparer:
            until = time.monotonic() + 60
            while waits(house, now) and time.monotonic() < until:
                preparer.look(now)
                child = preparer.child
                assert child is not None
                child.wait(60)
                preparer.look(now)
        (key, _, _) = sent(house, now + timedelta(days=1))[0]
        assert key == f"daily:{now.astimezone(ZONE).date().isoformat()}"


def test_a_process_that_fails_is_tried_again_later(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Preparer(house) as preparer:
        preparer.look(MORNING)
        assert preparer.child is not None
        preparer.child.wait(10)
        preparer.look(MORNING)
        preparer.look(MORNING + timedelta(minutes=9))
        assert preparer.child is None
        preparer.look(MORNING + timedelta(minutes=10))
        assert preparer.child is not None


def test_the_shipped_hours_are_a_proposal() -> None:

    routine = profile("gia-lai").routine
    assert (routine.daily_at, routine.proposed) == ("06:30", True)
