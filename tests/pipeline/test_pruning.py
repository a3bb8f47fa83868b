"""What is kept for a time only goes when it is over, once a day."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

from diembao.core.accounts import Tries
from diembao.core.questions import Asker, How
from diembao.core.settings import load
from diembao.pipeline.evidence import packet_of
from diembao.pipeline.pruning import prune_once_a_day
from diembao.pipeline.wiring import open_installation
from diembao.response.acts import Actor
from diembao.response.questions import Asked, Questions
from tests.store.making import NOW, article, id_of, keep


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


def test_pages_past_their_time_go_by_themselves_only_where_the_settings_say_so(tmp_path: Path) -> None:
    later = NOW + timedelta(days=181)
    with open_installation(load(tmp_path)) as house:
        keep(house.store, article("a"), response=b"<p>a</p>")
        (page,) = (each.response for each in house.store.revisions(id_of("a")))
        prune_once_a_day(house, later)
        assert house.store.response(page or "") == b"<p>a</p>"
    (tmp_path / "diembao.toml").write_text("[retention]\nautomatic = true\n", encoding="utf-8")
    with open_installation(load(tmp_path)) as house:
        prune_once_a_day(house, later + timedelta(days=1))
        assert house.store.response(page or "") is None
        (row,) = house.store.audit(act="retention.drop")
        assert (row.actor, row.detail) == ("machine", '{"bytes":21,"kind":"other-pages","pages":1}')
        told = packet_of(house, id_of("a"), later)
    assert b"dropped when their time was over" in zipfile.ZipFile(io.BytesIO(told)).read("NOTE.txt")
