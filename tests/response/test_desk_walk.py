"""No state of a case can be reached that breaks a rule, whoever does what in which order; on both engines."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from diembao.core.settings import Settings, load
from diembao.pipeline.wiring import open_installation
from tests.parts import needs
from tests.response.walking import Walk
from tests.store.making import NOW, article, keep
from tests.store.server import running

# Of the whole desk; then mostly about requests to units.
STEPS, ASKING = 250, 80


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=needs("postgresql"))])
def test_people_of_every_role_do_whatever_comes_to_hand(engine: str, tmp_path: Path) -> None:
    settings = load(tmp_path)
    if engine == "postgresql":
        settings = on_server(settings, running().make("walk"))
    with open_installation(settings) as house:
        keep(house.store, article("a"))
        walk = Walk(house, article("a").id, "tàu a cập cảng Quy Nhơn", NOW, random.Random(11))
        for _ in range(STEPS):
            walk.step()
        walk.asking = 0.9
        for _ in range(ASKING):
            walk.step()
        assert house.store.check_audit().broken is None
    done = walk.told
    assert walk.reached["issued"] >= 3
    assert walk.reached["closed"] >= 2
    assert done["approve"] >= 3
    assert min(done["ask"], done["answer"], done["withdraw"]) >= 1
    assert done["WrongUse"] > 15
    assert done["NotAllowed"] > 15


def on_server(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"store": settings.store.model_copy(update={"url": url})})
