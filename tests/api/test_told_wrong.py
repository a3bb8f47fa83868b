"""Who asks wrongly is told what is wrong: the parameter, the place in a body, the right that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from diembao.api.rights import Act
from diembao.core.accounts import Role
from tests.api.asking import Asking, asking_at

JSON = "application/json"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asking_at(tmp_path_factory.mktemp("wrong"), api_per_minute=1_000_000) as asking:
        yield asking


def correct(ask: Asking, body: bytes, media: str = JSON) -> httpx.Response:
    path = f"/articles/{ask.put.ids['road']}/labels"
    return ask(path, "POST", role=Role.OFFICER, headers=[("content-type", media)] if media else [], content=body)


def wrong(answer: httpx.Response) -> dict[str, Any]:
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["type"]) == (422, "urn:diembao:problem:parameter"), told
    assert told["detail"] != told["detail_en"]
    return told


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/articles?sinc=5", "since"),
        ("/bulk/articles?snce=5", "since"),
        ("/search?q=bão&sorted=newest", "sort"),
        ("/reports?bogus=1", None),
        ("/health?q=1", None),
        ("/calendar?khoa=dbk_x", None),
    ],
)
def test_a_parameter_that_an_address_does_not_know_is_refused_with_the_one_it_is_like(
    ask: Asking, path: str, near: str | None
) -> None:
    told = wrong(ask(path, role=Role.VIEWER))
    name = path.rpartition("&")[2].rpartition("?")[2].partition("=")[0]
    (error,) = told["errors"]
    assert error["parameter"] == name
    assert ("có phải" in error["reason"], "perhaps" in error["reason_en"]) == (bool(near), bool(near))
    for said in (told["detail"], told["detail_en"], error["reason"], error["reason_en"]):
        assert near is None or f" {near}?" in said
    assert name in told["detail"]


def test_each_unknown_parameter_is_told_but_not_a_thousand_of_them(ask: Asking) -> None:
    told = wrong(ask("/articles?sinc=5&limits=7&limit=0", role=Role.VIEWER))
    assert [each["parameter"] for each in told["errors"]] == ["sinc", "limits"]
    many = "&".join(f"{'x' * 500}{n}=1" for n in range(100))
    assert len(ask(f"/articles?{many}", role=Role.VIEWER).content) < 5000
    answer = ask("/search?bogus=1", "POST", role=Role.VIEWER, body={"query": {"all": True}})
    assert wrong(answer)["errors"][0]["parameter"] == "bogus"


def test_the_province_and_a_diarys_key_are_known_and_what_is_not_there_is_no_parameters_matter(ask: Asking) -> None:
    assert ask("/articles?province=gia-lai", role=Role.VIEWER).status_code == 200
    key = ask.key("lich", Act.READ_CALENDAR)
    assert ask(f"/calendar.ics?khoa={key}&province=gia-lai").status_code == 200
    assert ask(f"/calendar.ics?khoa={key}&province=gia-lai&_=1732000000").status_code == 200  # its program's own
    assert ask("/no-such?bogus=1", role=Role.VIEWER).status_code == 404
    assert ask("/articles/0000000000000000?bogus=1").status_code == 401


@pytest.mark.parametrize(
    ("body", "place"),
    [(b"{", "dòng 1, cột 2"), (b'{"kind": "stance",\n "keys": [neutral]}', "dòng 2, cột 11")],
)
def test_where_json_breaks_off_is_told_by_line_and_column(ask: Asking, body: bytes, place: str) -> None:
    told = wrong(correct(ask, body))
    assert place in told["detail"]
    line, column = (part.rpartition(" ")[2] for part in place.split(", "))
    assert f"line {line} column {column}" in told["detail_en"]
    assert "neutral" not in str(told)


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_type_is_told_which_one_it_has_to_be(ask: Asking, media: str) -> None:
    told = wrong(correct(ask, b'{"kind": "stance", "keys": ["neutral"]}', media))
    (error,) = told["errors"]
    assert error["parameter"] == "Content-Type"
    for said in (told["detail"], told["detail_en"]):
        assert JSON in said
        assert media in said


def test_a_body_that_is_not_there_or_not_utf_8_is_told(ask: Asking) -> None:
    assert "body (thiếu)" in wrong(correct(ask, b""))["detail"]
    answer = correct(ask, b'"\xff\xfe"')
    assert (answer.status_code, "UTF-8" in answer.json()["detail"]) == (400, True)


def test_a_key_without_the_scope_and_an_account_without_the_right_are_told_which(ask: Asking) -> None:
    path = f"/articles/{ask.put.ids['road']}/labels"
    body = {"kind": "stance", "keys": ["neutral"]}
    by_key = ask(path, "POST", key=ask.key("doc"), body=body)
    by_role = ask(path, "POST", role=Role.VIEWER, body=body)
    for answer, word in ((by_key, "phạm vi"), (by_role, "quyền")):
        told = answer.json()
        assert (answer.status_code, told["right"]) == (403, "label.correct")
        assert f"{word} “label.correct”" in told["detail"]
        assert "'label.correct'" in told["detail_en"]


def test_a_wrong_cursor_and_a_wrong_correction_have_types_of_their_own(ask: Asking) -> None:
    cursor = ask("/stories?cursor=abc", role=Role.VIEWER).json()
    assert (cursor["status"], cursor["type"]) == (400, "urn:diembao:problem:cursor")
    sent = correct(ask, b'{"kind": "stance", "keys": ["no-such"]}').json()
    assert (sent["status"], sent["type"]) == (400, "urn:diembao:problem:use")
