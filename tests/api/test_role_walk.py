"""Every role × every operation of the API, those that write too: the status that the table of rights says, nothing
changed where it says no, and each refusal in the audit log. An operation without a row here fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest

from diembao.api.paths import act_of
from diembao.api.rights import Act, Thing, Visitor, may, opens
from diembao.core.accounts import Role
from tests.api.asking import UNIT, Asking
from tests.api.stages import DOCUMENT, case_for, fresh, kept_report, registered, sentence, subscribed

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
    rows: int = 1  # of the audit log, where it writes
    file: bool = False  # the body is a file


def _article(ask: Asking) -> dict[str, str]:
    return {"article_id": ask.put.ids["road"], "kind": "stance"}


def _case(ask: Asking) -> dict[str, str]:
    return {"number": ask.case}


def _new(ask: Asking) -> dict[str, str]:
    return {"number": fresh(ask).number, "article_id": ask.put.ids["waste"]}


def _at(stage: str) -> Callable[[Asking], Mapping[str, str]]:
    return lambda ask: {
        "number": case_for(ask, f"/v1/cases/{{number}}/{stage}").number,
        "claim": "1",
        "issue": "1",
        "sha256": SHA256,
    }


def _requested(ask: Asking) -> dict[str, str]:
    return {"number": case_for(ask, "/v1/cases/{number}/requests/{asked}").number, "asked": "1"}


def _task(_: Asking) -> dict[str, str]:
    return {"number": "4.1"}


def _story(ask: Asking) -> dict[str, str]:
    listed = ask("/stories", role=Role.VIEWER).json()["stories"]
    return {"story": listed[0]["id"]}


def _outlet(ask: Asking) -> dict[str, str]:
    return {"outlet": ask("/outlets", role=Role.VIEWER).json()["outlets"][0]["id"]}


def _kit(ask: Asking) -> dict[str, str]:
    return {"kit": ask.house.profile.kits[0].id}


def _report(ask: Asking) -> dict[str, str]:
    return {"report": str(kept_report(ask)), "figure": "1"}


def _question(ask: Asking) -> dict[str, str]:
    return {"number": registered(ask)[0]}


def _of_the_office(ask: Asking) -> dict[str, str]:
    return {"alert": str(subscribed(ask))}


def _of_another(ask: Asking) -> dict[str, str]:
    return {"alert": str(subscribed(ask, ANOTHER))}


def _briefing(ask: Asking) -> dict[str, str]:
    return {"briefing": str(registered(ask)[1])}


SHA256 = sha256(DOCUMENT).hexdigest()
ANOTHER = "person:98"
THEIRS = Thing(PROVINCE, authors=(ANOTHER,))
HOME, MINE = Thing(PROVINCE), Thing(PROVINCE, (UNIT,))
OPENED = {"title": "Vụ thử", "unit": UNIT, "origin": "phone", "said": "Báo gọi hỏi."}
DRAFT = {"text": "Sở thông tin.", "form": "written", "speaker": "Giám đốc", "based_on": 0}
ISSUE = {"version": 6, "channel": "written", "recipients": "Báo Gia Lai"}
ASKED = {"unit": UNIT, "question": "Mẫu nước ra sao?"}
BULK = ("articles", "labels", "revisions", "log", "cases", "questions")
OPERATIONS: dict[tuple[str, str], Operation] = {
    ("get", "/v1/health"): Operation(),
    ("get", "/v1/status"): Operation(),
    ("get", "/v1/search"): Operation(),
    ("get", "/v1/articles"): Operation(),
    ("get", "/v1/articles/{article_id}"): Operation(_article),
    ("get", "/v1/articles/{article_id}/revisions"): Operation(_article),
    ("get", "/v1/articles/{article_id}/labels"): Operation(_article),
    ("get", "/v1/articles/{article_id}/machine-gists"): Operation(_article),
    ("get", "/v1/articles/{article_id}/answers"): Operation(_article),
    ("post", "/v1/articles/{article_id}/labels"): Operation(_article, CORRECTION, HOME),
    ("delete", "/v1/articles/{article_id}/labels/{kind}"): Operation(_article, None, HOME),
    ("get", "/v1/stories"): Operation(),
    ("get", "/v1/stories/{story}"): Operation(_story),
    ("get", "/v1/stories/{story}/articles"): Operation(_story),
    ("get", "/v1/outlets"): Operation(),
    ("get", "/v1/outlets/{outlet}"): Operation(_outlet),
    ("get", "/v1/cases"): Operation(),
    ("get", "/v1/cases/{number}"): Operation(_case, thing=Thing(PROVINCE, (UNIT,)), hidden=404),
    ("get", "/v1/cases/{number}/articles"): Operation(_case, thing=Thing(PROVINCE, (UNIT,)), hidden=404),
    ("get", "/v1/cases/{number}/matches"): Operation(_case, thing=Thing(PROVINCE, (UNIT,)), hidden=404),
    ("post", "/v1/cases/{number}/matches"): Operation(
        _at("matches"), lambda ask: {"claim": 1, "article": ask.put.ids["flight"], "judged": "accepted"}, MINE
    ),
    ("get", "/v1/cases/{number}/documents/{sha256}"): Operation(_at("documents/{sha256}"), thing=MINE, hidden=404),
    ("get", "/v1/people"): Operation(),
    ("get", "/v1/cases/{number}/effect"): Operation(_case, thing=Thing(PROVINCE, (UNIT,)), hidden=404),
    ("post", "/v1/cases"): Operation(body=OPENED, thing=MINE, done=201, rows=2),
    ("patch", "/v1/cases/{number}"): Operation(_new, {"version": 1, "priority": "high"}, MINE),
    ("post", "/v1/cases/{number}/moves"): Operation(_new, {"version": 1, "to": "taken"}, MINE),
    ("post", "/v1/cases/{number}/notes"): Operation(_new, {"text": "Đã gọi xã."}, MINE, 201),
    ("post", "/v1/cases/{number}/articles"): Operation(
        _new, lambda ask: {"articles": [ask.put.ids["road"]]}, MINE, 201
    ),
    ("delete", "/v1/cases/{number}/articles/{article_id}"): Operation(_new, None, MINE),
    ("post", "/v1/cases/{number}/claims"): Operation(
        _new, lambda ask: {"article": ask.put.ids["waste"], "sentence": sentence(ask)}, MINE, 201
    ),
    ("post", "/v1/cases/{number}/claims/{claim}/exhibits"): Operation(
        _at("claims/{claim}/exhibits"), {"link": "https://so.example/"}, MINE, 201
    ),
    ("post", "/v1/cases/{number}/claims/{claim}/files"): Operation(
        _at("claims/{claim}/files"), b"Bien ban", MINE, 201, file=True
    ),
    ("post", "/v1/cases/{number}/claims/{claim}/verdict"): Operation(
        _at("claims/{claim}/verdict"), {"verdict": "accurate", "why": "Đã kiểm tra"}, MINE
    ),
    ("get", "/v1/cases/{number}/drafts"): Operation(_at("approvals"), thing=MINE),
    ("post", "/v1/cases/{number}/drafts"): Operation(_at("drafts"), DRAFT, MINE, 201),
    ("post", "/v1/cases/{number}/approvals"): Operation(_at("approvals"), {"version": 5, "draft": 1}, MINE, 201),
    ("post", "/v1/cases/{number}/issues"): Operation(_at("issues"), ISSUE, MINE, 201),
    ("post", "/v1/cases/{number}/issues/{issue}/retraction"): Operation(
        _at("issues/{issue}/retraction"), {"version": 7, "why": "Sai số liệu"}, MINE, 201
    ),
    ("get", "/v1/cases/{number}/packet"): Operation(_case, thing=MINE, hidden=404),
    ("get", "/v1/questions"): Operation(),
    ("get", "/v1/questions/{number}"): Operation(_question, thing=MINE, hidden=404),
    ("get", "/v1/briefings"): Operation(),
    ("get", "/v1/briefings/{briefing}"): Operation(_briefing),
    ("get", "/v1/calendar"): Operation(),
    ("get", "/v1/calendar.ics"): Operation(),
    ("get", "/v1/cases/{number}/requests"): Operation(_requested, thing=MINE, hidden=404),
    ("post", "/v1/cases/{number}/requests"): Operation(_new, ASKED, MINE, 201),
    ("post", "/v1/cases/{number}/requests/{asked}/reminders"): Operation(_requested, {}, MINE, 201),
    ("post", "/v1/cases/{number}/requests/{asked}/withdrawal"): Operation(_requested, {"reason": "Hỏi nhầm"}, MINE),
    ("post", "/v1/cases/{number}/requests/{asked}/answer"): Operation(
        _requested, {"text": "Đạt chuẩn."}, MINE, 201, hidden=404
    ),
    ("get", "/v1/units/{unit}/requests"): Operation(lambda _: {"unit": UNIT}, thing=MINE, hidden=404),
    ("get", "/v1/alerts"): Operation(),
    ("get", "/v1/deliveries"): Operation(),
    ("get", "/v1/alerts/{alert}"): Operation(_of_the_office),
    ("get", "/v1/alerts/{alert}/preview"): Operation(_of_the_office),
    ("post", "/v1/alerts"): Operation(body=lambda _: {"name": f"Cảng {uuid4()}", "query": "cảng"}, done=201),
    ("patch", "/v1/alerts/{alert}"): Operation(_of_another, {"hour": 7}, THEIRS, hidden=404),
    ("delete", "/v1/alerts/{alert}"): Operation(_of_another, None, THEIRS, hidden=404),
    ("post", "/v1/alerts/{alert}/trials"): Operation(_of_another, {}, THEIRS, hidden=404),
    ("get", "/v1/export"): Operation(),
    **{("get", f"/v1/bulk/{table}"): Operation() for table in BULK},
    **{("get", f"/v1/{each}"): Operation() for each in ("runs", "counts", "units", "searches", "claims", "statements")},
    ("get", "/v1/runs/{run}/sightings"): Operation(lambda _: {"run": "1"}),
    ("get", "/v1/units/{unit}"): Operation(lambda _: {"unit": UNIT}),
    ("get", "/v1/articles/{article_id}/similar"): Operation(_article),
    ("get", "/v1/articles/{article_id}/packet"): Operation(_article, thing=MINE),
    ("post", "/v1/search"): Operation(body={"query": {"must": [{"all": True}]}}, rows=0),
    ("post", "/v1/kits/{kit}/facts"): Operation(
        lambda _: {"kit": "human-rights"}, lambda _: {"text": f"Số liệu {uuid4()}", "source": "Sở Y tế"}, MINE
    ),
    ("get", "/v1/kits"): Operation(),
    ("get", "/v1/kits/{kit}"): Operation(_kit),
    ("get", "/v1/kits/{kit}/facts"): Operation(_kit),
    ("get", "/v1/trends"): Operation(),
    ("get", "/v1/reports"): Operation(),
    ("get", "/v1/reports/schedule"): Operation(),
    ("get", "/v1/reports/{report}"): Operation(_report),
    ("get", "/v1/reports/{report}/figures/{figure}"): Operation(_report),
    ("get", "/v1/reports/{report}/document"): Operation(_report),
    ("get", "/v1/plan/tasks"): Operation(),
    ("get", "/v1/plan/tasks/{number}"): Operation(_task),
    ("get", "/v1/plan/tasks/{number}/progress"): Operation(_task),
    ("post", "/v1/plan/tasks/{number}/progress"): Operation(_task, TOLD, Thing(PROVINCE, (UNIT,)), done=201),
}
# What changes something, and what is written down though it only reads.
PACKETS = {("get", "/v1/cases/{number}/packet"), ("get", "/v1/articles/{article_id}/packet")}
WRITES = {key for key in OPERATIONS if key[0] != "get"} | PACKETS


def test_every_operation_of_the_api_has_a_row_here(ask: Asking) -> None:
    told = ask("/openapi.json", role=Role.VIEWER).json()["paths"]
    assert {(method, path) for path, methods in told.items() for method in methods} == set(OPERATIONS)


def expected(who: Visitor, act: Act, operation: Operation) -> int:
    if not opens(who, act, PROVINCE):
        return 403
    if operation.thing is not None and not may(who, act, operation.thing):
        return operation.hidden
    return operation.done


def sent(ask: Asking, which: tuple[str, str], *, refused: bool = False, **more: Any) -> int:
    """What is refused needs no case of its own."""
    (method, path), operation = which, OPERATIONS[which]
    of_case = {"claim": "1", "issue": "1", "asked": "1", "sha256": SHA256}
    some = of_case | {"number": ask.case, "article_id": ask.put.ids["waste"]}
    at_case = refused and path.startswith("/v1/cases/{number}")
    address = path.removeprefix("/v1").format(**(some if at_case else operation.values(ask)))
    if operation.file:
        return ask(address, method.upper(), file=("a.txt", operation.body), **more).status_code
    body = operation.body(ask) if callable(operation.body) else operation.body
    return ask(address, method.upper(), body=body, **more).status_code


def act_at(key: tuple[str, str]) -> Act:
    act = act_of(key[0].upper(), "/api" + re.sub(r"\{\w+\}", "x", key[1]))
    assert act is not None, key
    return act


@pytest.mark.parametrize("role", Role)
def test_every_role_gets_from_every_operation_what_the_table_says(ask: Asking, role: Role) -> None:
    who = ask.door.sessions.visitor(ask.cookie(role).partition("=")[2])
    wrong = []
    for key, operation in OPERATIONS.items():
        before = ask.house.store.audit(limit=1)[0].number
        should = expected(who, act_at(key), operation)
        found = sent(ask, key, refused=should >= 400, role=role)
        rows = [row.act for row in ask.house.store.audit() if row.number > before and row.actor == who.actor]
        wrote = [act for act in rows if act != "access.refused"]
        # A refusal of the same kind in the same span is counted, not written again.
        expected_rows = operation.rows if found < 300 and key in WRITES else 0
        if found != should or len(wrote) != expected_rows:
            wrong.append((key, should, found, rows))
    assert wrong == []


def test_a_stranger_gets_nothing_and_a_key_no_more_than_its_scope(ask: Asking) -> None:
    narrow = ask.key("hep", Act.READ_PLAN)
    for key in OPERATIONS:
        assert sent(ask, key, refused=True) == 401, key
        assert sent(ask, key, refused=True, key=narrow) == (200 if act_at(key) is Act.READ_PLAN else 403), key


def test_who_was_refused_stands_in_the_audit_log_once_a_span_for_each_reason(ask: Asking) -> None:
    rows = ask.house.store.audit(limit=500, act="access.refused")
    viewer = [row for row in rows if row.where == ask_where(ask, Role.VIEWER)]
    assert len(viewer) == 1
    assert '"wanted":"label.correct"' in viewer[0].detail
    assert '"why":"rights"' in viewer[0].detail
    known = ask.house.store.refusals([int(viewer[0].subject.partition(":")[2])])
    assert next(iter(known.values())) == ("127.0.0.1", f"/api/v1/articles/{ask.put.ids['road']}/labels")
    ask.door.tally.settle(at_end=True)
    where = ask_where(ask, Role.VIEWER)
    later = [row for row in ask.house.store.audit(limit=500, act="access") if row.where == where]
    who = ask.door.sessions.visitor(ask.cookie(Role.VIEWER).partition("=")[2])
    again = sum(expected(who, act_at(key), operation) == 403 for key, operation in OPERATIONS.items()) - 1
    assert any(f'"times":{again}' in row.detail for row in later)


def ask_where(ask: Asking, role: Role) -> str:
    return ask.door.sessions.visitor(ask.cookie(role).partition("=")[2]).where
