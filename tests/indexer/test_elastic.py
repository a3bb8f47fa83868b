"""What only the index on a server promises: whose it is, who wrote last."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from diembao.core.analysis import VERSION
from diembao.core.errors import Misconfigured, Retry
from indexer.elastic import ElasticIndex
from indexer.elastic_alias import Layout, mapping, version
from tests.indexer.articles import document, ids
from tests.indexer.conftest import Opener
from tests.parts import needs
from tests.servers import LOGIN, Node

pytestmark = needs("elasticsearch")


def behind(client: Elasticsearch, name: str) -> list[str]:
    return sorted(client.indices.get(index=name, ignore_unavailable=True).body)


# -- whose it is ------------------------------------------------------------------------------------


def test_one_index_stands_behind_both_names_and_says_whose_it_is(
    index: ElasticIndex, client: Elasticsearch, alias: str
) -> None:
    index.put([document("a", "Bão")])
    index.mark(9)
    (name,) = behind(client, alias)
    assert name == f"{alias}-{version()}-000001"
    assert behind(client, f"{alias}-{version()}") == [name]
    meta = client.indices.get_mapping(index=name).body[name]["mappings"]["_meta"]
    assert meta == {"diembao": {"version": version(), "analysis": VERSION, "position": 9}}


def test_the_server_holds_the_mapping_that_was_asked_for(
    index: ElasticIndex, client: Elasticsearch, alias: str
) -> None:
    index.put([document("a", "Bão")])
    (found,) = client.indices.get_mapping(index=alias).body.values()
    held = found["mappings"]
    assert held["dynamic"] == "strict"
    assert held["properties"].keys() == mapping()["properties"].keys()
    assert held["properties"]["tokens"] == mapping()["properties"]["tokens"]


def test_people_find_the_raw_words_and_tokens_are_not_shown(
    index: ElasticIndex, client: Elasticsearch, alias: str
) -> None:
    index.put([document("a", "Bão số 5", "Mưa lớn ở Quy Nhơn", outlet="vnexpress")])
    (hit,) = client.search(index=alias, query={"query_string": {"query": "title:bão AND mưa"}})["hits"]["hits"]
    assert (hit["_source"]["title"], hit["_source"]["text"]) == ("Bão số 5", "Mưa lớn ở Quy Nhơn")
    assert hit["_source"]["outlet"] == ["vnexpress"]
    assert "tokens" not in hit["_source"]


def test_wiping_leaves_one_new_index_and_no_other(index: ElasticIndex, client: Elasticsearch, alias: str) -> None:
    index.put([document("a", "Bão")])
    index.wipe()
    index.wipe()
    assert behind(client, f"{alias}*") == behind(client, alias) == [f"{alias}-{version()}-000003"]


def test_another_version_is_no_index_and_gives_way_with_the_first_write(
    opener: Opener, client: Elasticsearch, alias: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(opener()) as older:
        older.put([document("a", "Bão")])
        older.mark(5)
    monkeypatch.setattr("indexer.elastic_alias.VERSION", "another")
    with closing(opener()) as newer:
        assert (newer.size(), newer.position()) == (0, 0)
        assert behind(client, alias) != []  # readers of another version remove nothing
        newer.put([document("b", "Lũ")])
        assert (newer.size(), newer.position()) == (1, 0)
    assert behind(client, f"{alias}*") == behind(client, alias) == [f"{alias}-{version()}-000002"]


def test_what_a_crash_between_making_and_swapping_left_is_cleared_away(
    index: ElasticIndex, client: Elasticsearch, alias: str
) -> None:
    index.put([document("a", "Bão")])
    (first,) = behind(client, alias)
    left = client.indices.get_mapping(index=first).body[first]["mappings"]
    client.indices.create(index=f"{alias}-{version()}-000002", mappings=left)
    assert ids(index, "bão") == ["a"]
    index.wipe()
    assert behind(client, f"{alias}*") == [f"{alias}-{version()}-000003"]


def test_indexes_of_others_with_names_like_ours_are_left_alone(
    index: ElasticIndex, client: Elasticsearch, alias: str
) -> None:
    others = [f"{alias}-notes", f"{alias}-{'0' * 16}-000001"]
    for name in others:
        client.indices.create(index=name)
    index.put([document("a", "Bão")])
    index.wipe()
    assert set(others) < set(behind(client, f"{alias}*"))


def test_an_alias_that_is_a_real_index_is_refused_and_left_alone(
    index: ElasticIndex, client: Elasticsearch, alias: str
) -> None:
    client.index(index=alias, document={"mine": 1}, refresh=True)
    for write in (lambda: index.put([document("a")]), index.wipe, lambda: index.mark(1)):
        with pytest.raises(Misconfigured, match=f"choose another index.alias than '{alias}'"):
            write()
    assert client.count(index=alias)["count"] == 1
    assert behind(client, f"{alias}*") == [alias]


@pytest.mark.parametrize("suffix", ["", f"-{version()}"])
def test_an_alias_of_somebody_elses_index_is_refused_and_left_alone(
    index: ElasticIndex, client: Elasticsearch, alias: str, suffix: str
) -> None:
    client.indices.create(index=f"other-{alias}", aliases={alias + suffix: {}})
    with pytest.raises(Misconfigured, match="was not made by this program"):
        index.put([document("a")])
    assert behind(client, alias + suffix) == [f"other-{alias}"]


def test_a_mapping_that_somebody_changed_is_named_when_an_article_does_not_fit(
    index: ElasticIndex, client: Elasticsearch, alias: str
) -> None:
    body: dict[str, Any] = mapping()
    del body["properties"]["outlet"]
    meta = {"diembao": {"version": version(), "analysis": VERSION, "position": 0}}
    client.indices.create(
        index=f"{alias}-{version()}-000001", mappings=body | {"_meta": meta}, aliases={f"{alias}-{version()}": {}}
    )
    with pytest.raises(Misconfigured, match=r"refuses the article 'a'.*outlet"):
        index.put([document("a", "Bão", outlet="vnexpress")])


def test_an_index_is_spread_as_it_is_set(node: Node, client: Elasticsearch, alias: str) -> None:
    for layout, shards, copies in ((Layout(), "1", "0"), (Layout(3, 2), "3", "2")):
        with closing(ElasticIndex(node.url, alias, LOGIN, layout=layout)) as index:
            index.wipe()
            index.put([document("a", "Bão"), document("b", "Lũ")])
            assert ids(index, "bão OR lũ") == ["a", "b"]
        (found,) = client.indices.get_settings(index=alias).body.values()
        assert (found["settings"]["index"]["number_of_shards"], found["settings"]["index"]["number_of_replicas"]) == (
            shards,
            copies,
        )


def test_of_two_new_copies_the_first_one_ready_wins_and_nothing_is_left_over(
    opener: Opener, client: Elasticsearch, alias: str
) -> None:
    with closing(opener()) as one, closing(opener()) as other:
        one.put([document("a", "Bão")])

        def overtaken() -> None:
            with one.renewed() as slow:
                slow.put([document("b", "Bão")])
                with other.renewed() as quick:
                    quick.put([document("c", "Bão")])
                slow.put([document("d", "Bão")])

        with pytest.raises(Retry, match="emptied by another process"):
            overtaken()
        assert ids(one, "bão") == ["c"]
        assert behind(client, f"{alias}*") == behind(client, alias)
        (names,) = client.indices.get_alias(index=f"{alias}*").body.values()
        assert set(names["aliases"]) == {alias, f"{alias}-{version()}"}


# -- who wrote last ---------------------------------------------------------------------------------


def test_a_late_writer_does_not_overwrite_a_newer_one(opener: Opener) -> None:
    with closing(opener()) as late, closing(opener()) as newer:
        newer.put([replace(document("a", "Lũ"), version=12), replace(document("b", "Lũ"), version=12)])
        assert late.put([replace(document("a", "Bão"), version=11), replace(document("c", "Bão"), version=11)]) == 2
        assert ids(newer, "lũ") == ["a", "b"]
        assert ids(newer, "bão") == ["c"]
        late.put([replace(document("a", "Nắng"), version=12)])
        assert ids(newer, "nắng") == ["a"]


def test_a_mark_never_lands_on_an_index_that_another_process_has_emptied(opener: Opener) -> None:
    with closing(opener()) as one, closing(opener()) as other:
        one.put([document("a", "Bão")])
        other.wipe()
        with pytest.raises(Retry, match="emptied by another process"):
            one.mark(17)
        assert other.position() == 0


def test_articles_that_went_into_an_index_being_emptied_are_put_again(opener: Opener) -> None:
    with closing(opener()) as one, closing(opener()) as other:
        batch = [document(f"{n}", "Mưa") for n in range(3)]
        one.put(batch)
        checked = one._alias.ready

        def emptied_after_the_look() -> str:
            name = checked()
            other.wipe()
            return name

        one._alias.ready = emptied_after_the_look  # type: ignore[method-assign]  # the other process is that quick
        with pytest.raises(Retry, match="emptied by another process"):
            one.put(batch)
        one._alias.ready = checked  # type: ignore[method-assign]
        one.put(batch)
        assert (one.size(), one.position()) == (3, 0)


def test_a_late_writer_does_not_overwrite_a_newer_one_in_a_new_copy(index: ElasticIndex) -> None:
    with index.renewed() as fresh:
        fresh.put([replace(document("a", "Lũ"), version=12)])
        fresh.put([replace(document("a", "Bão"), version=11)])
    assert (ids(index, "lũ"), ids(index, "bão")) == (["a"], [])
