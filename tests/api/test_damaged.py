"""A damaged record is told to whoever asks as what it is: nobody says that nothing is lost."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard.texts import TEXTS
from diembao.api import problems
from diembao.app import server
from diembao.core.errors import RecordDamaged


def test_an_answer_that_meets_it_says_so_and_not_where_the_record_lies() -> None:
    app = FastAPI()
    problems.install(app)

    @app.get("/a")
    def asked() -> None:
        raise RecordDamaged("/var/lib/diembao/diembao.db", "malformed")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/a")
    assert (answer.status_code, answer.json()["detail"].startswith("Kho dữ liệu bị hỏng.")) == (500, True)
    assert "damaged" in answer.json()["detail_en"]
    assert "/var/lib" not in answer.text


def test_a_screen_that_meets_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("dashboard.newsroom.words", lambda: lambda key, **_: TEXTS[key][0])
    monkeypatch.setattr("streamlit.error", said.append)
    server._tell(RecordDamaged("a.db", "malformed"))
    assert [each.startswith("Kho dữ liệu bị hỏng.") for each in said] == [True]
