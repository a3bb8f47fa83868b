"""Questions in sentences."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diembao.core.analysis import has_tokens
from diembao.core.query import Phrase, Text
from diembao.core.question import LONGEST, any_word


def words(question: str) -> list[str]:
    return [part.text for part in any_word(question).should if isinstance(part, Text | Phrase)]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Ai mở cảng Quy Nhơn?", ["mở", "cảng", "quy", "nhơn"]),
        ("cảng Quy Nhơn có bao nhiêu tàu", ["cảng", "quy", "nhơn", "có", "tàu"]),
        ("cang Quy Nhon o dau", ["cang", "quy", "nhon", "o"]),
        ("dau tư bao nhiêu", ["dau", "tư"]),  # typed with marks: "dau" is no "đâu"
        ("Bình Định dùng AI", ["bình", "định", "dùng", "ai"]),
        ("Qui Nhơn", ["qui", "nhơn"]),
        ("How many ships are there", ["ships", "there"]),
        ("有多少船", ["有", "船"]),
        ("เรือกี่ลำ", ["เรื", "อ", "ลำ", "เรือ"]),
        ("bao nhiêu?", ["bao", "nhiêu"]),  # nothing else is left to ask for
        ("???", []),
    ],
)
def test_what_only_makes_it_a_question_is_left_out(question: str, asked: list[str]) -> None:
    assert sorted(words(question)) == sorted(asked)
    assert words(unicodedata.normalize("NFD", question)) == words(question)


def test_words_beside_a_word_of_asking_are_not_side_by_side() -> None:
    assert Phrase("text", "有船") not in any_word("有多少船").should


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_asked_has_clauses_where_it_has_words(question: str) -> None:
    found = any_word(question)
    assert bool(found.should) == has_tokens(question)
    assert len(found.should) <= LONGEST
