"""Stories that a person split or merged, and what the machine makes of them afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from diembao.core.accounts import Hand
from diembao.core.article import Kind, Role
from diembao.core.errors import WrongUse
from diembao.core.settings import load
from diembao.pipeline import steps, storying, worker
from diembao.pipeline.wiring import Installation, open_installation
from tests.store.making import NOW, OFFICER, article, entry, read_source

BOAT = "Tàu cá GL 93415 của ngư dân Hoài Nhơn chìm gần mũi Đề Gi, bảy thuyền viên được vớt, Gia Lai"
TOWER = "Phù điêu nữ thần lộ ra dưới chân tháp Dương Long, xã Bình An, tỉnh Gia Lai"
TOLD = {"boat-1": BOAT, "boat-2": f"{BOAT} sáng nay", "tower-1": TOWER, "tower-2": f"{TOWER}, các nhà khảo cổ nói"}
HAND = Hand(OFFICER, "session:3")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_installation(load(tmp_path)) as opened:
        tell(opened, TOLD)
        yield opened


def tell(house: Installation, told: dict[str, str], days: float = 0) -> None:
    run = house.store.begin_run(NOW)
    read_source(house.store, run, pending=[entry(slug) for slug in told])
    for n, (slug, title) in enumerate(told.items()):
        when = NOW + timedelta(days=days, minutes=n)
        made = article(slug, title=title, lead="", text=title, published_at=when)
        house.store.page_stored(run, entry(slug), made, now=NOW, response=None)
    house.store.end_run(run, NOW)
    for _ in steps.advance_to_end(house, lambda: NOW, "test"):
        pass


def story(house: Installation, slug: str) -> str:
    item = house.store.article(article(slug).id)
    assert item is not None
    return item.key(Kind.STORY) or ""


def again(house: Installation) -> None:
    """Everything judged and grouped once more, as after a change of model."""
    house.store.set_fact("judges", "of another day")
    worker.announce_changes(house, lambda: NOW)
    for _ in steps.advance_to_end(house, lambda: NOW, "test"):
        pass


def test_an_article_taken_out_of_its_story_stays_out_until_it_is_taken_back(house: Installation) -> None:
    assert story(house, "boat-1") == story(house, "boat-2") != story(house, "tower-1")
    storying.split(house, article("boat-2").id, HAND, "tàu khác", NOW)
    again(house)
    assert story(house, "boat-2") == article("boat-2").id != story(house, "boat-1")
    with pytest.raises(WrongUse, match="no other article"):
        storying.split(house, article("boat-2").id, HAND, "", NOW)
    house.store.untie(article("boat-2").id, by=OFFICER, now=NOW)
    for _ in steps.advance_to_end(house, lambda: NOW, "test"):
        pass
    assert story(house, "boat-2") == story(house, "boat-1")
    assert [row.act for row in house.store.audit(act="story.")] == ["story.untie", "story.split"]


def test_merged_stories_stay_one_and_take_in_what_comes_later(house: Installation) -> None:
    storying.merge(house, article("tower-2").id, article("boat-1").id, HAND, "một đoàn khảo sát", NOW)
    again(house)
    assert {story(house, slug) for slug in TOLD} == {article("boat-1").id}
    tell(house, {"tower-3": f"{TOWER}, du khách đến xem"}, days=1)
    assert story(house, "tower-3") == article("boat-1").id
    with pytest.raises(WrongUse, match="one story already"):
        storying.merge(house, article("tower-1").id, article("boat-2").id, HAND, "", NOW)
    first = house.store.article(article("tower-1").id)
    assert first is not None
    assert first.key(Kind.ROLE) == Role.FOLLOW_UP


def test_the_later_word_counts(house: Installation) -> None:
    storying.merge(house, article("tower-2").id, article("boat-1").id, HAND, "", NOW)
    again(house)
    storying.split(house, article("tower-2").id, HAND, "", NOW)
    again(house)
    assert story(house, "tower-2") == article("tower-2").id
    storying.merge(house, article("boat-2").id, article("tower-2").id, HAND, "", NOW)
    again(house)
    assert story(house, "tower-2") == story(house, "boat-1")


def test_what_is_merged_across_a_year_is_one_story(house: Installation) -> None:
    tell(house, {"late": f"{BOAT}: phiên tòa"}, days=300)
    assert story(house, "late") == article("late").id
    storying.merge(house, article("late").id, article("boat-2").id, HAND, "vẫn vụ ấy", NOW)
    again(house)
    assert story(house, "late") == article("boat-1").id


def test_nobody_ties_what_is_not_there(house: Installation) -> None:
    here = article("boat-1").id
    acts: list[Callable[[], None]] = [
        lambda: storying.merge(house, here, "0" * 16, HAND, "", NOW),
        lambda: storying.merge(house, here, here, HAND, "", NOW),
        lambda: house.store.tie([(here, "0" * 16)], together=True, by=OFFICER, why="", now=NOW),
        lambda: house.store.tie([(here, here)], together=True, by=OFFICER, why="", now=NOW),
        lambda: house.store.tie([], together=True, by=OFFICER, why="", now=NOW),
        lambda: house.store.tie([(here, article("boat-2").id)], together=True, by="model:3", why="", now=NOW),
    ]
    for act in acts:
        with pytest.raises(WrongUse):
            act()
