"""kill -9 at any step of a day's work, from the page to the mail: nothing is lost, nothing is doubled but one mail."""

from __future__ import annotations

from pathlib import Path

from benchmarks.survival.storm import STAGES, storm

KILLS, ARTICLES = 10, 2
CRAWL = 11_000  # steps of reading them, about; to count them takes as long as the rest of the day


def test_ten_kills_in_every_stage_of_a_day_lose_nothing(tmp_path: Path) -> None:
    found = storm(tmp_path, KILLS, articles=ARTICLES, seed=1, steps={"crawl": CRAWL})
    assert found.wrong == []
    assert found.kills.keys() == set(STAGES)
    assert found.killed == KILLS
    # The calm day's too; a draw that hits nothing is made up for in another.
    assert found.articles == ARTICLES * (1 + found.days)
    assert found.mails > 0
    assert found.twice <= KILLS
