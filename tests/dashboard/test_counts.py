"""The figures of a screen are those of the record: counted by the index, on both engines, and by plain SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.views import about
from diembao.core.counts import Counts, counted
from diembao.core.ports import Index
from diembao.core.query import Bool, Query, Range, Terms
from diembao.pipeline import steps
from diembao.pipeline.wiring import Installation
from indexer.elastic import ElasticIndex
from tests.dashboard.seed import NOW, PROVINCE
from tests.parts import needs
from tests.servers import LOGIN, alias, running

ZONE = "Asia/Ho_Chi_Minh"
OURS = (
    "SELECT article_id FROM labels WHERE kind = 'relevance' AND about = :province AND key <> 'no' AND ended_at IS NULL"
)
BY_LABEL = (
    f"SELECT key, count(*) FROM labels WHERE kind = :kind AND about = :about AND ended_at IS NULL "  # noqa: S608 (ours)
    f"AND article_id IN ({OURS}) GROUP BY key"
)
BY_OUTLET = f"SELECT outlet, count(*) FROM articles WHERE id IN ({OURS}) GROUP BY outlet"  # noqa: S608 (ours)
BY_DAY = (
    "SELECT date(sorted_at, '+7 hours'), key, count(*) FROM articles JOIN labels ON article_id = articles.id "  # noqa: S608
    f"WHERE kind = 'stance' AND about = :province AND ended_at IS NULL AND articles.id IN ({OURS}) GROUP BY 1, 2"
)


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=needs("elasticsearch"))])
def index(request: pytest.FixtureRequest, house: Installation, tmp_path: Path) -> Iterator[Index]:
    if request.param == "embedded":
        yield house.index
        return
    with closing(ElasticIndex(running().url, alias(tmp_path), LOGIN)) as index:
        index.put(steps.documents(house, list(house.store.article_ids())))
        yield index


def of(index: Index, query: Query) -> Counts:
    return counted(index, query, zone=ZONE, near=NOW)


def test_the_figures_of_the_index_are_those_of_the_record(index: Index, house: Installation) -> None:
    found = of(index, about())
    with closing(sqlite3.connect(house.settings.home / "diembao.db")) as record:

        def by(statement: str, kind: str = "", where: str = "") -> dict[str, int]:
            rows = record.execute(statement, {"province": PROVINCE, "kind": kind, "about": where})
            return {str(key): int(n) for key, n in rows}

        days = record.execute(BY_DAY, {"province": PROVINCE}).fetchall()
        assert found.outlets == by(BY_OUTLET)
        assert found.articles == sum(found.outlets.values()) > 30
        assert found.stances == by(BY_LABEL, "stance", PROVINCE)
        assert found.themes == by(BY_LABEL, "theme", PROVINCE)
        assert found.languages == by(BY_LABEL, "language")
        assert found.texts == found.articles - by(BY_LABEL, "role").get("copy", 0) < found.articles
        assert found.stories == len(by(BY_LABEL, "story"))
    assert found.days == {(day, stance): n for day, stance, n in days}
    assert sum(found.countries.values()) == found.articles


def test_a_day_is_one_of_the_province_and_an_article_without_a_stance_is_counted(index: Index) -> None:
    every = of(index, Range("published", None, None))
    hidden = sum(n for (_, stance), n in every.days.items() if not stance)
    assert hidden == of(index, Terms("relevance", ("no",))).articles > 0
    assert sum(every.days.values()) == every.articles


def test_of_nothing_there_is_nothing(index: Index) -> None:
    none = of(index, Bool(must=(Terms("outlet", ("none",)),)))
    assert none == Counts(0, 0, 0, {}, {}, {}, {}, {}, {})
