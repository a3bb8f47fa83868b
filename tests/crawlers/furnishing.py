"""Hostile and ordinary outlets: what their servers answer."""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Iterator

from diembao.core.article import Outlet
from tests.crawlers.collecting import outlet
from tests.crawlers.newsroom import Answer, Asked, Newsroom
from tests.crawlers.pages import PARAGRAPHS, item, page, rss

SUMMARY = "Tóm tắt trong nguồn: thành phố Quy Nhơn đón đoàn khách lớn nhất từ đầu năm đến nay."
DELAY = 0.5  # seconds; what one robots.txt asks for
BOMB = (
    b"<!DOCTYPE r [<!ENTITY a 'ha'>"
    + b"".join(
        f"<!ENTITY {b} '&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};'>".encode()
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + b"]><rss version='2.0'><channel><item><title>&i;</title><link>/x</link></item></channel></rss>"
)


def outlets(main: Newsroom, polite: Newsroom, mute: Newsroom, limited: Newsroom, closed: int) -> Iterator[Outlet]:
    yield outlet("cua-tinh", main.url("/rss"), fetch="all")
    yield outlet("toan-quoc", main.url("/rss-2"))
    for name in ("huge", "nonsense", "nothing", "html", "bomb", "gone", "broken"):
        yield outlet(f"nguon-{name}", main.url(f"/feed-{name}"))
    yield outlet("lich-su", polite.url("/rss"), fetch="all")
    yield outlet("cam-lang", mute.url("/rss"), fetch="all")
    yield outlet("gioi-han", limited.url("/rss"), fetch="all")
    yield outlet("dong-cua", f"http://127.0.0.1:{closed}/rss")


def furnish(main: Newsroom, inside: Newsroom) -> None:
    entries = [
        item("/plain.html?utm_source=rss", "Quy Nhơn: tin thường"),
        item("/plain.html", "Quy Nhơn: tin thường"),
        item("/moved", "Đã dời"),
        item("/to-plain", "Dẫn về tin thường"),
        item("/403", "Bị chặn", SUMMARY),
        item("/403-full", "Bị chặn, nguồn có toàn văn", SUMMARY, text="<p>" + "</p><p>".join(PARAGRAPHS) + "</p>"),
        item("/404", "Không còn"),
        item("/loop-a", "Vòng"),
        item("/hop-0", "Dây dài"),
        item("/inside", "Vào trong"),
        item("/front", "Về trang chủ"),
        item("/pdf", "PDF"),
        item("/zip-bomb", "Nén"),
        item("/flood", "Không dứt"),
        item("/error", "Lỗi máy chủ"),
        item("/cut", "Đứt giữa chừng"),
        item("/head", "Đầu trang không dứt"),
        item("/nothing", "Trang trắng"),
        item("/notice", "Trang chặn", text="<p>" + "</p><p>".join(PARAGRAPHS) + "</p>"),
        item("/twin", "Quy Nhơn: tin thường"),
        item("/no-date", "Không ngày", date=""),
        item("/1970", "Năm 1970", date="Thu, 01 Jan 1970 00:00:00 GMT"),
        item("/next-year", "Năm sau", date="Sun, 21 Nov 2027 06:12:00 +0700"),
        item("/old", "Tin cũ", date="Sat, 01 Aug 2026 06:12:00 +0700"),
        item("/cp1258", "Bảng mã cũ"),
        item("mailto:toasoan@example.org", "Thư"),
        item("", "Không địa chỉ"),
        item("/drip", "Nhỏ giọt"),
    ]
    feed = rss(*entries)

    def conditional(asked: Asked) -> Answer:
        if asked.headers.get("If-None-Match") == '"one"':
            return Answer(status=304)
        return Answer(feed, headers={"ETag": '"one"', "Set-Cookie": "who=you; Path=/"})

    main.answers["/rss"] = conditional
    main.answers["/rss-2"] = Answer(
        rss(
            item("/plain.html", "Quy Nhơn: tin thường"),
            item("/about", "Quy Nhơn lên báo toàn quốc"),
            item("/far-away", "Chuyện ở nơi khác", "Không nhắc đến tỉnh"),
        )
    )
    main.answers |= {f"/hop-{n}": Answer(status=302, headers={"Location": f"/hop-{n + 1}"}) for n in range(10)}
    main.answers |= {
        "/hop-10": Answer(page("Cuối dây")),
        "/plain.html": Answer(page("Quy Nhơn: tin thường")),
        "/moved": Answer(status=301, headers={"Location": "/moved-here?utm_medium=x"}),
        "/moved-here?utm_medium=x": Answer(page("Chỗ mới")),
        "/to-plain": Answer(status=302, headers={"Location": "/plain.html"}),
        "/403": Answer(status=403),
        "/403-full": Answer(status=403),
        "/loop-a": Answer(status=302, headers={"Location": "/loop-b"}),
        "/loop-b": Answer(status=302, headers={"Location": "/loop-a"}),
        "/inside": Answer(status=302, headers={"Location": inside.url("/secret")}),
        "/front": Answer(status=302, headers={"Location": "/"}),
        "/": Answer(page("Trang chủ")),
        "/pdf": Answer(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", headers={"Content-Type": "text/html"}),
        "/zip-bomb": Answer(gzip.compress(b"<p>" + b"0" * 50_000_000), headers={"Content-Encoding": "gzip"}),
        "/flood": Answer(main.flood),
        "/drip": Answer(main.drip),
        "/error": Answer(status=500),
        "/cut": Answer(b"<p>", headers={"Content-Length": "5000"}, length=False),
        "/head": Answer(head_without_end, raw=True, length=False),
        "/nothing": Answer(b"<html><body></body></html>"),
        "/notice": Answer(b"<html><body><p>Please enable JavaScript to view this page.</p></body></html>"),
        "/twin": Answer(page("Quy Nhơn: tin thường")),
        "/no-date": Answer(page("Không ngày", extra=dated("2026-11-20T08:15:00+07:00"))),
        "/1970": Answer(page("Năm 1970")),
        "/next-year": Answer(page("Năm sau", extra=dated("2027-11-21T06:12:00+07:00"))),
        "/cp1258": Answer(in_cp1258(page("Bảng mã cũ")), headers={"Content-Type": "text/html; charset=windows-1258"}),
        "/about": Answer(page("Quy Nhơn lên báo toàn quốc")),
        "/feed-huge": Answer(lambda: (b"<item>" * 10_000 for _ in range(900))),
        "/feed-nonsense": Answer(bytes(range(256)) * 40),
        "/feed-nothing": Answer(b""),
        "/feed-html": Answer(page("Lỗi")),
        "/feed-bomb": Answer(BOMB),
        "/feed-broken": Answer(status=503, headers={"Retry-After": "600"}),
    }


def head_without_end() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(100_000):
        yield b"X-More-%d: and more\r\n" % number * 100


def dated(when: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{when}"}}</script>'


def in_cp1258(data: bytes) -> bytes:
    """As Vietnamese machines wrote it: vowels whole, tones behind them."""
    text = data.decode().replace('charset="utf-8"', 'charset="windows-1258"')
    pieces = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
        pieces.append(unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tone)) + tone)
    return "".join(pieces).encode("cp1258", "xmlcharrefreplace")


def furnish_others(polite: Newsroom, mute: Newsroom, inside: Newsroom, limited: Newsroom) -> None:
    polite.answers = {
        "/robots.txt": Answer(f"User-agent: *\nDisallow: /cam/\nCrawl-delay: {DELAY}\n".encode()),
        "/rss": Answer(
            rss(item("/cam/1", "Cấm, có tóm tắt", SUMMARY), item("/cam/2", "Cấm"), item("/a", "A"), item("/b", "B"))
        ),
        "/a": Answer(page("A ở Quy Nhơn")),
        "/b": Answer(page("B ở Quy Nhơn")),
    }
    mute.answers = {"/robots.txt": Answer(status=503), "/rss": Answer(rss(item("/a")))}
    inside.answers = {"/secret": Answer(page("Bí mật"))}
    limited.answers = {
        "/rss": Answer(rss(item("/1", "Một"), item("/2", "Hai"))),
        "/1": Answer(status=429, headers={"Retry-After": "3600"}),
        "/2": Answer(page("Hai")),
    }
