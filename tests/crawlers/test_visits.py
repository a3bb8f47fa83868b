"""Articles looked at again on a real server: edited, gone, back; and what went over the wire is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from diembao.core.article import Kind, Label
from diembao.core.ports import Event
from diembao.store.record import SqlStore
from tests.crawlers.collecting import NOW, Collecting, outlet
from tests.crawlers.newsroom import Answer, Newsroom
from tests.crawlers.pages import item, page, rss

PROVINCE = "gia-lai"


def judge(collecting: Collecting) -> None:
    """Every article is about the province."""
    store = SqlStore(collecting.url)
    with store.writing() as write:
        for name in list(store.article_ids()):
            write.set_labels(name, [Kind.RELEVANCE], [Label(name, Kind.RELEVANCE, "yes", PROVINCE)], now=NOW)
    store.close()


def test_an_edit_a_withdrawal_and_the_bytes_that_prove_them(tmp_path: Path) -> None:
    with Newsroom().open() as room:
        room.answers = {
            "/rss": Answer(rss(item("/edited", "Tin cũ"), item("/gone", "Tin sẽ gỡ"), item("/moved", "Tin dời"))),
            "/edited": Answer(page("Tin cũ"), headers={"Server": "mẫu".encode().decode("latin-1")}),
            "/gone": Answer(page("Tin sẽ gỡ")),
            "/moved": Answer(status=302, headers={"Location": "/here"}),
            "/here": Answer(page("Tin dời")),
        }
        collecting = Collecting(tmp_path, [outlet("bao", room.url("/rss"), fetch="all")], about=PROVINCE)
        collecting.settings = {"allow_private": [room.host]}
        assert collecting.run()["stored"] == 3
        judge(collecting)
        kept = collecting.articles()
        wire(collecting, room, kept[room.url("/edited")].id, kept[room.url("/here")].id)

        room.answers["/edited"] = Answer(page("Tin mới"))
        room.answers["/gone"] = Answer(status=404, body=b"gone")
        first = collecting.run(NOW + timedelta(days=1))
        assert (first["stored"], first["refused"]) == (1, 1)
        became = collecting.sightings(first["run"])
        assert sorted(became[room.url("/gone")]) == ["refused:status-404", "unchanged"]  # the page; the feed
        assert room.paths().count("/gone") == 2
        assert collecting.articles()[room.url("/edited")].revision == 2
        asked = len(room.asked)
        collecting.run(NOW + timedelta(days=1, hours=1))
        assert room.paths()[asked:] == ["/rss"]  # nothing is asked for before its time

        collecting.run(NOW + timedelta(days=3))
        gone = kept[room.url("/gone")].id
        store = SqlStore(collecting.url)
        (withdrawn,) = store.withdrawals(gone)
        assert withdrawn.at == NOW + timedelta(days=3)
        assert store.lease("t", [Event.WITHDRAWN], worker="w", now=NOW)
        store.close()


def wire(collecting: Collecting, room: Newsroom, edited: str, moved: str) -> None:
    """What was kept of requests and answers is what went over the wire."""
    store = SqlStore(collecting.url)
    of = {item.article.id: item.article.response for item in store.articles([edited, moved])}
    (hop,) = store.hops(edited, of[edited])
    asked = next(each for each in room.asked if each.path == "/edited")
    lines = hop.request.split(b"\r\n")
    assert lines[0] == b"GET /edited HTTP/1.1"
    assert dict(line.decode().split(": ", 1) for line in lines[1:-2]) == dict(asked.headers)
    assert (hop.peer, hop.url, hop.asked_at) == ("127.0.0.1", room.url("/edited"), NOW)
    assert hop.head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert "Server: mẫu\r\n".encode() in hop.head
    assert hop.head.endswith(b"\r\n\r\n")
    two = store.hops(moved, of[moved])
    assert [each.url for each in two] == [room.url("/moved"), room.url("/here")]
    assert b"Location: /here\r\n" in two[0].head
    store.close()
