"""Spikes, silences and trends count by the index: the same figures on either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from diembao.core.settings import IndexSettings
from diembao.core.subscription import Rhythm, Subscription
from diembao.pipeline.counting import standing_of
from diembao.pipeline.previewing import preview
from diembao.pipeline.steps import documents
from diembao.pipeline.wiring import Installation, open_installation
from diembao.reports.trends import By, trend
from tests.parts import needs
from tests.pipeline.test_watching import HOUR, NOW, bring, usual
from tests.reports.test_trends import NOW as TRENDS_NOW
from tests.reports.test_trends import PERIOD, some, there
from tests.servers import PASSWORD, USER, alias, running

Make = Callable[..., Installation]
Pair = tuple[Installation, Installation]


@pytest.fixture
def both(make: Make, tmp_path: Path) -> Iterator[Pair]:
    """One record, an index of each engine with the same articles."""
    embedded = make([*there("khaosan-lao", "seoul-ilbo"), *some("khaosan-lao", 9, 12), *some("khaosan-lao", 10, 30)])
    chosen = {"engine": "elastic", "url": running().url, "alias": alias(tmp_path), "user": USER, "password": PASSWORD}
    settings = embedded.settings.model_copy(update={"index": IndexSettings.model_validate(chosen)})
    with ExitStack() as stack:
        elastic = stack.enter_context(open_installation(settings))
        elastic.index.put(documents(elastic, sorted(elastic.store.article_ids())))
        for house in (embedded, elastic):
            usual(house, 21)
            bring(house, NOW - 5 * HOUR, 200)
        yield embedded, elastic


@needs("elasticsearch")
def test_spikes_silences_and_trends_are_the_same_on_elasticsearch(both: Pair) -> None:
    for by in By:
        one, other = (trend(house, PERIOD, by, province="gia-lai", now=TRENDS_NOW) for house in both)
        assert one == other
        assert one.whole.articles > 0
    query = both[0].query('"sông Côn"', NOW)
    one_now, other_now = (standing_of(house, query, NOW) for house in both)
    assert one_now == other_now
    assert one_now.spikes
    for rhythm, now in ((Rhythm.SPIKE, NOW), (Rhythm.SILENCE, NOW + timedelta(days=3))):
        asked = Subscription("Sông Côn", '"sông Côn"', rhythm=rhythm)
        shown = [preview(house, asked, now, days=1) for house in both]
        assert shown[0] == shown[1]
        assert shown[0].number > 0 or rhythm is Rhythm.SILENCE
