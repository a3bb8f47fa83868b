"""Which stories the machine proposes a case for, and which it does not any more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from diembao.core.article import Kind
from diembao.core.case import Details, Draft
from diembao.core.desk import Dismissal, Ground
from diembao.core.memory import Match, Repeat
from diembao.core.settings import load
from diembao.core.statement import Issue, Retraction
from diembao.pipeline.proposing import Proposed, proposals
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.acts import Actor
from diembao.response.cases import Desk
from diembao.response.claims import Claims
from tests.dashboard import published, seed
from tests.dashboard.published import Told
from tests.dashboard.seed import NOW, PROVINCE, Seeded

BY = Actor("person:1", NOW, "session:1")


def told(outlet: str, story: str, hours: float, *, slug: str = "", **more: str) -> Told:
    return Told(outlet, f"Bến phà {story} tạm dừng {hours}", hours, story=story, slug=slug, **more)  # type: ignore[arg-type]  # of words


# A story of two outlets' own critical texts; one of a copy; one that grows; one that was as large before.
COVERAGE = (
    told("bao-song-con", "phe", 2, stance="critical", slug="phe-1"),
    told("nhat-bao-bien", "phe", 3, stance="critical"),
    told("bao-song-con", "chep", 2, stance="critical", slug="chep-1"),
    told("nhat-bao-bien", "chep", 3, stance="critical", role="copy"),
    *(told(outlet, "nhanh", n + 0.5, slug=f"nhanh-{n}") for n, (outlet, *_) in enumerate(published.OUTLETS[:5])),
    told("bao-song-con", "nhanh", 8, slug="nhanh-truoc"),
    *(told(outlet, "deu", n + 0.25) for n, (outlet, *_) in enumerate(published.OUTLETS[:5])),
    *(told(outlet, "deu", n + 6.75) for n, (outlet, *_) in enumerate(published.OUTLETS[:5])),
    told("bao-song-con", "cu", 80, stance="critical"),
    told("nhat-bao-bien", "cu", 81, stance="critical"),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Seeded]:
    home = tmp_path_factory.mktemp("proposing")
    with open_installation(seed.home_at(home)) as house:
        return home, seed.fill(house, COVERAGE)


@pytest.fixture
def put(filled: tuple[Path, Seeded], tmp_path: Path) -> Iterator[tuple[Installation, Seeded]]:
    shutil.copytree(filled[0], tmp_path / "home")
    with open_installation(load(tmp_path / "home")) as house:
        yield house, filled[1]


def found(house: Installation) -> dict[tuple[Ground, str], Proposed]:
    return {(each.ground, each.title.split()[2]): each for each in proposals(house, NOW)}


def test_what_several_outlets_criticise_and_what_grows_fast_is_proposed_with_its_figures(
    put: tuple[Installation, Seeded],
) -> None:
    proposed = found(put[0])
    assert set(proposed) == {(Ground.CRITICAL, "phe"), (Ground.GROWING, "nhanh")}
    critical, growing = proposed[Ground.CRITICAL, "phe"], proposed[Ground.GROWING, "nhanh"]
    assert (critical.n, critical.outlets) == (2, 2)
    assert (growing.n, growing.outlets, growing.before) == (5, 5, 1)


def test_one_text_is_enough_where_a_person_judged_it(put: tuple[Installation, Seeded]) -> None:
    house, seeded = put
    store, item = house.store, seeded.ids["chep-1"]
    store.correct(item, Kind.STANCE, PROVINCE, ["critical"], by="person:1", why="đọc lại", now=NOW, where="session:1")
    assert (Ground.CRITICAL, "chep") in found(house)


def test_what_a_case_holds_or_a_person_turned_down_is_not_proposed_again(put: tuple[Installation, Seeded]) -> None:
    house, seeded = put
    Desk(house.store, house.profile).open(Details("Vụ", "so-y-te"), [seeded.ids["phe-1"]], BY)
    assert set(found(house)) == {(Ground.GROWING, "nhanh")}
    # Turned down by any article of it, also when the story is told by another one.
    house.store.dismiss(Dismissal(Ground.GROWING, seeded.ids["nhanh-truoc"], BY.by, NOW, "Đã rõ"), where=BY.where)
    assert found(house) == {}


def test_turned_down_on_one_ground_it_may_come_back_on_another(put: tuple[Installation, Seeded]) -> None:
    house, seeded = put
    house.store.dismiss(Dismissal(Ground.CRITICAL, seeded.ids["nhanh-1"], BY.by, NOW, "Tin thường"), where=BY.where)
    assert (Ground.GROWING, "nhanh") in found(house)
    assert proposals(house, NOW - timedelta(days=30)) == ()


def test_what_says_an_answered_claim_again_is_proposed_until_a_case_holds_it(put: tuple[Installation, Seeded]) -> None:
    house, seeded = put
    desk, item = Desk(house.store, house.profile), seeded.ids["nhanh-truoc"]
    case = desk.open(Details("Vụ", "so-y-te"), [seeded.ids["phe-1"]], BY)
    sentence = house.store.articles([seeded.ids["phe-1"]])[0].article.title
    Claims(house.store).quote(case.number, seeded.ids["phe-1"], sentence, BY)
    match = Match(case.number, 1, item, 1, Repeat(0.9, "Bến phà tạm dừng"), NOW, "v1")
    with house.store.writing() as write:
        write.put_matches(item, [match])
        write.add_draft(case.number, Draft(1, BY.by, NOW, "Bến phà vẫn chạy. [#1]"))
        write.add_issue(case.number, Issue(1, 1, "written", "Báo", BY.by, NOW, {}))
    proposed = found(house)
    assert (proposed[Ground.ANSWERED, "nhanh"].n, proposed[Ground.ANSWERED, "nhanh"].outlets) == (1, 1)
    with house.store.writing() as write:
        write.retract_issue(case.number, 1, Retraction("person:9", NOW, "Sai"))
    assert (Ground.ANSWERED, "nhanh") not in found(house)  # what was retracted answers nothing
    with house.store.writing() as write:
        write.add_issue(case.number, Issue(2, 1, "written", "Báo", BY.by, NOW, {}))
    assert (Ground.ANSWERED, "nhanh") in found(house)
    desk.add(case.number, [item], BY)
    assert (Ground.ANSWERED, "nhanh") not in found(house)
