"""Every role × every operation of the API, those that write too: the status that the table of rights says, nothing
changed where it says no, and each refusal in the audit log. An operation without a row here fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from diembao.api.paths import act_of
from diembao.api.rights import Act, Thing, Visitor, may, opens
from diembao.core.accounts import Role
from tests.api.asking import UNIT, Asking, asking_at

PROVINCE = "gia-lai"
CORRECTION = {"kind": "stance", "keys": ["neutral"], "why": "đọc lại"}
TOLD = {"unit": UNIT, "state": "running", "share": 40}


@dataclass(frozen=True)
class Operation:
    """How one is asked for: the values in its address, its body, and what it is done to (None: to anything)."""

    values: Callable[[Asking], Mapping[str, str]] = lambda _: {}
    body: Any = None
    thing: Thing | None = None
    done: int = 200
    hidden: int = 403  # to whom may do the act, but not to this


def _article(ask: Asking) -> dict[str, str]:
    return {"article_id": ask.put.ids["road"], "kind": "stance"}


def _case(ask: Asking) -> dict[str, str]:
    return {"number": ask.case}


def _task(_: Asking) -> dict[str, str]:
    return {"number": "4.1"}


def _story(ask: Asking) -> dict[str, str]:
    listed = ask("/stories", role=Role.VIEWER).json()["stories"]
    return {"story": listed[0]["id"]}


def _outlet(ask: Asking) -> dict[str, str]:
    return {"outlet": ask("/outlets", role=Role.VIEWER).json()["outlets"][0]["id"]}


def _kit(ask: Asking) -> dict[str, str]:
    return {"kit": ask.house.profile.kits[0].id}


HOME = Thing(PROVINCE)
OPERATIONS: dict[tuple[str, str], Operation] = {
    ("get", "/v1/health"): Operation(),
    ("get", "/v1/status"): Operation(),
    ("get", "/v1/search"): Operation(),
    ("get", "/v1/articles"): Operation(),
    ("get", "/v1/articles/{article_id}"): Operation(_article),
    ("get", "/v1/articles/{article_id}/revisions"): Operation(_article),
    ("get", "/v1/articles/{article_id}/labels"): Operation(_article),
    ("post", "/v1/articles/{article_id}/labels"): Operation(_article, CORRECTION, HOME),
    ("delete", "/v1/articles/{article_id}/labels/{kind}"): Operation(_article, None, HOME),
    ("get", "/v1/stories"): Operation(),
    ("get", "/v1/stories/{story}"): Operation(_story),
    ("get", "/v1/stories/{story}/articles"): Operation(_story),
    ("get", "/v1/outlets"): Operation(),
    ("get", "/v1/outlets/{outlet}"): Operation(_outlet),
    ("get", "/v1/cases"): Operation(),
    ("get", "/v1/cases/{number}"): Operation(_case, thing=Thing(PROVINCE, (UNIT,)), hidden=404),
    ("get", "/v1/kits"): Operation(),
    ("get", "/v1/kits/{kit}"): Operation(_kit),
    ("get", "/v1/plan/tasks"): Operation(),
    ("get", "/v1/plan/tasks/{number}"): Operation(_task),
    ("get", "/v1/plan/tasks/{number}/progress"): Operation(_task),
    ("post", "/v1/plan/tasks/{number}/progress"): Operation(_task, TOLD, Thing(PROVINCE, (UNIT,)), done=201),
}
WRITES = {key for key in OPERATIONS if key[0] != "get"}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asking_at(tmp_path_factory.mktemp("walk"), api_per_minute=1_000_000) as asking:
        yield asking


def test_every_operation_of_the_api_has_a_row_here(ask: Asking) -> None:
    told = ask("/openapi.json", role=Role.VIEWER).json()["paths"]
    assert {(method, path) for path, methods in told.items() for method in methods} == set(OPERATIONS)


def expected(who: Visitor, act: Act, operation: Operation) -> int:
    if not opens(who, act, PROVINCE):
        return 403
    if operation.thing is not None and not may(who, act, operation.thing):
        return operation.hidden
    return operation.done


def sent(ask: Asking, which: tuple[str, str], **more: Any) -> int:
    method, path = which
    address = path.removeprefix("/v1").format(**OPERATIONS[which].values(ask))
    return ask(address, method.upper(), body=OPERATIONS[which].body, **more).status_code


def act_at(ask: Asking, key: tuple[str, str]) -> Act:
    act = act_of(key[0].upper(), "/api" + key[1].format(**OPERATIONS[key].values(ask)))
    assert act is not None, key
    return act


@pytest.mark.parametrize("role", Role)
def test_every_role_gets_from_every_operation_what_the_table_says(ask: Asking, role: Role) -> None:
    who = ask.door.sessions.visitor(ask.cookie(role).partition("=")[2])
    wrong = []
    for key, operation in OPERATIONS.items():
        before = ask.house.store.check_audit().rows
        should, found = expected(who, act_at(ask, key), operation), sent(ask, key, role=role)
        rows = [row.act for row in ask.house.store.audit() if row.number > before]
        wrote = [act for act in rows if act != "access.refused"]
        # A refusal of the same kind in the same span is counted, not written again.
        if found != should or (found >= 400 and wrote) or (found < 300 and key in WRITES and len(wrote) != 1):
            wrong.append((key, should, found, rows))
    assert wrong == []


def test_a_stranger_gets_nothing_and_a_key_no_more_than_its_scope(ask: Asking) -> None:
    narrow = ask.key("hep", Act.READ_PLAN)
    for key in OPERATIONS:
        assert sent(ask, key) == 401, key
        assert sent(ask, key, key=narrow) == (200 if act_at(ask, key) is Act.READ_PLAN else 403), key


def test_who_was_refused_stands_in_the_audit_log_once_a_span_for_each_reason(ask: Asking) -> None:
    rows = [row for row in ask.house.store.audit(limit=500) if row.act == "access.refused"]
    viewer = [row for row in rows if row.where == ask_where(ask, Role.VIEWER)]
    assert len(viewer) == 1
    assert '"wanted":"label.correct"' in viewer[0].detail
    assert '"why":"rights"' in viewer[0].detail
    known = ask.house.store.refusals([int(viewer[0].subject.partition(":")[2])])
    assert next(iter(known.values())) == ("127.0.0.1", f"/api/v1/articles/{ask.put.ids['road']}/labels")
    ask.door.tally.settle(at_end=True)
    later = [row for row in ask.house.store.audit(limit=500) if row.where == ask_where(ask, Role.VIEWER)]
    assert any('"times":2' in row.detail for row in later)


def ask_where(ask: Asking, role: Role) -> str:
    return ask.door.sessions.visitor(ask.cookie(role).partition("=")[2]).where
