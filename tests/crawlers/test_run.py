"""Two runs over hostile and ordinary outlets: every outcome, on real servers, on the real store."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

import pytest

from diembao.core.article import Article, DateFrom, TextFrom
from tests.crawlers.collecting import NOW, Collecting
from tests.crawlers.furnishing import DELAY, SUMMARY, furnish, furnish_others, outlets
from tests.crawlers.newsroom import Answer, Newsroom, deaf
from tests.crawlers.pages import PARAGRAPHS, SAPO, page

MAX_PAGE, MAX_FEED = 200_000, 1_000_000


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
