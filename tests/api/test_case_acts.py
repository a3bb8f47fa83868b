"""Acts on a case by the API: sent twice and done once, two at one second, what a key may not, what is too large."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
import pytest

from diembao.api import bodies
from diembao.api.keys import SCOPES
from diembao.api.paths import EXHIBIT
from diembao.api.rights import Act
from diembao.core.accounts import Role
from diembao.core.case import MACHINE, Covered
from diembao.response.files import LARGEST
from tests.api.asking import OWN, UNIT, Asking
from tests.api.stages import DOCUMENT, approved, drafted, fresh, handed_in, issued, quoted, repeated
from tests.dashboard.seed import NOW

NOTE = {"text": "Đã gọi xã."}
GIGABYTES = 2_000_000_000


def post(ask: Asking, path: str, body: Any, *, role: Role = Role.OFFICER, key: str = "", **more: Any) -> httpx.Response:
    headers = [("idempotency-key", key)] if key else []
    return ask(path, "POST", role=role, body=body, headers=headers, **more)


def notes(ask: Asking, number: str) -> int:
    found = ask.house.store.case_file(number)
    assert found is not None
    return len(found.notes)


def test_a_case_is_opened_by_a_call_and_goes_on_with_its_version(ask: Asking) -> None:
    body = {"title": "Bãi rác", "unit": UNIT, "origin": "phone", "said": "Báo gọi hỏi."}
    told = post(ask, "/cases", body).json()
    number = told["case"]["number"]
    assert (told["act"], told["case"]["origin"], told["case"]["version"]) == ("opened", "phone", 1)
    moved = post(ask, f"/cases/{number}/moves", {"version": 1, "to": "taken"}).json()
    assert (moved["case"]["state"], moved["case"]["version"]) == ("taken", 2)
    late = post(ask, f"/cases/{number}/moves", {"version": 1, "to": "verifying"})
    assert (late.status_code, late.json()["type"]) == (409, "urn:diembao:problem:outdated")
    wrong = post(ask, f"/cases/{number}/moves", {"version": 2, "to": "closed", "reason": "xong"})
    assert wrong.status_code == 400
    assert wrong.json()["detail"].startswith("Chưa chọn kết quả")
    assert wrong.json()["detail_en"].startswith("What came of the case is missing")


def test_a_request_that_is_sent_again_is_done_once(ask: Asking) -> None:
    number = fresh(ask).number
    before = notes(ask, number)
    first, again = (post(ask, f"/cases/{number}/notes", NOTE, key="a-1").json() for _ in range(2))
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert again | {"repeated": False} == first
    assert notes(ask, number) == before + 1
    other = post(ask, f"/cases/{number}/notes", {"text": "Khác"}, key="a-1")
    assert (other.status_code, other.json()["type"]) == (422, "urn:diembao:problem:idempotency")
    # Another sender's key of the same name is another key.
    assert post(ask, f"/cases/{number}/notes", NOTE, key="a-1", role=Role.APPROVER).json()["repeated"] is False
    assert notes(ask, number) == before + 2


def test_what_was_made_is_told_again_with_its_number(ask: Asking) -> None:
    number, body = quoted(ask).number, {"document": "12/BC", "name": "Báo cáo"}
    path = f"/cases/{number}/claims/1/exhibits"
    found = [post(ask, path, body, key="b-1").json() for _ in range(2)]
    assert [each["number"] for each in found] == [2, 2]


def test_two_who_send_the_same_request_at_the_same_second_do_it_once(ask: Asking) -> None:
    number, together = fresh(ask).number, Barrier(4)
    before = notes(ask, number)
    ask.cookie(Role.OFFICER)

    def sending(_: int) -> bool:
        together.wait(30)
        answer = post(ask, f"/cases/{number}/notes", NOTE, key="c-1")
        assert answer.status_code == 201, answer.text
        return bool(answer.json()["repeated"])

    with ThreadPoolExecutor(4) as pool:
        repeated = list(pool.map(sending, range(4)))
    assert sorted(repeated) == [False, True, True, True]
    assert notes(ask, number) == before + 1


def test_who_wrote_on_an_older_version_is_told_which_one_is_new(ask: Asking) -> None:
    number = drafted(ask).number
    draft = {"text": "Một", "based_on": 0}
    assert post(ask, f"/cases/{number}/drafts", draft).json()["number"] == 1
    answer = post(ask, f"/cases/{number}/drafts", {"text": "Hai", "based_on": 0}, role=Role.APPROVER)
    assert (answer.status_code, answer.json()["newest"]) == (409, 1)
    told = ask(f"/cases/{number}/drafts", role=Role.OFFICER).json()["drafts"]
    assert [(each["version"], each["text"]) for each in told] == [(1, "Một")]


def test_a_key_of_a_person_works_and_drafts_but_neither_judges_nor_approves_nor_issues(ask: Asking) -> None:
    ask.cookie(Role.APPROVER)
    key = ask.key("may-soan", *SCOPES, account=ask.account("approver-x"))
    number = drafted(ask).number
    assert ask(f"/cases/{number}/notes", "POST", key=key, body=NOTE).status_code == 201
    assert ask(f"/cases/{number}/drafts", "POST", key=key, body={"text": "Một", "based_on": 0}).status_code == 201
    row = next(row for row in ask.house.store.audit() if row.act == "case.drafted")
    assert (row.actor, row.where.partition(":")[0]) == (f"person:{ask.account('approver-x')}", "key")
    refused = [
        (f"/cases/{quoted(ask).number}/claims/1/verdict", {"verdict": "accurate", "why": "Đúng"}),
        (f"/cases/{handed_in(ask).number}/approvals", {"version": 5, "draft": 1}),
        (f"/cases/{approved(ask).number}/issues", {"version": 6, "channel": "written", "recipients": "Báo"}),
    ]
    for path, body in refused:
        assert ask(path, "POST", key=key, body=body).status_code == 403, path
    assert {Act.MARK_CLAIM, Act.APPROVE_ANSWER, Act.ISSUE_ANSWER}.isdisjoint(SCOPES)


def test_whoever_drafted_by_a_key_does_not_approve_by_a_session(ask: Asking) -> None:
    """The second person is told by the person, whatever they come in with."""
    ask.cookie(Role.APPROVER)
    key = ask.key("may-viet", *SCOPES, account=ask.account("approver-x"))
    number = drafted(ask).number
    draft = {"title": "Tin", "text": "Sở thông tin.", "form": "written", "speaker": "Giám đốc", "based_on": 0}
    assert ask(f"/cases/{number}/drafts", "POST", key=key, body=draft).status_code == 201
    moved = post(ask, f"/cases/{number}/moves", {"version": 4, "to": "awaiting-approval"}).json()
    approval = {"version": moved["case"]["version"], "draft": 1}
    assert post(ask, f"/cases/{number}/approvals", approval, role=Role.APPROVER).status_code == 403


def test_a_claim_goes_to_its_issue_by_the_api(ask: Asking) -> None:
    number = quoted(ask).number
    verdict = {"verdict": "inaccurate", "why": "Biên bản nói khác"}
    assert post(ask, f"/cases/{number}/claims/1/verdict", verdict).status_code == 200
    headline = ask.house.store.article(ask.put.ids["waste"]).article.title  # type: ignore[union-attr]
    draft = {"text": "Sở thông tin. [#1]", "form": "written", "speaker": "Giám đốc", "others": {"en": "The office."}}
    draft |= {"titles": {"en": "A clarification"}, "speakers": {"en": "The director"}}
    hand_in = {"version": 4, "to": "awaiting-approval"}
    assert post(ask, f"/cases/{number}/drafts", {**draft, "based_on": 0}).status_code == 201
    assert "chưa có tiêu đề" in post(ask, f"/cases/{number}/moves", hand_in).json()["detail"]
    assert post(ask, f"/cases/{number}/drafts", {**draft, "title": headline.upper(), "based_on": 1}).status_code == 201
    handed = post(ask, f"/cases/{number}/moves", hand_in)
    assert handed.status_code == 200
    assert "trùng với tít" in handed.json()["warnings"][0]
    approval = post(ask, f"/cases/{number}/approvals", {"version": 5, "draft": 2}, role=Role.APPROVER)
    assert approval.status_code == 201
    assert len(approval.json()["warnings"]) == 1
    issue = {"version": 6, "channel": "written", "recipients": "Báo Gia Lai"}
    assert post(ask, f"/cases/{number}/issues", issue).json()["case"]["state"] == "issued"
    told = ask(f"/cases/{number}", role=Role.VIEWER).json()
    (statement,) = told["statements"]
    assert statement["texts"]["vi"] == "Sở thông tin."
    assert (statement["title"], statement["titles"]) == (headline.upper(), {"en": "A clarification"})
    assert statement["speakers"] == {"en": "The director"}
    assert statement["retracted"] is None
    back, path = {"version": 7, "why": "Số liệu của đơn vị sai"}, f"/cases/{number}/issues/1/retraction"
    assert post(ask, path, back).status_code == 403  # an officer issues, and takes nothing back
    assert post(ask, path, back | {"version": 6}, role=Role.APPROVER).status_code == 409
    assert post(ask, path, back, role=Role.APPROVER).json()["act"] == "retracted"
    assert post(ask, path, back | {"version": 8}, role=Role.APPROVER).status_code == 400
    (statement,) = ask(f"/cases/{number}", role=Role.VIEWER).json()["statements"]
    assert statement["texts"]["vi"] == "Sở thông tin."
    assert (statement["retracted"]["why"], statement["retracted"]["successor"]) == ("Số liệu của đơn vị sai", None)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("bien-ban.pdf", b"<html><script>alert(1)</script>", "không phải là tệp .pdf"),
        ("trang.html", b"<html>", "Chỉ nhận tệp"),
        ("gói.zip", b"PK\x03\x04", "Chỉ nhận tệp"),
        ("trong.txt", b"", "trống"),
    ],
)
def test_a_file_that_is_not_taken_is_told_why(ask: Asking, name: str, data: bytes, sentence: str) -> None:
    path = f"/cases/{quoted(ask).number}/claims/1/files"
    answer = ask(path, "POST", role=Role.OFFICER, file=(name, data))
    assert answer.status_code == 400, answer.text
    assert sentence in answer.json()["detail"]


def upload(ask: Asking, method: str, path: str, length: str) -> tuple[int, int]:
    """Two gigabytes, begun as a form with a file: the status, and how many bytes were taken of it."""
    read, head = 0, b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        yield head
        while read < GIGABYTES:
            read += 1_000_000
            yield b"x" * 1_000_000

    async def asking() -> int:
        told = {"cookie": ask.cookie(Role.OFFICER), "origin": OWN, "content-type": "multipart/form-data; boundary=b"}
        told |= {"content-length": length} if length else {}
        transport = httpx.ASGITransport(ask.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=OWN) as client:
            return (await client.request(method, path, headers=told, content=body())).status_code

    return asyncio.run(asking()), read


def test_an_upload_of_two_gigabytes_is_refused_before_it_is_read(ask: Asking) -> None:
    files = f"/api/v1/cases/{quoted(ask).number}/claims/1/files"
    assert upload(ask, "POST", files, str(GIGABYTES)) == (413, 0)
    assert upload(ask, "PUT", "/_stcore/upload_file/a/b", str(GIGABYTES)) == (413, 0)  # what a screen sends
    status, read = upload(ask, "POST", files, "")  # who does not say how much is cut off
    assert status == 413
    assert read <= EXHIBIT + bodies.DROPPED + 2_000_000


def test_a_file_and_a_body_that_are_too_large_are_one_problem_with_the_limit(ask: Asking) -> None:
    path = f"/cases/{quoted(ask).number}/claims/1/files"
    for size in (LARGEST + 1, EXHIBIT, EXHIBIT + 1_000_000):
        answer = ask(path, "POST", role=Role.OFFICER, file=("lon.txt", b"a" * size))
        told = answer.json()
        assert (answer.status_code, told["type"]) == (413, bodies.KIND)
        assert "lớn hơn 10 MB" in told["detail"]
        assert told["limit"] in {LARGEST, EXHIBIT}


def test_a_case_of_many_articles_is_told_in_pages(ask: Asking) -> None:
    case, ids = fresh(ask), list(ask.house.store.article_ids())
    with ask.house.store.writing() as write:
        write.cover(case.number, [Covered(each, MACHINE, NOW) for each in ids])
    told = ask(f"/cases/{case.number}", role=Role.VIEWER).json()
    assert (told["articles"], len(told["coverage"])) == (len(ids), min(100, len(ids)))
    seen, cursor = [], ""
    while True:
        page = ask(f"/cases/{case.number}/articles?limit=7&cursor={cursor}", role=Role.VIEWER).json()
        seen += [each["article"] for each in page["coverage"]]
        cursor = page["next"]
        if not cursor:
            break
    assert (page["total"], sorted(seen)) == (len(ids), sorted(ids))


def test_an_issued_document_is_handed_over_as_it_left_by_its_hash_and_by_no_other_case(ask: Asking) -> None:
    number, other = issued(ask).number, fresh(ask).number
    (statement,) = ask(f"/cases/{number}", role=Role.VIEWER).json()["statements"]
    answer = ask(f"/cases/{number}/documents/{statement['documents']['.txt']}", role=Role.VIEWER)
    assert (answer.content, answer.headers["content-disposition"]) == (
        DOCUMENT,
        f'attachment; filename="{number}-1.txt"',
    )
    page = ask(f"/cases/{number}/documents/{statement['documents']['.html']}", role=Role.VIEWER)
    assert page.headers["content-type"] == "application/octet-stream"
    missing = ask(f"/cases/{other}/documents/{statement['documents']['.txt']}", role=Role.VIEWER)
    assert (missing.status_code, missing.json()["type"]) == (404, "urn:diembao:problem:document")


def test_a_match_is_judged_by_the_api_and_what_is_no_match_is_refused(ask: Asking) -> None:
    number, flight = repeated(ask).number, ask.put.ids["flight"]
    (match,) = ask(f"/cases/{number}/matches", role=Role.VIEWER).json()["matches"]
    assert (match["article"], match["title"], match["judged"]) == (flight, "Kết quả lấy mẫu", None)
    said = {"claim": 1, "article": flight, "judged": "refused", "why": "Nói về sông khác"}
    assert post(ask, f"/cases/{number}/matches", said).json()["judged"] == "refused"
    assert ask(f"/cases/{number}/matches", role=Role.VIEWER).json()["matches"] == []
    unknown = post(ask, f"/cases/{number}/matches", {**said, "article": ask.put.ids["road"]})
    assert (unknown.status_code, "không được ghép" in unknown.json()["detail"]) == (400, True)
    assert post(ask, f"/cases/{number}/matches", said, role=Role.VIEWER).status_code == 403


def test_the_api_tells_who_works_at_the_desk_to_those_who_do(ask: Asking) -> None:
    ask.cookie(Role.OFFICER)
    known = ask("/people", role=Role.OFFICER).json()["people"]
    officer = next(each for each in known if each["name"] == "officer-x")
    assert officer == {
        "id": f"person:{ask.account('officer-x')}",
        "name": "officer-x",
        "shown": officer["shown"],
        "roles": ["officer"],
        "units": [],
        "active": True,
    }
    assert not any("administrator" in each["roles"] for each in known)
    assert ask("/people", role=Role.VIEWER).status_code == 403
