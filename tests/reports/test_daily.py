"""The morning's brief: what it counts, that it is one page, and that nothing foreign in it becomes more than words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from diembao.core.case import Details
from diembao.core.query import parse
from diembao.paper import pdf
from diembao.pipeline.wiring import Installation, open_installation
from diembao.plan.office import ReportDate
from diembao.reports.daily import Daily, DueItem, as_json, daily
from diembao.reports.daily_text import Made, make
from diembao.response.acts import Actor
from diembao.response.cases import Desk
from tests.dashboard import seed
from tests.dashboard.published import Told
from tests.dashboard.seed import NOW, ZONE, Seeded
from tests.parts import needs

TODAY = date(2026, 11, 21)


def told(slug: str, hours: float, **more: object) -> Told:
    """Seen so many hours before 06:40 of the day."""
    plain = Told("bao-song-con", f"Chuyện {slug}", hours, text=f"Bài về {slug}.", slug=slug, story=slug)
    return replace(plain, **more)  # type: ignore[arg-type]  # each test names fields of its own


COVERAGE = (
    told("new", 1, stance="critical", why="“đơn ba lần”: than phiền, luật 3"),
    told("new-copy", 1.5, story="new", role="copy", outlet="nhat-bao-bien", stance="critical"),
    told("foreign", 5, outlet="khaosan-lao"),
    told("first-minute", 24.1),  # 06:34 of yesterday: after yesterday's brief
    told("day-before", 24.5),  # 06:10 of yesterday: in yesterday's brief
    told("too-late", 0.1),  # 06:34 of today: in tomorrow's
    told("elsewhere", 3, relevance="no"),
)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Seeded]]:
    with open_installation(seed.home_at(tmp_path_factory.mktemp("daily"))) as opened:
        yield opened, seed.fill(opened, COVERAGE)


@pytest.fixture(scope="module")
def found(seeded: tuple[Installation, Seeded]) -> Daily:
    return daily(seeded[0], TODAY, NOW)


def made(house: Installation, found: Daily, **how: object) -> Made:
    return make(house, found, **how)  # type: ignore[arg-type]  # options of `make`


def test_what_was_seen_between_two_briefs_is_counted_beside_the_day_before(found: Daily) -> None:
    counted = {name: (each.count, each.before) for name, each in found.numbers.items()}
    assert counted == {"articles": (4, 1), "texts": (3, 1), "critical": (2, 0), "foreign": (1, 0), "stories": (3, 1)}
    assert (found.start, found.end) == (
        datetime(2026, 11, 20, 6, 30, tzinfo=ZONE),
        datetime(2026, 11, 21, 6, 30, tzinfo=ZONE),
    )
    assert found.whole


def test_typing_the_query_of_a_number_finds_its_articles(seeded: tuple[Installation, Seeded], found: Daily) -> None:
    house, _ = seeded
    for name in ("articles", "texts", "critical", "foreign"):
        number = found.numbers[name]
        assert house.index.count(parse(number.query, now=NOW + timedelta(days=9))) == number.count, name


def test_stories_come_by_their_texts_and_a_critical_copy_is_not_told_again(
    seeded: tuple[Installation, Seeded], found: Daily
) -> None:
    assert (found.stories[0].headline.title, found.stories[0].texts, found.stories[0].articles) == ("Chuyện new", 1, 2)
    assert [(item.article.id, case) for item, case in found.critical] == [(seeded[1].ids["new"], "")]


def test_what_is_due_today_or_late_is_told_with_its_unit(
    seeded: tuple[Installation, Seeded], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with open_installation(seed.home_at(tmp_path_factory.mktemp("due"))) as house:
        ids = seed.fill(house, COVERAGE).ids
        by = Actor("person:1", NOW - timedelta(days=20))
        case = Desk(house.store, house.profile).open(Details("Nước thải", "so-nnmt"), [ids["new"]], by)
        brief = daily(house, TODAY, NOW)
        assert [(each.kind, each.name, each.who, each.late) for each in brief.due] == [
            ("case", case.number, house.profile.units["so-nnmt"].name, True)
        ]
        assert brief.critical[0][1] == case.number
        text = made(house, brief).text
        assert f"TRỄ HẠN · Vụ việc {case.number}" in text


def test_a_report_that_is_due_within_a_week_is_told_every_morning(seeded: tuple[Installation, Seeded]) -> None:
    house, _ = seeded
    whole = replace(house.profile, reports=(ReportDate("Báo cáo năm", "11-25", "kế hoạch"),))

    class Other:
        store, index, outlets, crawled = house.store, house.index, house.outlets, house.crawled
        profile, plan_folder = whole, house.plan_folder

    assert [each.text for each in daily(Other(), TODAY, NOW).due if each.kind == "report"] == ["Báo cáo năm"]


def test_a_day_without_an_article_says_so_in_both_languages(seeded: tuple[Installation, Seeded]) -> None:
    house, _ = seeded
    empty = daily(house, date(2025, 3, 1), NOW)
    assert "Không ghi nhận bài mới nào về tỉnh." in made(house, empty).text
    english = made(house, empty, language="en")
    assert "No new article about the province was seen." in english.text
    assert english.subject == "Press brief of 01/03/2025: 0 new articles, 0 critical"


def test_a_morning_that_has_not_come_is_said_to_be_unfinished(seeded: tuple[Installation, Seeded]) -> None:
    house, _ = seeded
    tomorrow = daily(house, TODAY + timedelta(days=1), NOW)
    assert not tomorrow.whole
    assert tomorrow.numbers["articles"].count == 1
    assert "chưa hết ngày, tính đến 06:40 21/11" in made(house, tomorrow).text


def test_whatever_happens_it_is_one_page(seeded: tuple[Installation, Seeded], found: Daily) -> None:
    house, _ = seeded
    long = "Một việc rất dài kể mãi không hết về nước thải và con đường ven biển. " * 9
    items = tuple(DueItem("case", f"VV-2026-{n:04d}", long, "Sở Y tế", NOW, late=True) for n in range(40))
    crowded = replace(found, due=items, stories=found.stories * 3, critical=found.critical * 8)
    page = made(house, crowded)
    assert "Lược cho vừa một trang" in page.text
    assert "Lược cho vừa một trang" in page.html


@needs("soffice")
def test_its_pdf_has_one_page(seeded: tuple[Installation, Seeded], found: Daily) -> None:
    printed = made(seeded[0], found, with_pdf=True)
    assert printed.pdf is not None
    assert pdf.pages(printed.pdf) == 1
    (enclosed,) = printed.message(found).enclosed
    assert (enclosed.name, enclosed.media) == ("diem-bao_gia-lai_2026-11-21.pdf", "application/pdf")


def test_nothing_foreign_in_the_mail_becomes_more_than_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_installation(seed.home_at(tmp_path_factory.mktemp("hostile"))) as house:
        seed.fill(house, (told("x", 1, title="<img src=x onerror=alert(1)> & “\u202eđảo”", stance="critical"),))
        html = made(house, daily(house, TODAY, NOW)).html
        assert "<img" not in html
        assert "&lt;img src=x onerror=alert(1)&gt; &amp;" in html
        assert "\u202e" not in html


def test_as_json_it_has_every_number_with_its_question(found: Daily) -> None:
    printed = as_json(found, {"bao-song-con": "Báo Sông Côn"})
    assert printed["numbers"]["articles"]["count"] == 4
    assert printed["critical"][0]["outlet"] == "Báo Sông Côn"
    assert printed["complete"] is True
