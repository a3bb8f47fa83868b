"""Seventy-two pages in the shapes of outlets of seven languages: nothing missed, nothing taken that is not theirs."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.extract import Page, extract
from diembao.app.evaluation.pages import TRUTH, load, measure
from diembao.core.article import Outlet
from tests.crawlers.papers import Paper, papers

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PAPERS = {paper.name: paper for paper in papers()}


def read(paper: Paper) -> Page:
    url = paper.truth["url"]
    return extract(paper.data, url, Outlet("mau", "Mẫu", "VN", paper.language, url, (), timezone=paper.zone), NOW)


def test_there_are_three_pages_of_each_shape_in_seven_languages() -> None:
    shapes = Counter(name.rpartition("-")[0] for name in PAPERS)
    assert len(PAPERS) >= 60
    assert set(shapes.values()) == {3}
    assert min(Counter(paper.language for paper in PAPERS.values()).values()) >= 9


@pytest.mark.parametrize("name", PAPERS)
def test_a_page_gives_its_title_lead_and_time_and_no_author(name: str) -> None:
    paper = PAPERS[name]
    found = read(paper)
    assert found.title == paper.title
    assert found.lead == paper.lead
    assert found.published_at is not None
    assert found.published_at.date() == paper.at.date() if paper.day else found.published_at == paper.at
    assert paper.author.casefold() not in f"{found.title} {found.words}".casefold()


def test_texts_are_taken_whole_by_the_measure_that_anyone_can_run(tmp_path: Path) -> None:
    lines = [json.dumps(paper.truth, ensure_ascii=False) for paper in PAPERS.values()]
    (tmp_path / TRUTH).write_text("\n".join(lines), encoding="utf-8")
    for paper in PAPERS.values():
        (tmp_path / paper.truth["html"]).write_bytes(paper.data)
    found = measure(tmp_path, load(tmp_path), NOW, lambda _: None)
    assert found["f1"] >= 0.99  # 21/11/2026: .9995
    assert found["title_accuracy"] == found["lead_accuracy"] == 1.0
    assert found["failures"] == {}
