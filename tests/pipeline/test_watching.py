"""Alerts by a count: told once, when it grows tenfold, and when it is over; with the chart; never of too little."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from diembao.core.alert import Channel, Message, Parcel, Recipient
from diembao.core.document import Document
from diembao.core.errors import WrongUse
from diembao.core.query import Query
from diembao.core.searchable import Index
from diembao.core.subscription import Quiet, Rhythm, Subscription
from diembao.pipeline.asked import subscribing
from diembao.pipeline.counting import Counting
from diembao.pipeline.watching import watch
from diembao.pipeline.wiring import Installation, open_installation
from diembao.reports.usual import ENOUGH
from diembao.response.subscribing import Asked
from tests.dashboard import seed

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)  # 15:00 in Việt Nam
TO = (Recipient(Channel.MAIL, "truc@example.vn"),)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_installation(seed.home_at(tmp_path)) as opened:
        yield opened


def bring(house: Installation, at: datetime, n: int, *, word: str = "sông Côn", role: str = "original") -> None:
    """``n`` articles, a minute apart, in the index."""
    keywords: dict[str, tuple[str, ...]] = {
        "outlet": ("bao-song-con",),
        "country": ("VN",),
        "language": ("vi",),
        "role": (role,),
    }
    house.index.put(
        Document(f"{word}-{at.isoformat()}-{k}", f"Tin về {word}", "", "", at + k * timedelta(minutes=1), at, keywords)
        for k in range(n)
    )
    house.index.mark(max(1, house.store.head()))


def usual(house: Installation, days: int, *, word: str = "sông Côn") -> None:
    """So many days with one article an hour by day, three on each fifth hour."""
    start = NOW - timedelta(days=days)
    keywords: dict[str, tuple[str, ...]] = {
        "outlet": ("bao-song-con",),
        "country": ("VN",),
        "language": ("vi",),
        "role": ("original",),
    }
    hours = [start + n * HOUR for n in range(days * 24 - 3)]
    house.index.put(
        Document(f"{word}-{at.isoformat()}-{k}", f"Tin về {word}", "", "", at + k * timedelta(minutes=7), at, keywords)
        for n, at in enumerate(hours)
        for k in range(3 if n % 5 == 0 else 1)
    )
    house.index.mark(1)


def asked(house: Installation, **more: object) -> None:
    plain = {"name": "Sông Côn", "query": '"sông Côn"', "to": TO, "rhythm": Rhythm.SPIKE}
    house.store.add_subscription(Subscription(**{**plain, **more}), now=NOW)  # type: ignore[arg-type]  # of each test


def waiting(house: Installation) -> list[Parcel]:
    """In the outbox, the oldest first."""
    return list(house.store.take_parcels(worker="t", now=NOW + timedelta(days=9), storm=20))


def said(house: Installation) -> list[Message]:
    return [each.message for each in waiting(house) if each.message]


def subjects(house: Installation) -> list[str]:
    return [each.subject for each in said(house)]


def test_a_spike_is_told_once_with_its_numbers_and_its_chart(house: Installation) -> None:
    usual(house, 21)
    asked(house)
    bring(house, NOW - HOUR, 30)
    assert watch(house, NOW) == 1
    assert watch(house, NOW) == 0  # not looked at again so soon
    assert watch(house, NOW + timedelta(minutes=15)) == 0  # it goes on, and nothing is said twice
    (parcel,) = waiting(house)
    message = parcel.message
    assert message is not None
    assert message.subject == "Tăng đột biến: Sông Côn: 30 bài trong 1 giờ"
    assert "gấp" in message.text
    assert "12 tuần" in message.text
    assert message.page == "/xu-huong?q=%22s%C3%B4ng%20C%C3%B4n%22"
    (picture,) = message.enclosed
    assert picture.content.startswith(b"\x89PNG")
    assert f'"cid:{picture.name}"' in message.html
    mail: EmailMessage = house.letters.letter(parcel)  # the mail shows the chart in it
    (shown,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert (shown["Content-ID"], shown.get_content_disposition()) == ("<bieu-do.png>", "inline")


def test_it_is_told_again_when_it_grows_tenfold_and_when_it_is_over(house: Installation) -> None:
    usual(house, 21)
    asked(house, name="Lũ", language="en")
    bring(house, NOW - HOUR, 12)
    watch(house, NOW)
    bring(house, NOW + HOUR, 59)
    bring(house, NOW + 2 * HOUR, 59)
    assert watch(house, NOW + 3 * HOUR) == 1
    assert watch(house, NOW + 4 * HOUR) == 0
    assert watch(house, NOW + 60 * HOUR) == 1
    assert watch(house, NOW + 61 * HOUR) == 0
    found, grown, ended = subjects(house)
    assert found.startswith("Spike: Lũ: 12 articles")
    assert grown.startswith("Tenfold: Lũ: 13")
    assert ended == "Back to usual: Lũ"


def test_a_process_that_starts_anew_remembers_what_it_told(house: Installation) -> None:
    usual(house, 21)
    asked(house)
    bring(house, NOW - HOUR, 30)
    watch(house, NOW)
    with open_installation(house.settings) as again:
        assert watch(again, NOW + timedelta(minutes=15)) == 0


def test_a_crash_before_it_is_remembered_says_nothing_twice(house: Installation) -> None:
    usual(house, 21)
    asked(house)
    bring(house, NOW - HOUR, 30)
    watch(house, NOW)
    house.store.set_fact("spike:gia-lai:Sông Côn", "")
    with open_installation(house.settings) as again:
        watch(again, NOW)
    assert len(said(house)) == 1


def test_a_pause_in_a_spike_swallows_no_later_spike(house: Installation) -> None:
    usual(house, 24)
    asked(house)
    bring(house, NOW - HOUR / 2, 30)
    assert watch(house, NOW) == 1
    (subscription,) = house.store.subscriptions()
    house.store.change_subscription(replace(subscription, paused=True), now=NOW + HOUR)
    back = NOW + timedelta(days=8)
    house.store.change_subscription(replace(subscription, paused=False), now=back)
    bring(house, back + HOUR, 40)
    assert [watch(house, back + each * HOUR) for each in (2, 3)] == [1, 0]
    first, again = subjects(house)
    assert first.startswith("Tăng đột biến: Sông Côn: 30")
    assert again.startswith("Tăng đột biến: Sông Côn: 40")


def test_what_nobody_looked_at_for_longer_than_a_spike_lasts_is_over(house: Installation) -> None:
    usual(house, 24)
    asked(house)
    bring(house, NOW - HOUR / 2, 30)
    assert watch(house, NOW) == 1
    back = NOW + timedelta(days=8)
    bring(house, back + HOUR, 40)
    assert watch(house, back + 2 * HOUR) == 1
    assert subjects(house)[1].startswith("Tăng đột biến: Sông Côn: 40")


def test_a_short_history_never_rings_and_says_how_short_it_is(house: Installation) -> None:
    usual(house, ENOUGH - 2)
    asked(house)
    bring(house, NOW - HOUR, 60)
    assert watch(house, NOW) == 0
    learned = Counting(house, NOW).learned(house.query('"sông Côn"', NOW))
    assert learned.usual is None
    assert learned.days < ENOUGH


def test_what_was_published_before_collecting_began_is_no_history(house: Installation) -> None:
    keywords: dict[str, tuple[str, ...]] = {"outlet": ("bao-song-con",), "country": ("VN",), "language": ("vi",)}
    old = (NOW - timedelta(days=n, hours=5) for n in range(1, 80))
    house.index.put(
        Document(f"cu-{at.isoformat()}", "Tin về sông Côn", "", "", at, NOW - timedelta(days=1), keywords) for at in old
    )
    house.index.mark(1)
    assert Counting(house, NOW).learned(house.query('"sông Côn"', NOW)).usual is None


def test_copies_are_left_out_where_the_query_asks_for_originals(house: Installation) -> None:
    usual(house, 21)
    asked(house, name="Chuyện", query='"sông Côn" vai:gốc')
    bring(house, NOW - HOUR, 30, role="copy")
    assert watch(house, NOW) == 0


def test_no_other_search_is_told_of_it(house: Installation) -> None:
    usual(house, 21)
    usual(house, 21, word="cá ngừ")
    asked(house, name="Cá ngừ", query='"cá ngừ"')
    bring(house, NOW - HOUR, 30)
    assert watch(house, NOW) == 0


def test_it_is_not_told_to_whom_did_not_ask_for_that(house: Installation) -> None:
    changes: list[dict[str, object]] = [{"paused": True}, {"rhythm": Rhythm.INSTANT}, {"threshold": 31}]
    usual(house, 21)
    for change in changes:
        asked(house, name=str(change), **change)
    bring(house, NOW - HOUR, 30)
    assert watch(house, NOW) == 0


def test_in_quiet_hours_nothing_is_said_and_what_goes_on_is_told_when_they_are_over(house: Installation) -> None:
    local = (NOW + timedelta(hours=7)).time()
    usual(house, 21)
    asked(house, quiet=Quiet(local, (NOW + timedelta(hours=9)).time()))
    bring(house, NOW - HOUR, 30)
    assert watch(house, NOW) == 0
    assert watch(house, NOW + 2 * HOUR) == 1


def test_a_search_that_falls_silent_is_told_once(house: Installation) -> None:
    usual(house, 60)
    asked(house, rhythm=Rhythm.SILENCE)
    assert watch(house, NOW) == 0
    later = NOW + timedelta(days=2)
    assert watch(house, later) == 1
    assert watch(house, later + HOUR) == 0
    (message,) = said(house)
    assert message.subject == "Im ắng bất thường: Sông Côn"
    assert "0 bài" in message.text


def test_a_query_that_cannot_be_read_stops_no_other(house: Installation) -> None:
    usual(house, 21)
    asked(house, name="Hỏng", query="lưu:không-có")
    asked(house)
    bring(house, NOW - HOUR, 30)
    assert watch(house, NOW) == 1


def test_the_questions_to_the_index_are_few_however_often_it_looks(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual(house, 21)
    asked(house)
    watch(house, NOW)
    questions = 0
    ask = type(house.searchable).aggregate

    def counted(self: Index, query: Query, aggs: Mapping[str, Any]) -> dict[str, Any]:
        nonlocal questions
        questions += 1
        return ask(self, query, aggs)

    monkeypatch.setattr(type(house.searchable), "aggregate", counted)
    watch(house, NOW + timedelta(minutes=15))
    assert questions <= 2


def test_what_has_no_query_knows_neither_spike_nor_silence(house: Installation) -> None:
    for rhythm in ("spike", "silence"):
        with pytest.raises(WrongUse, match="cần một câu tìm"):
            subscribing(house).checked(Asked("Vụ việc", subject="case", key="VV-2026-0001", rhythm=rhythm), NOW)
