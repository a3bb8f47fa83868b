"""Names that an installation gives a meaning: saved searches, units, tasks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from diembao.core.errors import QueryError, WrongUse
from diembao.core.query import VERSION, Bool, Phrase, Query, Terms, Text, parse, unparse
from diembao.core.saved import SavedSearch, name_of
from diembao.core.vocabulary import LENIENT, MAX_EXPANSIONS, Vocabulary

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
RIVER = Bool(should=(Phrase("text", "xả thải"), Phrase("text", "nước thải")))


def kept(name: str, query: str, version: int = VERSION) -> SavedSearch:
    return SavedSearch(name, query, version, "person:local", NOW)


SEARCHES = [
    kept("Xả thải", '"xả thải" OR "nước thải"'),
    kept("Trong tít", 'lưu:"xả thải" tít:bão'),
    kept("vòng", "a -lưu:vòng_nữa"),
    kept("vòng nữa", "lưu:vòng"),
    kept("hỏng", "báoo:x"),
    kept("mai sau", "a", VERSION + 1),
    *(kept(f"đôi {n}", f"lưu:đôi_{n + 1} OR lưu:đôi_{n + 1}") for n in range(9)),
    kept("đôi 9", "bão"),
]
WORDS = Vocabulary(
    lambda: SEARCHES,
    {"Sở Du lịch": ("tourism",), "so-du-lich": ("tourism",), "Sở Y tế": ()},
    {"4.1": ("human-rights", "foreign-press")},
)


def read(typed: str, words: Vocabulary = WORDS) -> Query:
    return parse(typed, now=NOW, words=words)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ('lưu:"Xả thải"', RIVER),
        ("saved:xa_thai", RIVER),
        ("LƯU:XẢTHẢI", RIVER),
        ("lũ -lưu:xả_thải", Bool(must=(Text("text", "lũ"),), must_not=(RIVER,))),
        ("lưu:(xả_thải OR xả_thải)", Bool(should=(RIVER, RIVER))),
        ("lưu:trong_tít", Bool(must=(RIVER, Text("title", "bão")))),
        ('đơn_vị:"Sở Du lịch"', Terms("theme", ("tourism",))),
        ("unit:so_du_lich", Terms("theme", ("tourism",))),
        ("nhiệm_vụ:4.1", Terms("theme", ("human-rights", "foreign-press"))),
        ('task:"4.1."', Terms("theme", ("human-rights", "foreign-press"))),
    ],
)
def test_a_name_stands_for_what_it_means(typed: str, tree: Query) -> None:
    assert read(typed) == tree
    assert read(unparse(tree), Vocabulary()) == tree


@pytest.mark.parametrize(
    ("typed", "position", "said"),
    [
        ("x lưu:xa", 6, "gần nhất là “Xả thải”"),
        ("lưu:zzzzz", 4, "no such saved search"),
        ("x lưu:vòng", 6, "asks for itself"),
        ("lưu:hỏng", 4, "in the saved search 'hỏng', character 1: no field 'báoo'"),
        ("lưu:mai_sau", 4, "newer version"),
        ("lưu:đôi_0", 4, f"more than {MAX_EXPANSIONS}"),
        ("lưu:x*", 4, "whole values"),
        ("lưu:(a GẦN/5 b)", 7, "on both sides"),
        ("lưu:", 0, "has no value"),
        ('đơn_vị:"Sở Du lich Y"', 7, "gần nhất là “Sở Du lịch”"),
        ("đơn_vị:sở_y_tế", 7, "no theme belongs"),
        ("nhiệm_vụ:9.9", 9, "no such task"),
        ("đơn_vị:sở*", 7, "whole values"),
    ],
)
def test_a_name_that_means_nothing_is_told_with_its_place(typed: str, position: int, said: str) -> None:
    with pytest.raises(QueryError) as error:
        read(typed)
    assert error.value.position == position
    assert said in str(error.value)
    assert len(str(error.value)) < 300


def test_without_an_installation_no_name_is_known_but_a_lenient_reader_takes_all() -> None:
    with pytest.raises(QueryError, match="no such saved search"):
        read("lưu:xả_thải", Vocabulary())
    for typed in ("lưu:gì_đó", "đơn_vị:nào_đó lũ", "nhiệm_vụ:99"):
        read(typed, LENIENT)


@pytest.mark.parametrize("name", ["", "  ", "!", 'a "b"', "a\\b", "x" * 101, "a\u202eb"])
def test_a_name_must_be_one_that_can_be_typed(name: str) -> None:
    with pytest.raises(WrongUse, match="quotation marks"):
        name_of(name)


def test_a_name_is_one_line() -> None:
    assert name_of(" Xả\n thải ") == "Xả thải"


def test_for_many_queries_in_a_row_what_is_saved_is_asked_for_once() -> None:
    asked: list[int] = []

    def saved() -> list[SavedSearch]:
        asked.append(1)
        return SEARCHES

    words = Vocabulary(saved).once()
    for _ in range(3):
        assert read("lưu:xả_thải", words) == RIVER
    assert asked == [1]
