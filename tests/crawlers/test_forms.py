"""Pages that are no plain article, beginnings before paywalls, dates that differ: written for the project."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers.datelines import differing
from crawlers.extract import Page, extract
from crawlers.pager import is_page
from diembao.core.article import DateFrom, Outlet
from diembao.core.reading import DateSaid, Extent, Form
from tests.crawlers.pages import PARAGRAPHS, page

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
URL = "https://bao.example.vn/bai-1.html"
LD = '<script type="application/ld+json">{}</script>'
CAPTIONS = [f"Bến cảng Quy Nhơn nhìn từ phía biển, ảnh số {n} của loạt ảnh" for n in range(1, 7)]
POSTS = [f"1{n}:05 Bão cách bờ biển Quy Nhơn {n}0 km, gió giật cấp mười hai" for n in range(4)]


def read(html: bytes, language: str = "vi") -> Page:
    return extract(html, URL, Outlet("mau", "Báo mẫu", "VN", language, URL, (), timezone="Asia/Ho_Chi_Minh"), NOW)


def with_body(inner: str, title: str = "Bão vào Quy Nhơn", paragraphs: int = 1, head: str = "") -> bytes:
    made = page(title, paragraphs=PARAGRAPHS[:paragraphs], extra=head)
    return made.replace(b"</div></div><footer>", f"</div>{inner}</div><footer>".encode())


# -- live reports ---------------------------------------------------------------------------------


def live(posts: list[str]) -> bytes:
    return with_body(
        "<div class='live-blog'>" + "".join(f"<div class='post'><p>{each}</p></div>" for each in posts) + "</div>"
    )


def test_a_live_report_holds_all_its_posts_in_the_pages_order_below_its_introduction() -> None:
    found = read(live(POSTS))
    assert found.form is Form.LIVE
    assert [each for each in found.text.split("\n") if each in POSTS] == POSTS
    assert found.text.startswith(PARAGRAPHS[0])


def test_a_new_post_of_a_live_report_is_all_that_changes() -> None:
    before, after = read(live(POSTS[1:])), read(live(POSTS))
    assert set(after.text.split("\n")) - set(before.text.split("\n")) == {POSTS[0]}
    assert set(before.text.split("\n")) <= set(after.text.split("\n"))


def test_a_live_report_in_the_head_is_read_with_the_hour_of_each_post() -> None:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Tin {n}",
            "articleBody": post[6:],
            "datePublished": f"2026-11-21T1{n}:05:00+07:00",
        }
        for n, post in enumerate(POSTS)
    ]
    told = json.dumps({"@type": "LiveBlogPosting", "headline": "Bão vào Quy Nhơn", "liveBlogUpdate": updates})
    found = read(with_body("", head=LD.format(told)))
    assert found.form is Form.LIVE
    assert f"10:05 Tin 0\n{POSTS[0][6:]}" in found.text


@pytest.mark.parametrize("several", [True, False])
def test_the_time_of_a_post_is_not_the_time_of_a_live_report(several: bool) -> None:  # noqa: FBT001 (a case)
    post = {"@type": "BlogPosting", "headline": "Tin 1", "datePublished": "2026-11-21T14:05:00+07:00"}
    told = {"@type": "LiveBlogPosting", "liveBlogUpdate": [post, post] if several else post}
    meta = '<meta property="article:published_time" content="2026-11-21T08:00:00+07:00">'
    found = read(with_body("", head=LD.format(json.dumps(told)) + meta))
    assert [(each.where, each.raw) for each in found.dates] == [(DateFrom.META, "2026-11-21T08:00:00+07:00")]
    assert found.published_from is DateFrom.META


def test_a_box_of_other_live_reports_makes_no_live_report() -> None:
    box = (
        "<ul class='live-posts'>"
        + "".join(f"<li><a href='/{n}'>Trực tiếp trận {n}</a></li>" for n in range(9))
        + "</ul>"
    )
    assert read(with_body(box, paragraphs=4)).form is Form.ARTICLE


# -- galleries and films --------------------------------------------------------------------------


def gallery(count: int, paragraphs: int) -> bytes:
    figures = (
        f"<figure><img src='/{n}.jpg'><figcaption>{text}</figcaption></figure>"
        for n, text in enumerate(CAPTIONS[:count])
    )
    return with_body("".join(figures), paragraphs=paragraphs)


def test_captions_are_the_text_of_a_gallery_and_no_part_of_an_article() -> None:
    found = read(gallery(6, 1))
    assert found.form is Form.GALLERY
    assert found.text.split("\n")[-6:] == CAPTIONS
    plain = read(gallery(2, 4))
    assert (plain.form, any(each in plain.text for each in CAPTIONS)) == (Form.ARTICLE, False)


def test_a_film_page_is_told_by_its_description() -> None:
    said = "Đoàn tàu khách đầu tiên vào cảng Quy Nhơn trong tiếng trống của người dân làng chài ven biển."
    film = json.dumps({"@type": "VideoObject", "name": "Tàu vào cảng", "description": said})
    head = f"<title>Tàu vào cảng</title>{LD.format(film)}"
    found = read(f"<html><head>{head}</head><body><h1>Tàu vào cảng</h1><video></video></body></html>".encode())
    assert (found.form, found.text) == (Form.VIDEO, said)
    both = json.dumps([{"@type": "VideoObject", "description": said}, {"@type": "NewsArticle", "headline": "x"}])
    assert read(page(extra=LD.format(both))).form is Form.ARTICLE


# -- paywalls -------------------------------------------------------------------------------------

WALLS = {
    "vi": "Đăng ký gói tháng để đọc tiếp bài này",
    "en": "Subscribe now to continue reading",
    "fr": "Il vous reste 70 % de cet article à lire",
    "ru": "Оформите подписку, чтобы дочитать",
    "zh-Hans": "登录后继续阅读全文",
    "ja": "この記事は有料会員限定です",
    "ko": "구독하시면 전문을 보실 수 있습니다",
    "th": "สมัครสมาชิกเพื่ออ่านต่อ",
    "lo": "ສະໝັກສະມາຊິກ\u200bເພື່ອອ່ານຕໍ່",
    "km": "ចុះឈ្មោះ\u200bដើម្បី\u200bបន្តអាន",
}


@pytest.mark.parametrize("language", WALLS)
def test_a_beginning_before_a_wall_is_a_stub_in_ten_languages(language: str) -> None:
    found = read(with_body(f"<div class='locked'><p>{WALLS[language]}</p></div>"), language)
    assert found.extent is Extent.STUB
    assert found.why.strip("“”") in WALLS[language].replace("\u200b", "")
    assert WALLS[language] not in found.text


@pytest.mark.parametrize("said", ["false", '"False"', '"http://schema.org/False"'])
def test_a_page_that_says_it_is_not_free_is_a_stub_only_where_the_text_is_short(said: str) -> None:
    head = LD.format(f'{{"@type": "NewsArticle", "isAccessibleForFree": {said}}}')
    assert read(page(extra=head, paragraphs=PARAGRAPHS[:1])).extent is Extent.STUB
    long = tuple(f"{text} (đoạn {n})" for n in range(8) for text in PARAGRAPHS)
    assert read(page(extra=head, paragraphs=long)).extent is Extent.WHOLE
    cut = (*long, "Theo lãnh đạo tỉnh, việc này sẽ còn…")
    made = re.sub("<p>Bài «.*?</p>", "", page(extra=head, paragraphs=cut).decode())
    assert read(made.encode()).extent is Extent.STUB


def test_the_number_of_words_in_the_head_settles_it() -> None:
    def head(words: int) -> str:
        return LD.format(f'{{"@type": "NewsArticle", "isAccessibleForFree": false, "wordCount": {words}}}')

    assert read(page(extra=head(110))).extent is Extent.WHOLE
    assert read(page(extra=head(900))).extent is Extent.STUB


@pytest.mark.parametrize(
    "extra",
    [
        "<p>Đăng nhập để bình luận về bài này</p>",
        "<p>Đăng ký nhận bản tin sáng của tòa soạn</p>",
        "<p>Already a subscriber of our newsletter? See you tomorrow.</p>",
        "",
    ],
)
def test_an_invitation_is_no_wall(extra: str) -> None:
    assert read(with_body(extra, paragraphs=4)).extent is Extent.WHOLE


def test_a_page_that_says_it_is_free_is_whole_whatever_stands_on_it() -> None:
    head = LD.format('{"@type": "NewsArticle", "isAccessibleForFree": true}')
    assert read(with_body(f"<p>{WALLS['en']}</p>", head=head)).extent is Extent.WHOLE


# -- dates ----------------------------------------------------------------------------------------

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def said(where: DateFrom, at: str, *, refused: bool = False) -> DateSaid:
    return DateSaid(where, datetime.fromisoformat(at), at, refused)


def test_what_each_place_says_of_the_date_is_kept_with_the_future_refused() -> None:
    head = LD.format('{"@type": "NewsArticle", "datePublished": "2027-11-20T06:12:00+07:00"}')
    found = read(page(extra=head + "<meta name='pubdate' content='2026-11-20T06:12:00+07:00'>"))
    assert (found.published_at, found.published_from) == (datetime(2026, 11, 19, 23, 12, tzinfo=UTC), DateFrom.META)
    assert [(each.where, each.refused) for each in found.dates] == [(DateFrom.JSON_LD, True), (DateFrom.META, False)]
    assert differing(found.dates, ZONE) == found.dates


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("2026-11-21T06:12:00+07:00", "2026-11-20T23:40:00+00:00", False),
        ("2026-11-21T06:12:00+07:00", "2026-11-21T06:12:00+00:00", True),  # the zone was forgotten: seven hours
        ("2026-11-21T06:12:00+07:00", "2026-11-21T00:00:00+07:00", False),  # a day says nothing of the hour
        ("2026-11-20T23:12:00+00:00", "2026-11-21T00:00:00+07:00", False),  # the same day there
        ("2026-11-21T06:12:00+07:00", "2026-11-19T00:00:00+07:00", True),
    ],
)
def test_dates_differ_by_more_than_an_hour_or_by_a_day(one: str, other: str, differ: bool) -> None:  # noqa: FBT001 (a column)
    told = (said(DateFrom.FEED, one), said(DateFrom.META, other))
    assert differing(told, ZONE) == (told if differ else ())


# -- further pages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "first", "number", "further"),
    [
        ("https://b.vn/a.html?page=2", "https://b.vn/a.html", 2, True),
        ("https://b.vn/a.html?id=7&trang=3", "https://b.vn/a.html?id=7", 3, True),
        ("https://b.vn/a-p2.html", "https://b.vn/a.html", 2, True),
        ("https://b.vn/a-trang-2.html", "https://b.vn/a.html", 2, True),
        ("https://b.vn/a_2.html", "https://b.vn/a.html", 2, True),
        ("https://b.vn/a/page/2/", "https://b.vn/a/", 2, True),
        ("https://b.vn/a/2", "https://b.vn/a.html", 2, True),
        ("https://b.vn/a-p3.html", "https://b.vn/a.html", 2, False),
        ("https://b.vn/tin-13.html", "https://b.vn/tin-12.html", 2, False),
        ("https://b.vn/b-p2.html", "https://b.vn/a.html", 2, False),
        ("https://c.vn/a-p2.html", "https://b.vn/a.html", 2, False),
        ("https://b.vn/a.html?id=8&page=2", "https://b.vn/a.html?id=7", 2, False),
    ],
)
def test_a_further_page_has_the_first_ones_address_with_its_number(
    address: str,
    first: str,
    number: int,
    further: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    assert is_page(address, first, number) is further
