"""A query for whoever is told: with the marks that were typed, and the place where it stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from diembao.core.marks import first_place, with_marks
from diembao.core.query import Bool, Marked, parse

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)
TEXT = "Cuộc họp báo về giá mua. Trường hợp bão lớn, mưa to."


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bão", "bão"),
        ("bao", "báo"),
        ('"hợp bão"', "hợp bão"),
        ("mưa", "mưa"),
        ("mua", "mua"),
        ("bã*", "báo"),  # the beginning of a word is looked for in every form
        ("lũ", ""),
        ("-bão", ""),
    ],
)
def test_the_place_that_is_told_has_the_marks_that_were_typed(typed: str, found: str) -> None:
    place = first_place(TEXT, parse(typed, now=NOW), marks=True)
    assert (TEXT[slice(*place)] if place else "") == found


def test_in_another_language_every_form_will_do() -> None:
    place = first_place("A storm near Quy Nhon", parse('"Quy Nhơn"', now=NOW), marks=False)
    assert place == (13, 21)


def test_what_has_no_marks_stays_as_it_is() -> None:
    for typed in ("bao", "nước:lào", "từ:1/11/2026", "*", "qu*"):
        tree = parse(typed, now=NOW)
        assert with_marks(tree) == tree
    asked = with_marks(parse("bao OR bão", now=NOW))
    assert isinstance(asked, Bool)
    assert Marked("text", "bão") in asked.should[1].should  # type: ignore[union-attr]  # a Bool of the two
