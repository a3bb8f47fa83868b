"""From a claim to its answer by the API: quoted, evidence attached, drafted; and, for a person's session alone, a
verdict, the second person's approval, and the issue. Nothing is sent to anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import FastAPI, File, Request, UploadFile

from diembao.api import casework, cursors, problems, shapes
from diembao.api.bodies import TooLarge
from diembao.api.cursors import Cursor, Limit
from diembao.api.deeds import ClaimNumber, Deed, Key, Number, Told, case_of, no_case
from diembao.api.frame import Frame
from diembao.api.gate import visitor_of
from diembao.api.rights import Act, NotAllowed
from diembao.core.case import Act as Did
from diembao.core.case import Case
from diembao.core.errors import Outdated, WrongUse
from diembao.plan.answers import answers
from diembao.response import issuing
from diembao.response.acts import Actor
from diembao.response.case_json import draft_of
from diembao.response.claims import Claims
from diembao.response.files import LARGEST
from diembao.response.statements import Leaving, Statements, Wording

Attached = Annotated[UploadFile, File(description="PDF, DOCX, XLSX, PNG, JPEG or TXT, up to 10 MB")]


def add(app: FastAPI, its: Frame) -> None:
    claims = Claims(its.house.store)

    def statements() -> Statements:
        return Statements(its.house.store, answers(its.house.plan_folder, its.house.profile))

    _claims(app, its, claims)
    _evidence(app, its, claims)
    _drafts(app, its, statements)
    _second(app, its, statements)
    _retraction(app, its, statements)


def _claims(app: FastAPI, its: Frame, claims: Claims) -> None:
    @app.post(
        "/v1/cases/{number}/claims", summary="Quote a sentence as a claim", response_model=shapes.Done, status_code=201
    )
    def quoted(number: Number, said: shapes.Quoting, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            return Told(case, Did.CLAIMED, claims.quote(number, said.article, said.sentence, actor).number)

        return Deed(its, request, key, said).to(number, Act.WORK_CASE, act)

    @app.post(
        "/v1/cases/{number}/claims/{claim}/verdict",
        summary="Say what is true of a claim, in one's own name; by no key",
        response_model=shapes.Done,
    )
    def marked(number: Number, claim: ClaimNumber, said: shapes.Marking, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            return Told(case, Did.MARKED, claims.mark(number, claim, said.verdict, said.why, actor).number)

        return Deed(its, request, key, said).to(number, Act.MARK_CLAIM, act)


def _evidence(app: FastAPI, its: Frame, claims: Claims) -> None:
    @app.post(
        "/v1/cases/{number}/claims/{claim}/exhibits",
        summary="Attach a link or an official document to a claim",
        response_model=shapes.Done,
        status_code=201,
    )
    def attached(number: Number, claim: ClaimNumber, said: shapes.Attaching, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            if bool(said.link.strip()) == bool(said.document.strip()):
                raise WrongUse("Gửi một trong hai: link hoặc document (Send one of link and document)")
            if said.link.strip():
                made = claims.attach_link(number, claim, said.link, said.name, actor)
            else:
                made = claims.attach_document(number, claim, said.document, said.name, actor)
            return Told(case, Did.ATTACHED, made.number)

        return Deed(its, request, key, said).to(number, Act.WORK_CASE, act)

    @app.post(
        "/v1/cases/{number}/claims/{claim}/files",
        summary="Attach a file to a claim (multipart/form-data)",
        response_model=shapes.Done,
        status_code=201,
    )
    def handed_in(number: Number, claim: ClaimNumber, file: Attached, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        name, data = file.filename or "", file.file.read(LARGEST + 1)  # one more says that it is too large
        if len(data) > LARGEST:
            raise TooLarge(LARGEST)

        def act(actor: Actor, case: Case) -> Told:
            return Told(case, Did.ATTACHED, claims.attach_file(number, claim, name, data, actor).number)

        return Deed(its, request, key, name.encode("utf-8", "replace") + b"\n" + data).to(number, Act.WORK_CASE, act)


def _drafts(app: FastAPI, its: Frame, statements: Callable[[], Statements]) -> None:
    house = its.house

    @app.get(
        "/v1/cases/{number}/drafts",
        summary="Versions of the statement, for who may write at it",
        response_model=shapes.Drafts,
    )
    def drafts(number: Number, request: Request, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401
        case = case_of(its, request, number)
        if case is None:
            return no_case(number)
        if not casework.allowed(house, visitor_of(request), Act.DRAFT_ANSWER, case):
            raise NotAllowed(Act.DRAFT_ANSWER)
        found, question = house.store.case_file(number), f"drafts:{number}"
        newest_first = found.drafts[::-1] if found else ()
        page, left = cursors.older(newest_first, cursors.read(question, cursor, "i"), limit)
        following = cursors.write(question, [left]) if left else None
        return {"case": number, "drafts": [draft_of(each) for each in page], "next": following}

    @app.post(
        "/v1/cases/{number}/drafts",
        summary="Save a version of the statement",
        response_model=shapes.Done,
        status_code=201,
    )
    def drafted(number: Number, said: shapes.Drafting, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            wording = Wording(said.text, said.form, said.speaker, said.others, said.title, said.titles, said.speakers)
            return Told(case, Did.DRAFTED, statements().save(number, wording, actor, based_on=said.based_on))

        try:
            return Deed(its, request, key, said).to(number, Act.DRAFT_ANSWER, act)
        except Outdated as error:
            found = house.store.case_file(number)
            newest = found.draft.version if found and found.draft else 0
            kind, told = "urn:diembao:problem:outdated", problems.halves(str(error))
            return problems.problem(409, *told, kind=kind, more={"newest": newest})


def _second(app: FastAPI, its: Frame, statements: Callable[[], Statements]) -> None:
    house = its.house

    @app.post(
        "/v1/cases/{number}/approvals",
        summary="Approve a version that others wrote; by no key",
        response_model=shapes.Done,
        status_code=201,
    )
    def approved(number: Number, said: shapes.Approving, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            seen = replace(case, version=said.version)
            return Told(statements().approve(seen, said.draft, actor), Did.APPROVED, said.draft)

        return Deed(its, request, key, said).to(number, Act.APPROVE_ANSWER, act)

    @app.post(
        "/v1/cases/{number}/issues",
        summary="Make the documents of what was approved, and write down who gets them; by no key",
        response_model=shapes.Done,
        status_code=201,
    )
    def issued(number: Number, said: shapes.Issuing, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            seen = replace(case, version=said.version)
            leaving = Leaving(said.channel, said.recipients, said.registered)
            known = answers(house.plan_folder, house.profile)
            made = issuing.of_case(house.store, house.profile, known, seen, leaving, now=actor.now)
            return Told(case, Did.ISSUED, statements().issue(seen, leaving, made, actor).number)

        return Deed(its, request, key, said).to(number, Act.ISSUE_ANSWER, act)


def _retraction(app: FastAPI, its: Frame, statements: Callable[[], Statements]) -> None:
    @app.post(
        "/v1/cases/{number}/issues/{issue}/retraction",
        summary="Take an issued statement back, with its reason, by a second person; by no key",
        response_model=shapes.Done,
        status_code=201,
    )
    def retracted(number: Number, issue: ClaimNumber, said: shapes.Retracting, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            seen = replace(case, version=said.version)
            done = statements().retract(seen, issue, said.why, actor, successor=said.successor or 0)
            return Told(done, Did.RETRACTED, issue)

        return Deed(its, request, key, said).to(number, Act.APPROVE_ANSWER, act)
