"""The page that a signed link opens: a unit answers one request, without an account.

It shows what the unit was asked, and nothing else of the case. Whoever has the link may answer, once; a link that is
forged, used, replaced, revoked or over gets a page that says so. The token stands in no log: it is looked at before
any body is read, and asked for again with every request (no other site can know it, so none can send the form).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request as Asked
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard import entrance_pages as pages
from dashboard.entrance_asked import QUIET
from dashboard.forms import html, in_language, moment
from dashboard.texts import LANGUAGES, Words
from diembao.api.limits import Limits, network
from diembao.core.case import CaseFile
from diembao.core.errors import Retry, WrongUse
from diembao.core.requests import Request
from diembao.pipeline.wiring import Installation
from diembao.response import files
from diembao.response.asking import ANSWER, FILES, Answer, check_link
from diembao.response.links import PAGE, TOKEN
from diembao.response.request_letters import Letters
from diembao.response.requests import Requests

log = structlog.get_logger()

# Looks and answers of one address in a minute: an office behind one address has a few links at most.
PER_MINUTE: Final = 30
# Bytes of a field that is no file.
_FIELD: Final = 4 * ANSWER + 1000


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link that holds opens: the request of a case, as its province sees it."""

    house: Installation
    found: CaseFile
    asked: Request
    link: tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Shut:
    """Why a link opens nothing, in both languages."""

    why: tuple[str, str]
    status: int


@dataclass(frozen=True)
class Reply:
    """``clock`` counts seconds, for the limits."""

    house: Installation
    now: Callable[[], datetime]
    limits: Limits

    def routes(self) -> list[Route]:
        return [Route(PAGE, self._answer, methods=["GET", "POST"])]

    async def _answer(self, request: Asked) -> Response:
        token = request.query_params.get("ma", "")[: TOKEN + 1]
        wanted = request.query_params.get("lang", "")
        say = Words(wanted if wanted in LANGUAGES else self.house.settings.web.language)
        after = self.limits.of_asker(f"reply:{network(request.client.host if request.client else '')}")
        if after:
            return _page(
                say, token, [pages.text(say("reply.often"), "bad")], 429, {"Retry-After": str(round(after) + 1)}
            )
        try:
            opened = await run_in_threadpool(self._open, token)
            if isinstance(opened, Shut):
                log.info("link-shut", why=opened.why[1])
                why = opened.why[LANGUAGES.index(say.language)]
                return _page(
                    say, token, [pages.text(f"{why}.", "bad"), pages.text(say("reply.shut"), "faint")], opened.status
                )
            if request.method != "POST":
                return _page(say, token, _form(opened, say, token))
            return await self._take(request, opened, say, token)
        except Retry as error:
            log.warning("reply-waits", why=str(error))
            return _page(say, token, [pages.text(say("enter.busy"), "bad")], 503)

    def _open(self, token: str) -> Opened | Shut:
        link = self.house.links.opened(token)
        for each in self.house.every if link else ():
            found = each.store.case_file(link[0]) if link else None
            asked = next((x for x in found.requests if link and x.number == link[1]), None) if found else None
            if link is None or found is None or asked is None:
                continue
            why = check_link(asked, link[2], self.now())
            return Shut(why, 410) if why else Opened(each, found, asked, link)
        return Shut(_FORGED, 404)

    async def _take(self, request: Asked, opened: Opened, say: Words, token: str) -> Response:
        try:
            async with request.form(max_files=FILES + 1, max_fields=5, max_part_size=_FIELD) as form:
                answer = await _given(form)
            await run_in_threadpool(self._file, opened, answer)
        except HTTPException:  # no form of ours: Starlette says so
            return _page(say, token, [pages.text(say("reply.unreadable"), "bad"), *_form(opened, say, token)], 400)
        except WrongUse as error:
            wrong = pages.text(f"{in_language(str(error), say)}.", "bad")
            return _page(say, token, [wrong, *_form(opened, say, token, answer.text)], 400)
        return _page(say, token, [pages.text(say("reply.done"), "good"), pages.text(say("reply.done_more"), "faint")])

    def _file(self, opened: Opened, answer: Answer) -> None:
        room = Requests(opened.house.store, opened.house.profile)
        room.answer_by_link(opened.link, answer, self.now(), "link")


_FORGED: Final = "Liên kết này không đúng", "This link is not right"


async def _given(form: FormData) -> Answer:
    """Files without a name are what a browser sends where none was chosen."""
    text = form.get("noi_dung")
    sent = [each for each in form.getlist("tep") if isinstance(each, UploadFile) and each.filename]
    read = [(each.filename or "", await each.read(files.LARGEST + 1)) for each in sent]
    # As a browser sends line ends.
    return Answer(text.replace("\r\n", "\n") if isinstance(text, str) else "", read)


def _form(opened: Opened, say: Words, token: str, typed: str = "") -> Iterable[str]:
    asked, zone = opened.asked, opened.house.profile.timezone
    office = Letters(opened.house.profile).issuer
    yield f'<p class="faint">{html(say("reply.for", office=office, unit=asked.unit_name))}</p>'
    yield f"<h2>{html(opened.found.case.details.title)}</h2>"
    yield _lines(asked.question)
    for claim in opened.found.claims:
        if claim.number in asked.claims:
            yield f"<blockquote>“{html(claim.quote)}”<br><small>{html(claim.url)}</small></blockquote>"
    if asked.due_at:
        yield pages.text(say("reply.until", time=moment(asked.due_at, zone)))
    accept = ",".join(f".{each}" for each in files.ENDINGS)
    help_text = say("reply.files", n=FILES, m=files.LARGEST // 1_000_000, kinds=", ".join(files.ENDINGS))
    yield (
        f'<form method="post" action="{PAGE}?ma={html(token)}&amp;lang={say.language}" enctype="multipart/form-data">'
        f"<label>{html(say('requests.answer_text'))}"
        f'<textarea name="noi_dung" rows="9" maxlength="{ANSWER}">{html(typed)}</textarea></label>'
        f'<label>{html(help_text)}<input type="file" name="tep" multiple accept="{accept}"></label>'
        f"<button>{html(say('reply.send'))}</button></form>"
    )
    yield pages.text(say("reply.once"), "faint")


def _lines(text: str) -> str:
    return "".join(f"<p>{html(each)}</p>" for each in text.splitlines() if each.strip())


def _page(
    say: Words, token: str, parts: Iterable[str], status: int = 200, more: dict[str, str] | None = None
) -> HTMLResponse:
    made = pages.page(say, PAGE, say("reply.title"), parts, {"ma": token})
    return HTMLResponse(made.replace("<main>", '<main class="wide">'), status, headers={**QUIET, **(more or {})})
