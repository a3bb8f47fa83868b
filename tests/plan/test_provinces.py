"""The five provinces whose plans are known: each has a profile of its plan and one of today."""

from __future__ import annotations

import datetime as dt

import pytest

from classifier.places import PlaceTagger
from diembao.core.article import Article, DateFrom, Kind, TextFrom
from diembao.plan.reader import profile, themes

PAIRS = [
    ("binh-dinh", "gia-lai", 31),
    ("bac-giang", "bac-ninh", 29),
    ("quang-binh", "quang-tri", 9),
    ("binh-phuoc", "dong-nai", 12),
    ("vinh-phuc", "phu-tho", 33),
]
AFTER, BEFORE = dt.datetime(2026, 11, 2, tzinfo=dt.UTC), dt.datetime(2024, 5, 6, tzinfo=dt.UTC)


def said(province: str, title: str, *, at: dt.datetime = AFTER) -> dict[str, str]:
    """Relevance by province."""
    article = Article(
        id="a" * 16,
        url="https://bao-mau.example/a",
        outlet="bao-mau",
        title=title,
        lead="",
        text="",
        text_from=TextFrom.FEED,
        language="vi",
        published_at=at,
        published_from=DateFrom.FEED,
        seen_at=at,
    )
    labels = PlaceTagger(profile(province)).judge(article, ())
    return {label.about: label.key for label in labels if label.kind is Kind.RELEVANCE}


@pytest.mark.parametrize(("former", "today", "tasks"), PAIRS)
def test_the_plan_is_carried_on_by_the_province_of_today(former: str, today: str, tasks: int) -> None:
    ours = profile(today)
    assert ours.judged == (today, former)
    assert len(ours.tasks) == tasks
    assert ours.tasks == profile(former).tasks
    assert set(ours.fields) == set(themes())
    assert ours.letterhead.parent.startswith("UBND ")


@pytest.mark.parametrize(("former", "today", "tasks"), PAIRS)
def test_its_names_are_said_in_every_language(former: str, today: str, tasks: int) -> None:
    for area in (former, today):
        place = next(x for x in profile(today).places if x.area == area and x.kind == "province" and x.sure)
        assert {"zh", "ja", "ko", "ru", "th", "lo", "km"} <= place.exonyms.keys(), area


@pytest.mark.parametrize(
    ("province", "title", "expected"),
    [
        ("bac-ninh", "Lục Ngạn vào vụ vải thiều", {"bac-ninh": "yes", "bac-giang": "yes"}),
        ("bac-ninh", "Hội Lim đông khách dịp đầu xuân", {"bac-ninh": "yes", "bac-giang": "no"}),
        ("bac-ninh", "Bão lớn đổ bộ Quảng Ninh", {"bac-ninh": "no", "bac-giang": "no"}),
        ("quang-tri", "Khám phá hang Sơn Đoòng ở Phong Nha", {"quang-tri": "yes", "quang-binh": "yes"}),
        ("quang-tri", "Thành cổ Quảng Trị thắp nến tri ân", {"quang-tri": "yes", "quang-binh": "no"}),
        ("quang-tri", "广平县一企业停产", {"quang-tri": "no", "quang-binh": "no"}),
        ("dong-nai", "Ùn tắc kéo dài ở ngã tư Bình Phước, TP.HCM", {"dong-nai": "no", "binh-phuoc": "no"}),
        ("dong-nai", "Bù Gia Mập trồng lại rừng", {"dong-nai": "yes", "binh-phuoc": "yes"}),
        ("dong-nai", "Sân bay Long Thành đón chuyến bay đầu tiên", {"dong-nai": "yes", "binh-phuoc": "no"}),
        ("phu-tho", "Cháy nhà ở phường Vĩnh Phúc, quận Ba Đình", {"phu-tho": "no", "vinh-phuc": "no"}),
        ("phu-tho", "Vĩnh Yên mở phố đi bộ", {"phu-tho": "yes", "vinh-phuc": "yes"}),
        ("phu-tho", "Lễ hội Đền Hùng khai mạc ở Việt Trì", {"phu-tho": "yes", "vinh-phuc": "no"}),
        ("phu-tho", "Phó thủ tướng Nguyễn Hòa Bình làm việc với Bộ Công an", {"phu-tho": "no", "vinh-phuc": "no"}),
    ],
)
def test_places_are_told_from_their_namesakes(province: str, title: str, expected: dict[str, str]) -> None:
    assert said(province, title) == expected


def test_before_the_merger_the_name_of_today_meant_the_other_side() -> None:
    assert said("phu-tho", "Phú Thọ mở hội trại", at=BEFORE) == {"phu-tho": "yes", "vinh-phuc": "no"}
