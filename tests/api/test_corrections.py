"""Corrections of labels: by whom, of what, and how their history is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from diembao.api.rights import Act
from diembao.core.accounts import Grant, Role
from tests.api.asking import PROBLEM, Asking
from tests.dashboard.seed import PROVINCE


def test_an_officer_corrects_and_takes_back(ask: Asking) -> None:
    flight = ask.put.ids["flight"]
    said = {"kind": "stance", "keys": ["neutral"], "why": "Thuật lại"}
    done = ask(f"/articles/{flight}/labels", "POST", role=Role.OFFICER, body=said)
    assert done.status_code == 200
    number = ask.account("officer-x")
    stance = [x for x in done.json()["labels"] if x["kind"] == "stance"]
    assert [(x["key"], x["by"], x["why"]) for x in stance] == [("neutral", f"person:{number}", "Thuật lại")]
    row = ask.house.store.audit(act="label.correct", subject=f"article:{flight}")[0]
    assert (row.actor, row.where.partition(":")[0]) == (f"person:{number}", "session")
    back = ask(f"/articles/{flight}/labels/stance", "DELETE", role=Role.OFFICER)
    assert [x["key"] for x in back.json()["labels"] if x["kind"] == "stance"] == ["positive"]
    history = ask(f"/articles/{flight}/labels?limit=100", role=Role.VIEWER).json()["labels"]
    assert [(x["key"], x["ended_at"] is None) for x in history if x["kind"] == "stance"] == [
        ("neutral", False),
        ("positive", True),
    ]


def test_a_history_in_pages_is_the_whole_although_it_grows(ask: Asking, read: Callable[..., Any]) -> None:
    coffee = ask.put.ids["coffee"]
    whole = read(f"/articles/{coffee}/labels?limit=100")["labels"]
    first = read(f"/articles/{coffee}/labels?limit=2")
    ask(f"/articles/{coffee}/labels", "POST", role=Role.OFFICER, body={"kind": "theme", "keys": []})
    second = read(f"/articles/{coffee}/labels?limit=2&cursor={first['next']}")
    assert first["labels"] + second["labels"] == whole[:4]


def test_a_persons_key_corrects_in_their_name_and_a_services_does_not(ask: Asking) -> None:
    kite, said = ask.put.ids["kite"], {"kind": "relevance", "keys": ["no"]}
    ask.cookie(Role.OFFICER)
    number = ask.account("officer-x")
    own = ask.key("cong-cu", Act.CORRECT_LABEL, account=number)
    done = ask(f"/articles/{kite}/labels", "POST", key=own, body=said)
    assert [x["by"] for x in done.json()["labels"] if x["kind"] == "relevance" and x["about"] == PROVINCE] == [
        f"person:{number}"
    ]
    assert ask.house.store.audit(act="label.correct", subject=f"article:{kite}")[0].where.startswith("key:")
    service = ask.key("may-khac")
    assert ask(f"/articles/{kite}/labels", "POST", key=service, body=said).status_code == 403


def test_foreign_affairs_corrects_foreign_coverage_alone(ask: Asking) -> None:
    said = {"kind": "stance", "keys": ["neutral"]}
    path = "/articles/{}/labels"
    role = Role.FOREIGN_AFFAIRS
    assert ask(path.format(ask.put.ids["port"]), "POST", role=role, body=said).status_code == 200
    assert ask(path.format(ask.put.ids["road"]), "POST", role=role, body=said).status_code == 403


def test_a_label_about_another_province_is_refused_by_right_or_by_sense(ask: Asking) -> None:
    road = ask.put.ids["road"]
    said = {"kind": "stance", "keys": ["neutral"], "about": "da-nang"}
    bound = ask.enter("bound", Grant(Role.OFFICER, PROVINCE))
    told = [("cookie", bound), ("origin", "http://127.0.0.1")]
    assert ask(f"/articles/{road}/labels", "POST", headers=told, body=said).status_code == 403
    assert ask(f"/articles/{road}/labels", "POST", role=Role.OFFICER, body=said).status_code == 400
    elsewhere = ask.enter("elsewhere", Grant(Role.OFFICER, "da-nang"))
    assert ask("/search", headers=[("cookie", elsewhere)]).status_code == 403


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"kind": "stance", "keys": ["false"]}, 400),
        ({"kind": "stance", "keys": []}, 400),
        ({"kind": "stance", "keys": ["neutral", "positive"]}, 400),
        ({"kind": "theme", "keys": ["tourism", "none"]}, 400),
        ({"kind": "theme", "keys": ["gossip"]}, 400),
        ({"kind": "story", "keys": ["x"]}, 400),
        ({"kind": "journalist", "keys": ["x"]}, 422),
        ({"kind": "theme", "keys": ["tourism"] * 21}, 422),
        ({"kind": "stance", "keys": ["neutral"], "why": "x" * 501}, 422),
        ({"kind": "stance", "keys": ["neutral"], "by": "person:1"}, 422),
        ([], 422),
        (None, 422),
    ],
)
def test_a_correction_that_cannot_be_is_a_problem_and_changes_nothing(ask: Asking, said: Any, status: int) -> None:
    market = ask.put.ids["market"]
    before = ask.house.store.label_history(market)
    answer = ask(f"/articles/{market}/labels", "POST", role=Role.OFFICER, body=said)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert ask.house.store.label_history(market) == before
