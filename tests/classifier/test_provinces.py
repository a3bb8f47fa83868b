"""Several provinces judged at once: what is said of each is what it would be alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from classifier.namesakes import only_shared, settled
from classifier.pages import is_home
from classifier.places import Gazetteer, PlacePrefilter, PlaceTagger
from classifier.provinces import ProvincesTagger
from classifier.stance import StanceTagger
from classifier.themes import ThemeTagger
from demo.copydesk import pieces
from diembao.core.article import Article, DateFrom, Kind, Label, Labelled, TextFrom
from diembao.core.ports import Tagger
from diembao.pipeline.steps import judged_labels
from diembao.plan.reader import profile
from tests.classifier.test_relevance_examples import HERE as RELEVANCE
from tests.classifier.test_relevance_examples import written

FIVE = tuple(profile(each) for each in ("gia-lai", "bac-ninh", "quang-tri", "dong-nai", "phu-tho"))
NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)
BEFORE = datetime(2024, 11, 21, 5, tzinfo=UTC)
NEWS = Article("a", "", "", "", "", "", TextFrom.PAGE, "vi", NOW, DateFrom.FEED, NOW)
TEXTS = {
    "one": NEWS,
    "none": replace(NEWS, title="Hà Nội mở tuyến xe buýt mới", text="Từ Hà Nội đi Hải Phòng, khách tăng mạnh."),
    "nothing": replace(NEWS, title="Giá vàng hôm nay tăng", text="Giá vàng trong nước tăng theo thế giới."),
    "here": replace(NEWS, title="Quy Nhơn đón tàu du lịch", text="Cảng Quy Nhơn (Gia Lai) đón 2.000 khách. " * 9),
    "two": replace(
        NEWS,
        title="Gia Lai và Bắc Ninh ký hợp tác du lịch",
        lead="Lãnh đạo hai tỉnh bắt tay nhau.",
        text="Đoàn Bắc Ninh thăm tháp Đôi. Tỉnh Đồng Nai và Phú Thọ gửi lời chúc. Từ Đồng Hới có thêm đường bay.",
    ),
    "shared": replace(NEWS, title="Phường Tân Lập ngập nặng", text="Xã Tân Tiến, xã Hòa Bình và Vĩnh Phúc cùng ngập."),
    "person": replace(NEWS, title="Nguyễn Thanh Hóa thắng giải chạy ở xã Tân Tiến", text="Xã Tân Lập cổ vũ."),
    "before": replace(NEWS, title="Gia Lai được mùa cà phê", text="Pleiku, Bắc Ninh.", published_at=BEFORE),
    "street": replace(NEWS, title="Cháy ở phố Quảng Bình", text="Đường Vĩnh Phúc, Hà Nội, quận Ba Đình kẹt xe."),
    "japanese": replace(
        NEWS, language="ja", title="ビンディン省のクイニョン港", text="ビンディン省と同奈、クアンビン。"
    ),
    "khmer": replace(NEWS, language="km", title="ខេត្តដុងណៃ", text="ខេត្តដុងណៃ និង ប៊ិញភឿក"),
    "russian": replace(NEWS, language="ru", title="Порт Куинёна вырос", text="Провинция Биньдинь и Донгнай."),
}


@cache
def taggers() -> tuple[list[list[Tagger]], list[Tagger]]:
    """Those of five installations, and those of the one that watches all five."""
    apart: list[list[Tagger]] = [[PlaceTagger(its), ThemeTagger(its), StanceTagger(its)] for its in FIVE]
    rest: list[Tagger] = [*map(ThemeTagger, FIVE), *map(StanceTagger, FIVE)]
    return apart, [ProvincesTagger(FIVE), *rest]


def alone(article: Article) -> list[Label]:
    """As installations of one province each would judge it."""
    return [label for its in taggers()[0] for label in judged_labels(Labelled(article), its)]


def together(article: Article) -> list[Label]:
    return judged_labels(Labelled(article), taggers()[1])


def in_order(labels: list[Label]) -> list[Label]:
    return sorted(labels, key=lambda x: (x.kind.value, x.about, x.key))


@pytest.mark.parametrize("name", TEXTS)
def test_judged_together_each_province_gets_the_labels_it_would_get_alone(name: str) -> None:
    assert in_order(together(TEXTS[name])) == in_order(alone(TEXTS[name]))


def many() -> list[Article]:
    """Every written example, and every article of the demo."""
    lines = [line for path in sorted(RELEVANCE.rglob("*.jsonl")) for line in written(path)]
    examples = [replace(NEWS, title=line["title"], lead=line.get("lead", "")) for line in lines]
    demo = [replace(NEWS, title=p.words.title, lead=p.words.lead, text="\n".join(p.words.body)) for p in pieces()]
    return [*examples, *demo, *TEXTS.values()]


def test_so_it_is_for_every_written_example_and_every_article_of_the_demo() -> None:
    every, each = ProvincesTagger(FIVE), [PlaceTagger(its) for its in FIVE]
    for article in many():
        assert in_order(list(every.judge(article, ()))) == in_order([x for one in each for x in one.judge(article, ())])


def test_shared_names_without_company_are_told_at_once_to_be_what_settling_each_of_them_would_say() -> None:
    gazetteers, met = [Gazetteer(its) for its in FIVE], 0
    for article in many():
        for gazetteer in gazetteers:
            page = gazetteer.page(article.title, article.lead, article.text)
            if first := only_shared(page):
                met += 1
                found = list(settled(page))
                assert not any(is_place for mention, is_place in found if is_home(mention.name))
                assert first == next(mention for mention, is_place in found if not is_place)
    assert met > 50


def test_an_article_may_be_about_two_of_five() -> None:
    found = together(TEXTS["two"])
    said = {x.about: x.key for x in found if x.kind is Kind.RELEVANCE}
    assert (said["gia-lai"], said["bac-ninh"]) == ("yes", "yes")
    assert {x.about for x in found if x.kind is Kind.THEME} >= {"gia-lai", "bac-ninh"}


def test_the_version_tells_which_provinces_are_judged() -> None:
    assert ProvincesTagger(FIVE).version != ProvincesTagger(FIVE[:4]).version


def test_the_prefilter_lets_through_what_any_province_would() -> None:
    every = PlacePrefilter(*FIVE)
    for title in ("Quy Nhơn mưa lớn", "Đồng Hới đón khách", "Việt Trì mở hội"):
        assert every.may_be_about(title, "")
        assert sum(PlacePrefilter(its).may_be_about(title, "") for its in FIVE) == 1
    assert not every.may_be_about("Hà Nội nắng nóng", "")
