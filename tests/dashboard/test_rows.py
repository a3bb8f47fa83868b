"""Rows of a list as one piece of HTML."""

from __future__ import annotations

from dashboard.following import WITHIN, link
from dashboard.look import STANCE_BADGES, chips
from diembao.pipeline.wiring import Installation
from tests.dashboard import published
from tests.dashboard.conftest import screen, titles_of


def test_a_list_is_one_message_and_each_row_a_link_that_stays_within_the_page(house: Installation) -> None:
    test = screen("stream", period="all", q="nước thải")
    drawn = [str(each.proto.body) for each in test.get("html") if '<div class="diembao-row' in each.proto.body]
    assert len(drawn) == 1
    assert drawn[0].count('<div class="diembao-row') == len(titles_of(test)) == 3
    assert drawn[0].count(f'class="{WITHIN} diembao-title"') == 3
    assert all(to.endswith("&q=n%C6%B0%E1%BB%9Bc+th%E1%BA%A3i") for to in titles_of(test))


def test_what_an_outlet_wrote_is_text_in_a_row(house: Installation, ids: dict[str, str]) -> None:
    test = screen("stream", period="all", relevance=["yes", "part", "no"], q="Đầm")
    assert titles_of(test)[f"/bai-bao?id={ids['hostile']}&q=%C4%90%E1%BA%A7m"] == published.HOSTILE_TITLE
    drawn = "".join(str(each.proto.body) for each in test.get("html") if '<div class="diembao-row' in each.proto.body)
    assert "<img" not in drawn
    assert "<script" not in drawn


def test_a_link_says_its_language_and_breaks_out_of_nothing() -> None:
    made = link("bai-bao", {"id": '"><b>'}, 'A "<b>"', kind="k", language="lo")
    assert made == f'<a class="{WITHIN} k" href="/bai-bao?id=%22%3E%3Cb%3E" lang="lo">A &quot;&lt;b&gt;&quot;</a>'


def test_chips_have_a_style_for_every_colour_they_are_given() -> None:
    for colour in {*STANCE_BADGES.values(), "yellow", "blue"}:
        assert f".diembao-{colour}{{color:light-dark(" in chips()
