"""The newsroom over HTTP: what each outlet serves, and every fault as it is described."""

from __future__ import annotations

import gzip
import re
import unicodedata
from dataclasses import fields
from datetime import timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

import pytest
from lxml import etree

from demo.expected import expected
from demo.masthead import BY_ID, OUTLETS
from demo.newsroom import Newsroom, catalogue, ports_needed, serve
from diembao.core.article import Outlet
from tests.demo.conftest import SEED, START, Clock, Get, Reply, free_ports

READABLE = [(outlet.id, feed) for outlet in OUTLETS for feed in outlet.feeds if not feed.fault]
OUTLET_FIELDS = {field.name for field in fields(Outlet)}


def article(clock: Clock, **wanted: str) -> dict[str, Any]:
    found = expected(seed=SEED, start=START, clock=clock)["articles"]
    return next(x for x in found if all(x[name] == value for name, value in wanted.items()))


def links(feed: bytes) -> list[str]:
    tree = etree.fromstring(feed)
    found = [part.find("{*}link") for part in tree.iter("{*}item", "{*}entry")]
    return [link.get("href") or link.text or "" for link in found if link is not None]


def path_of(link: str) -> str:
    return re.sub(r"^http://[^/]+", "", link)


# -- the same bytes


def test_the_same_seed_start_and_time_give_the_same_bytes(room: Newsroom, get: Get, clock: Clock) -> None:
    first = {outlet.id: _everything(get, outlet.id) for outlet in OUTLETS}
    base = free_ports(ports_needed())
    with serve(base, seed=SEED, start=START, clock=clock) as other:
        old, room.outlets = room.outlets, other.outlets
        try:
            second = {outlet.id: _everything(get, outlet.id) for outlet in OUTLETS}
        finally:
            room.outlets = old
    for outlet in OUTLETS:
        here, there = room.outlets[outlet.id].encode(), other.outlets[outlet.id].encode()
        assert [body.replace(here, b"@") for body in first[outlet.id]] == [
            body.replace(there, b"@") for body in second[outlet.id]
        ]


def _everything(get: Get, outlet: str) -> list[bytes]:
    front = get(outlet, "/")
    newest = re.findall(rb'<h2><a href="([^"]+)"', front.body)[:3]
    pages = [get(outlet, path.decode().replace("&amp;", "&")) for path in newest]
    return [reply.body for reply in (front, get(outlet, "/sitemap.xml"), *pages)]


def test_the_same_request_twice_gives_the_same_headers(get: Get) -> None:
    assert get("hai-dang", "/rdf.xml") == get("hai-dang", "/rdf.xml")


def test_another_seed_gives_other_addresses(clock: Clock) -> None:
    one = expected(seed=1, start=START, clock=clock)["articles"]
    two = expected(seed=2, start=START, clock=clock)["articles"]
    assert [x["slug"] for x in one] != [] != [x["path"] for x in two]
    assert {x["path"] for x in one} != {x["path"] for x in two}


# -- what is there


def test_the_catalogue_has_the_fields_of_an_outlet_and_ports_in_a_row(room: Newsroom) -> None:
    port = int(room.outlets[OUTLETS[0].id].rsplit(":", 1)[1])
    entries = catalogue(port)["outlets"]
    assert len(entries) == ports_needed() == len(OUTLETS)
    assert all(set(entry) <= OUTLET_FIELDS for entry in entries)
    assert {entry["id"]: entry["home"].rstrip("/") for entry in entries} == room.outlets


@pytest.mark.parametrize(("outlet", "feed"), READABLE, ids=lambda x: getattr(x, "path", x))
def test_a_readable_feed_is_well_formed_and_its_pages_answer(outlet: str, feed: Any, get: Get, clock: Clock) -> None:
    reply = get(outlet, feed.path)
    assert reply.status == 200
    listed = [path_of(link) for link in links(reply.body)]
    assert listed
    for path in listed:
        page = get(outlet, path)
        fault = next(
            x["fault"]
            for x in expected(seed=SEED, start=START, clock=clock)["articles"]
            if x["outlet"] == outlet and path.split("?utm")[0] in x["listed"]
        )
        assert page.status == {"forbidden": 403, "gone": 404, "moved": 301}.get(fault, 200), path


def test_feeds_hold_as_many_entries_as_expected(get: Get, clock: Clock) -> None:
    for minutes in (0, 5, 90):
        clock.minutes = minutes
        held = sum(len(links(get(outlet, feed.path).body)) for outlet, feed in READABLE)
        assert held == expected(seed=SEED, start=START, clock=clock)["entries"]


def test_articles_appear_when_their_minute_has_come(get: Get, clock: Clock) -> None:
    counts = []
    for minutes in (0.98, 1, 2, 10, 60):
        clock.minutes = minutes
        counts.append(expected(seed=SEED, start=START, clock=clock)["visible"])
    assert counts == sorted(set(counts)), "each step brings something"
    path = article(clock, slug="tin-nhanh-mo-cua-xa-ho-dinh-binh-giam")["path"]
    assert get("nhip-song-con", path).status == 200
    clock.minutes = 0.98
    assert get("nhip-song-con", path).status == 404
    assert path not in get("nhip-song-con", "/rss/tin-moi.rss").text


def test_a_page_holds_title_lead_and_all_paragraphs(get: Get, clock: Clock) -> None:
    item = article(clock, slug="gia-lai-cong-bo-nguyen-nhan-ca-chet-o-dam-de-gi")
    page = get("nhip-song-con", item["path"]).text
    assert item["title"] in page
    assert "Tại cuộc họp báo lúc 15 giờ ngày 19/11," in page
    assert page.count('class="Normal"') == 4
    assert '"datePublished":"2026-11-19T16:05' in page


def test_the_front_page_lists_every_visible_article(get: Get, clock: Clock) -> None:
    want = expected(seed=SEED, start=START, clock=clock)["by_outlet"]
    for outlet in OUTLETS:
        page = get(outlet.id, "/").body.decode(outlet.charset)
        assert page.count("<h2><a ") == want[outlet.id]


def test_pictures_of_articles_exist(get: Get) -> None:
    page = get("hai-dang", path_of(links(get("hai-dang", "/rdf.xml").body)[0])).text
    picture = re.search(r'<img src="([^"]+)"', page)
    assert picture
    assert get("hai-dang", picture[1]).text.startswith("<svg")


def test_a_headline_edit_shows_in_page_and_feed_after_its_minute(get: Get, clock: Clock) -> None:
    item = article(clock, slug="tau-bac-nam-dung-o-ga-dieu-tri")
    before = get("toan-canh-ngay", item["path"]), get("toan-canh-ngay", "/rss/tin-moi-nhat.rss")
    clock.minutes = 4
    after = get("toan-canh-ngay", item["path"]), get("toan-canh-ngay", "/rss/tin-moi-nhat.rss")
    for old, new in zip(before, after, strict=True):
        assert "tê liệt ở Diêu Trì" in old.text
        assert "Thông tuyến đường sắt" in new.text
    assert article(clock, slug=item["slug"])["path"] == item["path"]
    assert item["slug"] in expected(seed=SEED, start=START, clock=clock)["sets"]["edited"]


def test_a_copy_has_the_words_of_its_original(get: Get, clock: Clock) -> None:
    def paragraphs(outlet: str, slug: str) -> list[str]:
        return re.findall(r'<p class="Normal">(.*?)</p>', get(outlet, article(clock, slug=slug)["path"]).text)

    original = paragraphs("dong-truong-son", "nuoc-song-kon-vuot-bao-dong-iii-9600-nguoi-so-tan")
    assert len(original) == 4
    assert paragraphs("goc-pho", "gp-nuoc-song-kon-vuot-bao-dong-iii") == original
    assert paragraphs("tac-dat", "td-hon-4200-nha-ngap-o-ha-luu-song-kon") == original[:2] + original[3:]


# -- conditional requests, encodings, robots


@pytest.mark.parametrize("path", ["/rss/tin-moi.rss", "/", "/sitemap.xml"])
def test_an_unchanged_address_answers_304_until_something_comes_out(path: str, get: Get, clock: Clock) -> None:
    first = get("nhip-song-con", path)
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    for asked in ({"If_None_Match": tag}, {"If_Modified_Since": modified}, {"If_None_Match": f'W/{tag}, "x"'}):
        again = get("nhip-song-con", path, **asked)
        assert (again.status, again.body) == (304, b"")
    assert parsedate_to_datetime(modified) == START - timedelta(minutes=75)
    clock.minutes = 1
    for asked in ({"If_None_Match": tag}, {"If_Modified_Since": modified}):
        assert get("nhip-song-con", path, **asked).status == 200


def test_an_unreadable_date_is_passed_over(get: Get) -> None:
    assert get("goc-pho", "/feed", If_Modified_Since="yesterday").status == 200


def test_a_compressing_outlet_answers_gzip_only_to_who_asks(get: Get) -> None:
    plain = get("nhip-song-con", "/")
    packed = get("nhip-song-con", "/", Accept_Encoding="gzip, br")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "Content-Encoding" not in get("goc-pho", "/", Accept_Encoding="gzip").headers


def test_a_head_request_has_headers_and_no_body(get: Get) -> None:
    head, full = get("tac-dat", "/", method="HEAD"), get("tac-dat", "/")
    assert head.body == b""
    assert head.headers == full.headers


def test_robots_forbid_the_closed_path_and_one_outlet_asks_for_a_pause(get: Get, room: Newsroom) -> None:
    text = get("goc-pho", "/robots.txt").text
    assert "Disallow: /xem-truoc/" in text
    assert "Crawl-delay: 1" in text
    assert f"Sitemap: {room.outlets['goc-pho']}/sitemap.xml" in text
    assert "Crawl-delay" not in get("tac-dat", "/robots.txt").text


def test_the_sitemap_lists_canonical_addresses(get: Get, clock: Clock, room: Newsroom) -> None:
    tree = etree.fromstring(get("dong-truong-son", "/sitemap.xml").body)
    found = {location.text for location in tree.iter("{*}loc")}
    items = [x for x in expected(seed=SEED, start=START, clock=clock)["articles"] if x["outlet"] == "dong-truong-son"]
    assert found == {room.outlets["dong-truong-son"] + x["path"] for x in items}


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


# -- doors


def test_an_unknown_address_answers_404(get: Get) -> None:
    for path in ("/nowhere", "/bai-viet?id=1", "/anh/1.svg", "/..%2f..%2fetc/passwd"):
        assert get("hai-dang", path).status == 404


def test_utm_parameters_change_nothing(get: Get) -> None:
    path = path_of(links(get("hai-dang", "/rdf.xml").body)[0])
    assert get("hai-dang", f"{path}&utm_source=x&utm_medium=y").body == get("hai-dang", path).body


def test_a_taken_port_leaves_none_open(room: Newsroom, clock: Clock) -> None:
    taken = int(room.outlets[OUTLETS[0].id].rsplit(":", 1)[1])
    with pytest.raises(OSError, match="in use"):
        serve(taken - 1, seed=SEED, start=START, clock=clock)
    with serve(free_ports(ports_needed()), seed=SEED, start=START, clock=clock) as other:
        other.close()
        other.close()


def test_a_start_without_a_zone_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match="zone"):
        serve(free_ports(ports_needed()), seed=1, start=START.replace(tzinfo=None), clock=clock)
