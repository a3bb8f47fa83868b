"""What is kept for a time only goes when it is over, once a day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from diembao.core.accounts import Tries
from diembao.core.questions import Asker, How
from diembao.core.settings import load
from diembao.pipeline.pruning import prune_once_a_day
from diembao.pipeline.wiring import open_installation
from diembao.response.acts import Actor
from diembao.response.questions import Asked, Questions
from tests.store.making import NOW


def test_failed_sign_ins_are_forgotten_in_time_and_not_looked_for_twice_a_day(tmp_path: Path) -> None:
    old, before = NOW - timedelta(days=40), NOW - timedelta(days=50)
    with open_installation(load(tmp_path)) as house:
        house.store.attempt("lan", "192.0.2.1", before, most=Tries(9, 9, 9), now=old)
        prune_once_a_day(house, NOW)
        assert house.store.tries("lan", "192.0.2.1", before).name == 0
        house.store.attempt("lan", "192.0.2.1", before, most=Tries(9, 9, 9), now=old)
        prune_once_a_day(house, NOW + timedelta(minutes=5))
        assert house.store.tries("lan", "192.0.2.1", before).name == 1


def test_who_asked_is_forgotten_ninety_days_after_the_answer(tmp_path: Path) -> None:
    old = NOW - timedelta(days=91)
    with open_installation(load(tmp_path)) as house:
        mine = Questions(house.store, house.profile)
        asked = Asked("Nước có sạch không?", Asker("Báo Mẫu", "An", contact="an@bao.example"), How.MAIL, old)
        seen = mine.refuse(mine.receive(asked, Actor("person:1", old)), "Trùng", Actor("person:1", old))
        prune_once_a_day(house, NOW)
        found = house.store.question(seen.number)
    assert found is not None
    assert found.asker == Asker("Báo Mẫu")
