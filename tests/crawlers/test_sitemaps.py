from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers import sitemaps
from crawlers.feeds import parse
from crawlers.listed import Child, Feed, Limits
from diembao.core.errors import Refused, SetAside
from tests.crawlers.collecting import NOW, outlet

HOME = "https://bao.example.vn"
OUTLET = outlet("bao-mau", f"{HOME}/sitemap.xml")
LIMITS = Limits(100, timedelta(days=60))
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NEWS = (
    HEAD
    + """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://bao.example.vn/cu-post1.html</loc><lastmod>2026-11-19T08:00:00+07:00</lastmod></url>
<url><loc>https://bao.example.vn/moi-post2.html</loc><lastmod>2026-11-21T09:00:00+07:00</lastmod>
 <news:news><news:publication><news:name>Báo</news:name></news:publication><news:title>Quy Nhơn đón khách</news:title>
 <news:publication_date>2026-11-21T08:30:00+07:00</news:publication_date></news:news>
 <image:image><image:title>Ảnh: không phải tiêu đề</image:title></image:image></url>
</urlset>"""
)


def read(text: str | bytes, **limits: object) -> Feed:
    data = text.encode() if isinstance(text, str) else text
    return parse(data, f"{HOME}/sitemap.xml", OUTLET, NOW, replace(LIMITS, **limits))  # type: ignore[arg-type]


def paths(feed: Feed) -> list[str]:
    return [entry.url.removeprefix(HOME) for entry in feed.entries]


def test_a_news_sitemap_gives_title_and_time_the_newest_first() -> None:
    feed = read(NEWS)
    assert paths(feed) == ["/moi-post2.html", "/cu-post1.html"]
    assert feed.entries[0].title == "Quy Nhơn đón khách"
    assert feed.entries[0].published_at == datetime.fromisoformat("2026-11-21T08:30:00+07:00")
    assert feed.whole


def test_the_time_of_a_change_is_not_the_time_of_publication_but_says_what_is_too_old() -> None:
    feed = read(NEWS, age=timedelta(days=1))
    assert [refusal.reason for refusal in feed.refused] == ["too-old"]
    assert read(NEWS).entries[1].published_at is None


def test_a_change_makes_an_entry_worth_another_look() -> None:
    later = NEWS.replace("2026-11-19T08", "2026-11-20T08")
    assert read(NEWS).entries[1].digest != read(later).entries[1].digest
    assert read(NEWS).entries[1].id == read(later).entries[1].id


@pytest.mark.parametrize(
    "text",
    [
        NEWS.replace("sitemaps.org/schemas/sitemap/0.9", "google.com/schemas/sitemap/0.84"),
        NEWS.replace(' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', ""),
        NEWS.replace("<urlset", "<s:urlset").replace("</urlset", "</s:urlset"),
        NEWS.replace("đón khách", "đón khách & bạn"),
        NEWS.replace("</loc>", "\n  </loc>").replace("<loc>", "<loc>\n  "),
        "\ufeff\n\n" + NEWS,
        NEWS.replace("<urlset", "<!-- made by hand --><!DOCTYPE urlset><urlset", 1),
    ],
    ids=["namespace", "no-namespace", "prefix", "bare-ampersand", "blanks", "mark", "preamble"],
)
def test_the_usual_mistakes_in_sitemaps_lose_nothing(text: str) -> None:
    assert sorted(paths(read(text))) == ["/cu-post1.html", "/moi-post2.html"]


def test_one_that_breaks_off_is_read_again_in_full() -> None:
    feed = read(NEWS[: NEWS.index("<news:title>") + 15])
    assert not feed.whole
    assert paths(feed) == ["/moi-post2.html"] or paths(feed) == ["/cu-post1.html"]
    assert "cut-off" in {refusal.reason for refusal in feed.refused}


def test_packed_ones_are_unpacked_whatever_they_are_called() -> None:
    assert len(read(gzip.compress(NEWS.encode())).entries) == 2


def test_a_packed_bomb_is_refused_by_its_size() -> None:
    with pytest.raises(Refused) as refused:
        read(gzip.compress(b"<urlset>" + b" " * (sitemaps.MAX_UNPACKED + 1)))
    assert refused.value.reason == "size"


def test_a_packed_file_that_is_broken_is_set_aside() -> None:
    with pytest.raises(SetAside):
        read(gzip.compress(NEWS.encode())[:2] + b"nonsense" * 10)


def test_a_list_of_addresses_is_a_sitemap() -> None:
    assert paths(read(f"{HOME}/a-b-c.html\n{HOME}/d-e-f.html\n")) == ["/a-b-c.html", "/d-e-f.html"]


def test_entities_are_refused_before_any_parser_sees_them() -> None:
    bomb = '<!DOCTYPE urlset [<!ENTITY a "x">]>' + NEWS.removeprefix(HEAD)
    with pytest.raises(SetAside, match="entities"):
        read(HEAD + bomb)


def test_an_index_names_its_sitemaps() -> None:
    index = HEAD + (
        "<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-11-21T01:00:00Z</lastmod></sitemap>"
        f"<sitemap>\n{HOME}/b.xml?x=1&amp;y=2\n</sitemap></sitemapindex>"
    )
    assert read(index).children == (
        Child(f"{HOME}/a.xml", datetime(2026, 11, 21, 1, tzinfo=UTC)),
        Child(f"{HOME}/b.xml?x=1&y=2"),
    )


def test_a_poll_looks_at_what_changed_and_else_at_both_ends() -> None:
    old, new = NOW - timedelta(days=30), NOW - timedelta(hours=3)
    dated = [Child("/1", old), Child("/2", new), Child("/3", old)]
    assert [child.url for child in sitemaps.fresh(dated, NOW)] == ["/2"]
    named = [Child("/news-2025-7.xml"), Child("/news-2026-11.xml"), Child("/news-2026-09.xml")]
    assert [child.url for child in sitemaps.fresh(named, NOW)] == ["/news-2026-11.xml"]
    assert [child.url for child in sitemaps.fresh([Child("/a"), Child("/b"), Child("/c")], NOW)] == ["/a", "/c"]
    assert len(sitemaps.fresh([Child(f"/{n}", new) for n in range(50)], NOW)) == sitemaps.AT_ONCE


def test_a_backfill_leaves_out_what_cannot_hold_its_days() -> None:
    start, end = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 8, tzinfo=UTC)
    children = [
        Child("/news-2026-8.xml"),
        Child("/news-2026-9.xml"),
        Child("/2026-09-05.xml"),
        Child("/2026-09-20.xml"),
        Child("/a.xml", datetime(2026, 8, 1, tzinfo=UTC)),
        Child("/b.xml", NOW),
        Child("/c.xml"),
    ]
    kept = [child.url for child in sitemaps.within(children, start, end)]
    assert kept == ["/news-2026-8.xml", "/news-2026-9.xml", "/2026-09-05.xml", "/b.xml", "/c.xml"]


def test_what_lies_outside_of_a_period_is_not_asked_for() -> None:
    period = (datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC))
    feed = read(NEWS, period=period)
    assert (paths(feed), feed.refused) == (["/moi-post2.html"], ())


def test_examples_of_articles_keep_sections_out_of_a_sitemap() -> None:
    text = f"<urlset><url><loc>{HOME}/thoi-su</loc></url><url><loc>{HOME}/tin-moi-post7.html</loc></url></urlset>"
    told = replace(OUTLET, articles=(f"{HOME}/mot-bai-post1.html",))
    feed = parse(text.encode(), f"{HOME}/sitemap.xml", told, NOW, LIMITS)
    assert paths(feed) == ["/tin-moi-post7.html"]
