"""The preview of spikes and silences: what would have been said, as it was known then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from diembao.core.document import Document
from diembao.core.subscription import Quiet, Rhythm, Subscription
from diembao.pipeline import replaying
from diembao.pipeline.alert_json import previewed
from diembao.pipeline.counting import QUARTER
from diembao.pipeline.previewing import Preview, preview
from diembao.pipeline.ringing import Turn
from diembao.pipeline.watching import watch
from diembao.pipeline.wiring import Installation, open_installation
from diembao.reports.usual import ENOUGH
from tests.dashboard import seed
from tests.pipeline.test_watching import HOUR, NOW, TO, bring, said, usual

MIDNIGHT = NOW - timedelta(hours=15)  # in Việt Nam
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Two words with three weeks of history: of one thirty articles came this morning, of the other none since the day
    before yesterday.
    """
    with open_installation(seed.home_at(tmp_path_factory.mktemp("past"))) as opened:
        usual(opened, 24)
        bring(opened, MIDNIGHT + 9 * HOUR, 30)
        yield opened


def asked(word: str = "sông Côn", **more: object) -> Subscription:
    plain = {"name": "Sông Côn", "query": f'"{word}"', "to": TO, "rhythm": Rhythm.SPIKE}
    return Subscription(**{**plain, **more})  # type: ignore[arg-type]  # of each test


def turns(found: Preview) -> list[Turn]:
    assert found.counted is not None
    return [each.ring.turn for each in found.counted.rings]


def test_it_is_what_was_sent(house: Installation) -> None:
    subscription = asked()
    found = preview(house, subscription, NOW, days=0)
    house.store.add_subscription(subscription, now=MIDNIGHT)
    looks = [MIDNIGHT + n * QUARTER for n in range((NOW - MIDNIGHT) // QUARTER + 1)]
    rang = [at for at in looks if watch(house, at)]
    (sent,) = said(house)
    assert found.counted is not None
    assert [each.at for each in found.counted.rings] == rang
    assert [each.letter(house, subscription)[0] for each in found.counted.rings] == [sent.subject]
    assert found.counted.rings[0].letter(house, subscription)[1] in sent.text
    assert found.counted.going_on
    assert sum(each.seen for each in found.counted.bars) == found.articles > 30
    assert all(each.usual is not None for each in found.counted.bars)


def test_what_was_collected_late_is_known_from_then_on(house: Installation) -> None:
    at, seen = MIDNIGHT + HOUR, MIDNIGHT + 8 * HOUR
    keywords: dict[str, tuple[str, ...]] = {"outlet": ("bao-song-con",), "country": ("VN",), "language": ("vi",)}
    usual(house, 24, word="cá ngừ")
    late = (
        Document(f"muon-{n}", "Tin về cá ngừ", "", "", at + n * timedelta(minutes=1), seen, keywords) for n in range(20)
    )
    house.index.put(late)
    found = preview(house, asked("cá ngừ"), NOW, days=0)
    assert turns(found) == [Turn.SPIKE, Turn.ENDED]
    assert found.counted is not None
    assert found.counted.rings[0].at >= seen


def test_what_had_begun_before_the_days_shown_was_told_before_them(house: Installation) -> None:
    bring(house, MIDNIGHT - HOUR, 40, word="đèo An Khê")
    usual(house, 24, word="đèo An Khê")
    assert Turn.SPIKE not in turns(preview(house, asked("đèo An Khê"), NOW, days=0))
    # What was usual when it was found is what it is measured against to its end, over midnight too.
    assert turns(preview(house, asked("đèo An Khê"), NOW + DAY, days=2)) == [Turn.SPIKE, Turn.ENDED]


def test_quiet_hours_and_thresholds_hold_in_it_too(house: Installation) -> None:
    assert turns(preview(house, asked(threshold=500), NOW, days=0)) == []
    local = [(MIDNIGHT + (n + 7) * HOUR).time() for n in (8, 14)]
    quiet = preview(house, asked(quiet=Quiet(*local)), NOW, days=0)
    assert quiet.counted is not None
    assert [each.at for each in quiet.counted.rings] == [MIDNIGHT + 14 * HOUR]


def test_a_silence_is_told_once_with_its_days(house: Installation) -> None:
    usual(house, 60, word="bến cá Nhơn Lý")
    later = NOW + 2 * DAY
    found = preview(house, asked("bến cá Nhơn Lý", rhythm=Rhythm.SILENCE), later, days=3)
    assert turns(found) == [Turn.SILENCE]
    assert found.counted is not None
    assert NOW < found.counted.rings[0].at <= later


def test_too_short_a_history_and_too_wide_a_search_are_told(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = preview(house, asked(), NOW - timedelta(days=50), days=2)
    assert short.counted is not None
    assert short.counted.history < ENOUGH
    assert short.number == 0
    monkeypatch.setattr(replaying, "WIDEST", 5)
    wide = previewed(house, asked(), preview(house, asked(), NOW))
    assert wide["counted"]["too_wide"] is True
    assert wide["messages"] == wide["counted"]["counts"] == []
