"""The register over the API: what other systems read of it, and what stays at the desk; the packet of a case."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from diembao.core.accounts import Role
from diembao.response.verifying import verify
from tests.api.asking import Asking, asking_at
from tests.api.stages import UNIT, registered


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asking_at(tmp_path_factory.mktemp("register"), api_per_minute=1_000_000) as asking:
        registered(asking)
        yield asking


def test_a_question_is_told_without_whoever_asked(ask: Asking) -> None:
    number, _ = registered(ask)
    answer = ask("/questions", key=ask.key("trung-tam"))
    told = answer.json()
    assert (told["total"], told["questions"][0]["number"], told["next"]) == (1, number, None)
    assert told["questions"][0]["outlet"] == "bao-song-con"
    whole = ask(f"/questions/{number}", role=Role.OFFICER)
    assert (whole.status_code, whole.json()["unit"]) == (200, UNIT)
    for name in ("Trần Văn An", "an@bao.example", "name", "contact"):
        assert name not in f"{answer.text.replace('filename', '')}{whole.text}"


@pytest.mark.parametrize(
    ("query", "total"), [("q=nuoc", 1), ("q=An", 0), ("unit=so-y-te", 0), ("state=published", 0), (f"unit={UNIT}", 1)]
)
def test_questions_are_narrowed(ask: Asking, query: str, total: int) -> None:
    assert ask(f"/questions?{query}", role=Role.VIEWER).json()["total"] == total


def test_another_units_question_is_not_there(ask: Asking) -> None:
    number, _ = registered(ask)
    assert ask(f"/questions/{number}", role=Role.UNIT_OFFICER).status_code == 200
    assert ask("/questions/CH-2026-9999", role=Role.OFFICER).status_code == 404
    assert ask("/questions/x", role=Role.OFFICER).status_code == 422


def test_a_briefing_comes_with_what_follows_from_it(ask: Asking) -> None:
    _, number = registered(ask)
    told = ask(f"/briefings/{number}", role=Role.VIEWER).json()
    assert [item["title"] for item in told["agenda"]] == ["Nước"]
    assert [(x["text"], x["unit"], x["result"]) for x in told["points"]] == [("Công bố kết quả", UNIT, None)]
    assert ask("/briefings", role=Role.VIEWER).json()["briefings"][0]["number"] == number
    assert ask("/briefings/999", role=Role.VIEWER).status_code == 404


def test_a_diary_reads_the_calendar_with_a_key(ask: Asking) -> None:
    answer = ask("/calendar.ics", key=ask.key("lich"))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.text.split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert {"SUMMARY:Đoàn thăm", "SUMMARY:Chuẩn bị: Thông cáo (Đoàn thăm)", "SUMMARY:Giao ban báo chí"} <= set(lines)
    assert [x["title"] for x in ask("/calendar", role=Role.VIEWER).json()["matters"]] == ["Đoàn thăm"]


def test_the_packet_of_a_case_is_sent_whole_and_written_down(ask: Asking, tmp_path: Path) -> None:
    before = len(ask.house.store.audit(act="evidence.export"))
    answer = ask(f"/cases/{ask.case}/packet?outside=true", role=Role.OFFICER)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="ho-so-{ask.case}.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        assert "MUC-LUC.html" in opened.namelist()
    (tmp_path / "p.zip").write_bytes(answer.content)
    found = verify(tmp_path / "p.zip")
    assert (found.problems, found.url) == ([], ask.case)
    rows = ask.house.store.audit(act="evidence.export")
    assert len(rows) == before + 1
    assert (rows[0].subject, '"outside":true' in rows[0].detail) == (f"case:{ask.case}", True)
    assert ask(f"/cases/{ask.case}/packet", role=Role.VIEWER).status_code == 403
    assert ask("/cases/VV-2026-9999/packet", role=Role.OFFICER).status_code == 404
