"""Memory of stories that grow: a stream does not pile up."""

from __future__ import annotations

from benchmarks.grouping import A_DAY, measured
from classifier.growing import SPAN


def test_a_stream_leaves_no_more_at_hand_than_stories_span() -> None:
    found = measured(600)
    assert found["articles"] == 600
    assert found["at_once"] <= A_DAY * (SPAN.days + 1)
    assert 100 < found["stories"] < 600
    # Of the process, which held other things before: what counts is by how much it grows.
    assert found["steps"][-1]["mb"] - found["steps"][0]["mb"] < 60
