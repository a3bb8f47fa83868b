from __future__ import annotations

from datetime import timedelta

import pytest

from crawlers.feeds import parse
from crawlers.listed import Limits
from crawlers.rules import rule_of, slug_words, too_wide
from diembao.core.errors import SetAside
from tests.crawlers.collecting import NOW, outlet

HOME = "https://bao.example.vn"
LISTING = f"{HOME}/thoi-su"
EXAMPLE = f"{HOME}/quy-nhon-don-khach-post123456.html"


@pytest.mark.parametrize(
    ("example", "fits", "other"),
    [
        ("/quy-nhon-don-khach-post12.html", "/mot-bai-khac-post9876543.html", "/mot-bai-khac.html"),
        ("/thoi-su/quy-nhon-don-khach-20261121.htm", "/thoi-su/a-1.htm", "/the-gioi/a-1.htm"),
        ("/suc-khoe/202603/bo-y-te-d0f7a12/", "/suc-khoe/202511/tin-0a1b2c3/", "/suc-khoe/202511/"),
        ("/trafic-stabilise-a-munich/1292252.html", "/autre-article-du-jour/7.html", "/rubrique/7.html"),
        ("/detail.aspx?id=84232", "/detail.aspx?id=7", "/detail.aspx?page=7"),
        ("/tin/2026/11/21/quy-nhon-don-khach", "/tin/2025/1/2/mot-bai-bao-khac", "/tin/2025/1/2/anh"),
        ("/ข่าว/ท่องเที่ยวเวียดนาม", "/ข่าว/เศรษฐกิจลาว", "/กีฬา/เศรษฐกิจลาว/1"),
    ],
)
def test_an_example_stands_for_all_addresses_of_its_shape(example: str, fits: str, other: str) -> None:
    rule = rule_of((HOME + example,))
    assert rule is not None
    assert rule.fits(HOME + example)
    assert rule.fits(HOME + fits)
    assert not rule.fits(HOME + other)
    assert not rule.fits(f"https://khac.example{fits}")


def test_two_examples_that_differ_in_a_part_leave_that_part_open() -> None:
    rule = rule_of((f"{HOME}/thoi-su/a-b-c-1.html", f"{HOME}/the-gioi/d-e-f-2.html"))
    assert rule is not None
    assert rule.fits(f"{HOME}/kinh-te/g-3.html")
    assert rule.fits("https://www.bao.example.vn/kinh-te/g-3.html?utm_source=x")


@pytest.mark.parametrize("example", ["/", "/thoi-su", "/tin-tuc/quoc-te/"])
def test_an_example_that_a_section_would_fit_as_well_is_known(example: str) -> None:
    assert too_wide(HOME + example)
    assert not too_wide(EXAMPLE)


def test_a_listing_page_gives_each_article_once_with_its_longest_words() -> None:
    page = f"""<html><base href="{HOME}/"><body><a href="/thoi-su">Thời sự</a>
    <a href="mot-tin-post1.html"><img alt="Ảnh chụp"></a> <a href="/mot-tin-post1.html?utm_source=x">Quy Nhơn đón</a>
    <a href="/hai-tin-post2.html#binh-luan" title="Pleiku vào mùa hoa">12</a>
    <a href="mailto:a@b.vn">x</a><a href="javascript:void(0)">y</a><a>z</a>
    <a href="https://quangcao.example/mot-tin-post1.html">Quảng cáo</a></body></html>"""
    told = outlet("bao", LISTING, feeds=(), listings=(LISTING,), articles=(EXAMPLE,))
    feed = parse(page.encode(), LISTING, told, NOW, Limits(10, timedelta(1)))
    assert [(entry.url, entry.title) for entry in feed.entries] == [
        (f"{HOME}/mot-tin-post1.html", "Quy Nhơn đón"),
        (f"{HOME}/hai-tin-post2.html", "Pleiku vào mùa hoa"),
    ]


def test_a_listing_that_has_changed_its_shape_is_set_aside() -> None:
    told = outlet("bao", LISTING, feeds=(), listings=(LISTING,), articles=(EXAMPLE,))
    with pytest.raises(SetAside, match="no articles"):
        parse(b"<html><a href='/khac/1'>x</a></html>", LISTING, told, NOW, Limits(10, timedelta(1)))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/quy-nhon-don-khach-post123.html", "quy nhon don khach post"),
        ("/news/123456", ""),
        ("/detail.aspx?id=7", ""),
        ("/%E0%BA%82%E0%BB%88%E0%BA%B2%E0%BA%A7-%E0%BA%A5%E0%BA%B2%E0%BA%A7/", "ຂ າວ ລາວ"),
    ],
)
def test_where_there_is_no_title_the_address_may_say_something(path: str, words: str) -> None:
    assert slug_words(HOME + path) == words or (not words.isascii() and slug_words(HOME + path))
