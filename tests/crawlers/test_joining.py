"""Over HTTP: articles on several pages, redirects to other sites, stubs, twins and dates that differ."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from diembao.core.article import Article, DateFrom, Kind, Label
from diembao.core.reading import DateSaid, Twin
from diembao.store.record import SqlStore
from tests.crawlers.collecting import NOW, Collecting, outlet
from tests.crawlers.newsroom import Answer, Asked, Newsroom
from tests.crawlers.pages import PARAGRAPHS, item, page, rss

PROVINCE = "gia-lai"
DELAY = 0.1  # seconds, between requests to the host with articles on several pages
LD = '<script type="application/ld+json">{}</script>'


def part(title: str, number: int, links: str, count: int = 3) -> bytes:
    """One page of an article, with paragraphs of its own and a pager."""
    own = [f"{text} (trang {number} của bài {title})" for text in PARAGRAPHS[:count]]
    return page(title, paragraphs=own).replace(b"</h2>", f"</h2><div class='paging'>{links}</div>".encode(), 1)


def pager(*addresses: str) -> str:
    return "".join(f"<a href='{address}'>{n}</a>" for n, address in enumerate(addresses, 2))


@dataclass(slots=True)
class Scene:
    room: Newsroom
    other: Newsroom
    became: dict[str, list[str]]
    articles: dict[str, Article]
    store: SqlStore
    collecting: Collecting

    def at(self, path: str) -> Article:
        return self.articles[self.room.url(path)]

    def labels(self, path: str) -> dict[Kind, tuple[str, str]]:
        found = self.store.article(self.at(path).id)
        assert found is not None
        return {label.kind: (label.key, label.why) for label in found.labels}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with ExitStack() as stack:
        room, other, shortener, stranger = (stack.enter_context(Newsroom().open()) for _ in range(4))
        furnish(room, other, shortener, stranger)
        papers = [
            outlet("bao", room.url("/rss"), fetch="all", delay=DELAY, home=room.url("/")),
            outlet("khac", other.url("/rss"), fetch="all", home=other.url("/")),
        ]
        collecting = Collecting(tmp_path_factory.mktemp("home"), papers)
        collecting.settings = {"allow_private": [each.host for each in (room, other, shortener, stranger)]}
        run = collecting.run()["run"]
        store = SqlStore(collecting.url)
        yield Scene(room, other, collecting.sightings(run), collecting.articles(), store, collecting)
        store.close()


def furnish(room: Newsroom, other: Newsroom, shortener: Newsroom, stranger: Newsroom) -> None:
    listed = ["/dai.html", "/gay.html", "/binh-luan", "/noi-tiep.html", "/tuong.html", "/ngay.html", "/vi-bai.html"]
    listed += ["/en-story.html", "/sang-bao-khac", "/ra-ngoai", "/cam.html", "/so"]
    room.answers = {
        "/rss": Answer(rss(*(item(path, f"Tin {path}") for path in listed), item(shortener.url("/x"), "Tin rút gọn"))),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /cam-p2.html\n"),
        "/dai.html": Answer(part("Bài dài", 1, pager("/dai-p2.html", "/dai-p3.html"))),
        "/dai-p2.html": Answer(part("Bài dài", 2, pager("/dai-p2.html", "/dai-p3.html"))),
        "/dai-p3.html": Answer(part("Bài dài", 3, pager("/dai-p2.html", "/dai-p3.html"))),
        "/gay.html": Answer(part("Bài gãy", 1, "<a rel='next' href='?page=2'>Trang sau</a>")),
        "/gay.html?page=2": Answer(status=500),
        "/cam.html": Answer(part("Bài cấm", 1, pager("/cam-p2.html"))),
        "/cam-p2.html": Answer(part("Bài cấm", 2, "")),
        "/binh-luan": Answer(
            page("Bài có bình luận").replace(b"</body>", b"<div id='comments'><a href='?page=2'>2</a></div></body>")
        ),
        "/noi-tiep.html": Answer(part("Bài nối", 1, pager("/noi-tiep-p2.html"))),
        "/noi-tiep-p2.html": Answer(page("Một bài khác hẳn, không phải trang hai")),
        "/tuong.html": Answer(
            page("Bài có tường", paragraphs=PARAGRAPHS[:1], extra=LD.format(_news('"isAccessibleForFree": "False"')))
        ),
        "/ngay.html": Answer(page("Bài nhiều ngày", extra=LD.format(_news('"datePublished": "2026-11-19T06:12:00Z"')))),
        "/vi-bai.html": Answer(page("Bài tiếng Việt", extra=_alternate("/en-story.html"))),
        "/en-story.html": Answer(page("The English story")),
        "/sang-bao-khac": Answer(status=302, headers={"Location": other.url("/cua-bao-khac.html")}),
        "/ra-ngoai": Answer(status=302, headers={"Location": stranger.url("/a.html")}),
        "/rut-gon.html": Answer(page("Bài sau đường dẫn rút gọn")),
        "/so": Answer(status=302, headers={"Location": "/so.html?utm_source=x&amp=1"}),
        "/so.html?utm_source=x&amp=1": Answer(page("Bài bản AMP")),
    }
    other.answers = {"/rss": Answer(rss()), "/cua-bao-khac.html": Answer(page("Bài của báo khác"))}
    shortener.answers = {"/x": Answer(status=301, headers={"Location": room.url("/rut-gon.html")})}
    stranger.answers = {"/a.html": Answer(page("Bài ở nơi lạ"))}


def _news(said: str) -> str:
    return f'{{"@type": "NewsArticle", {said}}}'


def _alternate(path: str) -> str:
    return f'<link rel="alternate" hreflang="en" href="{path}"><link rel="alternate" hreflang="fr" href="/fr/">'


def test_an_article_on_three_pages_is_one_with_all_three_as_evidence(scene: Scene) -> None:
    found = scene.at("/dai.html")
    lines = found.text.split("\n")
    assert [sum(f"(trang {n} của bài Bài dài)" in each for each in lines) for n in (1, 2, 3)] == [3, 3, 3]
    assert len(set(lines)) == len(lines)
    assert not any(path.startswith("/dai-p") for path in scene.became)
    kept = [hops[-1].url for hops, _ in scene.store.answers(found.id)]
    assert kept == [scene.room.url(path) for path in ("/dai.html", "/dai-p2.html", "/dai-p3.html")]
    assert Kind.EXTENT not in scene.labels("/dai.html")


def test_a_page_that_fails_leaves_the_article_as_far_as_it_was_read_and_says_so(scene: Scene) -> None:
    assert scene.labels("/gay.html")[Kind.EXTENT] == ("part", "trang / page 2: status-500")
    assert scene.labels("/cam.html")[Kind.EXTENT] == ("part", "trang / page 2: robots")
    assert "/cam-p2.html" not in scene.room.paths()
    assert scene.at("/cam.html").text.count("(trang 1 của bài Bài cấm)") == 3


def test_readers_comments_and_the_next_article_are_no_further_pages(scene: Scene) -> None:
    assert "/binh-luan?page=2" not in scene.room.paths()
    assert "khác hẳn" not in scene.at("/noi-tiep.html").text
    assert Kind.EXTENT not in scene.labels("/noi-tiep.html")


def test_no_two_requests_come_closer_than_the_hosts_pause(scene: Scene) -> None:
    times = [each.at for each in scene.room.asked]
    assert min(later - before for before, later in itertools.pairwise(times)) >= DELAY


def test_a_stub_before_a_paywall_is_marked_with_its_reason(scene: Scene) -> None:
    assert scene.labels("/tuong.html")[Kind.EXTENT] == ("stub", "isAccessibleForFree: false")


def test_dates_that_differ_are_kept_with_where_they_stood(scene: Scene) -> None:
    feed, head = scene.store.dates_said(scene.at("/ngay.html").id)
    assert (feed.where, head.where) == (DateFrom.FEED, DateFrom.JSON_LD)
    assert head == DateSaid(DateFrom.JSON_LD, NOW.replace(day=19, hour=6, minute=12), "2026-11-19T06:12:00Z")
    assert scene.at("/ngay.html").published_at == feed.at
    assert scene.store.dates_said(scene.at("/dai.html").id) == []


def test_an_edition_in_another_language_is_a_twin_and_no_copy_of_the_article(scene: Scene) -> None:
    one, two = scene.at("/vi-bai.html").id, scene.at("/en-story.html").id
    assert set(scene.store.twins([one, two])) == {Twin(one, two, "en"), Twin(two, one, "vi")}
    assert scene.became[scene.room.url("/en-story.html")] == ["stored"]
    assert scene.store.twins([scene.at("/dai.html").id]) == []


def test_a_redirect_to_another_outlet_gives_that_outlets_article(scene: Scene) -> None:
    found = scene.articles[scene.other.url("/cua-bao-khac.html")]
    assert found.outlet == "khac"
    assert scene.became[scene.room.url("/sang-bao-khac")] == ["stored"]


def test_a_redirect_to_a_site_that_is_nobodys_is_refused_by_its_own_word(scene: Scene) -> None:
    assert scene.became[scene.room.url("/ra-ngoai")] == ["refused:elsewhere"]
    assert all("nơi lạ" not in each.title for each in scene.articles.values())


def test_a_shortened_address_and_an_amp_address_lead_to_the_articles_own(scene: Scene) -> None:
    assert scene.at("/rut-gon.html").outlet == "bao"
    assert scene.at("/so.html").title == "Bài bản AMP"


def test_a_whole_article_is_never_replaced_by_its_stub_and_a_missing_page_comes_later(tmp_path: Path) -> None:
    with Newsroom().open() as room:
        broken = [True]

        def second(asked: Asked) -> Answer:
            return Answer(status=500) if broken[0] else Answer(part("Bài gãy", 2, ""))

        room.answers = {
            "/rss": Answer(rss(item("/mo.html", "Bài mở"), item("/gay.html", "Bài gãy"))),
            "/mo.html": Answer(page("Bài mở")),
            "/gay.html": Answer(part("Bài gãy", 1, pager("/gay-p2.html"))),
            "/gay-p2.html": second,
        }
        collecting = Collecting(tmp_path, [outlet("bao", room.url("/rss"), fetch="all")], about=PROVINCE)
        collecting.settings = {"allow_private": [room.host]}
        collecting.run()
        store = SqlStore(collecting.url)
        with store.writing() as write:
            for name in list(store.article_ids()):
                write.set_labels(name, [Kind.RELEVANCE], [Label(name, Kind.RELEVANCE, "yes", PROVINCE)], now=NOW)
        whole = collecting.articles()[room.url("/mo.html")].text
        closed = LD.format(_news('"isAccessibleForFree": false'))
        room.answers["/mo.html"] = Answer(page("Bài mở", paragraphs=PARAGRAPHS[:1], extra=closed))
        broken[0] = False
        collecting.run(NOW + timedelta(hours=2))
        found = collecting.articles()
        assert found[room.url("/mo.html")].text == whole
        mended = store.article(found[room.url("/gay.html")].id)
        store.close()
        assert mended is not None
        assert "(trang 2 của bài Bài gãy)" in mended.article.text
        assert Kind.EXTENT not in {label.kind for label in mended.labels}
