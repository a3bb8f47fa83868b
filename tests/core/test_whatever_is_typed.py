"""Whatever anybody types is read or refused with a place, and what was read can be written again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diembao.core.errors import QueryError
from diembao.core.query import All, Bool, Near, Phrase, Prefix, Query, Range, Terms, Text, unparse
from tests.core.test_query import NOW, read, word

AWKWARD = [
    *('"', "(", ")", "-", "*", ":", "\\", "“", " ", "AND", "OR", "NOT", "VÀ", "KHÔNG", "NOT ", "((", "title:", "báo:"),
    *(
        "từ:",
        "đến:-7d",
        "ngày:7",
        "thái_độ:phê_phán",
        "id:",
        "bão",
        "NEAR/3",
        "số 5",
        "Quy*",
        "https://a.b/c",
        "10:30",
        "平定省",
    ),
    *("น้ำ", "\x00", "\ud800", "İ", "\u200b", "+", "x:y", "a.b", "'", "%", "follow-up", "zh-Hans", "..", "2026-11-21T"),
    "NEAR/3",
]
TYPED = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(AWKWARD), max_size=14).map("".join),
    st.lists(st.sampled_from(AWKWARD), max_size=14).map(" ".join),
)


def outcome(typed: str) -> tuple[Query | None, QueryError | None]:
    try:
        return read(typed), None
    except QueryError as error:
        return None, error


@settings(derandomize=True, max_examples=1500, deadline=None)
@given(TYPED)
def test_whatever_is_typed_is_read_or_refused_with_a_place_and_can_be_written_again(typed: str) -> None:
    tree, error = outcome(typed)
    if error is not None:
        assert error.position is not None
        assert 0 <= error.position <= len(typed)
        return
    assert tree is not None
    assert read(unparse(tree)) == tree


@pytest.mark.parametrize(
    "piece", ["NOT ", "(", ")", "-", "a ", '"', "a OR ", "title:", "*", "a* ", "\\", "(a OR ", "từ:-7d "]
)
def test_the_longest_inputs_are_answered_at_once(piece: str) -> None:
    started = datetime.now(UTC)
    outcome((piece * 2000)[:2000])
    assert datetime.now(UTC) - started < timedelta(seconds=5)


def made_of(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(children, max_size=3).map(tuple)
    return st.builds(Bool, some, some, some)


LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.just(All()),
    st.builds(
        Text, st.sampled_from(["text", "title"]), st.sampled_from(["bão", "bão số 5", "AND", "a:b", "-x", '"', "a*"])
    ),
    st.builds(Phrase, st.sampled_from(["text", "title"]), st.sampled_from(["bão", "bão số 5", 'a "b" c'])),
    st.builds(Near, st.just("title"), st.sampled_from(["bão", 'số "5"']), st.just("AND lũ"), st.just(3)),
    st.builds(Prefix, st.just("text"), st.sampled_from(["bã", "covid-1"])),
    st.builds(Terms, st.just("outlet"), st.sampled_from([(), ("a",), ("a", "b-c"), ("Hoa",), ("AND",)])),
    st.builds(
        Range, st.just("seen"), st.sampled_from([None, NOW]), st.sampled_from([None, NOW + timedelta(microseconds=1)])
    ),
)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.recursive(LEAVES, made_of, max_leaves=6))
def test_a_tree_made_by_hand_can_be_written_and_read_and_then_stays(tree: Query) -> None:
    once = read(unparse(tree))
    assert read(unparse(once)) == once


@pytest.mark.parametrize(
    "tree",
    [
        Range("published", NOW, NOW + timedelta(seconds=1.5)),
        Terms("outlet", ("Hoa", "AND", "a")),
        Terms("language", ("zh",)),
        Bool(must=(Terms("outlet", ("a",)), Bool(must=(word("a"), word("b"))))),
        Bool(must=(word("a"),), must_not=(Bool(should=(word("b"), word("c"))), word("d"))),
        Bool(should=(Bool(should=(word("a"), word("b"))), word("c"))),
        Phrase("text", 'nói "không" \\ “với”'),
    ],
)
def test_trees_that_screens_make_are_read_back_as_they_were(tree: Query) -> None:
    assert read(unparse(tree)) == tree


def test_everything_is_written_as_nothing() -> None:
    assert unparse(All()) == ""
