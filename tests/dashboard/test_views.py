from __future__ import annotations

from collections import Counter
from datetime import timedelta

from dashboard import views
from dashboard.views import Window
from diembao.core.article import Kind, Labelled
from diembao.core.ports import SortBy
from diembao.core.query import All
from diembao.pipeline.wiring import Installation
from tests.dashboard.published import Told
from tests.dashboard.seed import NOW, PROVINCE, ZONE, fill

WEEK = Window("published", NOW - timedelta(days=7), NOW)


def everything(house: Installation) -> list[Labelled]:
    return list(house.store.articles(list(house.store.article_ids())))


def about(house: Installation, window: Window) -> list[Labelled]:
    return [
        item
        for item in everything(house)
        if item.key(Kind.RELEVANCE, PROVINCE) in {"yes", "part"} and window.start <= item.article.when < window.end
    ]


def test_numbers_are_those_one_gets_by_counting(house: Installation) -> None:
    found, counted = views.numbers(house, WEEK, 1), about(house, WEEK)
    before = about(house, WEEK.before(1))
    assert found.articles == len(counted)
    assert found.articles_before == len(before)
    assert found.critical == sum(item.key(Kind.STANCE, PROVINCE) == "critical" for item in counted)
    assert found.critical_before == sum(item.key(Kind.STANCE, PROVINCE) == "critical" for item in before)
    assert found.texts == sum(item.key(Kind.ROLE) != "copy" for item in counted)
    assert found.stories == len({item.key(Kind.STORY) for item in counted})


def test_the_days_of_the_chart_are_days_of_the_province_and_none_is_missing(house: Installation) -> None:
    days = views.days_by_stance(house, NOW)
    window = Window("published", NOW.replace(hour=0, minute=0) - timedelta(days=13), NOW + timedelta(days=1))
    counted = Counter(
        (item.article.when.astimezone(ZONE).date().isoformat(), item.key(Kind.STANCE, PROVINCE))
        for item in about(house, window)
    )
    assert len(days) == views.CHART_DAYS * len(views.STANCES)
    assert {(day.date, day.stance): day.articles for day in days if day.articles} == dict(counted)
    assert days[-1].date == "2026-11-21"


def test_stories_to_look_at_first_are_different_stories_the_critical_ones_on_top(house: Installation) -> None:
    rows = views.first_stories(house, WEEK)
    stories = [row.item.key(Kind.STORY) for row in rows]
    critical = [row.item.key(Kind.STANCE, PROVINCE) == "critical" for row in rows]
    assert len(stories) == len(set(stories)) == views.FIRST_STORIES
    assert critical == sorted(critical, reverse=True)
    assert (rows[0].articles, rows[0].texts) == (3, 2)


def test_a_critical_story_of_one_text_comes_before_a_calm_one_of_many(empty: Installation) -> None:
    calm = [Told("bao-song-con", f"Cầu mới {n}", n, text=f"Bài {n}.", story="calm") for n in range(1, 5)]
    critical = Told("nhat-bao-bien", "Cầu cũ nứt", 20, text="Nứt.", stance="critical", story="critical")
    fill(empty, [*calm, critical])
    rows = views.first_stories(empty, WEEK)
    assert [(row.item.article.title, row.texts) for row in rows] == [("Cầu cũ nứt", 1), ("Cầu mới 1", 4)]


def test_facets_count_every_value(house: Installation) -> None:
    found = views.facets(house, (("outlet", All()), ("language", All())))
    counted = Counter(item.article.outlet for item in everything(house))
    assert found["outlet"] == dict(counted)
    assert found["language"]["lo"] == 1


def test_a_page_is_a_slice_of_the_whole(house: Installation) -> None:
    whole = views.page(house, All(), SortBy.NEWEST, 0, 1000)
    second = views.page(house, All(), SortBy.NEWEST, 20, 10)
    assert whole.total == len(whole.rows) == house.store.size()
    assert second.rows == whole.rows[20:30]
    times = [row.item.article.when for row in whole.rows]
    assert times == sorted(times, reverse=True)


def test_an_empty_installation_has_zeros_and_no_stories(empty: Installation) -> None:
    assert views.numbers(empty, WEEK, 4) == views.Numbers(0, 0, 0, 0, 0, 0)
    assert views.first_stories(empty, WEEK) == ()
    assert sum(day.articles for day in views.days_by_stance(empty, NOW)) == 0
