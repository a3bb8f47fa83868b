"""Requests to units by the API: whose they are, answered with files, once; nothing of them for anybody else."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from diembao.api.keys import SCOPES, usable
from diembao.api.rights import Act
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.case import Details
from diembao.response.asking import Asking as Asks
from diembao.response.cases import Actor, Desk
from diembao.response.requests import Requests
from tests.api.asking import OWN, Asking
from tests.api.stages import BY
from tests.dashboard.seed import NOW

HEALTH, THEIRS = "so-y-te", "so-tai-chinh"
OFFICER = Grant(Role.UNIT_OFFICER, "", HEALTH)
PDF = b"%PDF-1.7\n" + b"so lieu " * 50


@pytest.fixture(scope="module")
def units(ask: Asking) -> dict[str, list[tuple[str, str]]]:
    """The headers of an officer of each unit; neither has a case."""
    return {
        unit: [("cookie", ask.enter(f"can-bo-{unit}", Grant(Role.UNIT_OFFICER, "", unit))), ("origin", OWN)]
        for unit in (HEALTH, THEIRS)
    }


@pytest.fixture
def number(ask: Asking) -> str:
    """A case in nobody's hands but its own unit's, with one request to Sở Y tế."""
    case = Desk(ask.house.store, ask.house.profile).open(Details("Vụ nước thải", "so-nnmt"), [], BY)
    Requests(ask.house.store, ask.house.profile).ask(case.number, Asks(HEALTH, "Mẫu nước ra sao?"), BY)
    return case.number


def test_the_unit_that_was_asked_sees_its_request_and_not_the_case(
    ask: Asking, units: dict[str, list[tuple[str, str]]], number: str
) -> None:
    mine, theirs = (ask(f"/cases/{number}/requests", headers=units[unit]) for unit in (HEALTH, THEIRS))
    (told,) = mine.json()["requests"]
    assert (told["unit"], told["question"], told["status"]) == (HEALTH, "Mẫu nước ra sao?", "waiting")
    assert "person:" not in mine.text
    assert theirs.status_code == 404
    assert ask(f"/cases/{number}", headers=units[HEALTH]).status_code == 404
    listed = ask(f"/units/{HEALTH}/requests?open=true", headers=units[HEALTH]).json()
    assert number in [each["case"] for each in listed["requests"]]
    hidden, unknown = (ask(f"/units/{unit}/requests", headers=units[THEIRS]) for unit in (HEALTH, "so-vu-tru"))
    assert hidden.status_code == unknown.status_code == 404


def test_a_unit_answers_once_with_files_and_another_unit_learns_nothing(
    ask: Asking, units: dict[str, list[tuple[str, str]]], number: str
) -> None:
    path = f"/cases/{number}/requests/1/answer"
    body = {"text": "Đạt.", "files": [{"name": "kq.pdf", "content": base64.b64encode(PDF).decode()}]}
    theirs = ask(path, "POST", headers=units[THEIRS], body=body)
    unknown = ask(f"/cases/{number}/requests/7/answer", "POST", headers=units[HEALTH], body=body)
    assert (theirs.status_code, unknown.status_code) == (404, 404)
    done = ask(path, "POST", headers=units[HEALTH], body=body)
    assert done.status_code == 201, done.text
    told = done.json()
    assert (told["status"], told["through"], told["files"][0]["size"]) == ("answered", "api", len(PDF))
    assert ask(path, "POST", headers=units[HEALTH], body=body).status_code == 400
    found = ask.house.store.case_file(number)
    assert found is not None
    assert found.requests[0].ended_by.startswith("person:")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": ""}, 400),
        ({"files": [{"name": "a.pdf", "content": "PGh0bWw+"}]}, 400),
        ({"files": [{"name": "a.pdf", "content": "không"}]}, 422),
        ({"files": [{"name": "a.pdf", "content": "PGh0b"}]}, 400),
        ({"text": "x" * 20_001}, 422),
        ({"files": [{"name": "a.txt", "content": "YQ=="}] * 11}, 422),
        ({"text": "Có", "who": "tôi"}, 422),
    ],
)
def test_an_answer_that_is_not_taken_is_a_problem_and_the_request_stays_open(
    ask: Asking, units: dict[str, list[tuple[str, str]]], number: str, body: dict[str, Any], status: int
) -> None:
    answer = ask(f"/cases/{number}/requests/1/answer", "POST", headers=units[HEALTH], body=body)
    assert answer.status_code == status, answer.text
    found = ask.house.store.case_file(number)
    assert found is not None
    assert found.requests[0].waiting


def test_a_key_of_a_unit_answers_for_it_where_its_scope_says_so(ask: Asking, number: str) -> None:
    account = ask.door.accounts.add("may-so-y-te", "Máy", [OFFICER], by=CONSOLE, now=NOW)
    reads = ask.key("doc", Act.READ_REQUEST, account=account)
    writes = ask.key("ghi", *usable(SCOPES, [OFFICER]), account=account)
    path, body = f"/cases/{number}/requests/1/answer", {"text": "Đạt chuẩn."}
    assert ask(path, "POST", key=reads, body=body).status_code == 403
    assert ask(path, "POST", key=writes, body=body).status_code == 201
    assert (
        ask(f"/cases/{number}/requests", "POST", key=writes, body={"unit": HEALTH, "question": "?"}).status_code == 403
    )


def test_a_unit_is_asked_once_however_often_the_request_is_sent(ask: Asking, number: str) -> None:
    body = {
        "unit": "so-y-te",
        "question": "Ai lấy mẫu?",
        "due_at": "2026-12-01T17:00:00+07:00",
        "letter_date": "2026-11-20",
    }
    told = [
        ask(
            f"/cases/{number}/requests", "POST", role=Role.OFFICER, body=body, headers=[("idempotency-key", "r-1")]
        ).json()
        for _ in range(2)
    ]
    assert [(each["number"], each["repeated"]) for each in told] == [(2, False), (2, True)]
    naive = ask(f"/cases/{number}/requests", "POST", role=Role.OFFICER, body={**body, "due_at": "2026-12-01T17:00:00"})
    assert naive.status_code == 400
    assert "múi giờ" in naive.json()["detail"]


def test_the_list_of_a_unit_comes_in_pages(ask: Asking, number: str) -> None:
    room = Requests(ask.house.store, ask.house.profile)
    unit = list(ask.house.profile.units)[-1]
    for _ in range(3):
        room.ask(number, Asks(unit, "Gì?"), Actor("person:98", NOW))
    first = ask(f"/units/{unit}/requests?limit=2", role=Role.OFFICER).json()
    second = ask(f"/units/{unit}/requests?limit=2&cursor={first['next']}", role=Role.OFFICER).json()
    assert (first["total"], len(first["requests"]), len(second["requests"]), second["next"]) == (3, 2, 1, None)
