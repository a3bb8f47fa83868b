"""`diembao memory` and `diembao cases effect`, as a person types them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from diembao.app.cli import app
from diembao.core.case import CaseState
from diembao.core.errors import WrongUse
from diembao.core.settings import load
from diembao.core.statement import Verdict
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.effect import effect_of
from tests.pipeline.test_remembering import AGAIN, CLAIM, WITH_500, issue, keep, told
from tests.pipeline.test_steps import work
from tests.store.making import article


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with open_installation(load(tmp_path_factory.mktemp("memory"))) as opened:
        keep(opened, told("a", CLAIM), told("b", WITH_500), told("c", AGAIN))
        work(opened)
        issue(opened)
        work(opened)
        yield opened


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--home", str(home)])


def said(home: Path, *words: str) -> dict[str, object]:
    result = run(home, *words, "--json")
    assert result.exit_code == 0, result.exception
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_matches_are_listed_shown_refused_and_kept(house: Installation) -> None:
    home, number, second = house.settings.home, "VV-2026-0001", article("b").id
    listed = run(home, "memory", "list").stdout
    assert "số: 340 → 520" in listed
    assert f"{number} điểm 1" in listed
    both = said(home, "memory", "list", "--case", number)["matches"]
    assert isinstance(both, list)
    assert {each["article"] for each in both} == {second, article("c").id}
    told_ = said(home, "memory", "refuse", number, "1", second, "--why", "chuyện khác")
    assert told_ == {"case": number, "claim": 1, "article": second, "judged": "refused"}
    assert second not in run(home, "memory", "list").stdout
    assert "đã từ chối" in run(home, "memory", "show", second).stdout
    said(home, "memory", "accept", number, "1", second)
    assert "đã nhận" in run(home, "memory", "show", second).stdout
    assert isinstance(said(home, "memory", "rebuild", "--days", "30")["articles"], int)
    assert "đã nhận" in run(home, "memory", "show", second).stdout


@pytest.mark.parametrize(("number", "claim"), [("VV-2026-0009", "1"), ("VV-2026-0001", "7")])
def test_what_is_not_there_is_told(house: Installation, number: str, claim: str) -> None:
    result = run(house.settings.home, "memory", "refuse", number, claim, article("b").id)
    assert isinstance(result.exception, WrongUse)
    assert number in str(result.exception)


def test_the_effect_counts_wrong_claims_alone_and_ends_with_the_case(house: Installation) -> None:
    store, profile = house.store, house.profile
    found = store.case_file("VV-2026-0001")
    assert found is not None
    issued, later = found.issues[0].at, found.issues[0].at + timedelta(days=20)

    def side(verdict: Verdict) -> int:
        claims = tuple(replace(claim, verdict=verdict) for claim in found.claims)
        effect = effect_of(store, replace(found, claims=claims), profile.id, profile.timezone, later)
        assert effect is not None
        return effect.before.repeats + effect.after.repeats

    assert side(Verdict.INACCURATE) > 0 == side(Verdict.ACCURATE)
    closed = replace(found.case, state=CaseState.CLOSED, changed_at=issued + timedelta(days=2))
    ended = effect_of(store, replace(found, case=closed), profile.id, profile.timezone, later)
    assert ended is not None
    assert (ended.days, ended.weeks) == (2, False)


def test_the_effect_says_when_there_is_too_little_of_it(house: Installation) -> None:
    home = house.settings.home
    found = said(home, "cases", "effect", "VV-2026-0001")
    assert (found["case"], found["issue"], found["coverage"]) == ("VV-2026-0001", 1, None)
    assert "Phát hành lúc" in run(home, "cases", "effect", "VV-2026-0001").stdout
    assert isinstance(run(home, "cases", "effect", "VV-2026-0009").exception, WrongUse)
