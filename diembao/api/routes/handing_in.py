"""Facts that ministries, units and other systems hand in: as NDJSON, CSV or a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from fastapi import FastAPI, Query, Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from diembao.api import parameters, problems, shapes
from diembao.api.frame import Frame
from diembao.api.gate import visitor_of
from diembao.api.rights import Act, Thing, Visitor, require
from diembao.api.routes.kits import KitId, no_kit
from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.kits import SOURCE, Handed, Received, Taken
from diembao.pipeline.handing_in import INSIDE, Form, Unread, Usual, leads_inside, read
from diembao.plan.office import Kit

# What a body is, by its Content-Type.
FORMS: Final[Mapping[str, Form]] = {
    "application/json": Form.JSON,
    "application/x-ndjson": Form.NDJSON,
    "text/csv": Form.CSV,
    "application/rss+xml": Form.FEED,
    "application/atom+xml": Form.FEED,
    "application/feed+json": Form.FEED,
}
_TEXT: Final = {"schema": {"type": "string"}}
_ONE: Final = {"schema": {"$ref": "#/components/schemas/HandedFact"}}
_BODY: Final = {
    "required": True,
    "content": {media: _ONE if media == "application/json" else _TEXT for media in FORMS},
    "description": "One fact as JSON; or one a line as NDJSON; or a table with these names at its head; or a feed",
}
Source = Annotated[
    str, Query(max_length=SOURCE, description="The document or office that says so, where a row does not")
]
Language = Annotated[str, Query(max_length=20, description="Of rows that do not say it", examples=["vi"])]
Days = Annotated[int, Query(ge=0, le=3660, description="Of a feed: days that an entry holds; 0: no end")]


def add(app: FastAPI, its: Frame) -> None:
    @app.post(
        "/v1/kits/{kit}/facts",
        summary="Hand in facts with their sources; what was handed in before is known again, and what a person has"
        " changed since stays",
        response_model=shapes.HandedIn,
        openapi_extra={"requestBody": _BODY},
    )
    async def hand_in(
        kit: KitId, request: Request, source: Source = "", language: Language = "vi", days: Days = 0
    ) -> Any:  # noqa: ANN401 (what became of them, or a problem)
        found = next((each for each in its.house.profile.kits if each.id == kit), None)
        if found is None:
            return no_kit(kit)
        who = visitor_of(request)
        require(who, Act.CHANGE_KIT, Thing(its.house.profile.id, units=(its.house.profile.fields[found.theme],)))
        form, data = _form(request), await request.body()
        usual = Usual(kit, source, language, days, its.house.profile.timezone)
        return await run_in_threadpool(_take, its, who, found, usual, form, data)


def _form(request: Request) -> Form:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in FORMS:
        known = ", ".join(FORMS)
        raise WrongUse(f"Content-Type là một trong {known} (Content-Type is one of {known})")
    return FORMS[media]


def _take(its: Frame, who: Visitor, kit: Kit, usual: Usual, form: Form, data: bytes) -> dict[str, Any]:
    now = its.now()
    allowed = its.house.settings.crawl.allow_private
    rows = [_outside(each, allowed) for each in read(data, form, usual, now, _reason)]
    good = [each for each in rows if not isinstance(each, Unread)]
    taken = its.house.store.take_facts([handed for _, handed in good], Hand(who.actor, who.where), now)
    told = [_told(line, each) for (line, _), each in zip(good, taken, strict=True)]
    told += [_told(each.line, Received(Taken.REFUSED, None, each.why)) for each in rows if isinstance(each, Unread)]
    counts = Counter(each["taken"] for each in told)
    told.sort(key=lambda each: each["line"])
    return {"kit": kit.id, "counts": {each.value: counts[each] for each in Taken}, "rows": told}


def _outside(row: tuple[int, Handed] | Unread, allowed: Sequence[str]) -> tuple[int, Handed] | Unread:
    """The row, or that its link leads into the office's own network."""
    if isinstance(row, Unread) or row[1].ended or not leads_inside(row[1].fact.url, allowed):
        return row
    vietnamese, english = (f"{row[1].fact.url[:80]}: {why}" for why in INSIDE)
    return Unread(row[0], f"{vietnamese} ({english})", row[1].ref)


def _told(line: int, received: Received) -> dict[str, Any]:
    reason, english = problems.halves(received.why) if received.why else (None, None)
    return {"line": line, "taken": received.taken, "number": received.number, "reason": reason, "reason_en": english}


def _reason(error: ValidationError) -> str:
    """The first thing that is wrong; never the value itself."""
    first = error.errors(include_url=False, include_input=False)[0]
    named = ".".join(map(str, first["loc"])) or "JSON"
    return f"{named}: {parameters.reason(first)} ({named}: {first['msg']})"
