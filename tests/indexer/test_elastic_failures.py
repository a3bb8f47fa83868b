"""Servers that are away, slow, crash, or are no Elasticsearch of ours: each failure has its fate and its sentence."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from diembao.core.errors import DiembaoError, IndexAway, Misconfigured, Retry, WrongUse
from diembao.core.query import All, Text
from indexer.elastic import ElasticIndex
from indexer.elastic_circuit import FAILURES
from indexer.elastic_server import Limits, Login
from tests.indexer.articles import document, ids
from tests.parts import needs
from tests.servers import LOGIN, USER, Node, alias, running

SHORT = Limits(read=0.3, write=0.3, pause=0.01)
JSON = "application/vnd.elasticsearch+json;compatible-with=8"

LOGGED_IN: list[str] = []  # how those who asked `answering` made themselves known


@contextmanager
def answering(status: int, body: str, **headers: str) -> Iterator[str]:
    """A server that answers everything alike; its address."""

    class Answer(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            LOGGED_IN.append(self.headers.get("Authorization", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST = do_PUT = answer  # noqa: N815 (the library's names)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def error(kind: str, reason: str) -> str:
    return json.dumps({"error": {"type": kind, "reason": reason}})


@pytest.mark.parametrize(
    ("status", "body", "kind", "fate", "said"),
    [
        (200, "<html>hello</html>", "text/html", Misconfigured, "is not Elasticsearch"),
        (200, '{"version": {"distribution": "opensearch"}}', "application/json", Misconfigured, "not Elasticsearch 8"),
        (406, error("x", "Content-Type header is not supported"), JSON, Misconfigured, "another version; 8 or 9"),
        (400, error("media_type_header_exception", "compatible-with=8"), JSON, Misconfigured, "another version"),
        (403, error("security_exception", "no rights"), JSON, Misconfigured, "does not allow"),
        (429, error("es_rejected_execution_exception", "queue full"), JSON, IndexAway, "too busy now: queue full"),
        (429, error("cluster_block_exception", "flood-stage"), JSON, IndexAway, "disk full"),
        (503, error("no_shard_available_action_exception", "not yet"), JSON, IndexAway, "not yet"),
        (502, "<html>proxy</html>", "text/html", IndexAway, "502"),
        (503, error("too_many_buckets_exception", "of 65536"), JSON, WrongUse, "cannot be answered"),
    ],
)
def test_what_a_server_answers_has_its_fate_and_its_sentence(
    status: int, body: str, kind: str, fate: type[DiembaoError], said: str
) -> None:
    ours = {"X_Elastic_Product": "Elasticsearch"} if kind == JSON or status == 502 else {}
    with (
        answering(status, body, Content_Type=kind, **ours) as url,
        closing(ElasticIndex(url, "press", Login("an", "kept-quiet"))) as index,
    ):
        for ask in (index.size, lambda: index.search(All()), lambda: index.aggregate(All(), {}), index.position):
            with pytest.raises(fate, match=said) as raised:
                ask()
            assert type(raised.value) is fate
            assert "kept-quiet" not in str(raised.value)


def test_a_server_that_is_away_is_tried_again_later() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # not listening
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with closing(ElasticIndex(url, "press")) as index:
            for ask in (index.size, index.position, index.wipe, lambda: index.put([document("a")])):
                with pytest.raises(IndexAway, match=f"{url} cannot be reached"):
                    ask()
            assert index.put([]) == 0


def test_after_a_few_silences_nobody_asks_any_more() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # not listening
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with closing(ElasticIndex(url, "press")) as index:
            for _ in range(FAILURES):
                with pytest.raises(IndexAway, match=r"cannot be reached\)$"):
                    index.size()
            with pytest.raises(IndexAway, match="asked again in 5 seconds"):
                index.size()


def test_a_refusal_is_an_answer_and_the_next_question_is_asked() -> None:
    with (
        answering(429, error("x", "queue full"), Content_Type=JSON, X_Elastic_Product="Elasticsearch") as url,
        closing(ElasticIndex(url, "press")) as index,
    ):
        for _ in range(FAILURES + 2):
            with pytest.raises(IndexAway, match="too busy now"):
                index.size()


def test_a_key_is_sent_as_one_and_never_shown() -> None:
    """The test distribution knows no keys; so the header is looked at, and the refusal of a key is imitated."""
    LOGGED_IN.clear()
    with (
        answering(401, error("security_exception", "no"), Content_Type=JSON, X_Elastic_Product="x") as url,
        closing(ElasticIndex(url, "press", Login(api_key="aWQ6a2VwdC1xdWlldA=="))) as index,
        pytest.raises(Misconfigured, match=r"does not accept index\.api_key") as raised,
    ):
        index.size()
    assert set(LOGGED_IN) == {"ApiKey aWQ6a2VwdC1xdWlldA=="}
    assert "aWQ6" not in str(raised.value)
    assert "aWQ6" not in repr(Login(api_key="aWQ6a2VwdC1xdWlldA=="))


def test_a_key_and_a_user_at_once_are_refused() -> None:
    with pytest.raises(Misconfigured, match="one of them"):
        ElasticIndex("http://127.0.0.1:9200", "press", Login("an", "x", api_key="y"))


@needs("elasticsearch")
def test_of_several_hosts_one_that_answers_is_enough(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # not listening
        urls = f"http://127.0.0.1:{taken.getsockname()[1]}, {running().url}"
        with closing(ElasticIndex(urls, alias(tmp_path), LOGIN)) as index:
            for name in "abcd":
                index.put([document(name, "Bão")])
                index.mark(ord(name))
            assert ids(index, "bão") == ["a", "b", "c", "d"]


def test_a_server_that_falls_silent_is_not_waited_for() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with closing(ElasticIndex(url, "press", limits=SHORT)) as index:
            for ask in (index.size, lambda: index.mark(1), lambda: index.put([document("a")])):
                with pytest.raises(IndexAway, match=r"did not answer within 0\.3 seconds"):
                    ask()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("127.0.0.1:9200", "an address like"),
        ("ftp://127.0.0.1", "an address like"),
        ("http://127.0.0.1:none", "an address like"),
        ("", "an address like"),
        ("http://an:kept-quiet@127.0.0.1:9200", "index.user"),
    ],
)
def test_an_address_that_cannot_be_is_refused_at_once(url: str, said: str) -> None:
    with pytest.raises(Misconfigured, match=said) as raised:
        ElasticIndex(url, "press")
    assert "kept-quiet" not in str(raised.value)


def test_a_file_of_certificates_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"index\.ca"):
        ElasticIndex("https://127.0.0.1:9200", "press", Login(ca=str(tmp_path / "none.pem")))


@needs("elasticsearch")
def test_a_server_killed_in_the_middle_of_writing_loses_nothing(tmp_path: Path) -> None:
    """Position and articles that were there stay; what was half written is put once more."""
    node, name = running(), alias(tmp_path)
    many = [document(f"{n:05d}", "Bão số 5", "Mưa lớn ở Quy Nhơn. " * 20) for n in range(5_000)]
    ended: list[BaseException | int] = []

    def write(index: ElasticIndex) -> None:
        try:
            ended.append(index.put(many))
        except IndexAway as failed:
            ended.append(failed)

    with closing(ElasticIndex(node.url, name, LOGIN)) as index, node.client() as client:
        index.put([document("first", "Nắng")])
        index.mark(7)
        before = _written(client, name)
        writer = threading.Thread(target=write, args=(index,))
        writer.start()
        while _written(client, name) == before and writer.is_alive():
            pass
        node.kill()
        writer.join()
        assert isinstance(ended[0], IndexAway)
        assert "cannot be reached" in str(ended[0])
        with pytest.raises(IndexAway, match="cannot be reached"):
            index.search(All())
        node.start()
        client.cluster.health(index=name, wait_for_status="yellow", timeout="60s")
        assert index.position() == 7
        assert ids(index, "nắng") == ["first"]
        assert index.put(many) == len(many)
        assert index.size() == len(many) + 1


def _written(client: Elasticsearch, name: str) -> int:
    """Documents the server has taken in, visible or not."""
    found = client.indices.stats(index=name, metric="indexing")
    return int(found["_all"]["primaries"]["indexing"]["index_total"])


def everything(index: ElasticIndex) -> list[Callable[[], object]]:
    return [
        index.position,
        index.size,
        index.wipe,
        lambda: index.mark(1),
        lambda: index.put([document("a")]),
        lambda: index.search(All()),
        lambda: index.count(Text("text", "bão")),
        lambda: index.aggregate(All(), {}),
    ]


@needs("elasticsearch")
def test_a_wrong_password_is_named_and_not_shown(node: Node, alias: str) -> None:
    with closing(ElasticIndex(node.url, alias, Login(USER, "not-the-word"))) as index:
        for ask in everything(index):
            with pytest.raises(Misconfigured, match=r"does not accept index.user and index.password") as raised:
                ask()
            assert "not-the-word" not in str(raised.value)


@needs("elasticsearch")
def test_no_account_at_all_is_the_same(node: Node, alias: str) -> None:
    with closing(ElasticIndex(node.url, alias)) as index, pytest.raises(Misconfigured, match=r"index\.user"):
        index.position()


@needs("elasticsearch")
def test_a_full_disk_is_a_passing_failure_and_nothing_is_lost(
    index: ElasticIndex, client: Elasticsearch, alias: str
) -> None:
    index.put([document("a", "Bão")])
    index.mark(4)
    client.indices.put_settings(index=alias, settings={"index.blocks.read_only_allow_delete": True})
    with pytest.raises(Retry, match="takes no writes now"):
        index.put([document("b", "Bão")])
    assert (ids(index, "bão"), index.position()) == (["a"], 4)
    client.indices.put_settings(index=alias, settings={"index.blocks.read_only_allow_delete": None})
    index.put([document("b", "Bão")])
    assert ids(index, "bão") == ["a", "b"]


@needs("elasticsearch")
def test_a_closed_index_is_a_passing_failure_and_not_an_empty_one(
    index: ElasticIndex, client: Elasticsearch, alias: str
) -> None:
    index.put([document("a", "Bão")])
    client.indices.close(index=alias)
    for ask in (index.size, lambda: index.search(All()), lambda: index.put([document("b")])):
        with pytest.raises(Retry):
            ask()
