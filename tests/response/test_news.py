"""What of a story is told, and when it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from diembao.core.alert import Alert, News
from diembao.core.article import Kind, Labelled
from diembao.core.subscription import Priority, Quiet, Rhythm, Subscription
from diembao.response.alerts import Telling
from diembao.response.heard import Heard
from diembao.response.leaving import messages
from diembao.response.outbox import STORM
from diembao.response.release import held_until
from tests.store.making import NOW, article, label

HERE = "gia-lai"
ZONE = "Asia/Ho_Chi_Minh"
CANG = Subscription(name="Cảng", query="cảng")
NIGHT = Quiet(time(22), time(6))


def item(slug: str, story: str = "s", stance: str = "", role: str = "follow-up") -> Labelled:
    labels = [label(slug, Kind.STORY, story, about=""), label(slug, Kind.ROLE, role, about="")]
    if stance:
        labels.append(label(slug, Kind.STANCE, stance, about=HERE))
    return Labelled(article(slug), tuple(labels))


class Desk:
    """Articles come one by one, and what is told of them is remembered."""

    def __init__(self, subscription: Subscription = CANG) -> None:
        self.heard, self.subscription = Heard(), subscription
        self.members: dict[str, set[str]] = {}

    def comes(self, each: Labelled, size: tuple[int, int] = (1, 1)) -> Alert | None:
        story = each.key(Kind.STORY) or each.article.id
        told = Telling(HERE, ZONE, members=self.members).tell(
            [(self.subscription, each)], self.heard, {story: size}, NOW
        )
        return told[0].alert if told else None

    def news(self, each: Labelled, size: tuple[int, int] = (1, 1)) -> tuple[News, str] | None:
        alert = self.comes(each, size)
        return (alert.news, alert.turn) if alert else None


class TestNews:
    def test_a_story_is_told_once_with_its_copies_and_follow_ups_counted(self) -> None:
        desk = Desk()
        first = desk.comes(item("a"), (19, 1))
        assert first is not None
        assert (first.news, first.articles, first.copies) == (News.FIRST, 19, 18)
        assert [desk.news(item(slug, role="copy"), (20, 1)) for slug in "bcd"] == [None] * 3

    def test_a_first_critical_article_is_news_and_a_second_is_none(self) -> None:
        desk = Desk()
        desk.comes(item("a", stance="neutral"))
        assert desk.news(item("b", stance="critical")) == (News.STANCE, "critical")
        assert desk.news(item("c", stance="critical")) is None
        assert desk.news(item("d", stance="positive")) == (News.STANCE, "positive")
        assert desk.news(item("e", stance="neutral")) is None
        assert desk.news(item("f", stance="abstain")) is None

    def test_a_story_told_as_critical_is_not_told_again_for_that(self) -> None:
        desk = Desk()
        desk.comes(item("a", stance="critical"))
        assert desk.news(item("b", stance="critical")) is None

    def test_a_correction_is_news_each_once(self) -> None:
        desk = Desk()
        desk.comes(item("a"))
        b = item("b", role="correction")
        assert [desk.news(b), desk.news(b)] == [(News.CORRECTION, b.article.id), None]
        assert desk.news(item("c", role="correction")) is not None

    def test_a_story_that_joins_one_that_was_told_is_no_news(self) -> None:
        desk = Desk()
        desk.comes(item("a", "one"))
        desk.members = {"two": {item(slug).article.id for slug in "ab"}}
        assert desk.news(item("b", "two")) is None  # it brought the first over to its own
        desk.members["two"] |= {item("c").article.id}
        assert desk.news(item("c", "two", stance="critical")) == (News.STANCE, "critical")

    def test_a_story_that_splits_is_told_no_second_time_by_what_only_moved(self) -> None:
        desk = Desk()
        desk.comes(item("a", "one", stance="critical"))
        assert desk.news(item("b", "one", role="correction")) is not None
        desk.comes(item("c", "one", stance="critical"))
        desk.members = {"two": {item(slug).article.id for slug in "bcd"}}
        moved = [item("b", "two", role="correction"), item("c", "two", stance="critical"), item("d", "two")]
        assert [desk.news(each) for each in moved] == [None] * 3
        desk.members = {"three": {item(slug).article.id for slug in "de"}}  # and again, by one that was silent
        assert desk.news(item("e", "three")) is None

    def test_a_silent_article_that_a_regrouping_calls_a_correction_is_none(self) -> None:
        desk = Desk()
        desk.comes(item("a"))
        desk.comes(item("b"))
        assert desk.news(item("b", role="correction")) is None
        revised = item("b", role="correction")
        assert desk.news(replace(revised, article=replace(revised.article, revision=2))) is not None

    def test_what_was_seen_before_it_was_asked_for_begins_no_story(self) -> None:
        old = item("a")
        desk = Desk(replace(CANG, since=old.article.seen_at + timedelta(minutes=5)))
        assert desk.news(old) is None
        new = item("b")
        new = replace(new, article=replace(new.article, seen_at=old.article.seen_at + timedelta(minutes=6)))
        assert desk.news(new, (2, 2)) == (News.FIRST, "")

    def test_ten_times_what_was_told_last_is_news(self) -> None:
        desk = Desk()
        desk.comes(item("a"), (2, 2))
        assert desk.news(item("b"), (19, 9)) is None
        assert desk.news(item("c"), (20, 9)) == (News.TENFOLD, "2")
        assert desk.news(item("d"), (199, 9)) is None
        assert desk.news(item("e"), (200, 9)) == (News.TENFOLD, "20")

    def test_an_article_that_comes_to_another_story_is_no_news(self) -> None:
        desk = Desk()
        desk.comes(item("a", "one"))
        assert desk.news(item("a", "two")) is None

    def test_a_story_below_the_threshold_waits_until_it_is_large_enough(self) -> None:
        desk = Desk(replace(CANG, threshold=5))
        assert desk.news(item("a"), (4, 4)) is None
        assert desk.news(item("b"), (5, 5)) == (News.FIRST, "")

    def test_the_reasons_are_in_the_language_of_the_subscription(self) -> None:
        told = Desk(replace(CANG, language="en")).comes(item("a", stance="critical"))
        assert told is not None
        assert told.why.startswith("matches “cảng” · suggested: critical")
        assert told.language == "en"


def local(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(ZONE))


class TestRelease:
    @pytest.mark.parametrize(
        ("at", "until"),
        [
            (local(21, 59), None),
            (local(22), local(6, day=21)),
            (local(2), local(6)),
            (local(6), None),
        ],
    )
    def test_quiet_hours_go_over_midnight(self, at: datetime, until: datetime | None) -> None:
        assert held_until(replace(CANG, quiet=NIGHT), "", at, ZONE) == until

    @pytest.mark.parametrize(
        ("priority", "stance", "held"),
        [
            (Priority.NONE, "critical", True),
            (Priority.CRITICAL, "critical", False),
            (Priority.CRITICAL, "neutral", True),
            (Priority.ALL, "", False),
        ],
    )
    def test_only_what_was_asked_for_breaks_them(self, priority: Priority, stance: str, held: bool) -> None:  # noqa: FBT001 (a row of the table)
        asked = replace(CANG, quiet=NIGHT, priority=priority)
        assert (held_until(asked, stance, local(23), ZONE) is not None) == held

    def test_a_digest_is_the_next_one_at_its_hour(self) -> None:
        daily = replace(CANG, rhythm=Rhythm.DAILY, hour=7)
        assert held_until(daily, "", local(6, 59), ZONE) == local(7)
        assert held_until(daily, "", local(7), ZONE) == local(7, day=21)
        weekly = replace(daily, rhythm=Rhythm.WEEKLY, weekday=0)  # the 20th is a Friday
        assert held_until(weekly, "", local(12), ZONE) == local(7, day=23)
        assert held_until(weekly, "", local(7, day=23), ZONE) == local(7, day=30)

    def test_an_hour_that_the_clock_jumps_over_still_has_its_digest(self) -> None:
        daily = replace(CANG, rhythm=Rhythm.DAILY, hour=2)
        before = datetime(2026, 3, 28, 12, tzinfo=UTC)  # Berlin goes from 2 to 3 the next night
        first = held_until(daily, "", before, "Europe/Berlin")
        assert first == datetime(2026, 3, 29, 1, tzinfo=UTC)
        assert held_until(daily, "", first, "Europe/Berlin") == datetime(2026, 3, 30, 0, tzinfo=UTC)

    def test_an_hour_that_comes_twice_has_one_digest(self) -> None:
        daily = replace(CANG, rhythm=Rhythm.DAILY, hour=2)
        before = datetime(2026, 10, 24, 12, tzinfo=UTC)  # Berlin goes from 3 back to 2 the next night
        first = held_until(daily, "", before, "Europe/Berlin")
        assert first == datetime(2026, 10, 25, 0, tzinfo=UTC)
        assert held_until(daily, "", first, "Europe/Berlin") == datetime(2026, 10, 26, 1, tzinfo=UTC)


class TestMessages:
    def told(self, subscription: Subscription, moments: list[datetime]) -> list[int]:
        """How many stories each message has."""
        telling, heard = Telling(HERE, ZONE), Heard()
        going = [
            each
            for n, at in enumerate(moments)
            for each in telling.tell([(subscription, item(f"x{n}", f"s{n}"))], heard, {}, at)
        ]
        return [len(each) for _, each in messages(going)]

    def test_five_hundred_in_a_minute_are_one_message(self) -> None:
        moments = [local(12) + timedelta(milliseconds=100 * n) for n in range(500)]
        assert self.told(CANG, moments) == [500]

    def test_as_many_as_are_no_storm_are_told_one_by_one(self) -> None:
        assert self.told(CANG, [local(12)] * STORM) == [1] * STORM

    def test_what_came_in_the_quiet_hours_is_one_message(self) -> None:
        moments = [local(21), local(23), local(3, day=21), local(7, day=21)]
        assert self.told(replace(CANG, quiet=NIGHT), moments) == [1, 2, 1]
