from __future__ import annotations

from datetime import datetime, timedelta

from dashboard import health
from dashboard.health import State
from diembao.app.status import alarms
from diembao.core.ledger import Entry, Outcome, Sighting, Validators
from diembao.pipeline.health import Silence, health_of
from diembao.pipeline.wiring import Installation
from tests.dashboard.seed import NOW

SOURCE = "https://seoul-ilbo.example/rss"


def failed(house: Installation, times: int) -> None:
    for n in range(times):
        at = NOW - timedelta(minutes=3 - n / 10)
        run = house.store.begin_run(at)
        sighting = Sighting(run, SOURCE, SOURCE, "seoul-ilbo", SOURCE, Outcome.RETRY, "HTTP 500", at)
        house.store.source_failed(sighting, now=at)
        house.store.end_run(run, at)


def silent(house: Installation) -> dict[str, Silence]:
    return {each.outlet: each.silence for each in health_of(house, NOW).outlets}


def test_an_outlet_that_was_never_read_is_silent(house: Installation) -> None:
    assert silent(house) == {"mekong-courier": Silence.NEVER}


def test_two_failures_pass_and_three_are_failing(house: Installation) -> None:
    failed(house, 2)
    assert "seoul-ilbo" not in silent(house)
    failed(house, 1)
    assert silent(house)["seoul-ilbo"] is Silence.FAILING


def test_an_outlet_that_was_not_read_for_two_days_while_others_were_is_silent(house: Installation) -> None:
    at = NOW + timedelta(hours=50)
    run = house.store.begin_run(at)
    house.store.source_read(
        run, SOURCE, "seoul-ilbo", settled=(), left_out=(), pending=(), validators=Validators(), now=at
    )
    house.store.end_run(run, at)
    found = {each.outlet: each.silence for each in health_of(house, at).outlets}
    assert found["bao-song-con"] is Silence.UNREACHED
    assert "seoul-ilbo" not in found


def brings(house: Installation, name: str, numbers: range, at: datetime) -> None:
    """A run in which a source lists these entries."""
    source, run = f"https://{name}.example/rss", house.store.begin_run(at)
    listed = [Entry(f"{name}-{n}", f"https://{name}.example/{n}", name, source, f"Tin {n}") for n in numbers]
    house.store.source_read(run, source, name, settled=(), left_out=listed, pending=(), validators=Validators(), now=at)
    house.store.end_run(run, at)


def test_an_outlet_and_a_language_that_bring_less_than_their_history_makes_likely_are_quiet(
    house: Installation,
) -> None:
    start = NOW + timedelta(hours=1)
    for slot in range(40 * 4):
        at = start + slot * timedelta(hours=6)
        brings(house, "bao-song-con", range(10 * slot, 10 * slot + 10), at)
        brings(house, "seoul-ilbo", range(10 * slot, 10 * slot + (10 if slot < 30 * 4 else 0)), at)
    found = health_of(house, at)
    told = {each.outlet: each for each in found.outlets}
    assert told["seoul-ilbo"].silence is Silence.QUIET
    fall = told["seoul-ilbo"].fall
    assert fall is not None
    assert (fall.seen, fall.expected > 40) == (0, True)
    assert [(group.scope, group.name) for group in found.groups] == [("language", "ko")]
    assert "bao-song-con" not in told or told["bao-song-con"].silence is not Silence.QUIET


def test_the_screens_and_the_command_go_by_one_rule_and_count_sources_and_outlets_apart(house: Installation) -> None:
    failed(house, 3)
    found = health_of(house, NOW)
    assert (found.failing, found.sources) == (1, len(house.crawled))
    kinds = [(alarm["kind"], alarm["text"]) for alarm in alarms(house, NOW) if alarm["kind"] in {"source", "silent"}]
    assert len(kinds) == len(found.outlets)
    assert any("1 trên 1 nguồn phát lỗi, 3 lần liền, máy chủ" in text or "3 lần liền" in text for _, text in kinds)


def test_when_nothing_is_collected_at_all_no_outlet_is_blamed(house: Installation) -> None:
    later = NOW + timedelta(days=30)
    assert {each.silence for each in health_of(house, later).outlets} == {Silence.NEVER}
    assert health.freshness(house, later).state is State.STALE


def test_a_run_that_is_going_on_is_not_late(house: Installation) -> None:
    house.store.begin_run(NOW - timedelta(minutes=50))
    fresh = health.freshness(house, NOW)
    assert fresh.running
    assert fresh.state is State.FINE
