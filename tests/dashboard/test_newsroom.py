"""How old an answer of a screen may be: what one did oneself is seen at once, figures of months a little later."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard import lately, newsroom, views
from diembao.api.rights import Act
from diembao.core.article import Kind
from diembao.core.case import Details
from diembao.pipeline.wiring import Installation
from diembao.response.cases import Actor, Desk
from tests.dashboard.conftest import OFFICER

# Nobody of another test, who may have done something a moment ago.
OTHER = replace(OFFICER, actor="person:902", account=902, name="hoa")
PATIENCE = 10.0  # seconds


@pytest.fixture
def room(house: Installation) -> tuple[Installation, str]:
    """Hoa looks; and an article."""
    newsroom.use(house, who=lambda: OTHER)
    return house, next(iter(house.store.article_ids()))


def corrected(house: Installation, article_id: str, stance: str) -> None:
    now = datetime.now(UTC)
    house.store.correct(article_id, Kind.STANCE, house.profile.id, [stance], by="person:1", why="", now=now)


def words(house: Installation, article_id: str) -> int:
    """How often somebody spoke about it."""
    return len(views.history(house, article_id))


def test_figures_of_months_may_be_old_but_not_for_who_has_just_done_something(room: tuple[Installation, str]) -> None:
    house, article_id = room

    def told() -> tuple[int, int]:
        return newsroom.read_lately(60, words, article_id), newsroom.read(words, article_id)

    first = told()[0]
    corrected(house, article_id, "critical")
    assert told() == (first, first + 1)
    newsroom.use(house, who=lambda: OFFICER)
    newsroom.acting(Act.CORRECT_LABEL)
    assert told() == (first + 1, first + 1)
    corrected(house, article_id, "neutral")
    assert told() == (first + 2, first + 2)
    newsroom.use(house, who=lambda: OTHER)
    assert told() == (first, first + 2)


def test_who_acted_waits_for_what_is_so_now_and_the_others_do_not(room: tuple[Installation, str]) -> None:
    house, article_id = room
    begun, let = threading.Event(), threading.Event()

    def slow(house: Installation) -> int:
        begun.set()
        assert let.wait(PATIENCE)
        return words(house, article_id)

    let.set()
    before = newsroom.read(slow)
    corrected(house, article_id, "critical")
    let.clear()
    begun.clear()
    with ThreadPoolExecutor(2) as pool:
        asking = pool.submit(newsroom.read, slow)
        assert begun.wait(PATIENCE)
        assert newsroom.read(slow) == before
        newsroom.use(house, who=lambda: OFFICER)
        newsroom.acting(Act.CORRECT_LABEL)
        mine = pool.submit(newsroom.read, slow)
        let.set()
        assert asking.result(PATIENCE) == mine.result(PATIENCE) == before + 1


def test_what_is_made_of_cases_alone_is_asked_anew_when_a_case_moves(room: tuple[Installation, str]) -> None:
    house, article_id = room
    desk, hand = Desk(house.store, house.profile), Actor("person:1", datetime.now(UTC))

    def told() -> tuple[int, int]:
        return newsroom.read_cases(words, article_id), newsroom.read_lately(60, words, article_id)

    first, _ = told()
    corrected(house, article_id, "critical")
    assert told() == (first, first)
    desk.open(Details("Nước thải", next(iter(house.profile.units))), [article_id], hand)
    assert told() == (first + 1, first + 1)


@pytest.mark.parametrize(("now", "begun", "over"), [("06:40", "06:40", "06:40"), ("23:58", "23:55", "00:00")])
def test_a_list_is_asked_for_as_of_five_minutes_that_hold_what_comes_in(now: str, begun: str, over: str) -> None:
    at = datetime.fromisoformat(f"2026-11-20T{now}:00+07:00")
    assert [f"{each:%H:%M}" for each in (lately.begun(at), lately.over(at))] == [begun, over]
    assert lately.begun(at) <= at <= lately.over(at)
