"""What every act on a case by the API begins and ends with: the case, the right, the request that may be sent again.

`Idempotency-Key` makes a request safe to send again: the first line of the act bears a digest of the key (of this
sender), in the act's own transaction. Sent again, it is not done again, and answered as it stands; with another body it
is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Header, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from diembao.api import casework, problems
from diembao.api.frame import Frame
from diembao.api.gate import turned_away, visitor_of
from diembao.api.rights import Act, NotAllowed, Visitor
from diembao.core.case import Act as Did
from diembao.core.case import Case, CaseLine, CaseQuery, CaseState
from diembao.core.desk import Once
from diembao.core.errors import WrongUse
from diembao.response import titles
from diembao.response.acts import Actor
from diembao.response.case_json import summary

NUMBER: Final = r"^VV-([A-Z]{1,4}-)?[0-9]{4}-[0-9]{4,9}$"
Number = Annotated[str, Path(pattern=NUMBER, examples=["VV-2026-0042"])]
ClaimNumber = Annotated[int, Path(ge=1, le=10_000, examples=[1])]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{0,128}$",
        description="The request may be sent again with the same key and body: it is done once",
    ),
]

# Where a line of the log tells the number of what was made.
_NUMBERED: Final = {
    Did.CLAIMED: "claim",
    Did.MARKED: "claim",
    Did.ATTACHED: "exhibit",
    Did.DRAFTED: "version",
    Did.APPROVED: "version",
    Did.ISSUED: "issue",
    Did.RETRACTED: "issue",
    Did.ASKED: "request",
    Did.REMINDED: "request",
    Did.WITHDRAWN: "request",
}


@dataclass(frozen=True)
class Deed:
    """A request to do something. ``key`` is what its sender calls it, "" where it is sent once; ``asked`` what it
    asks.
    """

    its: Frame
    request: Request
    key: str
    asked: BaseModel | bytes

    @property
    def who(self) -> Visitor:
        return visitor_of(self.request)

    def actor(self) -> Actor:
        return Actor(self.who.actor, self.its.now(), self.who.where, self.once)

    @property
    def once(self) -> Once | None:
        if not self.key:
            return None
        said = self.asked if isinstance(self.asked, bytes) else self.asked.model_dump_json().encode()
        what = f"{self.request.method} {self.request.url.path}\n".encode() + said
        return Once(_digest(f"{self.who.actor}\n{self.key}".encode()), _digest(what))

    def do(self, act: Callable[[Actor], Told]) -> Any:  # noqa: ANN401 (what was done, or a problem)
        """Once, however often it is sent."""
        once = self.once
        if once and (before := self._before(once)):
            return before
        try:
            told = act(self.actor())
        except WrongUse:
            # Two of the same request at the same second: the other one was faster.
            if once and (before := self._before(once)):
                return before
            raise
        return self._done(told.case, told.act, told.number, repeated=False)

    def to(self, number: str, right: Act, act: Callable[[Actor, Case], Told]) -> Any:  # noqa: ANN401 (or a problem)
        """To the case of this number, as it stands now, where this visitor may do that to it."""
        case = case_of(self.its, self.request, number)
        if case is None:
            return no_case(number)
        if not casework.allowed(self.its.house, self.who, right, case):
            raise NotAllowed(right)
        return self.do(lambda actor: act(actor, case))

    def _before(self, once: Once) -> Any:  # noqa: ANN401 (what was done then, a problem, or nothing)
        found = self.its.house.store.line_once(once.key)
        if found is None:
            return None
        number, asked, line = found
        if asked != once.asked:
            return problems.problem(
                422,
                "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác.",
                "This Idempotency-Key was used for another request.",
                kind="urn:diembao:problem:idempotency",
            )
        case = case_of(self.its, self.request, number)
        return no_case(number) if case is None else self._done(case, line.act, numbered(line), repeated=True)

    def _done(self, case: Case, act: Did | None, number: int | None, *, repeated: bool) -> dict[str, Any]:
        now = self.its.now()
        standing = self.its.house.store.cases(CaseQuery(numbers=(case.number,)), limit=1)[1]
        stands = standing[0] if standing else case
        told = {"act": act, "at": now, "number": number, "repeated": repeated, "warnings": self._warned(stands, act)}
        return told | {"case": summary(stands, now)}

    def _warned(self, case: Case, act: Did | None) -> list[str]:
        """Of a statement that waits for a second person, or was just approved by one."""
        if case.state is not CaseState.APPROVAL or act not in {Did.MOVED, Did.APPROVED}:
            return []
        found = self.its.house.store.case_file(case.number)
        return list(titles.warnings(self.its.house.store, found)) if found else []


@dataclass(frozen=True)
class Told:
    """What was done to which case; ``number`` of what was made."""

    case: Case
    act: Did | None
    number: int | None = None


def numbered(line: CaseLine) -> int | None:
    name = _NUMBERED.get(line.act)
    return int(line.facts[name]) if name else None


def case_of(its: Frame, request: Request, number: str) -> Case | None:
    """None: it is not there, or this visitor may not see it; the gate writes the latter down."""
    _, found = its.house.store.cases(CaseQuery(numbers=(number,)), limit=1)
    if found and not casework.allowed(its.house, visitor_of(request), Act.READ_CASE, found[0]):
        turned_away(request, Act.READ_CASE)
        return None
    return found[0] if found else None


def no_case(number: str) -> JSONResponse:
    missing = f"Không có vụ việc {number}.", f"There is no case {number}."
    return problems.problem(404, *missing, kind="urn:diembao:problem:case")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
