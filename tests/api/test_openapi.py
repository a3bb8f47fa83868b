"""The description is as the API is: every example in it is tried."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from diembao.api import shapes
from diembao.api.paths import act_of
from diembao.core.accounts import Role
from diembao.core.article import Kind
from diembao.paper.docx import MEDIA
from diembao.paper.sheet import XLSX_MEDIA
from tests.api.asking import Asking
from tests.api.stages import DOCUMENT, body_for, case_for, kept_report, registered, subscribed

STREAM = "application/x-ndjson"
# Addresses that answer with a file, or a stream.
FILES = {
    "/v1/articles/{article_id}/packet": "application/zip",
    "/v1/cases/{number}/packet": "application/zip",
    "/v1/cases/{number}/documents/{sha256}": "application/octet-stream",
    "/v1/calendar.ics": "text/calendar",
    "/v1/export": f"text/csv, application/x-ndjson, {XLSX_MEDIA}",
    "/v1/reports/{report}/document": MEDIA,
}


@pytest.fixture(scope="module")
def told(ask: Asking) -> dict[str, Any]:
    found: dict[str, Any] = ask("/openapi.json", role=Role.VIEWER).json()
    return found


def operations(told: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def filled(ask: Asking, path: str) -> str:
    """The path, with objects that are there."""
    item = ask.house.store.articles([ask.put.ids["waste"]])[0]
    question, briefing = registered(ask)
    number = case_for(ask, path).number if path.startswith("/v1/cases") else task_of(ask)
    number = question if path.startswith("/v1/questions") else number
    values = {
        "article_id": ask.put.ids["waste"],
        "story": str(item.key(Kind.STORY)),
        "kit": "human-rights",
        "run": "1",
        "outlet": "bao-song-con",
        "number": number,
        "kind": "stance",
        "claim": "1",
        "issue": "1",
        "briefing": str(briefing),
        "report": str(kept_report(ask)),
        "figure": "1",
        "asked": "1",
        "sha256": sha256(DOCUMENT).hexdigest(),
        "unit": "so-y-te",
        "alert": str(subscribed(ask)),
    }
    return path.removeprefix("/v1").format_map(values)


def task_of(ask: Asking) -> str:
    """A task of the unit that the example of a progress names."""
    unit = shapes.Telling.model_config["json_schema_extra"]["examples"][0]["unit"]  # type: ignore[index,call-overload]  # written as a mapping
    return next(task.number for task in ask.house.profile.tasks if unit in task.lead + task.helping)


def test_it_is_openapi_3_1_and_says_how_to_come_in_and_what_each_address_asks_for(told: dict[str, Any]) -> None:
    assert told["openapi"].startswith("3.1")
    assert told["servers"] == [{"url": "/api"}]
    assert set(told["components"]["securitySchemes"]) == {"key", "session"}
    for method, path, operation in operations(told):
        act = act_of(method, f"/api{path}".replace("{", "").replace("}", ""))
        assert act is not None
        assert act.value in operation["description"], path
        assert operation["summary"]


def test_every_answer_and_every_body_has_a_shape_and_errors_are_problems(told: dict[str, Any]) -> None:
    for method, path, operation in operations(told):
        good = next(operation["responses"][status] for status in ("200", "201") if status in operation["responses"])
        if path in FILES:
            assert list(good["content"]) == FILES[path].split(", ")
        elif path.startswith("/v1/bulk/"):
            assert list(good["content"]) == [STREAM, "text/csv"]
        else:
            assert "$ref" in good["content"]["application/json"]["schema"], (method, path)
        for status, answer in operation["responses"].items():
            if status.startswith(("4", "5")):
                assert list(answer["content"]) == ["application/problem+json"], (path, status)


def test_every_example_of_a_shape_has_that_shape(told: dict[str, Any]) -> None:
    tried = 0
    for name, schema in told["components"]["schemas"].items():
        shape = getattr(shapes, name, None)
        for example in schema.get("examples", ()):
            assert shape is not None, name
            shape.model_validate(example)
            assert set(example) >= set(schema.get("required", ())), name
            tried += 1
    assert tried > 20


def test_every_address_answers_and_every_example_of_a_parameter_is_answered(ask: Asking, told: dict[str, Any]) -> None:
    tried = 0
    for method, path, operation in operations(told):
        if method != "GET":
            continue
        # Versions of a statement are for who may write at it, evidence and who gets what for the desk.
        role = Role.OFFICER if path.endswith(("/drafts", "/packet", "/people", "/deliveries")) else Role.VIEWER
        assert ask(filled(ask, path), role=role).status_code == 200, path
        for parameter in operation.get("parameters", ()):
            for example in parameter["schema"].get("examples", ()) if parameter["in"] == "query" else ():
                asked = f"{filled(ask, path)}?{parameter['name']}={example}"
                assert ask(asked, role=Role.VIEWER).status_code == 200, asked
                tried += 1
    assert tried >= 2


def test_every_example_of_a_path_is_one_that_could_be(ask: Asking, told: dict[str, Any]) -> None:
    for method, path, operation in operations(told):
        for parameter in operation.get("parameters", ()):
            examples = parameter["schema"].get("examples", ())
            if parameter["in"] == "path" and method == "GET":
                assert examples, (path, parameter["name"])
                others = {x["name"]: x["schema"].get("examples", [""])[0] for x in operation["parameters"]}
                for example in examples:
                    asked = path.removeprefix("/v1").format(**{**others, parameter["name"]: example})
                    assert ask(asked, role=Role.OFFICER).status_code in {200, 404}, asked


def test_every_example_of_a_body_is_taken(ask: Asking, told: dict[str, Any]) -> None:
    tried = 0
    for method, path, operation in operations(told):
        if method != "POST":
            continue
        if path.endswith("/files"):  # a form
            continue
        name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        role = Role.APPROVER if path.endswith(("/approvals", "/retraction")) else Role.OFFICER
        for example in told["components"]["schemas"][name]["examples"]:
            answer = ask(filled(ask, path), method, role=role, body=body_for(ask, path, example))
            assert answer.status_code in {200, 201}, (path, example, answer.text)
            tried += 1
    assert tried >= 3
    taken_back = ask(f"/articles/{ask.put.ids['waste']}/labels/stance", "DELETE", role=Role.OFFICER)
    assert taken_back.status_code == 200
