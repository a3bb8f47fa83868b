"""Feeds of every form to entries; none with an address is lost, none vanishes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from crawlers.feeds import Feed, Limits, parse
from diembao.core.article import Outlet
from diembao.core.errors import SetAside
from tests.crawlers.pages import RFC_DATE, item, rss

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SOURCE = "https://bao.example.vn/rss/home.rss"
PAPER = Outlet("bao-mau", "Báo mẫu", "VN", "vi", "https://bao.example.vn/", (SOURCE,))
LIMITS = Limits(1000, timedelta(days=60))


def read(data: bytes, *, outlet: Outlet = PAPER, limits: Limits = LIMITS, content_type: str = "") -> Feed:
    return parse(data, SOURCE, outlet, NOW, limits, content_type=content_type)


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Báo mẫu</title>
<entry><title type="html">Quy Nhơn &amp;lt;mới&amp;gt;</title><id>tag:1</id><link rel="alternate" href="/a.html"/>
<published>2026-11-21T06:12:00+07:00</published><updated>2026-11-21T09:00:00+07:00</updated>
<summary>Tóm tắt</summary></entry></feed>""".encode()
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="/"><title>x</title></channel>
<item rdf:about="https://bao.example.vn/a.html"><title>クイニョン</title><link>https://bao.example.vn/a.html</link>
<dc:date>2026-11-21T08:12:00+09:00</dc:date></item></rdf:RDF>""".encode()
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "url": "/a.html", "title": "Quy Nhơn", "date_published": "2026-11-21T06:12:00+07:00"}],
    }
).encode()


@pytest.mark.parametrize("data", [ATOM, RDF, JSON, rss(item("/a.html"))], ids=["atom", "rdf", "json", "rss"])
def test_every_form_of_feed_is_read(data: bytes) -> None:
    (entry,) = read(data).entries
    assert entry.url == "https://bao.example.vn/a.html"
    assert entry.published_at == datetime(2026, 11, 20, 23, 12, tzinfo=UTC)
    assert (entry.outlet, entry.source) == ("bao-mau", SOURCE)
    assert entry.title


def test_titles_and_summaries_are_plain_text() -> None:
    summary = (
        '<a href="/a"><img src="x.jpg" onerror="alert(1)"></a></br>Tóm tắt <b>đậm</b> &amp; nghiêng<script>x()</script>'
    )
    title = "Hoa\u0300 Bi\u0300nh &amp;quot;mới&amp;quot;"
    (entry,) = read(rss(item("/a", title.replace("&amp;", "&"), summary))).entries
    assert entry.title == 'Hoà Bình "mới"'
    assert entry.summary == "Tóm tắt đậm & nghiêng"


def test_less_than_signs_in_a_plain_title_survive() -> None:
    (entry,) = read(rss(item("/a", "Giá < 5 triệu và > 3 triệu"))).entries
    assert entry.title == "Giá < 5 triệu và > 3 triệu"


def test_the_full_text_of_a_feed_is_kept_in_paragraphs_without_its_author() -> None:
    feed = rss(item("/a", text="<p>Đoạn một.</p><p>Đoạn hai.</p><p>Bài, ảnh: Nguyễn Thị Mẫu</p>"))
    (entry,) = read(feed).entries
    assert entry.text == "Đoạn một.\nĐoạn hai."


def test_an_entry_without_address_a_strange_one_and_an_old_one_are_refused_by_name() -> None:
    feed = read(
        rss(item(""), item("mailto:a@b.vn"), item("/old", date="Fri, 01 May 2026 06:12:00 +0700"), item("/new"))
    )
    assert [each.reason for each in feed.refused] == ["no-link", "address", "too-old"]
    assert [entry.url for entry in feed.entries] == ["https://bao.example.vn/new"]


def test_entries_past_the_limit_are_refused_by_name() -> None:
    feed = read(rss(*(item(f"/{n}") for n in range(25))), limits=Limits(20, timedelta(days=60)))
    assert len(feed.entries) == 20
    assert [(each.url, each.reason) for each in feed.refused] == [
        (f"https://bao.example.vn/{n}", "too-many") for n in range(20, 25)
    ]


def test_ten_thousand_entries_are_read() -> None:
    feed = read(rss(*(item(f"/{n}", f"Tin {n}") for n in range(10_000))), limits=Limits(10_000, timedelta(days=60)))
    assert len({entry.id for entry in feed.entries}) == 10_000


@pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 GMT", "Sun, 21 Nov 2027 06:12:00 +0700", "hôm qua", ""])
def test_an_impossible_date_is_unknown(date: str) -> None:
    (entry,) = read(rss(item("/a", date=date))).entries
    assert entry.published_at is None


def test_the_digest_follows_title_summary_text_and_time_only() -> None:
    def digest(**more: str) -> str:
        return read(rss(item("/a", **more))).entries[0].digest

    same = digest(title="Tin", summary="Tóm tắt")
    assert digest(title="Tin", summary="<b>Tóm tắt</b>") == same
    others = [
        digest(title="Tin sửa", summary="Tóm tắt"),
        digest(title="Tin", summary="Tóm tắt sửa"),
        digest(title="Tin", summary="Tóm tắt", text="Toàn văn"),
        digest(title="Tin", summary="Tóm tắt", date="Sat, 21 Nov 2026 07:12:00 +0700"),
    ]
    assert len({same, *others}) == 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n",
        bytes(range(256)),
        b"<html><body>Error 500</body></html>",
        b"Error: no feed by that name.",
        b'{"a": 1}',
        b"{" * 5000,
    ],
)
def test_what_is_no_feed_is_set_aside(data: bytes) -> None:
    with pytest.raises(SetAside):
        read(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_with_entities_of_its_own_is_never_parsed(encoding: str) -> None:
    declared = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    bomb = f'{declared}<rss version="2.0"><channel><title>&b;</title></channel></rss>'
    with pytest.raises(SetAside, match="entities"):
        read(bomb.encode(encoding))


def test_a_feed_that_broke_off_gives_what_was_whole_and_says_so() -> None:
    data = rss(item("/a", "Một"), item("/b", "Hai"))
    feed = read(data[: data.rindex(b"<pubDate>") + 12])
    assert [entry.title for entry in feed.entries] == ["Một"]
    assert [each.reason for each in feed.refused] == ["cut-off"]
    assert not feed.whole
    assert read(data).whole


def test_a_feed_with_one_slip_is_still_read() -> None:
    feed = read(rss(item("/a", "Một"), item("/b", "Hai")).replace(b"<item>", b"<item><bad & thing>", 1))
    assert [entry.url for entry in feed.entries] == ["https://bao.example.vn/a", "https://bao.example.vn/b"]


def test_relative_doubled_and_tracked_addresses_are_mended() -> None:
    feed = read(
        rss(
            item("a.html"),
            item("https://bao.example.vnhttps://bao.example.vn/b.html?utm_source=rss&id=7"),
            item("//bao.example.vn/c"),
        )
    )
    assert [entry.url for entry in feed.entries] == [
        "https://bao.example.vn/rss/a.html",
        "https://bao.example.vn/b.html?id=7",
        "https://bao.example.vn/c",
    ]


@pytest.mark.parametrize(
    ("language", "encoding", "title"),
    [
        ("zh-Hans", "gb2312", "归仁市迎来首批游客"),
        ("zh-Hant", "big5", "歸仁市迎來首批遊客"),
        ("ko", "euc-kr", "꾸이년에 첫 관광객"),
        ("ja", "shift_jis", "クイニョンに最初の観光客"),
        ("ru", "windows-1251", "Первые туристы в Куиньоне"),
        ("th", "tis-620", "นักท่องเที่ยวกลุ่มแรก"),
    ],
)
@pytest.mark.parametrize("declared", ["in the feed", "by the server", "nowhere"])
def test_old_encodings_are_read_whoever_declares_them(language: str, encoding: str, title: str, declared: str) -> None:
    data = rss(item("/a", title, title * 4)).decode()
    data = data.replace("utf-8", encoding) if declared == "in the feed" else data.replace(' encoding="utf-8"', "")
    data = data.replace("Báo mẫu", "x")
    paper = Outlet("x", "x", "VN", language, SOURCE, (SOURCE,))
    server = f"text/xml; charset={encoding}" if declared == "by the server" else "text/xml"
    (entry,) = read(data.encode(encoding), outlet=paper, content_type=server).entries
    assert entry.title == title


def test_the_zone_of_a_feed_without_one_is_the_outlets() -> None:
    (entry,) = read(rss(item("/a", date=RFC_DATE.replace(" +0700", "")))).entries
    assert entry.published_at is not None
    assert entry.published_at.utcoffset() == timedelta(hours=7)


def _twins(*dates: str) -> list[str]:
    """An RSS item for each, of one address; "" for none."""
    told = (f"<pubDate>{date}</pubDate>" if date else "" for date in dates)
    return [f"<item><title>Tin {n}</title><link>/a</link>{date}</item>" for n, date in enumerate(told)]


@pytest.mark.parametrize(
    ("items", "first"),
    [
        (_twins("Fri, 20 Nov 2026 08:00:00 +0700", "Fri, 20 Nov 2026 02:00:00 GMT", ""), "Tin 1"),
        (_twins("", "31 Feb 2026", "Fri, 20 Nov 2026 08:00:00 +0700"), "Tin 2"),
    ],
)
def test_of_entries_of_one_address_the_one_that_changed_last_comes_first_in_whatever_order(
    items: list[str], first: str
) -> None:
    other = "<item><title>Tin khác</title><link>/b</link></item>"
    for order in permutations(items):
        found = read(rss(other, *order)).entries
        assert [found[0].title, found[1].title] == ["Tin khác", first]
        assert len(found) == 1 + len(items)


def test_an_update_counts_that_left_the_day_of_publication_as_it_was() -> None:
    dates = "<published>2026-11-20T01:00:00Z</published><updated>{1}</updated>"
    atom = f'<entry><title>{{0}}</title><link href="/a"/>{dates}</entry>'
    items = atom.format("Bản đầu", "2026-11-20T01:00:00Z"), atom.format("Đính chính", "2026-11-20T09:00:00Z")
    for order in permutations(items):
        feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(order)}</feed>'.encode()
        assert read(feed).entries[0].title == "Đính chính"


def test_of_entries_of_one_address_without_a_date_the_first_stays_the_first() -> None:
    assert [each.title for each in read(rss(*_twins("", "", ""))).entries] == ["Tin 0", "Tin 1", "Tin 2"]
