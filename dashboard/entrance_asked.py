"""What a request at the door says: where to go on, in which language, and its form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from dashboard import entrance_pages as pages
from dashboard.texts import LANGUAGES, Words
from diembao.api import paths
from diembao.api.accounts import Caller
from diembao.api.gate import SIGN_IN

SIGN_OUT: Final = "/dang-xuat"
# Bytes of a form: names, passwords, a token.
FORM: Final = 8_000
QUIET: Final = {"Content-Security-Policy": pages.POLICY, "Cache-Control": "no-store"}


@dataclass(frozen=True)
class Asked:
    """What a request says: where to go on, in which language, and its form."""

    path: str
    say: Words
    query: Mapping[str, str]
    form: Mapping[str, str]

    @classmethod
    async def of(cls, request: Request, language: str) -> Asked:
        form = await _form(request) if request.method == "POST" else {}
        wanted = request.query_params.get("lang", "")
        words = Words(wanted if wanted in LANGUAGES else language)
        return cls(request.url.path, words, dict(request.query_params), form)

    @property
    def to(self) -> str:
        """Where to go on: an address of ours, else nothing."""
        asked = self.form.get("tiep") or self.query.get("tiep", "")
        parts = urlsplit(asked) if asked.startswith("/") and asked.isprintable() else None
        ours = parts is not None and not parts.netloc and paths.act_of("GET", parts.path) is not None
        return asked if ours and not asked.startswith((SIGN_IN, SIGN_OUT)) else ""

    def onward(self) -> RedirectResponse:
        return RedirectResponse(self.to or "/", 303, headers={"Cache-Control": "no-store"})

    def page(self, title: str, parts: Iterable[str], status: int = 200, **kept: str) -> HTMLResponse:
        kept |= {"tiep": self.to} if self.to else {}
        return HTMLResponse(pages.page(self.say, self.path, title, parts, kept), status, headers=QUIET)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form; of anything else, nothing."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM:
            return {}
    if kind != "application/x-www-form-urlencoded":
        return {}
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return {}


def caller_of(request: Request) -> Caller:
    return Caller(request.client.host if request.client else "", request.headers.get("user-agent", ""))
