"""The door as pages: signing in and out, one-time links, one's own password. Plain HTML on our own routes, so that a
password never passes through a screen's state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard import entrance_pages as pages
from dashboard.entrance_asked import SIGN_OUT, Asked, caller_of
from dashboard.entrance_pages import Field, Form
from dashboard.forms import in_language
from dashboard.texts import Words
from diembao.api import demo
from diembao.api.accounts import Locked, Opened, void
from diembao.api.door import Door, cookie_in, drop_cookies
from diembao.api.gate import SIGN_IN, visitor_of
from diembao.api.provider import COOKIE, LASTS, Provider
from diembao.api.rights import Visitor
from diembao.core.accounts import Hand, Link, Purpose
from diembao.core.errors import Misconfigured, RecordDamaged, Refused, Retry, WrongUse

log = structlog.get_logger()

FIRST, RESET, PASSWORD = "/lan-dau", "/dat-mat-khau", "/mat-khau"
PROVIDER: Final = f"{SIGN_IN}/don-vi"


@dataclass(frozen=True)
class Entrance:
    """``demo``: a button lets anybody at this machine in; ``provider``: the office's own sign-in is set up."""

    door: Door
    language: str
    demo: bool = False
    provider: Provider | None = None
    public_url: str = ""

    def routes(self) -> list[Route]:
        rows: tuple[tuple[str, Callable[[Request, Asked], Response]], ...] = (
            (SIGN_IN, self._sign_in),
            (PROVIDER, self._to_provider),
            (f"{PROVIDER}/ve", self._from_provider),
            (f"{SIGN_IN}/dung-thu", self._demo),
            (FIRST, self._first),
            (RESET, self._reset),
            (PASSWORD, self._password),
            (SIGN_OUT, self._leave),
            ("/phien", self._session),
        )
        return [Route(path, self._answering(answer), methods=["GET", "POST"]) for path, answer in rows]

    def _answering(self, answer: Callable[[Request, Asked], Response]) -> Callable[[Request], object]:
        async def answering(request: Request) -> Response:
            asked = await Asked.of(request, self.language)
            try:  # the work is done in a thread: passwords take their time
                return await run_in_threadpool(answer, request, asked)
            except RecordDamaged as error:
                log.warning("record-damaged", why=str(error))
                return asked.page(asked.say("enter.title"), [pages.text(asked.say("error.damaged"), "bad")], 500)
            except (Retry, Misconfigured) as error:
                log.warning("door-closed", error=str(error))
                return asked.page(asked.say("enter.title"), [pages.text(asked.say("enter.busy"), "bad")], 503)

        return answering

    # -- signing in
    def _sign_in(self, request: Request, asked: Asked) -> Response:
        if request.method != "POST":
            return asked.onward() if visitor_of(request).account else self._sign_in_page(asked)
        caller = caller_of(request)
        try:
            opened = self.door.accounts.sign_in(
                asked.form.get("ten", ""), asked.form.get("mat_khau", ""), caller, now=self.door.now()
            )
        except Locked as locked:
            answer = self._sign_in_page(asked, in_language(str(locked), asked.say), 429)
            answer.headers["Retry-After"] = str(round(locked.after))
            return answer
        except Refused as refused:
            return self._sign_in_page(asked, in_language(str(refused), asked.say), 401)
        return self.welcome(request, asked, opened)

    def welcome(self, request: Request, asked: Asked, opened: Opened) -> Response:
        """A new session, whatever the browser came with; the one it had has ended."""
        self.door.sessions.end(cookie_in(request.cookies))
        answer = asked.onward()
        secure = self._is_secure(request)
        answer.headers.append("set-cookie", self.door.set_cookie(opened.token, secure=secure))
        return answer

    def _sign_in_page(self, asked: Asked, wrong: str = "", status: int = 200) -> Response:
        say, parts = asked.say, [pages.text(wrong, "bad")]
        hidden = (("tiep", asked.to),) if asked.to else ()
        own = Form(
            SIGN_IN,
            (
                Field("ten", say("enter.name"), fill="username"),
                Field("mat_khau", say("enter.password"), "password", "current-password"),
            ),
            say("enter.go"),
            hidden,
            second=self.demo,
        )
        if self.demo:
            parts += [pages.text(say("enter.demo")), *self._demo_forms(say, hidden), pages.line()]
            parts.append(pages.text(say("enter.demo_or"), "faint"))
        elif not self.provider and not self.door.accounts.book.administrators():
            return asked.page(say("enter.title"), [*parts, pages.text(say("enter.first"))], status)
        parts.append(pages.form(own))
        if self.provider:
            parts.append(pages.link(f"{PROVIDER}?{urlencode(hidden)}" if hidden else PROVIDER, say("enter.provider")))
        return asked.page(say("enter.title"), [*parts, pages.text(say("enter.forgot"), "faint")], status)

    def _demo_forms(self, say: Words, hidden: tuple[tuple[str, str], ...]) -> Iterable[str]:
        to = f"{SIGN_IN}/dung-thu"
        yield pages.form(Form(to, (), say("enter.demo_go"), hidden))
        yield pages.form(Form(to, (), say("enter.demo_second"), (*hidden, ("vai", demo.SECOND)), second=True))

    def _demo(self, request: Request, asked: Asked) -> Response:
        if not self.demo or request.method != "POST":
            return self._sign_in_page(asked, status=404)
        account = demo.account(self.door.accounts, asked.form.get("vai", ""), now=self.door.now())
        opened = self.door.accounts.let_in(account, caller_of(request), how="demo", now=self.door.now())
        return self.welcome(request, asked, opened)

    # -- the office's own sign-in
    def _to_provider(self, request: Request, asked: Asked) -> Response:
        if self.provider is None:
            return self._sign_in_page(asked, status=404)
        started = self.provider.start(self._back(request), asked.to)
        answer = RedirectResponse(started.address, 303, headers={"Cache-Control": "no-store"})
        secure = self._is_secure(request)
        answer.set_cookie(
            COOKIE, started.kept, max_age=LASTS, path=PROVIDER, httponly=True, samesite="lax", secure=secure
        )
        return answer

    def _from_provider(self, request: Request, asked: Asked) -> Response:
        if self.provider is None:
            return self._sign_in_page(asked, status=404)
        kept = request.cookies.get(COOKIE, "")
        try:
            opened, to = self.provider.finish(asked.query, kept, caller_of(request), now=self.door.now())
        except Refused as refused:
            return self._sign_in_page(asked, in_language(str(refused), asked.say), 401)
        answer = self.welcome(request, replace(asked, query={"tiep": to}), opened)
        answer.delete_cookie(COOKIE, path=PROVIDER)
        return answer

    def _back(self, request: Request) -> str:
        return f"{self.public_url.rstrip('/') or str(request.base_url).rstrip('/')}{PROVIDER}/ve"

    def _is_secure(self, request: Request) -> bool:
        return self.door.is_secure(request.url.scheme, request.headers.get("host", ""))

    # -- one-time links
    def _first(self, request: Request, asked: Asked) -> Response:
        token = asked.form.get("ma") or asked.query.get("ma", "")
        link = self._open(token, Purpose.FIRST)
        if link is None:
            return asked.page(asked.say("first.title"), [self._void(asked)], 410)
        given = asked.form
        if request.method == "POST":
            wrong = self._differ(asked)
            if not wrong:
                try:
                    number = self.door.accounts.use_first(
                        token, given.get("ten", ""), given.get("ho_ten", ""), given["moi"], now=self.door.now()
                    )
                except WrongUse as error:
                    wrong = in_language(str(error), asked.say)
                else:
                    return self._come_in(request, asked, number)
            return self._first_page(asked, token, wrong)
        return self._first_page(asked, token)

    def _first_page(self, asked: Asked, token: str, wrong: str = "") -> Response:
        say = asked.say
        fields = (
            Field("ten", say("enter.name"), fill="username", value=asked.form.get("ten", "")),
            Field("ho_ten", say("set.shown"), fill="name", value=asked.form.get("ho_ten", "")),
            *_new(say),
        )
        parts = [pages.text(wrong, "bad"), pages.text(say("first.help")), pages.text(say("set.help"), "faint")]
        parts.append(pages.form(Form(FIRST, fields, say("first.go"), (("ma", token),))))
        return asked.page(say("first.title"), parts, 400 if wrong else 200, ma=token)

    def _reset(self, request: Request, asked: Asked) -> Response:
        token, say = asked.form.get("ma") or asked.query.get("ma", ""), asked.say
        link = self._open(token, Purpose.PASSWORD)
        account = self.door.accounts.book.account(link.account) if link and link.account else None
        if account is None:
            return asked.page(say("set.title"), [self._void(asked)], 410)
        wrong = self._differ(asked) if request.method == "POST" else ""
        if request.method == "POST" and not wrong:
            try:
                number = self.door.accounts.use_reset(token, asked.form["moi"], now=self.door.now())
            except WrongUse as error:
                wrong = in_language(str(error), say)
            else:
                self.door.sessions.forget()
                return self._come_in(request, asked, number)
        parts = [
            pages.text(wrong, "bad"),
            pages.text(say("set.for", name=account.name)),
            pages.text(say("set.help"), "faint"),
            pages.form(Form(RESET, _new(say), say("set.go"), (("ma", token),))),
        ]
        return asked.page(say("set.title"), parts, 400 if wrong else 200, ma=token)

    def _open(self, token: str, purpose: Purpose) -> Link | None:
        link = self.door.accounts.opened_link(token, self.door.now()) if token else None
        return link if link is not None and link.purpose is purpose else None

    def _void(self, asked: Asked) -> str:
        return pages.text(in_language(str(void()), asked.say), "bad")

    def _come_in(self, request: Request, asked: Asked, number: int) -> Response:
        opened = self.door.accounts.let_in(number, caller_of(request), how="link", now=self.door.now())
        return self.welcome(request, asked, opened)

    # -- one's own
    def _password(self, request: Request, asked: Asked) -> Response:
        who, cookie, say = visitor_of(request), cookie_in(request.cookies), asked.say
        wrong = done = ""
        if request.method == "POST":
            wrong = self._differ(asked) or self._change(who, cookie, asked)
            done = "" if wrong else say("set.done")
        account = self.door.accounts.book.account(who.account or 0)
        fields = (Field("cu", say("set.old"), "password", "current-password"), *_new(say))
        own = Form(PASSWORD, fields, say("set.change"), (("khoa", self.door.sessions.form_key(cookie)),))
        parts = [pages.text(wrong, "bad"), pages.text(done, "good"), pages.text(say("set.for", name=who.name))]
        if account is not None and account.has_password:
            parts += [pages.text(say("set.help"), "faint"), pages.form(own)]
        parts.append(pages.link("/tai-khoan", say("enter.back")))
        return asked.page(say("set.change"), parts, 400 if wrong else 200)

    def _change(self, who: Visitor, cookie: str, asked: Asked) -> str:
        """What was wrong."""
        account = self.door.accounts.book.account(who.account or 0)
        if account is None or not self.door.sessions.is_form_key(cookie, asked.form.get("khoa", "")):
            return asked.say("enter.busy")
        hand = Hand(who.actor, who.where)
        old, new = asked.form.get("cu", ""), asked.form["moi"]
        try:
            self.door.accounts.change_password(account, old, new, keep=who.session, by=hand, now=self.door.now())
        except (WrongUse, Locked) as error:
            return in_language(str(error), asked.say)
        self.door.sessions.forget()
        return ""

    def _leave(self, request: Request, asked: Asked) -> Response:
        """At once where our own page leads here (a browser says so, and no other site can make it say so)."""
        cookie, say = cookie_in(request.cookies), asked.say
        own_link = request.headers.get("sec-fetch-site") == "same-origin"
        own_form = self.door.sessions.is_form_key(cookie, asked.form.get("khoa", ""))
        if own_form if request.method == "POST" else own_link:
            self.door.sessions.end(cookie)
            answer = RedirectResponse(SIGN_IN, 303, headers={"Cache-Control": "no-store"})
            for drop in drop_cookies():
                answer.headers.append("set-cookie", drop)
            return answer
        ask = Form(SIGN_OUT, (), say("leave.title"), (("khoa", self.door.sessions.form_key(cookie)),))
        name = visitor_of(request).shown
        parts = [pages.text(say("leave.ask", name=name)), pages.form(ask), pages.link("/", say("enter.back"))]
        return asked.page(say("leave.title"), parts)

    def _session(self, request: Request, _asked: Asked) -> Response:
        """An open page asks now and then whether it still may; the gate answers 401 where it may not."""
        return JSONResponse({"name": visitor_of(request).name}, headers={"Cache-Control": "no-store"})

    def _differ(self, asked: Asked) -> str:
        given = asked.form
        if given.get("khoa") is None and given.get("ma") is None:
            return asked.say("enter.busy")
        same = given.get("moi") == given.get("lai") and given.get("moi") is not None
        return "" if same else asked.say("set.differ")


def _new(say: Words) -> tuple[Field, Field]:
    first = Field("moi", say("set.new"), "password", "new-password")
    return first, Field("lai", say("set.again"), "password", "new-password")
