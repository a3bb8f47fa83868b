"""What other systems and strangers may send: each gets the right status, is logged, and the service stays up."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from diembao.api import bodies
from diembao.api.paths import WORDS
from diembao.api.rights import Act
from diembao.core.accounts import CONSOLE, Role
from tests.api.asking import PROBLEM, UNIT, Asking, asking_at

SAID = {"kind": "stance", "keys": ["neutral"]}


def still_up(ask: Asking) -> bool:
    return ask("/health", role=Role.VIEWER).status_code == 200


# -- keys


@pytest.mark.parametrize(
    "shown",
    [
        "Bearer",
        "Bearer ",
        "Bearer dbk_forged",
        "Bearer " + "a" * 100_000,
        "Bearer a b",
        "Bearer dbk_x, Bearer dbk_y",
        "Basic bGFuOmxhbg==",
        "dbk_x",
        "Bearer dbk_\xff",
        "Bearer ../../etc/passwd",
    ],
)
def test_a_key_that_is_no_good_is_401_and_a_cookie_does_not_make_up_for_it(ask: Asking, shown: str) -> None:
    told = [("authorization", shown), ("cookie", ask.cookie(Role.OFFICER))]
    with capture_logs() as logs:
        answer = ask("/search", headers=[(name, value.encode("latin-1")) for name, value in told])  # type: ignore[misc]  # bytes too
    assert (answer.status_code, answer.headers["content-type"]) == (401, PROBLEM)
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert [(line["event"], line["why"]) for line in logs] == [("turned-away", "key")]
    assert shown not in str(logs)


def test_expired_revoked_and_foreign_keys_and_tokens_of_another_kind_are_401(ask: Asking, tmp_path: Path) -> None:
    good, short, gone = ask.key("mot"), ask.key("hai", days=0.01), ask.key("ba")
    assert [ask("/health", key=key).status_code for key in (good, short, gone)] == [200] * 3
    with asking_at(tmp_path) as others:
        foreign, foreign_cookie = others.key("mot"), others.cookie(Role.OFFICER)
    number = next(key.number for key in ask.house.store.all_keys() if key.name == "ba")
    ask.door.keys.revoke(number, by=CONSOLE)
    ask.clock.wait(minutes=15)
    session = ask.enter("phien").partition("=")[2]
    assert {ask("/health", key=key).status_code for key in (short, gone, foreign, session)} == {401}
    assert ask("/health", headers=[("cookie", foreign_cookie)]).status_code == 401
    assert ask("/health", headers=[("cookie", f"diembao={good}")]).status_code == 401
    assert ask(f"/health?key={good}&access_token={good}").status_code == 401
    assert ask("/health", key=good).status_code == 200


def test_two_authorizations_count_as_none(ask: Asking) -> None:
    good = ask.key("hai-lan")
    twice = [("authorization", f"Bearer {good}"), ("authorization", f"Bearer {good}")]
    assert ask("/health", headers=twice).status_code == 401


def test_a_key_opens_no_screen(ask: Asking) -> None:
    good = ask.key("man-hinh")

    async def knocking() -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(ask.app), base_url="http://127.0.0.1") as client:
            return (await client.get("/hom-nay", headers={"authorization": f"Bearer {good}"})).status_code

    assert asyncio.run(knocking()) == 401


def test_a_scope_that_is_missing_is_403_and_logged(ask: Asking) -> None:
    narrow = ask.key("hep", Act.READ_STATUS)
    assert ask("/health", key=narrow).status_code == 200
    with capture_logs() as logs:
        assert ask("/search", key=narrow).status_code == 403
    assert (logs[0]["why"], logs[0]["where"].partition(":")[0]) == ("rights", "key")


# -- other sites


def test_a_cookie_writes_only_from_our_own_page_and_a_key_from_anywhere(ask: Asking) -> None:
    path = f"/articles/{ask.put.ids['road']}/labels"
    cookie = ("cookie", ask.cookie(Role.OFFICER))
    assert ask(path, "POST", headers=[cookie], body=SAID).status_code == 403
    assert ask(path, "POST", headers=[cookie, ("sec-fetch-site", "cross-site")], body=SAID).status_code == 403
    assert ask(path, "POST", headers=[cookie, ("origin", "https://evil.example")], body=SAID).status_code == 403
    assert ask(path, "POST", headers=[cookie, ("sec-fetch-site", "same-origin")], body=SAID).status_code == 200
    key = ask.key("viet", Act.CORRECT_LABEL, account=ask.account("officer-x"))
    assert ask(path, "POST", key=key, body=SAID).status_code == 200
    assert ask(path, "POST", key=key, headers=[("origin", "https://evil.example")], body=SAID).status_code == 403


# -- bodies


def test_json_of_100_megabytes_is_413_whether_it_says_so_or_not(ask: Asking) -> None:
    path, read = f"/articles/{ask.put.ids['road']}/labels", []

    def flood() -> Iterator[bytes]:
        yield b'{"kind": "stance", "why": "'
        for n in range(100):
            read.append(n)
            yield b"a" * 1_000_000

    told = ask(path, "POST", role=Role.OFFICER, headers=[("content-type", "application/json")], content=flood())
    assert (told.status_code, told.headers["content-type"]) == (413, PROBLEM)
    assert (told.json()["type"], told.json()["limit"]) == (bodies.KIND, WORDS)
    assert len(read) <= 3 + bodies.DROPPED // 1_000_000
    said = [("content-type", "application/json"), ("content-length", "100000000")]
    assert ask(path, "POST", role=Role.OFFICER, headers=said, content=b"{}").status_code == 413
    assert still_up(ask)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[" * 30_000,
        b'{"a":' * 10_000,
        b'{"kind": "stance", "keys": ["neutral"], "why": "\\ud800"}',
        b'{"kind": "stance", "keys": ["neutral"], "why": 1e999}',
        b'{"kind": "stance", "keys": NaN}',
        b'{"kind": "stance", "keys": ["' + b"9" * 60_000 + b'"]}',
        b'{"kind": ' + b"9" * 60_000 + b"}",
        gzip.compress(b'{"kind": "stance", "keys": ["neutral"]}'),
    ],
    ids=range(12),
)
def test_a_body_that_is_no_correction_is_a_problem(ask: Asking, body: bytes) -> None:
    path, kind = f"/articles/{ask.put.ids['road']}/labels", [("content-type", "application/json")]
    answer = ask(path, "POST", role=Role.OFFICER, headers=kind, content=body)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == PROBLEM
    assert len(answer.content) < 2000
    assert still_up(ask)


def test_a_nul_in_a_reason_is_kept_out_of_the_record_and_answers(ask: Asking) -> None:
    road = ask.put.ids["road"]
    said = {**SAID, "why": "a\x00b\x1b[31m"}
    answer = ask(f"/articles/{road}/labels", "POST", role=Role.OFFICER, body=said)
    assert answer.status_code == 200
    assert ask.house.store.check_audit().broken is None


# -- addresses and headers


@pytest.mark.parametrize(
    "path",
    [
        "/articles/..%2f..%2fetc%2fpasswd",
        "/articles/%2e%2e/search",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/articles/%00",
        "/articles/x%0d%0aset-cookie:a=b",
        "/outlets/%e2%80%ae",
        "/stories/" + "a" * 3000,
        "/plan/tasks/4.1/%2e%2e/%2e%2e/%2e%2e/status",
        "//search",
        "/SEARCH",
        "/search/",
    ],
)
def test_path_tricks_lead_nowhere(ask: Asking, path: str) -> None:
    answer = ask(path, role=Role.OFFICER)
    assert answer.status_code in {404, 422}
    assert answer.headers["content-type"] == PROBLEM
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("given", ["a\r\nset-cookie: a=b", "x" * 65, "<script>", "", "ä"])
def test_a_request_id_that_could_do_harm_is_replaced(ask: Asking, given: str) -> None:
    told = [("x-request-id", given.encode("latin-1"))]
    answer = ask("/health", role=Role.VIEWER, headers=told)  # type: ignore[arg-type]  # bytes too
    assert len(answer.headers["x-request-id"]) == 32
    assert "set-cookie" not in answer.headers


def test_a_request_id_comes_back_also_with_a_refusal(ask: Asking) -> None:
    told = [("x-request-id", "trung-tam.2026-11-21_7")]
    assert ask("/health", headers=told).headers["x-request-id"] == told[0][1]
    assert ask("/health", role=Role.VIEWER, headers=told).headers["x-request-id"] == told[0][1]


def test_a_method_that_an_address_has_not_is_405_and_named(ask: Asking) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"):
        answer = ask("/counts", method, role=Role.OFFICER)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    path = f"/articles/{ask.put.ids['road']}/labels"
    assert ask(path, "DELETE", role=Role.OFFICER).headers["allow"] == "GET, HEAD, POST"
    assert ask("/search", "POST").status_code == 401


# -- too often


def test_whoever_asks_too_often_waits_and_others_do_not(tmp_path: Path) -> None:
    with asking_at(tmp_path, api_per_minute=5) as ask:
        one, two = ask.key("mot"), ask.key("hai")
        assert [ask("/health", key=one).status_code for _ in range(6)] == [200] * 5 + [429]
        answer = ask("/health", key=one)
        assert (answer.headers["retry-after"], answer.headers["content-type"]) == ("12", PROBLEM)
        assert ask("/health", key=two).status_code == 200
        assert [ask("/health", key="dbk_guess").status_code for _ in range(20)][-1] == 429
        ask.clock.wait(seconds=61)
        assert ask("/health", key=one).status_code == 200


# -- in two languages


@pytest.mark.parametrize(
    ("method", "path", "body", "words"),
    [
        ("GET", "/search?limit=0", None, ("nhỏ hơn 1", "greater than or equal to 1")),
        ("GET", "/search?sort=x", None, ("không thuộc", "should be")),
        ("GET", "/articles/zz", None, ("không đúng dạng", "match pattern")),
        ("GET", "/search?q=%22", None, ("Không đọc được câu tìm", "cannot be read")),
        ("GET", "/search?cursor=x", None, ("con trỏ trang", "cursor")),
        ("POST", "/articles/{road}/labels", {"kind": "stance", "keys": ["x"]}, ("là một trong", "is one of")),
        ("POST", "/articles/{road}/labels", {"kind": "theme", "keys": ["x"]}, ("không có chủ đề", "no theme")),
        ("POST", "/articles/{road}/labels", {"keys": []}, ("thiếu", "required")),
        ("POST", "/plan/tasks/4.1/progress", {"unit": UNIT, "state": "running", "share": 400}, ("lớn hơn 100", "100")),
        ("POST", "/plan/tasks/4.1/progress", {"unit": "x", "state": "running"}, ("không chủ trì", "neither leads")),
        ("GET", "/stories/none", None, ("Không có chuyện", "There is no story")),
    ],
)
def test_every_problem_is_told_in_two_languages(
    ask: Asking, method: str, path: str, body: object, words: tuple[str, str]
) -> None:
    told = ask(path.format(road=ask.put.ids["road"]), method, role=Role.OFFICER, body=body).json()
    vietnamese = " ".join([told["detail"], *(each["reason"] for each in told.get("errors", ()))])
    english = " ".join([told["detail_en"], *(each["reason_en"] for each in told.get("errors", ()))])
    assert words[0] in vietnamese, told
    assert words[1] in english, told
    assert told["detail"] != told["detail_en"]


# -- what comes back


def test_an_answer_that_is_known_already_is_not_sent_again(ask: Asking) -> None:
    first = ask("/outlets", role=Role.VIEWER)
    tag = first.headers["etag"]
    again = ask("/outlets", role=Role.VIEWER, headers=[("if-none-match", f'"x", {tag}')])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert ask("/outlets", role=Role.VIEWER, headers=[("if-none-match", '"x"')]).status_code == 200
    assert ask("/outlets", headers=[("if-none-match", tag)]).status_code == 401


def test_long_answers_are_compressed_and_nothing_is_kept_by_others(ask: Asking) -> None:
    answer = ask("/search", role=Role.VIEWER, headers=[("accept-encoding", "gzip")])
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_head_is_get_without_its_body(ask: Asking) -> None:
    answer = ask("/outlets", "HEAD", role=Role.VIEWER)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == ask("/outlets", role=Role.VIEWER).headers["etag"]
