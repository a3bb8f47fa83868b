"""One made-up coverage for all tests of reports; each test works on a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation
from diembao.reports.period import Period
from diembao.reports.weekly import Weekly, weekly
from tests.dashboard import seed
from tests.dashboard.published import Told
from tests.dashboard.seed import Seeded
from tests.reports import coverage
from tests.reports.coverage import NOW, THE_WEEK


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Seeded]:
    home = tmp_path_factory.mktemp("covered")
    with open_installation(seed.home_at(home)) as house:
        return home, seed.fill(house, (*coverage.THIS_WEEK, *coverage.weeks_before()), now=coverage.NOW)


@pytest.fixture
def house(filled: tuple[Path, Seeded], tmp_path: Path) -> Iterator[Installation]:
    home = tmp_path / "home"
    shutil.copytree(filled[0], home)
    with open_installation(load(home)) as opened:
        yield opened


@pytest.fixture(scope="session")
def found(filled: tuple[Path, Seeded]) -> Weekly:
    """The report of the week; for tests that only read."""
    with open_installation(load(filled[0])) as opened:
        return weekly(opened, THE_WEEK, province="gia-lai", now=coverage.NOW)


@pytest.fixture
def ids(filled: tuple[Path, Seeded]) -> dict[str, str]:
    """Article ids by the short names of `coverage`."""
    return filled[1].ids


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """An installation with these articles, as of 20 November."""
    houses: list[Installation] = []

    def made(told: Sequence[Told] = ()) -> Installation:
        home = tmp_path / f"made-{len(houses)}"
        home.mkdir()
        house = open_installation(seed.home_at(home))
        houses.append(house)
        if told:
            seed.fill(house, told, now=coverage.NOW)
        return house

    yield made
    for house in houses:
        house.close()


@pytest.fixture
def period() -> Period:
    return THE_WEEK


def made(house: Installation, period: Period, now: datetime = NOW) -> Weekly:
    return weekly(house, period, province="gia-lai", now=now)
