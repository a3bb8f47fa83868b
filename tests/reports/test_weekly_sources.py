"""What a week's report says of its sources: who was not read, who was silent, what is not counted yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from diembao.core.article import Kind
from diembao.core.document import document
from diembao.core.ledger import Outcome, Sighting, Validators
from diembao.pipeline.wiring import Installation
from diembao.reports.period import Period, week
from diembao.reports.weekly import Weekly
from tests.reports.conftest import made
from tests.reports.coverage import NOW


def test_outlets_that_were_never_read_are_named_with_what_went_wrong(found: Weekly) -> None:
    s = found.sources
    assert [(quiet.name, quiet.failures, quiet.why) for quiet in s.never if quiet.failures] == [
        ("The Mekong Courier", 1, "status-503")
    ]
    # Three more of the catalogue have no article here and were never asked.
    assert (s.listed, len(s.never), s.read) == (10, 4, 6)


def test_an_outlet_that_is_read_and_says_nothing_is_silent(house: Installation) -> None:
    """A week later nothing new has come from anyone; every outlet was read."""
    later = NOW + timedelta(days=7)
    run = house.store.begin_run(later)
    for outlet in house.crawled:
        source = outlet.feeds[0]
        house.store.source_read(
            run, source, outlet.id, settled=(), left_out=(), pending=(), validators=Validators(), now=later
        )
    house.store.end_run(run, later)
    s = made(house, week("2026-W48", zone="Asia/Ho_Chi_Minh", ends=3), later).sources
    assert (s.never, s.unread, s.read) == ((), (), 10)
    # One article came out on Friday the 20th, so its outlet is not silent.
    assert "Báo Sông Côn" not in [quiet.name for quiet in s.silent]
    assert len(s.silent) == 9


def test_an_outlet_that_was_not_read_to_the_end_of_the_week_is_named(house: Installation) -> None:
    later = NOW + timedelta(days=7)
    run = house.store.begin_run(later)
    house.store.end_run(run, later)
    s = made(house, week("2026-W48", zone="Asia/Ho_Chi_Minh", ends=3), later).sources
    assert len(s.unread) == 6
    assert s.unread[0].since == NOW - timedelta(minutes=8)


def test_an_outlet_that_fails_now_is_named_unless_it_was_read_to_the_end_of_the_week(
    house: Installation, period: Period
) -> None:
    later = NOW + timedelta(hours=2)
    run = house.store.begin_run(later)
    source = "https://bao-song-con.example/rss"
    failed = Sighting(run, source, source, "bao-song-con", source, Outcome.RETRY, "timeout", later)
    for _ in range(3):
        house.store.source_failed(failed, now=later)
    house.store.end_run(run, later)
    running = week("2026-W48", zone="Asia/Ho_Chi_Minh", ends=3)
    assert [(each.name, each.failures) for each in made(house, running, later).sources.unread] == [("Báo Sông Côn", 3)]
    assert made(house, period, later).sources.unread == ()


def test_when_nothing_was_collected_any_more_no_outlet_is_blamed(house: Installation) -> None:
    found = made(house, week("2026-W48", zone="Asia/Ho_Chi_Minh", ends=3), NOW + timedelta(days=7))
    assert found.sources.unread == ()
    assert found.sources.run_ended == NOW - timedelta(minutes=4)


def test_log_entries_that_are_not_searchable_yet_are_counted(
    house: Installation, period: Period, ids: dict[str, str]
) -> None:
    before = made(house, period).sources.behind
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["neutral"], by="person:lan", why="", now=NOW)
    assert (before, made(house, period).sources.behind) == (0, 1)


def test_articles_that_were_not_judged_are_counted(house: Installation, period: Period) -> None:
    assert made(house, period).sources.unjudged == 0
    item = house.store.articles(list(house.store.article_ids())[:1])[0]
    house.index.put([document(replace(item, labels=()), provinces=[house.viewed], country="VN")])
    assert made(house, period).sources.unjudged == 1
