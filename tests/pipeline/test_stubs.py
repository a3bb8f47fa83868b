"""A stub of another outlet's text is no text of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from diembao.core.article import Article, Kind, Label, Labelled, Role
from diembao.core.ports import Placed
from diembao.core.reading import Extent
from diembao.pipeline.stubs import stubs_of, with_stubs
from tests.store.making import NOW, article

BEGINNING = "Chiều 18/11, tỉnh công bố kết quả quan trắc nước đầm"
WIRE = replace(
    article("ttx", outlet="ttx"), text=f"{BEGINNING} Đề Gi. Chín mẫu đều nằm trong giới hạn cho phép.", published_at=NOW
)
FIRST = replace(article("dau", outlet="bao-dau"), text="Cá chết ở đầm.", published_at=NOW - timedelta(hours=9))


def role(stub: Article, *, known: bool = True, first: bool = False) -> str:
    roles = {FIRST.id: Role.ORIGINAL, WIRE.id: Role.FOLLOW_UP, stub.id: Role.ORIGINAL if first else Role.FOLLOW_UP}
    placed = {name: Placed(name, FIRST.id, each, 1.0, "") for name, each in roles.items()}
    return with_stubs(placed, [FIRST, WIRE, stub], {stub.id} if known else set())[stub.id].role


def stub(text: str, **changes: Any) -> Article:
    made = replace(article("cut", outlet="bao-cut"), text=text, published_at=NOW + timedelta(hours=1))
    return replace(made, **changes)


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_stub_that_stands_in_a_whole_text_is_its_copy_whichever_came_first(hours: int) -> None:
    assert role(stub(f"{BEGINNING} Đề…", published_at=NOW + timedelta(hours=hours))) == Role.COPY


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("words of its own", stub("Phóng viên của báo đã về tận đầm để hỏi chuyện người nuôi cá lồng")),
        ("too few words", stub("Chiều 18/11, tỉnh công bố")),
        ("none at all", stub("")),
        ("another language", stub(BEGINNING, language="en")),
        ("the same outlet", stub(BEGINNING, outlet="ttx")),
    ],
)
def test_any_other_stub_is_a_text_of_its_own(why: str, other: Article) -> None:
    assert role(other) == Role.FOLLOW_UP, why


def test_a_whole_text_and_the_first_of_a_story_are_left_as_they_are() -> None:
    assert role(stub(BEGINNING), known=False) == Role.FOLLOW_UP
    assert role(stub(BEGINNING), first=True) == Role.ORIGINAL


def test_what_is_a_stub_is_told_by_its_label() -> None:
    cut, part = (Labelled(x, (Label(x.id, Kind.EXTENT, extent),)) for x, extent in (
        (stub(BEGINNING), Extent.STUB), (WIRE, Extent.PART),
    ))  # fmt: skip
    assert stubs_of([cut, part, Labelled(FIRST, ())]) == {cut.article.id}
