"""What every store promises of alerts: queued once, taken by one, settled or kept waiting, never lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from diembao.core.alert import FOLDER, Channel, Parcel, Recipient
from diembao.core.errors import WrongUse
from diembao.core.ports import Store
from tests.store.making import NOW, alert, id_of, later

A, B = Recipient(Channel.MAIL, "a@x.example"), Recipient(Channel.MAIL, "b@y.example")
STORM = 3


def queue(store: Store, *stories: str, to: Sequence[Recipient] = (A, B), subscription: str = "Cảng") -> None:
    with store.writing() as writer:
        for story in stories:
            assert writer.add_alert(alert("a", story, subscription), to)


def queue_then_fail(store: Store) -> None:
    with store.writing() as writer:
        writer.add_alert(alert("a", "story"), [A])
        writer.add_alert(alert("unknown", "another"), [A])


def take(store: Store, worker: str = "w", **after: float) -> Sequence[Parcel]:
    return store.take_parcels(worker=worker, now=later(**after), storm=STORM)


def stories(parcels: Sequence[Parcel]) -> list[tuple[list[str], str]]:
    return [([alert.story for alert in parcel.alerts], parcel.to.address) for parcel in parcels]


class AlertsContract:
    def test_a_subscription_hears_of_a_story_once(self, two: Store) -> None:
        with two.writing() as writer:
            assert writer.add_alert(alert("a", "story"))
            assert not writer.add_alert(alert("b", "story"))
            assert writer.add_alert(alert("b", "story", subscription="Du lịch"))
            assert writer.add_alert(alert("a", "another"))
        assert len(take(two)) == 3

    def test_an_article_without_a_story_stands_for_itself(self, two: Store) -> None:
        with two.writing() as writer:
            assert writer.add_alert(alert("a", ""))
            assert writer.add_alert(alert("b", ""))
            assert not writer.add_alert(alert("a", ""))
        assert [parcel.alerts[0].story for parcel in take(two)] == [id_of("a"), id_of("b")]

    def test_the_latest_alerts_come_first_and_say_when_the_first_recipient_got_them(self, two: Store) -> None:
        with two.writing() as writer:
            for n in range(3):
                writer.add_alert(alert("a", f"story {n}", at=later(minutes=n)), [A, B])
        first, second, *_ = take(two, hours=1)
        two.parcel_sent(first, now=later(hours=1))
        two.parcel_sent(second, now=later(hours=2))
        found = two.alerts_since(NOW)
        assert [(x.story, x.sent_at) for x in found] == [
            ("story 2", None),
            ("story 1", None),
            ("story 0", later(hours=1)),
        ]
        assert [x.story for x in two.alerts_since(later(minutes=1))] == ["story 2", "story 1"]
        assert [x.story for x in two.alerts_since(NOW, limit=1)] == ["story 2"]

    def test_an_alert_comes_back_whole(self, two: Store) -> None:
        given = replace(alert("a", "story"), sentence="Người dân bức xúc.", published_at=later(hours=-2))
        with two.writing() as writer:
            writer.add_alert(given)
        (parcel,) = take(two)
        assert (replace(parcel.alerts[0], id=0), parcel.to, parcel.attempts) == (given, FOLDER, 0)

    def test_an_alert_about_nothing_is_refused(self, two: Store) -> None:
        with pytest.raises(WrongUse), two.writing() as writer:
            writer.add_alert(alert("unknown", "story"))

    def test_a_transaction_that_fails_queues_nothing(self, two: Store) -> None:
        with pytest.raises(WrongUse):
            queue_then_fail(two)
        assert (take(two), two.alerts_since(NOW)) == ([], [])


class OutboxContract:
    def test_each_recipient_has_a_parcel_of_its_own(self, two: Store) -> None:
        queue(two, "one", "two", to=(A, B, A))
        assert stories(take(two)) == [
            (["one"], A.address),
            (["one"], B.address),
            (["two"], A.address),
            (["two"], B.address),
        ]

    def test_what_one_worker_took_no_other_gets_until_it_is_dead(self, two: Store) -> None:
        queue(two, "one")
        mine = take(two, "w")
        assert take(two, "v", minutes=9) == []
        assert take(two, "w") == mine  # it was killed and is back
        assert take(two, "v", minutes=11) == mine

    def test_what_is_settled_does_not_come_back(self, two: Store) -> None:
        queue(two, "one", "two", to=[A])
        sent, refused = take(two)
        two.parcel_sent(sent, now=NOW)
        two.parcel_refused(refused, "550 unknown", now=NOW)
        assert take(two, days=30) == []
        (bad,) = two.undelivered(NOW)
        assert (bad.subscription, bad.to, bad.refused, bad.n, bad.why) == ("Cảng", A, True, 1, "550 unknown")
        assert two.undelivered(later(minutes=1)) == []

    def test_a_failure_is_remembered_in_the_row_and_tried_again_when_its_time_has_come(self, two: Store) -> None:
        queue(two, "one")
        first, second = take(two)
        two.parcel_waits(first, "451 busy", until=later(minutes=5))
        assert take(two, minutes=4) == [second]
        again = replace(first, attempts=1, tries=1)
        assert take(two, minutes=5) == [second, again]  # the one that failed less often is first
        two.parcel_waits(again, "451 still busy", until=later(minutes=9))
        (bad,) = two.undelivered(NOW)
        assert (bad.to, bad.refused, bad.n, bad.why, bad.since) == (A, False, 1, "451 still busy", NOW)

    def test_a_channel_that_is_away_keeps_all_of_its_own_waiting(self, two: Store) -> None:
        queue(two, "one", "two", to=[A, FOLDER])
        take(two)
        two.channel_waits(Recipient(Channel.MAIL), "no connection", until=later(minutes=1))
        assert {parcel.to for parcel in take(two)} == {FOLDER}
        assert [parcel.attempts for parcel in take(two, minutes=1) if parcel.to == A] == [1, 1]
        assert [(bad.to, bad.n) for bad in two.undelivered(NOW)] == [(A, 2)]

    def test_a_channel_that_cannot_be_reached_keeps_the_order_of_what_came_meanwhile(self, two: Store) -> None:
        for minute, story in enumerate(("one", "two", "three")):
            queue(two, story, to=[A])
            take(two, minutes=minute)
            two.channel_waits(Recipient(Channel.MAIL), "closed", until=later(minutes=minute + 1), alike=True)
        assert [parcel.alerts[0].story for parcel in take(two, minutes=3)] == ["one", "two", "three"]

    def test_what_was_settled_meanwhile_stays_settled(self, two: Store) -> None:
        queue(two, "one", to=[A])
        (parcel,) = take(two)
        two.parcel_sent(parcel, now=NOW)
        two.parcel_waits(parcel, "late", until=NOW)
        two.channel_waits(Recipient(Channel.MAIL), "late", until=later(days=1))
        assert take(two, days=2) == []
        with pytest.raises(WrongUse, match="no parcel 99"):
            two.parcel_sent(replace(parcel, id=99), now=NOW)

    def test_a_limit_leaves_the_rest_for_the_next_time(self, two: Store) -> None:
        queue(two, "one", "two", to=[A])
        queue(two, "three", to=[A], subscription="Khác")
        taken = two.take_parcels(worker="w", now=NOW, storm=STORM, limit=2)
        assert stories(taken) == [(["one"], A.address), (["two"], A.address)]
        for parcel in taken:
            two.parcel_sent(parcel, now=NOW)
        assert stories(take(two)) == [(["three"], A.address)]


class StormsContract:
    def test_too_many_for_one_recipient_of_a_subscription_become_one_parcel(self, two: Store) -> None:
        queue(two, "1", "2", "3", "4", to=[A])
        queue(two, "1", "2", "3", to=[A], subscription="Khác")
        queue(two, "5", to=[B])
        found = take(two)
        assert stories(found) == [
            (["1", "2", "3", "4"], A.address),
            (["1"], A.address),
            (["2"], A.address),
            (["3"], A.address),
            (["5"], B.address),
        ]

    def test_a_storm_stays_as_it_was_whatever_comes_after_it(self, two: Store) -> None:
        queue(two, "1", "2", "3", "4", to=[A])
        (storm,) = take(two)
        queue(two, "5", to=[A])
        assert stories(take(two)) == [(["1", "2", "3", "4"], A.address), (["5"], A.address)]
        two.parcel_waits(storm, "451", until=later(minutes=1))
        assert stories(take(two)) == [(["5"], A.address)]
        again = take(two, minutes=1)[-1]
        assert again == replace(storm, attempts=1, tries=1)
        two.parcel_sent(again, now=later(minutes=1))
        assert len([x for x in two.alerts_since(NOW) if x.sent_at]) == 4
        assert stories(take(two, minutes=1)) == [(["5"], A.address)]
