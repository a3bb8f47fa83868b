"""The figures of a week, against what a person counts by hand."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from diembao.core.article import Kind
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.query import parse
from diembao.pipeline.wiring import Installation
from diembao.reports import figures
from diembao.reports.figures import Figure, Narrowed, ids_of
from diembao.reports.period import Period, between, week
from diembao.reports.weekly import Weekly, weekly
from tests.dashboard import seed
from tests.reports.conftest import made
from tests.reports.coverage import NOW, THE_WEEK, THIS_WEEK, told, weeks_before

Make = Callable[..., Installation]


def asked(figure: Figure) -> bool:
    """Of the index; what the record says of cases and requests is compared with nothing."""
    return figure.counted.asked and figure.narrowed is not Narrowed.OF_CASES


def counts(found: Sequence[tuple[str, Figure]]) -> dict[str, int]:
    return {key: figure.count for key, figure in found if figure.count}


def test_the_week_is_counted_as_by_hand(found: Weekly) -> None:
    o = found.overview
    # Of twelve articles one is about another province and one came out a minute after midnight on Friday.
    assert o.articles.count == 10
    assert (o.texts.count, o.stories.count, o.outlets.count) == (9, 8, 6)
    assert (o.foreign.count, o.critical.count, o.by_person.count) == (2, 2, 0)
    assert counts(o.stances) == {"positive": 1, "neutral": 6, "critical": 2, "abstain": 1}
    assert counts(o.themes) == {
        "policy-communication": 1,
        "tourism": 1,
        "trade-investment": 1,
        "laos-partners": 1,
        "environment-climate": 2,
        "human-rights": 1,
        "": 5,
    }


def test_every_figure_stands_beside_the_week_before_and_the_mean_of_eight(found: Weekly) -> None:
    o = found.overview
    assert found.periods == 8
    assert (o.articles.last, o.articles.mean) == (1, 4.5)  # 1, 2, … 8 articles
    assert (o.critical.last, o.critical.mean) == (1, 1 / 8)
    assert (o.stories.last, o.stories.mean) == (1, 4.5)
    assert (o.outlets.last, o.outlets.mean) == (1, 1.0)
    assert (o.foreign.last, o.foreign.mean) == (0, 0.0)
    assert {len(figure.before) for figure in found.figures if asked(figure)} == {8}
    assert o.articles.before[0].last == date(2026, 11, 12)


def test_figures_have_a_number_each_in_order(found: Weekly) -> None:
    assert [figure.number for figure in found.figures] == list(range(1, len(found.figures) + 1))


def test_typing_the_query_of_a_figure_finds_its_articles(house: Installation, found: Weekly) -> None:
    for figure in found.figures:
        if figure.narrowed or not figure.counted.asked:
            continue
        for each in (figure.now, *figure.before):
            hits = house.index.search(parse(each.query, now=datetime(2030, 5, 5, tzinfo=UTC)), limit=1000)
            assert sorted(hit.id for hit in hits.hits) == list(each.ids), figure.name


def test_the_record_says_the_same_as_the_index(house: Installation, period: Period, found: Weekly) -> None:
    ids = house.store.published_between(period.start, period.end, about="gia-lai")
    items = house.store.articles(ids)
    assert sorted(ids) == list(found.overview.articles.now.ids)
    for key, figure in found.overview.stances[:-1]:
        assert sorted(x.article.id for x in items if x.key(Kind.STANCE, "gia-lai") == key) == list(figure.now.ids)
    for key, figure in found.overview.themes[:-1]:
        assert sorted(x.article.id for x in items if key in x.keys(Kind.THEME, "gia-lai")) == list(figure.now.ids)


def test_stances_together_are_all_articles(found: Weekly) -> None:
    total = found.sums[0]
    listed = [x for n in total.parts for x in found.figures[n - 1].now.ids]
    assert sorted(listed) == list(found.figures[total.total - 1].now.ids)


def test_an_article_without_a_stance_is_counted_as_not_judged(
    house: Installation, period: Period, ids: dict[str, str]
) -> None:
    with house.store.writing() as write:
        write.set_labels(ids["press"], [Kind.STANCE], [], now=NOW)
    seed.index(house)
    assert counts(made(house, period).overview.stances) == {
        "positive": 1,
        "neutral": 5,
        "critical": 2,
        "abstain": 1,
        "": 1,
    }


def test_the_largest_story_comes_first_with_its_original_its_texts_and_its_outlets(
    found: Weekly, ids: dict[str, str]
) -> None:
    story = found.stories[0]
    assert story.first.article.id == ids["waste"]
    assert [item.article.id for item in story.items] == [ids["waste"], ids["waste-copy"], ids["waste-next"]]
    assert (story.figure.count, story.texts, story.whole, story.figure.last) == (3, 2, 3, 0)


def test_a_story_that_goes_on_is_told_by_its_original_of_another_week(make: Make, period: Period) -> None:
    old = told("long", "bao-song-con", "Chuyện dài kỳ", "11 10:00")
    more = told("long-2", "tin-cao-nguyen", "Kỳ hai", "14 10:00", story="long", role="follow-up")
    house = make((old, more, told("long-3", "nhat-bao-bien", "Kỳ ba", "15 10:00", story="long", role="follow-up")))
    story = made(house, period).stories[0]
    assert (story.first.article.title, story.figure.count, story.whole) == ("Chuyện dài kỳ", 2, 3)


def test_where_many_stories_are_large_single_articles_are_not_main_stories(make: Make, period: Period) -> None:
    pairs = [
        told(f"s{n}-{k}", outlet, f"Chuyện {n}", "15 10:00", story=f"s{n}", role=role)
        for n in range(6)
        for k, (outlet, role) in enumerate((("bao-song-con", "original"), ("tin-cao-nguyen", "follow-up")))
    ]
    found = made(
        make((*pairs, *(told(f"one{n}", "nhat-bao-bien", f"Tin lẻ {n}", "16 10:00") for n in range(9)))), period
    )
    assert [story.figure.count for story in found.stories] == [2] * 6


def test_copies_are_listed_under_the_article_they_copy(found: Weekly, ids: dict[str, str]) -> None:
    listed = found.critical
    assert [(item.article.id, [x.article.id for x in copies]) for item, copies in listed.rows] == [
        (ids["waste"], [ids["waste-copy"]])
    ]


def test_foreign_coverage_goes_by_country_and_language(found: Weekly) -> None:
    assert counts(found.countries) == {"LA": 1, "TW": 1}
    assert counts(found.overview.languages) == {"vi": 8, "lo": 1, "zh-Hant": 1}
    assert len(found.foreign.rows) == 2


def test_official_information_corrections_and_rewritten_articles_are_found(house: Installation, period: Period) -> None:
    flight = next(each for each in THIS_WEEK if each.slug == "flight")
    changed = seed.revise(house, replace(flight), title="ກວີເຍີນ", text="ສອງ", now=NOW)
    found = made(house, period)
    assert [item.article.title for item, _ in found.official.rows] == ["UBND tỉnh họp báo về mùa mưa"]
    assert [item.article.title for item, _ in found.corrections.rows] == ["Nói lại cho rõ về giá đất"]
    assert [item.article.id for item, _ in found.revised.rows] == [changed]


def test_a_persons_stance_is_counted_apart(house: Installation, period: Period, ids: dict[str, str]) -> None:
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["critical"], by="person:lan", why="đã đọc", now=NOW)
    house.store.correct(ids["hostile"], Kind.STANCE, "gia-lai", ["neutral"], by="person:lan", why="", now=NOW)
    seed.index(house)
    o = made(house, period).overview
    assert (o.critical.count, o.by_person.now.ids) == (2, (ids["waste"],))


# -- history ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("weeks", "full"), [(0, 0), (1, 0), (2, 1), (4, 3), (10, 8)])
def test_only_weeks_that_were_watched_from_their_first_day_are_compared(
    make: Make, period: Period, weeks: int, full: int
) -> None:
    house = make((*THIS_WEEK, *(weeks_before(weeks) if weeks else ())))
    found = made(house, period)
    assert found.periods == full
    assert (found.overview.articles.mean is None) == (full == 0)


def test_articles_from_before_the_watch_began_make_no_history(make: Make, period: Period) -> None:
    """Feeds bring old entries on the first day; that is not having watched."""
    house = make()
    run = house.store.begin_run(NOW)
    for each in (*THIS_WEEK, *weeks_before()):
        entry = seed.entry_of(each)
        article = replace(seed._article(each, entry, NOW), seen_at=NOW)
        house.store.page_stored(run, entry, article, now=NOW, response=None)
    house.store.end_run(run, NOW)
    seed.index(house)
    found = made(house, period)
    assert (found.periods, found.sources.began) == (0, date(2026, 11, 20))


def test_the_first_day_of_the_watch_is_that_of_the_first_article_seen(found: Weekly) -> None:
    assert found.sources.began == date(2026, 9, 17)  # 12:04, nine weeks back


def test_a_house_without_articles_has_no_first_day(make: Make, period: Period) -> None:
    found = made(make(), period)
    assert (found.overview.articles.count, found.sources.began, found.periods, found.stories) == (0, None, 0, ())


# -- what it stands on ------------------------------------------------------------------------------


def test_the_former_province_has_its_own_articles(house: Installation, period: Period, ids: dict[str, str]) -> None:
    house.store.correct(ids["waste"], Kind.RELEVANCE, "binh-dinh", ["no"], by="person:lan", why="", now=NOW)
    seed.index(house)
    found = weekly(house, period, province="binh-dinh", now=NOW)
    expected = house.store.published_between(period.start, period.end, about="binh-dinh")
    assert found.province.name == "Bình Định (cũ)"
    assert found.overview.articles.now.ids == tuple(sorted(expected))
    assert ids["waste"] not in expected
    assert (found.overview.critical.count, found.overview.articles.count) == (1, len(expected))


@pytest.mark.parametrize("province", ["vinh-phuc", "", "../gia-lai"])
def test_a_province_that_is_not_watched_is_refused(house: Installation, period: Period, province: str) -> None:
    with pytest.raises(WrongUse, match="gia-lai, binh-dinh"):
        weekly(house, period, province=province, now=NOW)


def test_a_week_that_has_not_begun_is_refused(house: Installation) -> None:
    with pytest.raises(WrongUse, match=r"chưa bắt đầu\. / The period from \S+ on has not begun"):
        made(house, week("2026-W48", zone="Asia/Ho_Chi_Minh", ends=3), now=datetime(2026, 11, 19, 16, 59, tzinfo=UTC))


def test_more_articles_than_an_index_lists_at_once_are_all_found(
    house: Installation, period: Period, found: Weekly, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_HITS", 3)
    monkeypatch.setattr(figures, "MOST_VALUES", 2)
    halved = made(house, period)
    assert [figure.now.ids for figure in halved.figures] == [figure.now.ids for figure in found.figures]
    assert [figure.before for figure in halved.figures] == [figure.before for figure in found.figures]
    assert [figure.count for figure in halved.figures] == [figure.count for figure in found.figures]


def test_more_articles_in_one_second_than_an_index_lists_are_said(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    house = make([told(f"n{n}", "bao-song-con", f"Tin {n}", "15 10:00") for n in range(4)])
    monkeypatch.setattr(figures, "MOST_HITS", 3)
    with pytest.raises(WrongUse, match="in one second"):
        made(house, THE_WEEK)


def test_a_report_made_while_the_index_moves_is_of_one_state(house: Installation, period: Period) -> None:
    """An article becomes searchable after the first questions: they are asked again."""
    late = told("late", "bao-song-con", "Bài đến muộn", "17 10:00", stance="positive")
    moving: Any = Moving(house, lambda: seed.fill(house, [late], now=NOW))
    found = weekly(moving, period, province="gia-lai", now=NOW)
    assert found.overview.articles.count == 11
    total = found.sums[0]
    assert sum(found.figures[n - 1].count for n in total.parts) == 11
    assert found.as_of == house.index.position()


class Moving:
    """The installation, in which something happens at the tenth question."""

    def __init__(self, house: Installation, happening: Callable[[], object]) -> None:
        self.store, self.profile, self.outlets, self.crawled = house.store, house.profile, house.outlets, house.crawled
        self.plan_folder = house.plan_folder
        self.index = SimpleNamespace(
            **{name: getattr(house.index, name) for name in ("count", "aggregate", "position")}
        )
        self.index.search = self._search
        self._real, self._happening, self._asked = house.index.search, happening, 0

    def _search(self, *asked: Any, **how: Any) -> Any:
        self._asked += 1
        if self._asked == 10:
            self._happening()
        return self._real(*asked, **how)


def test_ids_are_of_the_span_that_was_asked_for(house: Installation, period: Period) -> None:
    query = figures.about("gia-lai", house)
    spans = [period.before(n) for n in range(3)]
    parts = [set(ids_of(house.index, figures.Book(house, "gia-lai", s).query(s), s.start, s.end)) for s in spans]
    whole = between(spans[-1].first, period.last, zone=period.zone, ends=3)
    asked = figures.Book(house, "gia-lai", whole).query(whole)
    assert set(ids_of(house.index, asked, whole.start, whole.end)) == set().union(*parts)
    assert sum(map(len, parts)) == house.index.count(asked)
    assert house.index.count(query) > house.index.count(asked)


def test_an_index_that_does_not_know_the_record_makes_no_report(house: Installation, period: Period) -> None:
    """Its "none" would be read as no coverage."""
    house.index.wipe()
    with pytest.raises(Misconfigured, match="index rebuild"):
        made(house, period)
