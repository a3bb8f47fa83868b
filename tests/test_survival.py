"""kill -9 at any step of a day's work, from the page to the mail: nothing is lost, nothing is doubled but one mail."""

from __future__ import annotations

from pathlib import Path

from benchmarks.survival.storm import STAGES, storm

KILLS = 10


def test_ten_kills_in_every_stage_of_a_day_lose_nothing(tmp_path: Path) -> None:
    found = storm(tmp_path, KILLS, articles=4, seed=1)
    assert found.wrong == []
    assert found.kills.keys() == set(STAGES)
    assert found.killed == KILLS
    assert found.articles == 4 * (
        1 + found.days
    )  # the calm day's too; a draw that hits nothing is made up for in another
    assert found.mails > 0
    assert found.twice <= KILLS
