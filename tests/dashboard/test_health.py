from __future__ import annotations

from datetime import timedelta

from dashboard import health
from dashboard.health import Silence, State
from diembao.core.ledger import Outcome, Sighting, Validators
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
    return {each.outlet: each.silence for each in health.silent_outlets(house, NOW)}


def test_an_outlet_that_was_never_read_is_silent(house: Installation) -> None:
    assert silent(house) == {"mekong-courier": Silence.NEVER}


def test_two_failures_pass_and_three_are_failing(house: Installation) -> None:
    failed(house, 2)
    assert "seoul-ilbo" not in silent(house)
    failed(house, 1)
    assert silent(house)["seoul-ilbo"] is Silence.FAILING


def test_an_outlet_that_was_not_read_for_a_day_while_others_were_is_silent(house: Installation) -> None:
    at = NOW + timedelta(hours=30)
    run = house.store.begin_run(at)
    house.store.source_read(
        run, SOURCE, "seoul-ilbo", settled=(), left_out=(), pending=(), validators=Validators(), now=at
    )
    house.store.end_run(run, at)
    found = {each.outlet: each.silence for each in health.silent_outlets(house, at)}
    assert found["bao-song-con"] is Silence.UNREACHED
    assert "seoul-ilbo" not in found


def test_an_outlet_that_answers_but_has_nothing_new_for_a_week_is_quiet(house: Installation) -> None:
    at = NOW + timedelta(days=9)
    run = house.store.begin_run(at)
    for name in ("seoul-ilbo", "bao-song-con"):
        source = f"https://{name}.example/rss"
        house.store.source_read(run, source, name, settled=(), left_out=(), pending=(), validators=Validators(), now=at)
    house.store.end_run(run, at)
    assert {each.outlet: each.silence for each in health.silent_outlets(house, at)}["seoul-ilbo"] is Silence.QUIET


def test_when_nothing_is_collected_at_all_no_outlet_is_blamed(house: Installation) -> None:
    later = NOW + timedelta(days=30)
    assert {each.silence for each in health.silent_outlets(house, later)} == {Silence.NEVER}
    assert health.freshness(house, later).state is State.STALE


def test_a_run_that_is_going_on_is_not_late(house: Installation) -> None:
    house.store.begin_run(NOW - timedelta(minutes=50))
    fresh = health.freshness(house, NOW)
    assert fresh.running
    assert fresh.state is State.FINE
