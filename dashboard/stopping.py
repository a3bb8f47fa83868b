"""The page of the address in every alert mail: whoever got it says that they want no more of this alert.

To open it shows a button and changes nothing, for scanners of mail open every address; the button, or a mail program by
itself (RFC 8058), does it. Done twice it is done once. Nobody is signed in: the sealed number is all it takes, and all
that is said of the alert is its name and the address it went to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard import entrance_pages as pages
from dashboard.entrance_asked import QUIET
from dashboard.texts import LANGUAGES, Words
from diembao.api.limits import Limits, network
from diembao.core.accounts import Hand
from diembao.core.addresses import LENGTH
from diembao.core.alert import Channel, Recipient
from diembao.core.errors import Retry
from diembao.core.outgoing import Wanted
from diembao.pipeline.outgoing import stopped
from diembao.pipeline.wiring import Installation
from diembao.response.numbered import ADDRESS, STOP_PAGE, TOKEN, claimed

log = structlog.get_logger()

BY: Final = Hand("link", "link")


@dataclass(frozen=True)
class Stopping:
    """``house`` is the whole of the installation."""

    house: Installation
    now: Callable[[], datetime]
    limits: Limits

    def routes(self) -> list[Route]:
        return [Route(STOP_PAGE, self._answer, methods=["GET", "POST"])]

    async def _answer(self, request: Request) -> Response:
        token, wanted = request.query_params.get("ma", "")[: TOKEN + 1], request.query_params.get("lang", "")
        say = Words(wanted if wanted in LANGUAGES else self.house.settings.web.language)
        after = self.limits.of_asker(f"stop:{network(request.client.host if request.client else '')}")
        if after:
            often = [pages.text(say("reply.often"), "bad")]
            return _page(say, token, often, 429, {"Retry-After": str(round(after) + 1)})
        try:
            address = request.query_params.get(ADDRESS, "")[:LENGTH]
            found = await run_in_threadpool(self._found, token, address, doing=request.method == "POST")
        except Retry as error:
            log.warning("stopping-waits", why=str(error))
            return _page(say, token, [pages.text(say("enter.busy"), "bad")], 503)
        if found is None:
            return _page(say, token, [pages.text(say("stop.forged"), "bad")], 404)
        kept = {"ma": token} | ({ADDRESS: address} if address else {})
        return _page(say, token, _told(found, say, kept), kept=kept)

    def _found(self, token: str, address: str, *, doing: bool) -> Wanted | None:
        """``address``: to whom a trial went; it is part of what is sealed."""
        to = Recipient(Channel.MAIL, address) if address else None
        number = self._of_trial(token, to) if to else self.house.stops.opened(token)
        if number is None:
            return None
        if doing:
            wanted = self.house.record.stop(number, now=self.now(), by=BY, to=to)
            if wanted and not wanted.stopped:  # they had not before
                stopped(self.house, wanted, self.now())
        return self.house.record.wanted(number, to)

    def _of_trial(self, token: str, to: Recipient) -> int | None:
        tried = self.house.record.wanted(claimed(token), to)
        return self.house.trial_stops(to.address, tried.subscription).opened(token) if tried else None


def _told(found: Wanted, say: Words, kept: Mapping[str, str]) -> list[str]:
    named = {"name": found.subscription, "address": found.to.address}
    if found.stopped:
        return [pages.text(say("stop.done", **named), "good"), pages.text(say("stop.again"), "faint")]
    to = f"{STOP_PAGE}?{urlencode({**kept, 'lang': say.language})}"
    return [pages.text(say("stop.ask", **named)), pages.form(pages.Form(to, (), say("stop.go")))]


def _page(
    say: Words,
    token: str,
    parts: list[str],
    status: int = 200,
    more: dict[str, str] | None = None,
    kept: Mapping[str, str] | None = None,
) -> HTMLResponse:
    made = pages.page(say, STOP_PAGE, say("stop.title"), parts, kept or {"ma": token})
    return HTMLResponse(made, status, headers={**QUIET, **(more or {})})
