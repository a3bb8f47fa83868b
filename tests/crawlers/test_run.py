"""Two runs over hostile and ordinary outlets: every outcome, on real servers, on the real store."""

from __future__ import annotations

import gzip
import itertools
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

import pytest

from diembao.core.article import Article, DateFrom, Outlet, TextFrom
from tests.crawlers.collecting import NOW, Collecting, outlet
from tests.crawlers.newsroom import Answer, Asked, Newsroom, deaf
from tests.crawlers.pages import PARAGRAPHS, SAPO, item, page, rss

SUMMARY = "Tóm tắt trong nguồn: thành phố Quy Nhơn đón đoàn khách lớn nhất từ đầu năm đến nay."
DELAY = 0.5  # seconds; what one robots.txt asks for
MAX_PAGE, MAX_FEED = 200_000, 1_000_000
BOMB = (
    b"<!DOCTYPE r [<!ENTITY a 'ha'>"
    + b"".join(
        f"<!ENTITY {b} '&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};'>".encode()
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + b"]><rss version='2.0'><channel><item><title>&i;</title><link>/x</link></item></channel></rss>"
)


@dataclass(slots=True)
class Scene:
    main: Newsroom
    polite: Newsroom
    mute: Newsroom
    inside: Newsroom
    limited: Newsroom
    closed: int
    collecting: Collecting
    first: dict[str, int]
    second: dict[str, int]
    one: dict[str, list[str]]
    two: dict[str, list[str]]
    articles: dict[str, Article]
    asked_first: list[str]

    def became(self, path: str, room: Newsroom | None = None) -> list[str]:
        return self.one[(room or self.main).url(path)]

    def article(self, path: str, room: Newsroom | None = None) -> Article:
        return self.articles[(room or self.main).url(path)]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with ExitStack() as stack:
        main, polite, mute, inside, limited = (stack.enter_context(Newsroom().open()) for _ in range(5))
        closed = stack.enter_context(deaf())
        furnish(main, inside)
        furnish_others(polite, mute, inside, limited)
        collecting = Collecting(tmp_path_factory.mktemp("home"), [*outlets(main, polite, mute, limited, closed)])
        collecting.settings = {
            "allow_private": [main.host, polite.host, mute.host, limited.host, f"127.0.0.1:{closed}"],
            "max_page_bytes": MAX_PAGE,
            "max_feed_bytes": MAX_FEED,
        }
        first = collecting.run()
        asked = main.paths()
        for path in ("/drip", "/error"):
            main.answers[path] = Answer(page(f"Nay đọc được {path}"))
        second = collecting.run(NOW + timedelta(minutes=15))
        one, two = collecting.sightings(first["run"]), collecting.sightings(second["run"])
        books = (first, second, one, two, collecting.articles(), asked)
        yield Scene(main, polite, mute, inside, limited, closed, collecting, *books)


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


def test_an_article_is_stored_whole_with_its_lead_its_time_and_the_bytes_it_came_from(scene: Scene) -> None:
    article = scene.article("/plain.html")
    assert (article.title, article.lead, article.text_from) == ("Quy Nhơn: tin thường", SAPO, TextFrom.PAGE)
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "Trang chủ" not in article.text
    assert "Giấy phép" not in article.text
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-11-21T06:12:00+07:00"
    assert article.published_from is DateFrom.FEED
    assert article.response is not None
    assert scene.collecting.response(article.response) == page("Quy Nhơn: tin thường")


def test_the_same_address_again_in_a_run_is_a_duplicate_from_whichever_source(scene: Scene) -> None:
    assert sorted(scene.became("/plain.html")) == ["duplicate-url", "duplicate-url", "stored"]
    assert scene.asked_first.count("/plain.html") == 2  # once for itself, once behind a redirect
    assert scene.became("/to-plain") == ["duplicate-url"]


def test_an_article_that_moved_is_kept_at_its_new_address(scene: Scene) -> None:
    assert scene.became("/moved") == ["stored"]
    assert scene.article("/moved-here").title == "Chỗ mới"


def test_the_same_title_and_text_under_another_address_is_a_duplicate_text(scene: Scene) -> None:
    assert scene.became("/twin") == ["duplicate-text"]


@pytest.mark.parametrize("path", ["/403", "/403-full", "/notice"])
def test_where_the_page_is_refused_the_words_of_the_feed_are_kept(scene: Scene, path: str) -> None:
    article = scene.article(path)
    assert scene.became(path) == ["stored"]
    assert article.text_from is TextFrom.FEED
    assert article.lead == SUMMARY or PARAGRAPHS[0] in article.text


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/404", "status-404"),
        ("/loop-a", "redirect"),
        ("/hop-0", "redirect"),
        ("/inside", "address"),
        ("/front", "redirect"),
        ("/pdf", "type"),
        ("/zip-bomb", "size"),
        ("/flood", "size"),
        ("/nothing", "empty"),
        ("/old", "too-old"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(scene: Scene, path: str, reason: str) -> None:
    assert scene.became(path) == [f"refused:{reason}"]


def test_entries_without_a_usable_address_are_on_the_books(scene: Scene) -> None:
    assert scene.one["mailto:toasoan@example.org"] == ["refused:address"]
    assert scene.became("/rss") == ["refused:no-link"]


def test_the_inside_of_the_network_is_never_asked(scene: Scene) -> None:
    assert scene.inside.asked == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/drip", "timeout"), ("/error", "status-500"), ("/cut", "broken-off"), ("/head", "broken-off")],
)
def test_what_may_pass_is_tried_again_later(scene: Scene, path: str, reason: str) -> None:
    assert scene.became(path) == [f"retry:{reason}"]


def test_the_later_try_is_a_sighting_of_the_later_run(scene: Scene) -> None:
    assert scene.two[scene.main.url("/drip")] == ["stored"]
    assert scene.two[scene.main.url("/error")] == ["stored"]
    assert scene.article("/error").text_from is TextFrom.PAGE


def test_a_date_that_cannot_be_is_unknown_not_wrong(scene: Scene) -> None:
    assert scene.article("/1970").published_at is None
    assert scene.article("/next-year").published_at is None
    assert scene.article("/next-year").published_from is DateFrom.NONE
    assert scene.article("/no-date").published_from is DateFrom.JSON_LD


def test_a_page_in_an_old_encoding_is_read(scene: Scene) -> None:
    assert PARAGRAPHS[0] in scene.article("/cp1258").text


def test_the_prefilter_leaves_out_what_is_not_about_the_province(scene: Scene) -> None:
    assert scene.became("/about") == ["stored"]
    assert scene.became("/far-away") == ["not-about"]
    assert "/far-away" not in scene.asked_first


@pytest.mark.parametrize(
    ("feed", "outcome"),
    [
        ("/feed-huge", "refused:size"),
        ("/feed-nonsense", "quarantined:no feed"),
        ("/feed-nothing", "quarantined:empty"),
        ("/feed-html", "quarantined:no feed"),
        ("/feed-bomb", "quarantined:entities"),
        ("/feed-gone", "refused:status-404"),
        ("/feed-broken", "retry:status-503"),
    ],
)
def test_a_source_that_cannot_be_read_is_on_the_books(scene: Scene, feed: str, outcome: str) -> None:
    (became,) = scene.became(feed)
    assert became.startswith(outcome)


def test_a_host_that_does_not_answer_is_tried_again(scene: Scene) -> None:
    assert scene.one[f"http://127.0.0.1:{scene.closed}/rss"] == ["retry:robots: unreachable"]


def test_a_host_whose_robots_txt_is_broken_is_left_alone_for_this_run(scene: Scene) -> None:
    assert scene.one[scene.mute.url("/rss")] == ["retry:robots: status-503"]
    assert set(scene.mute.paths()) == {"/robots.txt"}


def test_robots_txt_is_obeyed_and_the_words_of_the_feed_are_kept(scene: Scene) -> None:
    assert scene.became("/cam/1", scene.polite) == ["stored"]
    assert scene.article("/cam/1", scene.polite).text_from is TextFrom.FEED
    assert scene.became("/cam/2", scene.polite) == ["refused:robots"]
    assert not any(path.startswith("/cam/") for path in scene.polite.paths())


def test_robots_txt_is_read_once_a_day(scene: Scene) -> None:
    assert scene.polite.paths().count("/robots.txt") == 1  # two runs


def test_the_pause_that_robots_txt_asks_for_is_kept_between_any_two_requests(scene: Scene) -> None:
    first = [asked.at for asked in scene.polite.asked][:4]  # robots.txt, the feed, two pages
    assert all(later - earlier >= DELAY for earlier, later in itertools.pairwise(first[1:]))


def test_a_host_that_wants_rest_gets_it(scene: Scene) -> None:
    assert scene.one[scene.limited.url("/1")] == ["retry:status-429"]
    assert scene.one[scene.limited.url("/2")] == ["retry:resting"]
    assert scene.limited.paths().count("/1") == 1  # the second run is too early for it
    assert "/2" not in scene.limited.paths()


def test_unchanged_sources_store_nothing_in_the_second_run(scene: Scene) -> None:
    later = [asked for asked in scene.main.asked if asked.path == "/rss"]
    assert [asked.headers.get("If-None-Match") for asked in later] == [None, '"one"']
    assert scene.second["stored"] == 2  # only what was tried again
    assert scene.two[scene.main.url("/about")] == ["unchanged"]
    assert scene.two[scene.main.url("/far-away")] == ["unchanged"]
    assert scene.two[scene.polite.url("/cam/2")] == ["refused:robots"]


def test_every_request_says_who_asks_and_sends_no_cookie(scene: Scene) -> None:
    for asked in scene.main.asked:
        assert asked.headers["User-Agent"].startswith("DiemBao/")
        assert "(+tests@example.org)" in asked.headers["User-Agent"]
        assert "Cookie" not in asked.headers
        assert "Referer" not in asked.headers


def test_every_outcome_occurs(scene: Scene) -> None:
    assert all(n > 0 for name, n in scene.first.items() if name != "unchanged")
    assert scene.second["unchanged"] > 0
