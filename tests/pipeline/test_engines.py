"""The same house on another engine of the index: filled from the log, emptied behind its back, asked by command."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diembao.app.cli import main
from diembao.core.query import parse
from diembao.core.settings import load
from diembao.pipeline import steps, worker
from diembao.pipeline.wiring import Installation, open_installation
from indexer.elastic_vectors import ElasticVectors
from tests.parts import needs
from tests.servers import PASSWORD, USER, alias, running
from tests.store.making import NOW, article, keep

Search = Callable[..., tuple[int, str]]


@pytest.fixture
def on_elastic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As docker-compose.yml does it."""
    values = {"ENGINE": "elastic", "URL": running().url, "ALIAS": alias(tmp_path), "USER": USER, "PASSWORD": PASSWORD}
    for name, value in values.items():
        monkeypatch.setenv(f"DIEMBAO_INDEX__{name}", value)


@pytest.fixture
def house(on_elastic: None, tmp_path: Path) -> Iterator[Installation]:
    with open_installation(load(tmp_path)) as house:
        yield house


@pytest.fixture
def search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Search:
    """`diembao search` with these options: exit code, and what it printed or complained of."""

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["diembao", "search", "tàu", "--home", str(tmp_path), *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out + err

    return run


def work(house: Installation) -> int:
    return sum(done.indexed for done in steps.advance_to_end(house, lambda: NOW, "test"))


@needs("elasticsearch")
def test_the_whole_path_on_a_server_also_when_its_index_is_deleted(house: Installation, tmp_path: Path) -> None:
    keep(house.store, article("a"), article("b"))
    assert work(house) == 2
    assert house.index.count(parse("tàu báo:bao-mau", now=NOW)) == 2
    assert house.index.position() == house.store.bookmark("index") > 0
    with running().client() as client:
        (name,) = client.indices.get_alias(name=alias(tmp_path)).body
        client.indices.delete(index=name)
    assert house.index.count(parse("tàu", now=NOW)) == 0
    assert work(house) == 2
    assert house.index.count(parse("tàu", now=NOW)) == 2


@needs("elasticsearch")
def test_a_rebuild_goes_on_beside_the_worker_and_nothing_of_either_is_lost(house: Installation, tmp_path: Path) -> None:
    keep(house.store, article("a"), article("b"))
    work(house)
    with open_installation(load(tmp_path)) as beside:
        told: list[int] = []

        def meanwhile(n: int) -> None:
            told.append(n)
            keep(beside.store, article("c"))
            assert work(beside) == 1
            assert beside.index.count(parse("tàu", now=NOW)) == 3

        assert worker.rebuild_index(house, meanwhile, lambda: NOW) == 2
        assert told == [2]
        assert beside.index.count(parse("tàu", now=NOW)) == 2
        assert work(beside) >= 1  # what came meanwhile is read again
    assert house.index.count(parse("tàu", now=NOW)) == 3
    assert house.index.position() == house.store.bookmark("index")


@needs("elasticsearch")
def test_a_search_asks_the_engine_that_is_set_or_named(house: Installation, search: Search) -> None:
    keep(house.store, article("a"))
    work(house)
    for words in ((), ("--engine", "elastic")):
        code, said = search(*words)
        assert (code, article("a").title in said) == (0, True)
    code, said = search("--engine", "embedded")
    assert (code, "the index 'embedded' is empty" in said) == (2, True)


def test_an_engine_that_there_is_not_is_wrong_use(search: Search) -> None:
    code, said = search("--engine", "solr")
    assert (code, "use embedded or elastic" in said) == (2, True)


def test_a_server_that_is_away_is_one_line_and_no_trace(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIEMBAO_INDEX__URL", "http://127.0.0.1:9")
    code, said = search("--engine", "elastic")
    assert code == 1
    english = "Elasticsearch at http://127.0.0.1:9 cannot be reached"
    assert said == f"diembao: không tới được Elasticsearch ở http://127.0.0.1:9 ({english})\n"


@needs("elasticsearch")
def test_like_articles_are_found_on_a_server_too_also_when_their_vectors_are_deleted(house: Installation) -> None:
    keep(house.store, article("a"), article("b"))
    work(house)
    made = house.kept_vectors
    assert isinstance(made, ElasticVectors)
    kept = made.vector(article("a").id)
    assert kept is not None
    assert {hit.id for hit in made.search(kept, 2)} == {article("a").id, article("b").id}
    with running().client() as client:
        client.indices.delete(index=list(client.indices.get(index=f"{house.settings.index.alias}-vectors-*").body))
    assert made.size() == 0
    work(house)
    assert made.size() == 2


@needs("elasticsearch")
def test_the_index_of_an_engine_to_come_is_made_while_a_worker_goes_on_with_the_other(
    house: Installation, tmp_path: Path
) -> None:
    keep(house.store, article("a"), article("b"))
    work(house)

    def meanwhile(_: int) -> None:
        keep(house.store, article("c"))
        work(house)

    with open_installation(load(tmp_path).with_engine("embedded")) as to_come:
        assert worker.rebuild_index(to_come, meanwhile, lambda: NOW, beside=True) == to_come.index.size() == 2
        assert house.index.position() == house.store.bookmark("index")  # nobody rewound the worker
        work(to_come)  # the switch
        assert to_come.index.count(parse("tàu", now=NOW)) == 3
