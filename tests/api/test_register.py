"""The register over the API: what other systems read of it, and what stays at the desk; the packet of a case."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from diembao.api.following import POSITION, RECORD
from diembao.api.rights import Act
from diembao.core.accounts import Grant, Role
from diembao.response.acts import Actor
from diembao.response.questions import Questions
from diembao.response.verifying import verify
from tests.api.asking import Asking, asking_at
from tests.api.stages import UNIT, registered
from tests.dashboard.seed import NOW


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


def test_questions_are_followed_and_one_that_went_to_another_unit_is_gone_for_the_one_that_had_it(ask: Asking) -> None:
    number, _ = registered(ask)
    key = ask.key("kho-du-lieu", Act.READ_QUESTION)
    answer = ask("/bulk/questions", key=key)
    (told,) = lines(answer)
    assert {name: value for name, value in told.items() if name != "position"} == ask(
        f"/questions/{number}", key=key
    ).json()
    assert "Trần Văn An" not in answer.text
    assert ask("/bulk/cases", key=key).status_code == 403
    since = f"/bulk/questions?since={answer.headers[POSITION]}&record={answer.headers[RECORD]}"
    assert lines(ask(since, key=key)) == []
    desk, kept = Questions(ask.house.store, ask.house.profile), ask.house.store.question(number)
    assert kept is not None
    given = desk.assign(kept, "so-y-te", Actor("person:99", NOW))
    assert [row["unit"] for row in lines(ask(since, key=key))] == ["so-y-te"]
    (lost,) = lines(ask(since, role=Role.UNIT_OFFICER))
    assert {name: lost[name] for name in ("number", "gone")} == {"number": number, "gone": True}
    assert len(lost) == 3
    assert ask(f"{since}&format=csv", role=Role.UNIT_OFFICER).text.splitlines()[1].endswith(",True")
    stranger = ask.enter("nong-nghiep-x", Grant(Role.UNIT_OFFICER, "", "so-nong-nghiep"))
    assert lines(ask("/bulk/questions", headers=[("cookie", stranger)])) == []
    desk.assign(given, UNIT, Actor("person:99", NOW))
    assert [row["unit"] for row in lines(ask(since, role=Role.UNIT_OFFICER))] == [UNIT]


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


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
