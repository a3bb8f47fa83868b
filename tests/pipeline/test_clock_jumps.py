"""A clock that jumps a day and back: what came in meanwhile is judged, searchable and told once, whatever it said."""

from __future__ import annotations

import mailbox
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from diembao.core.settings import ClassifierSettings, load
from diembao.core.settings_channels import AlertSettings
from diembao.pipeline import steps
from diembao.pipeline.wiring import Installation, open_installation
from tests.store.making import NOW, article, keep

DAY = timedelta(days=1)


@pytest.mark.parametrize("jump", [DAY, -DAY], ids=["ahead", "back"])
def test_a_clock_that_jumps_a_day_and_is_put_right_loses_and_doubles_nothing(tmp_path: Path, jump: timedelta) -> None:
    settings = load(tmp_path).model_copy(
        update={
            "alerts": (AlertSettings(name="Cảng", query="liên_quan:yes"),),
            "classifier": _without_encoder(tmp_path),
        }
    )
    with open_installation(settings) as house:
        titles = ("Cảng Quy Nhơn đón tàu", "Lũ sông Kôn ở Tuy Phước, Gia Lai", "Chợ Pleiku cháy lúc rạng sáng")
        for slug, title, at in zip("abc", titles, (NOW, NOW + jump, NOW + timedelta(hours=1)), strict=True):
            told = article(slug, title=title, lead=title, text=f"{title}.", published_at=at, seen_at=at)
            keep(house.store, told, now=at)
            _work(house, at)
        later = max(NOW, NOW + jump) + 2 * DAY
        _work(house, later)
        assert house.store.faults() == []
        assert house.index.size() == 3
        assert house.index.position() == house.store.head()
        assert [str(each.fate) for each in house.store.deliveries()] == ["sent"] * 3
    assert len({str(mail["Message-ID"]) for mail in mailbox.Maildir(tmp_path / "alerts")}) == 3


def _work(house: Installation, at: datetime) -> None:
    for _ in steps.advance_to_end(house, lambda: at, "test"):
        pass


def _without_encoder(home: Path) -> ClassifierSettings:
    return load(home).classifier.model_copy(update={"encoder": "none"})
