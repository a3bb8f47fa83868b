"""The newsroom over HTTP: what each outlet serves, and when."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from crawlers.catalogue import load
from demo.expected import expected
from demo.masthead import OUTLETS
from demo.newsroom import Newsroom, catalogue, ports_needed, serve
from tests.demo.conftest import SEED, START, Clock, Get, article, free_ports, links, path_of

READABLE = [(outlet.id, feed) for outlet in OUTLETS for feed in outlet.feeds if not feed.fault]


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


def test_outlets_without_a_feed_say_so_nowhere_and_are_read_from_what_they_have(get: Get, clock: Clock) -> None:
    clock.minutes = 30
    for outlet in OUTLETS:
        page, rules = get(outlet.id, "/"), get(outlet.id, "/robots.txt").text
        assert (b"application/rss+xml" in page.body or b"application/atom+xml" in page.body) == bool(outlet.feeds)
        assert ("Sitemap:" in rules) == (not outlet.listings)
    feedless = {outlet.id: (outlet.sitemaps, outlet.listings) for outlet in OUTLETS if not outlet.feeds}
    assert feedless == {"ben-nuoc": (("/sitemap-news.xml",), ()), "nep-nha-rong": ((), ("/thoi-su",))}
    assert get("nep-nha-rong", "/sitemap.xml").status == 404


def test_the_catalogue_is_read_by_the_crawlers_and_has_ports_in_a_row(room: Newsroom, tmp_path: Path) -> None:
    file = tmp_path / "outlets.yaml"
    port = int(room.outlets[OUTLETS[0].id].rsplit(":", 1)[1])
    file.write_text(yaml.safe_dump(catalogue(port), allow_unicode=True), encoding="utf-8")
    read = load(file)
    assert {id_: outlet.home.rstrip("/") for id_, outlet in read.items()} == room.outlets
    assert len(read) == ports_needed() == len(OUTLETS)
    assert [outlet.id for outlet in read.values() if outlet.fetch == "all"] == ["nhip-song-con"]
    assert read["tac-dat"].date_formats == ("%m/%d/%Y %I:%M:%S %p",)


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


def test_sources_hold_as_many_entries_as_expected(get: Get, clock: Clock) -> None:
    listed = [(each.id, path) for each in OUTLETS for path in each.listings]
    sitemaps = [(each.id, path) for each in OUTLETS for path in each.sitemaps]
    for minutes in (0, 5, 90):
        clock.minutes = minutes
        held = sum(len(links(get(outlet, feed.path).body)) for outlet, feed in READABLE)
        held += sum(get(outlet, path).text.count("<h2><a ") for outlet, path in listed)
        held += sum(get(outlet, path).text.count("<news:title>") for outlet, path in sitemaps)
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


# -- conditional requests, gzip, robots


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
