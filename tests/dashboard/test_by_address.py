"""What opens without an account: the page on which a recipient stops an alert, a saved search as a feed. Behind the
real gate.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

import feedparser
import httpx
import pytest
import structlog
from starlette.applications import Starlette

from dashboard.reply import PER_MINUTE
from dashboard.stopping import Stopping
from diembao.api.feeds import FeedPage
from diembao.api.gate import Gate
from diembao.api.limits import Limits
from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.alert import Channel, Message, Recipient
from diembao.core.article import Article
from diembao.core.outgoing import Feed
from diembao.core.saved import SavedSearch
from diembao.core.settings import load
from diembao.core.subscription import Subscription
from diembao.pipeline.outgoing import trial_stop_of
from diembao.pipeline.steps import documents
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.numbered import FEED_PAGE, STOP_PAGE, Numbered, feeds, stops
from tests.api.doors import start_empty
from tests.dashboard.entering import door_of
from tests.store.making import NOW, alert, article, id_of, keep, later

A, B = Recipient(Channel.MAIL, "a@x.example"), Recipient(Channel.MAIL, "b@y.example")
STRANGE = 'Sông Côn <b>&amp; "đục"</b>\x0b ]]> \u202elạ'


@dataclass
class Office:
    house: Installation
    app: Gate
    time: datetime = NOW
    passed: float = 0.0

    def open(self, address: str, method: str = "GET", **headers: str) -> httpx.Response:
        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                content = "List-Unsubscribe=One-Click" if method == "POST" else None
                return await client.request(method, address, headers=headers, content=content)

        return asyncio.run(asking())

    def sent_to(self, to: Recipient) -> int:
        return next(each.number for each in self.house.store.deliveries() if each.to == to)

    def rows(self) -> list[str]:
        return [f"{row.actor} {row.act}" for row in self.house.store.audit_in_order()]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    start_empty(tmp_path)
    settings = load(tmp_path)
    web = settings.web.model_copy(update={"public_url": "https://diembao.example"})
    with open_installation(settings.model_copy(update={"web": web})) as house:
        keep(house.store, article("a"))
        with house.store.writing() as write:
            write.add_alert(alert("a", "one", "Cảng <mới>"), [A, B])
        made = Office(house, Gate(Starlette(), "", door_of(house)))
        limits = Limits(PER_MINUTE, lambda: made.passed)
        pages = [each(house, lambda: made.time, limits) for each in (Stopping, FeedPage)]
        routes = [route for each in pages for route in each.routes()]
        made.app = Gate(Starlette(routes=routes), "", door_of(house))
        yield made


class TestStopping:
    def test_to_open_the_page_shows_a_button_and_changes_nothing(self, office: Office) -> None:
        answer = office.open(office.house.stops.path(office.sent_to(A)))
        assert answer.status_code == 200
        assert "Cảng &lt;mới&gt;" in answer.text
        assert "a@x.example" in answer.text
        assert '<form method="post"' in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert office.house.store.stopped() == []

    def test_one_click_of_a_mail_program_stops_it_for_this_address_alone_and_once(self, office: Office) -> None:
        path = office.house.stops.path(office.sent_to(A))
        for _ in range(2):
            answer = office.open(path, "POST")
            assert (answer.status_code, "Đã thôi gửi" in answer.text) == (200, True)
        assert [each.to for each in office.house.store.stopped()] == [A]
        assert office.rows().count("link alert.stop") == 1
        with office.house.store.writing() as write:
            write.add_alert(alert("a", "two", "Cảng <mới>"), [A, B])
        waiting = office.house.store.take_parcels(worker="w", now=NOW, storm=20)
        assert [parcel.to for parcel in waiting] == [B, B]

    def test_whoever_made_the_alert_is_told_once_that_an_address_has_stopped(self, office: Office) -> None:
        store = office.house.store
        store.add_subscription(Subscription("Cảng <mới>", "cảng", (A, B)), now=NOW)
        for _ in range(2):
            office.open(office.house.stops.path(office.sent_to(A)), "POST")
        told = [each for each in store.deliveries() if "đã thôi nhận" in each.title]
        assert [each.to for each in told] == [B]

    def test_whoever_got_a_trial_stops_it_and_nobody_else_with_the_same_address(self, office: Office) -> None:
        store = office.house.store
        store.add_subscription(Subscription("Cảng <mới>", "cảng", (A, B)), now=NOW)
        path = trial_stop_of(office.house, "Cảng <mới>", A.address).removeprefix("https://diembao.example")
        assert "Cảng &lt;mới&gt;" in office.open(path).text
        assert office.open(path.replace("a%40", "b%40"), "POST").status_code == 404
        assert store.stopped() == []
        assert office.open(path, "POST").status_code == 200
        assert [each.to for each in store.stopped()] == [A]
        assert trial_stop_of(office.house, "Khác", A.address) == ""

    def test_a_spike_is_stopped_with_what_waits_of_it_and_no_other_message(self, office: Office) -> None:
        store = office.house.store
        with store.writing() as write:
            for n, kind in enumerate(("spike", "silence")):
                at = f"2026-11-20T0{n}:15:00+00:00"
                write.post(Message(f"{kind}:Lũ:{at}", kind, "Nhiều bài", NOW, province=office.house.profile.id), [A])
            write.post(Message("spike:Lũ lớn:2026-11-20T07:15:00+00:00", "khác", "Nhiều bài", NOW), [A])
        number = next(each.number for each in store.deliveries() if each.title == "spike")
        assert office.open(office.house.stops.path(number), "POST").status_code == 200
        assert [(each.subscription, each.to) for each in store.stopped()] == [("Lũ", A)]
        waiting = [each.message.subject for each in store.take_parcels(worker="w", now=NOW, storm=20) if each.message]
        assert waiting == ["khác"]

    def test_the_seal_is_all_it_takes_wherever_the_mail_program_is(self, office: Office) -> None:
        path = office.house.stops.path(office.sent_to(A))
        assert office.open(path, "POST", Origin="https://mail.example").status_code == 200
        assert [each.to for each in office.house.store.stopped()] == [A]
        assert office.open("/dong-tin", Origin="https://mail.example").status_code == 403

    @pytest.mark.parametrize("token", ["", "1", "1.", "1.AAAAAAAAAAAAAAAAAAAAAA", "0.x", "١.x", "1" * 500, "a" * 5000])
    def test_a_forged_address_opens_nothing(self, office: Office, token: str) -> None:
        for method in ("GET", "POST"):
            assert office.open(f"{STOP_PAGE}?ma={token}", method).status_code == 404
        assert office.house.store.stopped() == []

    def test_the_address_of_a_feed_stops_nothing(self, office: Office) -> None:
        token = office.house.feeds.token(office.sent_to(A))
        assert office.open(f"{STOP_PAGE}?ma={token}", "POST").status_code == 404

    def test_whoever_tries_too_often_waits(self, office: Office) -> None:
        answers = [office.open(f"{STOP_PAGE}?ma=1.x").status_code for _ in range(PER_MINUTE + 1)]
        assert (answers[-2], answers[-1]) == (404, 429)

    def test_in_english_too(self, office: Office) -> None:
        path = office.house.stops.path(office.sent_to(A))
        assert "Get no more" in office.open(f"{path}&lang=en").text


@pytest.fixture
def lan(office: Office) -> int:
    new = NewAccount("lan", "lan", "Lan", (Grant(Role.VIEWER),))
    return office.house.store.add_account(new, by=CONSOLE, now=NOW)


def follow(office: Office, account: int, *articles: Article, name: str = "Tàu") -> Feed:
    house = office.house
    keep(house.store, *articles)
    ids = [id_of("a"), *(each.id for each in articles)]
    house.index.put(documents(house, ids))
    house.store.save_search(SavedSearch(name, "tàu", 1, "person:1", NOW), replace=True)
    return house.store.make_feed(name, account, now=NOW, by=CONSOLE)


class TestFeeds:
    def test_a_reader_of_feeds_finds_the_articles_newest_first_with_their_words_escaped(
        self, office: Office, lan: int
    ) -> None:
        feed = follow(office, lan, article("b", title=f"Tàu {STRANGE}", published_at=later(hours=1)))
        answer = office.open(office.house.feeds.path(feed.number))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        read = feedparser.parse(answer.content)
        assert (read.bozo, read.version, read.feed.title) == (False, "atom10", "Tàu – Điểm Báo")
        first, second = read.entries
        assert first.title_detail.type == "text/plain"
        assert "<b>&amp;" in first.title
        assert "\x0b" not in first.title
        assert (first.id, second.link) == (f"urn:diembao:article:{id_of('b')}", article("a").url)
        assert first.links[1].href == f"https://diembao.example/bai-bao?id={id_of('b')}"
        assert (first.author, first.published) == ("bao-mau", "2026-11-20T09:00:00Z")

    def test_what_has_not_changed_is_not_sent_again(self, office: Office, lan: int) -> None:
        path = office.house.feeds.path(follow(office, lan).number)
        answer = office.open(path)
        changed = format_datetime(NOW, usegmt=True)
        assert answer.headers["Last-Modified"] == changed
        for headers in ({"If-None-Match": f"W/{answer.headers['ETag']}"}, {"If-Modified-Since": changed}):
            again = office.open(path, **headers)
            assert (again.status_code, again.content) == (304, b"")
        for headers in ({"If-None-Match": '"x"'}, {"If-Modified-Since": "yesterday"}):
            assert office.open(path, **headers).status_code == 200
        follow(office, lan, article("c"))
        assert office.open(path, **{"If-None-Match": answer.headers["ETag"]}).status_code == 200

    def test_a_search_that_finds_nothing_is_a_feed_too(self, office: Office, lan: int) -> None:
        feed = follow(office, lan)
        office.house.store.save_search(SavedSearch("Tàu", "khôngcógì", 1, "person:1", NOW), replace=True)
        read = feedparser.parse(office.open(office.house.feeds.path(feed.number)).content)
        assert (read.bozo, read.entries) == (False, [])

    def test_a_feed_is_void_with_its_owner_right_search_or_when_it_is_revoked(self, office: Office, lan: int) -> None:
        store = office.house.store
        path = office.house.feeds.path(follow(office, lan).number)
        assert office.open(path).status_code == 200
        store.disable(lan, True, by=CONSOLE, now=NOW)
        assert office.open(path).status_code == 404
        store.disable(lan, False, by=CONSOLE, now=NOW)
        store.set_grants(lan, [Grant(Role.VIEWER, "bac-ninh")], by=CONSOLE, now=NOW)
        assert office.open(path).status_code == 404
        store.set_grants(lan, [Grant(Role.VIEWER, "gia-lai")], by=CONSOLE, now=NOW)
        assert office.open(path).status_code == 200
        store.remove_search("Tàu", now=NOW)
        assert office.open(path).status_code == 404
        feed = follow(office, lan)
        store.revoke_feed(feed.number, lan, now=NOW, by=CONSOLE)
        assert office.open(path).status_code == 404

    def test_neither_a_log_nor_the_audit_log_nor_the_record_holds_the_token(
        self, office: Office, lan: int, tmp_path: Path
    ) -> None:
        feed = follow(office, lan)
        path, seal = office.house.feeds.path(feed.number), office.house.feeds.token(feed.number).split(".")[1]
        with structlog.testing.capture_logs() as logs:
            office.open(path)
            office.open(path, Origin="https://evil.example")
            office.open(f"{path}x")
        told = repr(logs) + repr(list(office.house.store.audit_in_order()))
        kept = b"".join(each.read_bytes() for each in tmp_path.glob("diembao.db*"))
        assert seal not in told
        assert seal.encode() not in kept

    def test_nothing_of_it_is_changed_by_a_post(self, office: Office, lan: int) -> None:
        path = office.house.feeds.path(follow(office, lan).number)
        assert office.open(path, "POST").status_code == 401
        assert office.open(path, "HEAD").status_code == 200


def test_two_kinds_two_homes_and_two_numbers_have_different_seals() -> None:
    made = [stops(b"k", ""), feeds(b"k", ""), stops(b"other", "")]
    seals = {each.token(number) for each in made for number in (1, 12)}
    assert len(seals) == 6
    assert all(re.fullmatch(r"\d+\.[\w-]{22}", each) for each in seals)
    assert made[0].opened(made[0].token(12)) == 12
    assert made[0].opened(made[0].token(12)[1:]) is None


def test_an_address_is_made_only_where_somebody_can_reach_it() -> None:
    assert Numbered(b"k", b"a", FEED_PAGE).address(1) == ""
    assert Numbered(b"k", b"a", FEED_PAGE, "https://a.example/").address(1).startswith("https://a.example/rss?ma=1.")
