"""kill -9 between any two steps of the delivery: delivered, at most once more for each kill, never lost."""

from __future__ import annotations

from pathlib import Path

from benchmarks.outbox import siege

KILLS = 10


def test_ten_kills_lose_nothing_and_send_at_most_one_message_twice_for_each(tmp_path: Path) -> None:
    found = siege(KILLS, 7, tmp_path)
    assert (found.kills, found.lost, found.left) == (KILLS, 0, 0)
    assert found.twice <= KILLS
