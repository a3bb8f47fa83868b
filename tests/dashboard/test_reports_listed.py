"""*Báo cáo*: the list and a figure, page by page; charts with their numbers; no number of ours in place of a name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard import forms
from dashboard.reports import figures
from dashboard.reports import listing as listing_
from diembao.core.article import Kind, Label
from diembao.core.reports import Report
from diembao.paper.letter import Chart
from diembao.pipeline.wiring import Installation
from diembao.reports.keeping import Kept
from tests.dashboard import seed
from tests.dashboard.conftest import screen, words_of
from tests.dashboard.seed import NOW
from tests.dashboard.test_reports_screen import MINH, at, kept

__all__ = ["kept"]  # a fixture of *Báo cáo*


def fill(house: Installation, weeks: int) -> None:
    last = date(2026, 12, 24)
    for n in range(weeks):
        its = last + timedelta(weeks=n)
        report = Report("weekly", "gia-lai", f"w{n}", its - timedelta(days=6), its, f"Điểm báo số {n} hết", NOW, "")
        house.store.keep_report(report, b"{}", MINH, NOW)
    annual = Report("annual", "gia-lai", "2026", date(2026, 1, 1), date(2026, 12, 31), "Báo cáo năm đó", NOW, "")
    house.store.keep_report(annual, b"{}", MINH, NOW)


def titles(said: str) -> list[str]:
    return [n for n in ("Báo cáo năm đó", *(f"Điểm báo số {n} hết" for n in range(9))) if n in said]


def test_the_list_has_pages_and_is_narrowed_by_kind_and_year(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing_, "PER_PAGE", 2)
    fill(house, 4)  # two end in 2026, two in 2027
    first = screen("reports")
    assert titles(words_of(first)) == ["Điểm báo số 2 hết", "Điểm báo số 3 hết"]
    assert "5 báo cáo" in words_of(first)
    first.pagination("reports-page").set_value(3).run()
    assert titles(words_of(first)) == ["Điểm báo số 0 hết"]
    year = next(x for x in first.selectbox if x.key == "reports-nam")
    assert year.options == ["Tất cả", "2027", "2026"]
    year.set_value("2026").run()
    assert titles(words_of(first)) == ["Báo cáo năm đó", "Điểm báo số 1 hết"]
    next(x for x in first.selectbox if x.key == "reports-loai").set_value("annual").run()
    assert titles(words_of(first)) == ["Báo cáo năm đó"]
    assert "1 báo cáo" in words_of(first)


@pytest.mark.parametrize("asked", [{"page": "99"}, {"page": "x"}, {"nam": "1066"}, {"loai": "<b>"}])
def test_an_address_that_names_no_page_kind_or_year_shows_the_list(house: Installation, asked: dict[str, str]) -> None:
    fill(house, 1)
    assert "2 báo cáo" in words_of(screen("reports", **asked))


def test_a_figure_is_paged_and_names_stories_by_their_titles(
    house: Installation, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "LISTED", 3)
    its = kept.sidecar()
    stories = next(each for each in its.figures if each.name == "Chuyện")
    test = at(kept, s=str(stories.number))
    said, seen = words_of(test), set[str]()
    assert not any(value in said.split("Đã đếm")[1] for value in stories.now.values or ())
    whole = next(each for each in its.figures if each.name == "Bài về tỉnh")
    pages = -(-whole.now.count // 3)
    titled = {forms.plain(x.title) for x in its.articles}
    for page in (1, pages):
        told = at(kept, s=str(whole.number), page=str(page))
        here = {link.proto.label for link in told.get("page_link")} & titled
        assert len(here) == (3 if page == 1 else whole.now.count - 3 * (pages - 1))
        assert not here & seen
        seen |= here


def test_an_article_that_went_to_another_story_says_so_without_a_number(
    house: Installation, kept: Kept, ids: dict[str, str]
) -> None:
    critical = next(each for each in kept.sidecar().figures if each.name == "Bài phê phán")
    moved = critical.now.ids[0]
    with house.store.writing() as write:
        label = Label(moved, Kind.STORY, ids["flight"], by="rules", why="")
        write.set_labels(moved, [Kind.STORY], [label], now=NOW)
    seed.index(house)
    said = words_of(at(kept, s=str(critical.number)))
    assert "sang chuyện khác" in said
    assert ids["flight"] not in said


def test_a_chart_of_the_report_is_drawn_with_its_numbers_below(house: Installation, kept: Kept) -> None:
    test = at(kept)
    charts = [block for section in kept.sections for block in section.blocks if isinstance(block, Chart)]
    assert [x.label for x in test.expander].count("Số liệu của hình này") == len(charts) == 2
    assert "| Bài | Văn bản khác nhau | Phê phán |" in words_of(test)
