"""A saved view keeps its filters: printed as text it reads as the same tree, wherever it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings

from dashboard import address, kept
from dashboard.address import Asked
from diembao.core.ports import SortBy
from diembao.core.query import All, Bool, Query, Range, parse
from tests.dashboard.test_address import NOW, ZONE, views


def read(text: str) -> Query:
    return parse(text, now=NOW, zone=ZONE)


def asked_for(asked: Asked) -> Query:
    """What the view itself asks."""
    typed = read(asked.q)
    found = address.narrowed(asked, typed, NOW, ZONE)
    return typed if found == Bool(must=(typed,)) else found


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (Asked(), "từ:168 giờ liên_quan:(có OR một_phần)"),
        (Asked(q="lũ OR bão", period="24h"), "(lũ OR bão) từ:24 giờ liên_quan:(có OR một_phần)"),
        (Asked(q="lũ", period="all", relevance=()), "lũ"),
        (Asked(period="all", relevance=()), ""),
        (
            Asked(period="custom", start=date(2026, 11, 1), end=date(2026, 11, 21), relevance=(), stance=("critical",)),
            "từ:1/11/2026 đến:21/11/2026 thái_độ:phê_phán",
        ),
        (
            Asked(q="-lũ", period="all", relevance=(), theme=("tourism",), language=("lo", "zh"), country=("VN",)),
            '(-lũ) chủ_đề:tourism ngôn_ngữ:(lo OR "zh") nước:VN',
        ),
    ],
)
def test_a_view_reads_as_a_person_would_type_it(asked: Asked, text: str) -> None:
    assert kept.as_typed(asked) == text


@given(views())
@settings(max_examples=60)
def test_every_filter_is_in_the_text_and_reads_as_the_same_tree(asked: Asked) -> None:
    for typed in ("", "lũ", "lũ OR bão", "-lũ", "(tàu cá) báo:vnexpress"):
        view = Asked(
            q=typed,
            period=asked.period,
            start=asked.start,
            end=asked.end,
            relevance=asked.relevance,
            stance=asked.stance,
            theme=asked.theme,
            outlet=asked.outlet,
        )
        assert alike(read(kept.as_typed(view)), asked_for(view))


def alike(one: Query, other: Query) -> bool:
    return set(conditions(one)) == set(conditions(other))


def conditions(query: Query) -> Iterator[Query]:
    """What must hold, one by one; of a range of time each end."""
    parts = query.must if isinstance(query, Bool) and not query.should and not query.must_not else (query,)
    for part in parts:
        if isinstance(part, Range):
            yield from (Range(part.field, *ends) for ends in ((part.start, None), (None, part.end)) if any(ends))
        elif part != All():
            yield part


def test_a_saved_view_opens_with_nothing_beside_its_text() -> None:
    view = kept.opened("lũ từ:24 giờ", SortBy.SCORE)
    assert view.q == "lũ từ:24 giờ"
    assert address.narrowed(view, read(view.q), NOW, ZONE) == Bool(must=(read(view.q),))
    assert kept.as_typed(view) == view.q
