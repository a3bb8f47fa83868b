"""No state of a case can be reached that breaks a rule, whoever does what in which order; on both engines."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from diembao.core.settings import Settings, load
from diembao.pipeline.wiring import open_installation
from tests.parts import needs
from tests.response.walking import Walk
from tests.response.walking_people import PROVINCES
from tests.store.making import NOW
from tests.store.server import running

# Of the whole desk; then mostly about requests to units.
STEPS, ASKING = 300, 60


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=needs("postgresql"))])
def test_people_of_every_role_do_whatever_comes_to_hand_in_two_provinces(engine: str, tmp_path: Path) -> None:
    settings = two_provinces(tmp_path)
    if engine == "postgresql":
        settings = on_server(settings, running().make("walk"))
    with open_installation(settings) as house:
        walk = Walk(house, NOW, random.Random(8))
        for _ in range(STEPS):
            walk.step()
        walk.asking = 0.9
        for _ in range(ASKING):
            walk.step()
        walk.check_all()
    done = walk.told
    assert walk.reached["issued"] >= 3
    assert walk.reached["closed"] >= 2
    assert min(done["approve"], done["retract"]) >= 3
    retracted = [each.retracted for found in walk.files.values() for each in found.issues if each.retracted]
    assert len(retracted) == done["retract"]
    assert min(done[each] for each in ("ask", "answer", "withdraw", "add", "remove", "change", "by_api", "astray")) >= 1
    assert set(walk.of.values()) == set(PROVINCES)
    assert done["WrongUse"] > 15
    assert done["NotAllowed"] > 15


def two_provinces(home: Path) -> Settings:
    named = ", ".join(f'"{each}"' for each in PROVINCES)
    (home / "diembao.toml").write_text(f"provinces = [{named}]\n", encoding="utf-8")
    return load(home)


def on_server(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"store": settings.store.model_copy(update={"url": url})})
