"""What every store promises of what is told: held back, gathered, each turn once; and of who asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

import pytest

from diembao.core.alert import HeardOf, News, Parcel
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Store
from diembao.core.subscription import Priority, Quiet, Rhythm, Subject, Subscription
from tests.store.contract_outbox import STORM, A, B, queue, stories, take
from tests.store.making import NOW, PROVINCE, alert, id_of, later


class HeldContract:
    def test_what_is_held_until_one_moment_leaves_then_as_one_parcel(self, two: Store) -> None:
        for n, until in (("1", 60), ("2", 60), ("3", 90)):
            hold(two, n, until)
        queue(two, "4", to=[A])
        assert stories(take(two)) == [(["4"], A.address)]
        two.parcel_sent(take(two)[0], now=NOW)
        assert take(two, minutes=59) == []
        (digest,) = take(two, minutes=60)
        assert [alert.story for alert in digest.alerts] == ["1", "2"]
        two.parcel_sent(digest, now=later(minutes=60))
        assert stories(take(two, minutes=90)) == [(["3"], A.address)]

    def test_a_turn_of_a_story_is_told_once_and_the_next_one_too(self, two: Store) -> None:
        turns = [(News.FIRST, ""), (News.STANCE, "critical"), (News.STANCE, "critical"), (News.TENFOLD, "1")]
        with two.writing() as writer:
            told = [
                writer.add_alert(replace(alert("a", "story"), news=news, turn=turn, stance="critical", language="en"))
                for news, turn in turns
            ]
        assert told == [True, True, False, True]
        found = two.told_of([], ["story"])
        assert [(x.news, x.turn, x.stance, x.language) for x in found] == [
            (news, turn, "critical", "en") for news, turn in dict.fromkeys(turns)
        ]
        assert two.told_of([id_of("a")], []) == found

    def test_what_a_subscription_has_heard_of_keeps_its_first_story_for_thirty_days(self, two: Store) -> None:
        first, other = HeardOf("Cảng", id_of("a"), "one"), HeardOf("Lũ", id_of("b"), "two", 3)
        with two.writing() as writer:
            writer.hear([first, other], province=PROVINCE, now=NOW)
            writer.hear([replace(first, story="later", revision=2)], province=PROVINCE, now=later(days=1))
        assert set(two.heard_of([id_of("a"), id_of("b"), id_of("c")])) == {replace(first, revision=2), other}
        two.prune(later(days=31))
        assert two.heard_of([id_of("a")]) == []

    def test_what_is_held_grows_with_its_story_and_what_has_left_does_not(self, two: Store) -> None:
        queue(two, "story", to=[A], subscription="Ngay")
        hold(two, "story", 60)
        two.parcel_sent(take(two)[0], now=NOW)
        with two.writing() as writer:
            writer.grow_alerts({"story": (19, 2)})
        assert [(x.subscription, x.articles, x.copies) for x in two.told_of([], ["story"])] == [
            ("Ngay", 1, 0),
            ("Cảng", 19, 17),
        ]

    def test_a_storm_waits_for_the_rest_of_it_and_is_one_parcel(self, two: Store) -> None:
        queue(two, "1", "2", "3", "4", to=[A])
        assert gathered(two, 0) == []
        queue(two, "5", to=[A])
        queue(two, "6", to=[B])
        assert stories(gathered(two, 1)) == [(["6"], B.address)]
        (storm,) = [each for each in gathered(two, 60) if each.to == A]
        assert [x.story for x in storm.alerts] == ["1", "2", "3", "4", "5"]

    def test_what_left_just_now_counts_towards_a_storm(self, two: Store) -> None:
        queue(two, "1", "2", "3", to=[A])
        for parcel in gathered(two, 0):
            two.parcel_sent(parcel, now=NOW)
        queue(two, "4", "5", to=[A])
        assert gathered(two, 1) == []
        assert [len(each.alerts) for each in gathered(two, 61)] == [2]


def hold(store: Store, story: str, minutes: int) -> None:
    with store.writing() as writer:
        assert writer.add_alert(alert("a", story, "Cảng"), [A], held_until=later(minutes=minutes))


def gathered(store: Store, seconds: float) -> Sequence[Parcel]:
    now = later(seconds=seconds)
    return store.take_parcels(worker="w", now=now, storm=STORM, gather=timedelta(minutes=1))


class SubscriptionsContract:
    def test_a_subscription_is_kept_until_it_is_removed(self, store: Store) -> None:
        cang = Subscription(name="Cảng", query='"Quy Nhơn"', to=(A, B), province="")
        folder = Subscription(name="Biển", query="biển")
        kept = [store.add_subscription(each, now=NOW) for each in (cang, folder)]
        assert [replace(each, id=0, province="") for each in kept] == [cang, folder]
        assert store.subscriptions() == [*reversed(kept)]
        with pytest.raises(WrongUse, match="already"):
            store.add_subscription(cang, now=NOW)
        assert store.remove_subscription("Cảng", now=NOW) == 0
        assert store.subscriptions() == kept[1:]
        with pytest.raises(WrongUse, match="no alert 'Cảng'"):
            store.remove_subscription("Cảng", now=NOW)

    def test_what_waits_for_a_removed_one_is_dropped_and_only_that(self, two: Store) -> None:
        two.add_subscription(Subscription(name="Cảng", query="cảng", to=(A,)), now=NOW)
        queue(two, "sent", to=[A])
        two.parcel_sent(take(two)[0], now=NOW)
        queue(two, "waits", to=[A])
        queue(two, "waits", to=[A], subscription="Khác")
        assert two.remove_subscription("Cảng", now=later(minutes=1)) == 1
        assert [parcel.subscription for parcel in take(two, hours=1)] == ["Khác"]
        assert two.undelivered(NOW - timedelta(days=1)) == []

    def test_one_that_is_changed_keeps_its_name_and_what_goes_elsewhere_is_dropped(self, two: Store) -> None:
        kept = two.add_subscription(Subscription(name="Cảng", query="cảng", to=(A, B)), now=NOW)
        queue(two, "waits")
        changed = replace(
            kept,
            name="Khác",
            query="biển",
            to=(B,),
            subject=Subject.THEME,
            key="sea",
            rhythm=Rhythm.WEEKLY,
            hour=7,
            weekday=4,
            language="en",
            quiet=Quiet(time(22), time(6, 30)),
            priority=Priority.CRITICAL,
            threshold=3,
        )
        assert two.change_subscription(changed, now=NOW) == 1
        assert two.subscriptions() == [replace(changed, name="Cảng")]
        assert [parcel.to for parcel in take(two)] == [B]
        with pytest.raises(WrongUse, match="no alert"):
            two.change_subscription(replace(changed, id=99), now=NOW)

    def test_whoever_changes_what_somebody_else_has_changed_since_is_told_and_writes_nothing(self, two: Store) -> None:
        kept = two.add_subscription(Subscription(name="Cảng", query="cảng", to=(A,)), now=NOW)
        two.change_subscription(replace(kept, query="biển"), now=NOW, version=kept.version)
        with pytest.raises(Outdated):
            two.change_subscription(replace(kept, hour=9), now=NOW, version=kept.version)
        (stands,) = two.subscriptions()
        assert (stands.query, stands.hour) == ("biển", kept.hour)
        two.change_subscription(replace(stands, paused=True), now=NOW, version=stands.version)
        with pytest.raises(Outdated, match="vừa sửa"):  # whoever edits is told that it was paused
            two.change_subscription(replace(stands, hour=9), now=NOW, version=stands.version)
        assert two.subscriptions()[0].paused

    def test_what_waits_for_one_that_is_paused_is_dropped(self, two: Store) -> None:
        kept = two.add_subscription(Subscription(name="Cảng", query="cảng", to=(A,)), now=NOW)
        queue(two, "waits", to=[A])
        assert two.change_subscription(replace(kept, paused=True), now=NOW) == 1
        assert take(two) == []
        assert two.subscriptions()[0].paused
        assert [row.act for row in two.audit(limit=2)] == ["alert.pause", "alert.add"]
