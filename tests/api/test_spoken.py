"""Problems in the language that whoever asks reads."""

from __future__ import annotations

import json
from typing import cast

import pytest
from fastapi import Request

from diembao.api import problems
from diembao.api.spoken import prefers_english
from diembao.core.accounts import Role
from diembao.core.errors import RecordAway
from tests.api.asking import Asking


@pytest.mark.parametrize(
    ("header", "english"),
    [
        ("", False),
        ("vi", False),
        ("en", True),
        ("EN-gb;q=0.5", True),
        ("fr, ja;q=0.9", False),
        ("vi-VN, en;q=0.9", False),
        ("en;q=0.9, vi;q=0.3", True),
        ("en, vi", False),
        ("en;q=x", False),
        ("en;q=0", False),
        ("*", False),
        (",;,;q=,en-" * 1000, True),
    ],
)
def test_english_is_told_where_it_is_preferred(header: str, *, english: bool) -> None:
    assert prefers_english(header) is english


@pytest.mark.parametrize(
    ("path", "role", "status"),
    [
        ("/articles/0000000000000000", Role.VIEWER, 404),
        ("/articles?limit=0", Role.VIEWER, 422),
        ("/search?q=(", Role.VIEWER, 400),
        ("/articles", None, 401),
        ("/people", Role.VIEWER, 403),
        ("/no-such", Role.VIEWER, 404),
    ],
)
def test_a_problem_is_told_in_it_with_the_other_language_beside(
    ask: Asking, path: str, role: Role | None, status: int
) -> None:
    usual = ask(path, role=role)
    english = ask(path, role=role, headers=[("accept-language", "en-GB, vi;q=0.5")])
    assert (usual.status_code, english.status_code) == (status, status)
    one, other = usual.json(), english.json()
    assert english.headers["content-language"] == "en"
    assert english.headers["content-type"].startswith("application/problem+json")
    assert "content-language" not in usual.headers
    for name in ("title", "detail"):
        assert one[f"{name}_en"] == other[name] == other[f"{name}_en"]
        assert one[name] == other[f"{name}_vi"] != other[name]
    if status == 422:
        assert other["errors"][0]["reason"] == one["errors"][0]["reason_en"]


def test_a_store_that_is_not_there_is_not_called_busy() -> None:
    told = json.loads(bytes(problems._ours(cast("Request", None), RecordAway("no route")).body))
    assert (told["status"], told["title"]) == (503, "Tạm không dùng được")
    assert (told["detail_en"], "bận" in str(told)) == ("The store cannot be used now; nothing was done.", False)
