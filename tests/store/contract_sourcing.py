"""What every store promises of sources, hosts and proposed outlets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from diembao.core.errors import WrongUse
from diembao.core.ledger import Outcome
from diembao.core.ports import Store
from diembao.core.sourcing import Decision, Host, Poll, Proposal
from tests.store.making import FEED, NOW, article, entry, id_of, keep, later

DAY = date(2026, 11, 20)
HOST = "bao-mau.example:443"


def proposal(host: str, seen: int = 1, title: str = "Quy Nhơn") -> Proposal:
    return Proposal(host, host, "vi", "VN", f"https://{host}/a", title, "bing", seen)


class SourcingContract:
    def test_a_poll_is_kept_and_replaced(self, store: Store) -> None:
        first = Poll(FEED, NOW, 900.0, 450.0, 2, later(hours=1), '"e"', "then")
        store.keep_timetable([first, Poll("other")], [])
        assert store.polls([FEED, "unknown"]) == {FEED: first}
        store.keep_timetable([Poll(FEED, later(minutes=5))], [])
        assert store.polls([FEED])[FEED] == Poll(FEED, later(minutes=5))

    def test_requests_to_a_host_add_up_for_a_day_and_begin_again_on_the_next(self, store: Store) -> None:
        assert store.host(HOST) == Host(HOST)
        for _ in range(2):
            store.keep_timetable([], [Host(HOST, day=DAY, requests=3)])
        assert store.host(HOST).requests == 6
        store.keep_timetable([], [Host(HOST, day=DAY + timedelta(days=1), requests=2)])
        assert store.host(HOST) == Host(HOST, day=DAY + timedelta(days=1), requests=2)

    def test_what_is_not_said_of_a_host_stays(self, store: Store) -> None:
        store.keep_timetable([], [Host(HOST, robots="User-agent: *", robots_at=NOW, day=DAY, requests=1)])
        store.keep_timetable([], [Host(HOST, rests_until=later(hours=2))])
        assert store.host(HOST) == Host(HOST, later(hours=2), "User-agent: *", NOW, DAY, 1)

    def test_a_host_that_is_held_can_be_let_go_and_held_again(self, store: Store) -> None:
        assert store.hold(HOST)
        store.let_go(HOST)
        assert store.hold(HOST)
        store.let_go(HOST)
        store.let_go("never-held:443")

    def test_a_page_that_a_person_asks_for_is_due_in_the_next_run_and_on_its_books(self, store: Store) -> None:
        store.ask_for(entry("a", source="person"), now=NOW)
        run = store.begin_run(later(minutes=1))
        (due,) = store.due(run, later(minutes=1), 10)
        assert (due.entry.id, due.entry.source, due.attempts) == (id_of("a"), "person", 0)
        store.page_settled(run, due.entry, Outcome.REFUSED, now=NOW, reason="robots")
        assert store.end_run(run, later(minutes=2)).balanced

    def test_asking_for_a_page_that_we_have_loses_nothing_of_it(self, store: Store) -> None:
        keep(store, article("a"))
        store.ask_for(entry("a", source="person"), now=later(hours=1))
        known = store.known([id_of("a")])[id_of("a")]
        assert (known.pending, known.article_id) == (True, id_of("a"))

    def test_outlets_are_proposed_once_and_counted(self, store: Store) -> None:
        assert store.propose([proposal("a.example"), proposal("b.example", 4)], now=NOW) == 2
        assert store.propose([proposal("a.example", 2, "Pleiku")], now=later(hours=1)) == 0
        b, a = store.proposals()
        assert (a.host, a.seen, a.title) == ("a.example", 3, "Pleiku")
        assert (a.first_seen, a.last_seen) == (NOW, later(hours=1))
        assert b.host == "b.example"

    def test_a_decision_stays_when_the_outlet_is_found_again(self, store: Store) -> None:
        store.propose([proposal("a.example")], now=NOW)
        store.decide("a.example", Decision.REJECTED, by="person:an", now=NOW)
        store.propose([proposal("a.example")], now=later(hours=1))
        assert store.proposals() == []
        (rejected,) = store.proposals(Decision.REJECTED)
        assert (rejected.by, rejected.seen) == ("person:an", 2)
        with pytest.raises(WrongUse, match="was proposed"):
            store.decide("never.example", Decision.ACCEPTED, by="person:an", now=NOW)

    def test_the_latest_look_at_an_outlet_is_kept(self, store: Store) -> None:
        store.keep_check("bao", {"well": False, "sources": [1]}, now=NOW)
        store.keep_check("bao", {"well": True, "name": "Báo"}, now=later(days=1))
        assert store.checks() == {"bao": (later(days=1), {"well": True, "name": "Báo"})}

    def test_lists_of_a_backfill_are_remembered_for_their_outlet_and_period(self, store: Store) -> None:
        until = DAY + timedelta(days=3)
        for _ in range(2):
            store.keep_backfilled("bao", DAY, until, "https://bao.example/1.xml", now=datetime.now(UTC))
        assert store.backfilled("bao", DAY, until) == {"https://bao.example/1.xml"}
        assert store.backfilled("bao", DAY, DAY) == frozenset()
        assert store.backfilled("khac", DAY, until) == frozenset()
