"""Servers that mean harm, over real sockets: one run, in time, and every entry on the books."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from diembao.core.article import Article, TextFrom
from tests.crawlers.collecting import Collecting, outlet
from tests.crawlers.newsroom import Answer, Newsroom, deaf
from tests.crawlers.pages import PARAGRAPHS, item, page, rss

# In the form of YouTube's feeds.
CHANNEL = (
    b"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><title>K\xc3\xaanh</title>"""
    + b"".join(
        f"""<entry><id>yt:video:{film}</id><title>Quy Nhơn, phim {film}</title>
<link rel="alternate" href="https://www.youtube.com/watch?v=0000000000{film}"/>
<published>2026-11-21T01:00:00+00:00</published><media:group><media:title>x</media:title>
<media:description>{words}</media:description></media:group></entry>""".encode()
        for film, words in (("A", "Phóng sự về cảng Quy Nhơn hôm nay."), ("B", ""))
    )
    + b"</feed>"
)
ENOUGH = 60.0  # seconds for all of it on a busy machine; each trap alone would take hours or all of the memory


@dataclass(slots=True)
class Scene:
    room: Newsroom
    inside: Newsroom
    books: dict[str, list[str]]
    articles: dict[str, Article]
    took: float

    def became(self, path: str) -> str:
        (only,) = self.books[self.room.url(path)]
        return only


def inside_page(body: bytes) -> bytes:
    """An ordinary page with something in it."""
    return page("Quy Nhơn giữa bẫy").replace(b"</body>", body + b"</body>")


def deep(levels: int) -> bytes:
    return inside_page(b"<div>" * levels + b"x" + b"</div>" * levels)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with Newsroom().open() as room, Newsroom().open() as inside:
        inside.answers = {"/secret": Answer(page("Bí mật"))}
        port = inside.port
        redirects = {
            "/to-metadata": "http://169.254.169.254/latest/meta-data/",
            "/to-mapped": f"http://[::ffff:127.0.0.1]:{port}/secret",
            "/to-decimal": f"http://2130706433:{port}/secret",
            "/to-file": "file:///etc/passwd",
            "/to-login": f"http://user:pass@127.0.0.1:{port}/secret",
            "/to-port": "http://127.0.0.1:22/",
        }
        room.answers = {path: Answer(status=302, headers={"Location": there}) for path, there in redirects.items()}
        pages = {
            "/attribute": Answer(inside_page(b"<p title='" + b"a" * 2_000_000 + b"'>x</p>")),
            "/attributes": Answer(inside_page(b"<p " + b" ".join(b"a%d=1" % n for n in range(5_000)) + b">x</p>")),
            "/many-attributes": Answer(
                inside_page(b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x</p>")
            ),
            "/names-only": Answer(inside_page(b"<p " + b" ".join(b"a%d" % n for n in range(200_000)) + b">x</p>")),
            "/deep": Answer(deep(5_000)),
            "/deepest": Answer(deep(200_000)),
            "/picture": Answer(page("Ảnh"), headers={"Content-Type": "image/jpeg"}),
            "/json": Answer(page("JSON"), headers={"Content-Type": "application/json"}),
            "/entities": Answer(b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + inside_page(b"&x;")),
            "/brotli": Answer(page("Nén lạ"), headers={"Content-Encoding": "br"}),
            "/twice-packed": Answer(
                gzip.compress(gzip.compress(b"0" * 50_000_000)), headers={"Content-Encoding": "gzip, gzip"}
            ),
        }
        room.answers |= pages
        room.answers["/rss"] = Answer(
            rss(*(item(path, f"Tin {path}") for path in (*redirects, *pages))), headers={"Content-Type": "text/html"}
        )
        room.answers["/nested.xml"] = Answer(b"<rss><channel>" + b"<item>" * 10_000)
        room.answers["/bomb.xml.gz"] = Answer(gzip.compress(b"<urlset>" + b"<url/>" * 11_000_000))
        room.answers["/slow.xml"] = Answer(room.drip)
        room.answers["/laughs.xml"] = Answer(
            b"<!DOCTYPE urlset [<!ENTITY a 'b'>]><urlset><url><loc>&a;</loc></url></urlset>"
        )
        sources = [room.url(path) for path in ("/nested.xml", "/bomb.xml.gz", "/slow.xml", "/laughs.xml")]
        home = tmp_path_factory.mktemp("home")
        collecting = Collecting(home, [outlet("bay", room.url("/rss"), fetch="all", sitemaps=sources)])
        collecting.settings = {"allow_private": [room.host], "max_page_bytes": 3_000_000}
        counts = collecting.run()
        books = collecting.sightings(counts["run"])
        yield Scene(room, inside, books, collecting.articles(), collecting.took)


def test_all_of_it_ends_in_time(scene: Scene) -> None:
    assert scene.took < ENOUGH


@pytest.mark.parametrize("path", ["/to-metadata", "/to-mapped", "/to-decimal", "/to-file", "/to-login", "/to-port"])
def test_no_redirect_leads_inside(scene: Scene, path: str) -> None:
    assert scene.became(path) == "refused:address"
    assert scene.inside.asked == []


@pytest.mark.parametrize("path", ["/attribute", "/attributes", "/deep", "/deepest", "/entities"])
def test_what_is_strange_around_an_article_does_not_hide_it(scene: Scene, path: str) -> None:
    assert scene.became(path) in ("stored", "duplicate-text")
    assert "root:" not in "".join(article.text for article in scene.articles.values())


def test_the_article_itself_is_read(scene: Scene) -> None:
    assert any(PARAGRAPHS[0] in article.text for article in scene.articles.values())


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/many-attributes", "refused:size"),
        ("/names-only", "refused:size"),
        ("/picture", "refused:type"),
        ("/json", "refused:type"),
        ("/brotli", "retry:broken-off"),
        ("/twice-packed", "refused:size"),
        ("/bomb.xml.gz", "refused:size"),
        ("/slow.xml", "retry:timeout"),
    ],
)
def test_what_is_no_page_or_too_much_is_refused_by_its_name(scene: Scene, path: str, outcome: str) -> None:
    assert scene.became(path) == outcome


def test_a_feed_is_known_by_what_it_holds_not_by_what_it_is_called(scene: Scene) -> None:
    assert scene.became("/picture").startswith("refused")  # it was listed by a feed that calls itself a page


def test_entities_and_nesting_without_end_are_set_aside(scene: Scene) -> None:
    assert scene.became("/laughs.xml").startswith("quarantined:entities")
    assert scene.room.url("/nested.xml") in scene.books


def test_a_run_connects_to_the_address_that_was_checked_though_the_name_server_changes_its_mind(tmp_path: Path) -> None:
    with Newsroom().open() as room:
        site = f"http://bao.example:{room.port}"
        room.answers = {"/rss": Answer(rss(item(f"{site}/a", "Quy Nhơn"))), "/a": Answer(page("Quy Nhơn"))}
        collecting = Collecting(tmp_path, [outlet("bao", f"{site}/rss")], names=["bao.example"])
        collecting.settings = {"allow_private": [f"bao.example:{room.port}"]}
        assert collecting.run()["stored"] == 1


def test_a_channel_is_its_feed_s_words_and_films_are_not_asked_for(tmp_path: Path) -> None:
    with Newsroom().open() as room:
        source = "/feeds/videos.xml?channel_id=UC1234567890123456789012"
        room.answers = {source: Answer(CHANNEL)}
        collecting = Collecting(tmp_path, [outlet("kenh", room.url(source), fetch="all")])
        collecting.settings = {"allow_private": [room.host]}
        books = collecting.sightings(collecting.run()["run"])
        films = {url[-1]: outcome for url, outcome in books.items() if "youtube.com/watch" in url}
        (article,) = collecting.articles().values()
    assert films == {"A": ["stored"], "B": ["refused:film"]}
    assert article.text_from is TextFrom.FEED
    assert "Phóng sự về cảng Quy Nhơn" in f"{article.lead} {article.text}"


def test_a_proxy_is_asked_instead_and_gets_its_password(tmp_path: Path) -> None:
    with Newsroom().open() as proxy, deaf() as port:
        site = f"http://127.0.0.1:{port}"
        proxy.answers = {f"{site}/rss": Answer(rss(item(f"{site}/a", "A"))), f"{site}/a": Answer(page("A ở Quy Nhơn"))}
        collecting = Collecting(tmp_path, [outlet("bao", f"{site}/rss", fetch="all")])
        collecting.settings = {"allow_private": [f"127.0.0.1:{port}"], "proxy": f"http://an:b%40%C3%A1o@{proxy.host}"}
        assert collecting.run()["stored"] == 1
        assert proxy.paths() == [f"{site}/robots.txt", f"{site}/rss", f"{site}/a"]
        assert {asked.headers["Proxy-Authorization"] for asked in proxy.asked} == {"Basic YW46YkDDoW8="}


def test_a_proxy_is_no_way_inside(tmp_path: Path) -> None:
    with Newsroom().open() as proxy:
        collecting = Collecting(tmp_path, [outlet("bao", "http://127.0.0.1:8080/rss")])
        collecting.settings = {"proxy": f"http://{proxy.host}"}
        assert collecting.run()["refused"] == 1
        assert proxy.asked == []
