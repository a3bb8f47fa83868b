from __future__ import annotations

import pytest

from diembao.core.case import Details, Priority
from diembao.pipeline.wiring import Installation
from diembao.response.cases import Actor, Desk
from tests.api.asking import PROBLEM
from tests.api.conftest import Get
from tests.dashboard.seed import NOW, Seeded


@pytest.fixture(scope="module", autouse=True)
def case(seeded: tuple[Installation, Seeded]) -> str:
    """An urgent one, opened two days ago."""
    house, put = seeded
    desk = Desk(house.store, house.profile)
    details = Details("Nước thải ra sông Côn", "so-nnmt", priority=Priority.URGENT)
    opened = desk.open(details, [put.ids["waste"]], Actor("person:truc-ban", NOW.replace(day=19)))
    desk.note(opened.number, "Nội bộ: đã gọi ông chánh văn phòng.", Actor("person:truc-ban", NOW))
    return opened.number


def test_cases_are_listed_and_narrowed(get: Get, case: str) -> None:
    told = get("/v1/cases").json()
    assert (told["total"], [x["number"] for x in told["cases"]]) == (1, [case])
    assert (told["cases"][0]["late"], told["cases"][0]["articles"]) == (True, 3)
    assert get("/v1/cases", late="true", unit="so-nnmt", state="new").json()["total"] == 1
    assert get("/v1/cases", unit="so-y-te").json() == {"total": 0, "cases": [], "next": None}


@pytest.mark.parametrize(
    ("q", "total"),
    [
        ("sông Côn", 1),  # its name
        ("báo:tin-cao-nguyen kiểm tra", 1),  # its articles
        ("chuyến bay", 0),
        ("-sông", 1),  # one of its articles is without the word
        ("*", 1),
    ],
)
def test_cases_are_asked_for_in_the_language_of_every_list(get: Get, case: str, q: str, total: int) -> None:
    told = get("/v1/cases", q=q).json()
    assert (told["total"], [x["number"] for x in told["cases"]]) == (total, [case] * total)
    assert get("/v1/cases", q=q, late="true", state="closed").json()["total"] == 0


def test_a_query_about_cases_that_cannot_be_read_is_a_problem_at_its_place(get: Get) -> None:
    answer = get("/v1/cases", q="báo:")
    assert (answer.status_code, answer.headers["content-type"]) == (400, PROBLEM)
    assert "ký tự 1" in answer.json()["detail"]


def test_a_case_tells_what_was_done_and_when_but_no_note_and_nobodys_name(get: Get, case: str) -> None:
    answer = get(f"/v1/cases/{case}")
    told = answer.json()
    assert {x["joined"] for x in told["coverage"]} == {"by-person", "by-story"}
    assert [line["act"] for line in told["log"]] == ["opened", "added", "joined", "noted"]
    assert "Nội bộ" not in answer.text
    assert "truc-ban" not in answer.text


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("/v1/cases/VV-2026-9999", {}, 404),
        ("/v1/cases/VV-x", {}, 422),
        ("/v1/cases", {"limit": 101}, 422),
        ("/v1/cases", {"state": "lost"}, 422),
        ("/v1/cases", {"late": "maybe"}, 422),
    ],
)
def test_what_cannot_be_asked_is_a_problem(get: Get, path: str, params: dict[str, object], status: int) -> None:
    answer = get(path, **params)
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM


def test_cases_are_read_only(get: Get, case: str) -> None:
    assert get(f"/v1/cases/{case}", method="POST").status_code == 405
