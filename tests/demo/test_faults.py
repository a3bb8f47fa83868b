"""Every fault of the newsroom, served as demo/faults.py says."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Any

import pytest
from lxml import etree

from demo.masthead import BY_ID
from demo.newsroom import Newsroom
from tests.demo.conftest import Clock, Get, Reply, article, links

# -- faults of feeds


def test_the_unavailable_feed_answers_503_and_says_when_to_come_back(get: Get) -> None:
    reply = get("toan-canh-ngay", "/rss/the-gioi.rss")
    assert (reply.status, reply.headers["Retry-After"]) == (503, "600")


def test_the_truncated_feed_is_not_well_formed_but_begins_well(get: Get) -> None:
    body = get("tac-dat", "/rss/nong-san.rss").body
    assert body.count(b"<item>") > 1
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(body)


def test_the_html_feed_is_an_error_page_with_200(get: Get) -> None:
    reply = get("kinh-te-mo", "/rss/bat-dong-san.rss")
    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith("text/html")
    assert b"<rss" not in reply.body


def test_each_feed_is_in_its_form_and_writes_its_dates(get: Get) -> None:
    assert b"<feed xmlns=" in get("dong-truong-son", "/atom.xml").body
    assert b"<rdf:RDF" in get("hai-dang", "/rdf.xml").body
    assert b"GMT+7</pubDate>" in get("goc-pho", "/feed").body
    assert b"<link>/tin/" in get("goc-pho", "/feed").body
    assert re.search(rb"<pubDate>11/\d+/2026 \d+:\d\d:\d\d [AP]M</pubDate>", get("tac-dat", "/rss/home.rss").body)
    assert b"utm_source=rss" in get("kinh-te-mo", "/rss/index.rss").body


def test_a_section_feed_repeats_entries_of_the_main_feed(get: Get) -> None:
    main = set(links(get("nhip-song-con", "/rss/tin-moi.rss").body))
    section = set(links(get("nhip-song-con", "/rss/van-hoa-du-lich.rss").body))
    assert len(section) >= 3
    assert section < main


# -- faults of articles


def faulty(get: Get, clock: Clock, fault: str) -> tuple[dict[str, Any], Reply]:
    item = article(clock, fault=fault)
    return item, get(item["outlet"], item["listed"][0])


def entry(get: Get, item: dict[str, Any]) -> str:
    """The piece of the outlet's main feed that holds this article."""
    text = get(item["outlet"], BY_ID[item["outlet"]].feeds[0].path).text
    return next(part for part in re.split(r"<(?:item|entry)[ >]", text) if item["title"] in unescape(part))


def test_a_forbidden_page_answers_403_and_its_feed_has_the_whole_text(get: Get, clock: Clock) -> None:
    item, page = faulty(get, clock, "forbidden")
    assert page.status == 403
    assert entry(get, item).count("&lt;p&gt;") == 4


def test_a_gone_page_answers_404_though_listed(get: Get, clock: Clock) -> None:
    item, page = faulty(get, clock, "gone")
    assert page.status == 404
    assert entry(get, item)


def test_a_page_closed_to_robots_lies_under_the_forbidden_path(get: Get, clock: Clock) -> None:
    item, page = faulty(get, clock, "robots")
    assert item["path"].startswith("/xem-truoc/")
    assert page.status == 200


def test_an_undated_article_has_no_date_in_feed_or_page(get: Get, clock: Clock) -> None:
    item, page = faulty(get, clock, "undated")
    assert "pubDate" not in entry(get, item)
    assert "datePublished" not in page.text
    assert 'class="date"' not in page.text


def test_an_entry_of_1970_has_the_right_date_on_its_page(get: Get, clock: Clock) -> None:
    item, page = faulty(get, clock, "epoch")
    assert "01 Jan 1970" in entry(get, item)
    assert item["published"] in page.text


def test_an_article_of_next_year_says_so_in_feed_and_page(get: Get, clock: Clock) -> None:
    item, page = faulty(get, clock, "next-year")
    assert "/2027" in entry(get, item)
    assert "/2027, " in page.text


def test_a_moved_article_redirects_to_its_canonical_address(get: Get, clock: Clock, room: Newsroom) -> None:
    item, page = faulty(get, clock, "moved")
    assert page.status == 301
    assert page.headers["Location"] == room.outlets[item["outlet"]] + item["path"]
    assert f'rel="canonical" href="{page.headers["Location"]}"' in get(item["outlet"], item["path"]).text


def test_a_text_under_two_addresses_names_each_as_its_own(get: Get, clock: Clock, room: Newsroom) -> None:
    item, page = faulty(get, clock, "two-urls")
    twin = get(item["outlet"], item["listed"][1])
    for reply, path in zip((page, twin), item["listed"], strict=True):
        assert f'rel="canonical" href="{room.outlets[item["outlet"]]}{path}"' in reply.text
    assert re.findall(r'<p class="Normal">.*', page.text) == re.findall(r'<p class="Normal">.*', twin.text)


def test_a_windows_1258_page_says_so_only_in_its_meta_and_decodes_to_the_title(get: Get, clock: Clock) -> None:
    item, page = faulty(get, clock, "windows-1258")
    assert page.headers["Content-Type"] == "text/html"
    assert b"charset=windows-1258" in page.body
    text = unicodedata.normalize("NFC", page.body.decode("cp1258"))
    assert item["title"] in text
    assert "trồng xen tiêu với cà phê" in text
    assert "&#" not in text.split('class="news_text"')[1].split("</div>")[0]


def test_korean_and_russian_pages_are_in_their_old_encodings(get: Get, clock: Clock) -> None:
    korean = article(clock, outlet="nuribada")
    reply = get("nuribada", korean["path"])
    assert reply.headers["Content-Type"] == "text/html; charset=euc-kr"
    assert korean["title"] in reply.body.decode("euc-kr")
    russian = article(clock, outlet="mayak-vostoka")
    reply = get("mayak-vostoka", russian["path"])
    assert reply.headers["Content-Type"] == "text/html"
    assert b"charset=windows-1251" in reply.body
    assert russian["title"] in reply.body.decode("windows-1251")
    feed = get("mayak-vostoka", "/rss.xml").body
    assert feed.startswith(b'<?xml version="1.0" encoding="WINDOWS-1251"?>')
