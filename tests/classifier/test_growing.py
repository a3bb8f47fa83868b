"""Memory of stories that grow: a stream does not pile up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
from scipy import sparse

from benchmarks.grouping import A_DAY, measured, stream
from classifier.growing import MOST, SPAN, Growing
from classifier.stories import _likenesses
from classifier.story_ties import Word
from diembao.core.article import DateFrom


def test_a_stream_leaves_no_more_at_hand_than_stories_span() -> None:
    found = measured(600)
    assert found["articles"] == 600
    assert found["at_once"] <= A_DAY * (SPAN.days + 1)
    assert 100 < found["stories"] < 600
    # Of the process, which held other things before: what counts is by how much it grows.
    assert found["steps"][-1]["mb"] - found["steps"][0]["mb"] < 60


def test_each_of_ten_thousand_undated_articles_of_one_hour_is_compared_with_a_thousand_at_most() -> None:
    count = 10_000
    hour = replace(next(stream(1)), published_at=None, published_from=DateFrom.NONE)
    burst = [replace(hour, id=f"{n:08}", seen_at=hour.seen_at + timedelta(milliseconds=n)) for n in range(count)]
    alike = sparse.csr_array(np.ones((count, 1)))
    compared = [int(np.count_nonzero(likeness)) for _, likeness in _likenesses(burst, alike)]
    assert compared == [min(n, MOST) for n in range(count)]
    assert sum(compared) < count * MOST


def test_of_more_than_count_the_latest_decide_and_a_story_still_grows() -> None:
    first = replace(next(stream(1)), published_at=None, published_from=DateFrom.NONE)
    told = [replace(first, id=f"{n:08}", seen_at=first.seen_at + timedelta(seconds=n)) for n in range(MOST + 5)]
    growing = Growing(told, Word(told, ()), None)
    for row in range(len(told)):
        likeness = np.zeros(row)
        likeness[max(0, row - MOST) :] = 1.0
        growing.join(row, likeness)
    assert len(growing.members()) == 1
