"""What was set aside is read again by a mended rule, with its first seen time; or a person drops it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from demo.desk import to_windows_1258
from diembao.app.cli import app
from diembao.core.errors import WrongUse
from diembao.core.ledger import Entry, Hop, Outcome, Sighting
from diembao.core.ports import Quarantined
from diembao.pipeline.quarantine import replay
from diembao.pipeline.wiring import Installation, open_installation
from tests.crawlers.pages import item, page, rss
from tests.dashboard.seed import NOW, home_at
from tests.store.making import id_of, read_source, url

OUTLET = "bao-song-con"
LATER = NOW + timedelta(days=3)
FEED = f"https://{OUTLET}.example/rss"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_installation(home_at(tmp_path)) as opened:
        yield opened


def entry(slug: str) -> Entry:
    return Entry(id_of(slug), url(slug), OUTLET, FEED, f"Tin {slug}")


def set_aside(house: Installation, slug: str, body: bytes | None, reason: str = "fault: ValueError()") -> Quarantined:
    """By a run of long ago."""
    run = house.store.begin_run(NOW)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    hops = [Hop(url(slug), NOW, NOW, "192.0.2.1", b"GET / HTTP/1.1\r\n\r\n", head)]
    quarantined = Outcome.QUARANTINED
    house.store.page_settled(run, entry(slug), quarantined, now=NOW, reason=reason, response=body, hops=hops)
    house.store.end_run(run, NOW)
    return next(each for each in house.store.quarantine() if each.entry == id_of(slug))


def test_a_page_is_stored_as_old_as_it_is_with_its_evidence_and_waits_no_more(house: Installation) -> None:
    aside = set_aside(house, "a", page("Tin a"))
    (done,) = replay(house, [aside], LATER, "truc-ban")
    assert done.outcome is Outcome.STORED
    item = house.store.article(id_of("a"))
    assert item is not None
    assert (item.article.seen_at, item.article.title) == (NOW, "Tin a")
    assert house.store.hops(id_of("a"), item.article.response)
    assert house.store.quarantine() == []


def test_it_is_on_the_books_of_a_run_beside_the_one_that_goes_on(house: Installation) -> None:
    aside = set_aside(house, "a", page("Tin a"))
    going_on = house.store.begin_run(LATER)
    read_source(house.store, going_on, pending=[entry("b")], now=LATER)
    replay(house, [aside], LATER, "truc-ban")
    counted = house.store.counts(going_on + 1)
    assert (counted.balanced, counted.outcomes) == (True, {Outcome.STORED: 1})
    assert house.store.counts(going_on).outcomes == {}  # still owed, not cut off


def test_what_still_cannot_be_read_waits_on(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    import crawlers.replay

    def broken(*_: object, **__: object) -> None:
        raise ValueError("not mended")

    aside = set_aside(house, "a", page("Tin a"))
    monkeypatch.setattr(crawlers.replay, "article_of", broken)
    (done,) = replay(house, [aside], LATER, "x")
    assert (done.outcome, done.reason) == (Outcome.QUARANTINED, "fault: ValueError('not mended')")
    (waits,) = house.store.quarantine()
    assert (waits.at, waits.response) == (NOW, aside.response)


def test_what_a_rule_refuses_now_waits_no_more(house: Installation) -> None:
    aside = set_aside(house, "a", b"%PDF-1.7")
    (done,) = replay(house, [aside], LATER, "x")
    assert (done.outcome, done.reason) == (Outcome.REFUSED, "type")
    assert house.store.quarantine() == []


def test_without_bytes_or_outlet_there_is_nothing_to_read(house: Installation) -> None:
    aside = set_aside(house, "a", None)
    (done,) = replay(house, [aside], LATER, "x")
    assert (done.outcome, done.reason) == (None, "no bytes were kept: it can only be dropped")
    assert len(house.store.quarantine()) == 1


def feed_aside(house: Installation, body: bytes, reason: str = "fault: KeyError('x')") -> Quarantined:
    """A feed that no rule could read, long ago."""
    run = house.store.begin_run(NOW)
    sighting = Sighting(run, FEED, FEED, OUTLET, FEED, Outcome.QUARANTINED, reason)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=windows-1258\r\n\r\n"
    hops = [Hop(FEED, NOW, NOW, "192.0.2.1", b"GET /rss HTTP/1.1\r\n\r\n", head)]
    house.store.source_failed(sighting, now=NOW, response=body, hops=hops)
    house.store.end_run(run, NOW)
    return next(each for each in house.store.quarantine() if each.of_source)


def test_a_source_that_a_mended_rule_reads_gives_its_entries_as_old_as_they_are(house: Installation) -> None:
    old = format_datetime(NOW - timedelta(days=50))  # too old by now for a run of today, not when it came
    feed = rss(item("https://bao.vn/a", "Lũ ở Quy Nhơn", date=old), item("https://bao.vn/b", "Ở xa", date=old))
    aside = feed_aside(house, to_windows_1258(feed.decode()))
    later = NOW + timedelta(days=30)
    (done,) = replay(house, [aside], later, "truc-ban")
    assert (done.outcome, done.reason, done.entries, done.to_read) == (None, "", 2, 1)
    assert house.store.quarantine() == []
    run = house.store.begin_run(later + timedelta(minutes=1))
    (pending,) = house.store.due(run, later + timedelta(minutes=1), 10)
    assert (pending.entry.title, pending.entry.source) == ("Lũ ở Quy Nhơn", FEED)
    listed = house.store.listed(pending.entry.id)
    assert listed is not None
    assert listed[1] == NOW


def test_reading_kept_bytes_says_nothing_of_how_the_source_is_doing(house: Installation) -> None:
    aside = feed_aside(house, rss(item("https://bao.vn/a", "Quy Nhơn")))
    (before,) = [each for each in house.store.source_states() if each.source == FEED]
    replay(house, [aside], LATER, "truc-ban")
    assert [each for each in house.store.source_states() if each.source == FEED] == [before]
    assert before.failures == 1


def test_a_source_that_still_cannot_be_read_waits_on_with_the_reason_of_today(house: Installation) -> None:
    aside = feed_aside(house, b"<html><body>503</body></html>")
    (done,) = replay(house, [aside], LATER, "truc-ban")
    assert done.outcome is Outcome.QUARANTINED
    (waits,) = house.store.quarantine()
    assert (waits.at, waits.response) == (NOW, aside.response)
    assert waits.reason.startswith("no feed: ")
    assert [each.failures for each in house.store.source_states() if each.source == FEED] == [1]
    assert house.store.faults() == []


def test_what_a_person_dropped_waits_again_only_for_another_reason(house: Installation) -> None:
    aside = set_aside(house, "a", b"<p>", "slow: 15 s")
    house.store.drop(aside.id, by="truc-ban", why="trang lịch, không phải bài", now=LATER)
    assert house.store.quarantine() == []
    with pytest.raises(WrongUse, match="number"):
        house.store.drop(aside.id, by="truc-ban", why="lần nữa", now=LATER)
    with pytest.raises(StopIteration):
        set_aside(house, "a", b"<p>", "slow: 15 s")
    assert set_aside(house, "a", b"<p>", "fault: KeyError()").reason == "fault: KeyError()"


def test_the_commands(house: Installation, tmp_path: Path) -> None:
    aside = set_aside(house, "a", page("Tin a"))
    run = house.store.begin_run(NOW)
    broken = Sighting(run, FEED, FEED, OUTLET, FEED, Outcome.QUARANTINED, "no feed: begins with '<html'")
    house.store.source_failed(broken, now=NOW, response=b"<html>")
    home = ["--home", str(tmp_path)]
    said = CliRunner().invoke(app, ["quarantine", "list", *home]).output
    assert "không phải RSS" in said
    assert "2 mục." in said
    shown = CliRunner().invoke(app, ["quarantine", "show", str(aside.id), "--out", str(tmp_path / "a.html"), *home])
    assert "Content-Type: text/html; charset=utf-8" in shown.output
    assert (tmp_path / "a.html").read_bytes() == page("Tin a")
    done = CliRunner().invoke(app, ["quarantine", "replay", str(aside.id), "--json", *home])
    assert [each["outcome"] for each in json.loads(done.output)] == ["stored"]
    (left,) = house.store.quarantine()
    again = CliRunner().invoke(app, ["quarantine", "replay", "--all", *home])
    assert again.output.startswith(f"{left.id}  ")  # words, where nobody asked for JSON
    (left,) = house.store.quarantine()
    CliRunner().invoke(app, ["quarantine", "drop", str(left.id), "--why", "nguồn đã bỏ", *home])
    assert house.store.quarantine() == []
    assert isinstance(CliRunner().invoke(app, ["quarantine", "replay", *home]).exception, WrongUse)
