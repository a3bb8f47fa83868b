"""What every store tells of one page, and counts of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from diembao.core.accounts import CONSOLE
from diembao.core.alert import Channel, Fate, Recipient
from diembao.core.case import Details
from diembao.core.ledger import Outcome
from diembao.core.ports import Store
from diembao.core.reports import Report
from diembao.core.retention import Limits
from tests.store.casework import by, desk
from tests.store.contract_revisits import HOP
from tests.store.making import FEED, NOW, OFFICER, alert, article, entry, id_of, keep, later, read_source, sighting


class TracingContract:
    def test_a_page_is_told_by_every_run_that_came_upon_it_the_latest_first(self, store: Store) -> None:
        run = store.begin_run(NOW, by="loop: lan")
        read_source(store, run, settled=[sighting(run, "a", Outcome.REFUSED, "robots")])
        store.end_run(run, NOW)
        again = store.begin_run(later(hours=1), by="run: minh")
        read_source(store, again, pending=[entry("a")], now=later(hours=1))
        store.page_stored(again, entry("a"), article("a"), now=later(hours=1), response=b"x")
        store.end_run(again, later(hours=2))
        first, second = store.seen(id_of("a"))
        assert (first.by, first.outcome, first.source) == ("run: minh", Outcome.STORED, FEED)
        assert (second.by, second.outcome, second.reason) == ("loop: lan", Outcome.REFUSED, "robots")
        known = store.known_entry(id_of("a"))
        assert known is not None
        assert (known.outcome, known.pending, known.article_id) == (Outcome.STORED, False, id_of("a"))
        assert (known.first_seen, known.entry.url) == (NOW, article("a").url)
        assert (store.known_entry("0" * 16), store.seen("0" * 16)) == (None, [])
        assert store.tallied()[Outcome.REFUSED] == store.tallied()[Outcome.STORED] == 1
        assert store.tallied()[Outcome.RETRY] == 0

    def test_lines_that_brought_nothing_may_be_left_out(self, store: Store) -> None:
        keep(store, article("a"))
        for hour in (1, 2, 3):
            run = store.begin_run(later(hours=hour))
            read_source(store, run, settled=[sighting(run, "a", Outcome.UNCHANGED)], now=later(hours=hour))
            store.end_run(run, later(hours=hour))
        assert [each.outcome for each in store.seen(id_of("a"), limit=2)] == [Outcome.UNCHANGED] * 2
        (line,) = store.seen(id_of("a"), limit=2, but=[Outcome.UNCHANGED])
        assert (line.outcome, line.at) == (Outcome.STORED, NOW)

    def test_what_was_fetched_is_told_also_when_its_bytes_were_let_go(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a")], settled=[sighting(run, "b", Outcome.REFUSED, "robots")])
        store.page_stored(run, entry("a"), article("a"), now=NOW, response=b"<html>", hops=[HOP])
        store.end_run(run, NOW)
        (there,) = store.fetched(id_of("a"))
        assert (there.hops, there.size, there.kept) == ((HOP,), 6, True)
        list(store.drop_pages(Limits(*[later(days=1)] * 3), actor="person:1", where="", now=later(days=1)))
        assert store.answers(id_of("a")) == []
        assert store.fetched(id_of("a")) == [replace(there, kept=False)]
        assert store.fetched(id_of("b")) == []

    def test_the_log_of_one_article_and_the_time_of_what_comes_after_a_number(self, store: Store) -> None:
        keep(store, article("a"))
        keep(store, article("b"), now=later(hours=1))
        assert store.log_of(id_of("b")) == [(2, "article", later(hours=1))]
        assert (store.log_time(0), store.log_time(1), store.log_time(2)) == (NOW, later(hours=1), None)

    def test_messages_about_it_and_the_outbox_by_channel_and_state(self, store: Store) -> None:
        keep(store, article("a"), article("b"))
        to = [Recipient(Channel.MAIL, f"{name}@example.org") for name in ("a", "b")]
        with store.writing() as write:
            write.add_alert(alert("a", id_of("a")), to)
            write.add_alert(alert("b", id_of("b"), at=later(hours=-1)), [Recipient(Channel.FOLDER)])
        told = store.messages_about(id_of("a"))
        assert [(x.to, x.fate, x.why) for x in told] == [(each, Fate.WAITING, "stance:critical") for each in to]
        assert [(x.channel, x.fate, x.n, x.oldest) for x in store.queues()] == [
            (Channel.FOLDER, Fate.WAITING, 1, later(hours=-1)),
            (Channel.MAIL, Fate.WAITING, 2, NOW),
        ]

    def test_it_is_cited_where_cases_hold_it_and_reports_count_it(self, store: Store) -> None:
        keep(store, article("a"), article("b"))
        case = desk(store).open(Details("Cảng", "so-nnmt"), [id_of("a")], by())
        day = (NOW + timedelta(hours=7)).date()
        report = Report("weekly", "gia-lai", "2026-W47", day, day, "Tuần 47", NOW, OFFICER)
        store.keep_report(report, f'{{"figures": ["{id_of("a")}"]}}'.encode(), CONSOLE, NOW)
        assert {(each.kind, each.what) for each in store.cited(id_of("a"))} == {
            ("case", case.number),
            ("report", "weekly 2026-W47 (gia-lai), 1"),
        }
        assert (store.cited(id_of("b")), store.cited("0" * 16)) == ([], [])

    def test_what_waits_aside_is_counted(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a")])
        store.page_settled(run, entry("a"), Outcome.QUARANTINED, now=NOW, reason="odd", response=b"x")
        assert store.waiting_aside() == 1
        store.drop(store.quarantine()[0].id, by="person:1", why="xem rồi", now=NOW)
        assert store.waiting_aside() == 0
