"""The door of an installation: its accounts, its sessions, the cookie that a browser gets."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import urlsplit

from diembao.api.accounts import Accounts, secret_of
from diembao.api.keys import Keys
from diembao.api.limits import Limits
from diembao.api.passwords import Hasher
from diembao.api.rights import Act, Visitor, opens, place_of
from diembao.api.sessions import PLAIN_COOKIE, SECURE_COOKIE, Sessions
from diembao.api.tally import Tally
from diembao.core.record import Store
from diembao.core.settings import Settings

# Names and addresses of this machine itself.
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def is_loopback(host: str) -> bool:
    """Is this address, or the name in a Host header, this machine?"""
    return host.strip("[]").lower() in LOOPBACK


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Door:
    """``names`` are the host names, besides loopback, that this process answers to; ``for_others``: it listens to other
    machines too.
    """

    accounts: Accounts
    sessions: Sessions
    keys: Keys
    limits: Limits
    provinces: tuple[str, ...]
    tally: Tally
    names: frozenset[str]
    now: Callable[[], datetime] = utc_now
    public_https: bool = False
    for_others: bool = False

    def visitor(self, cookies: Mapping[str, str]) -> Visitor:
        return self.sessions.visitor(cookie_in(cookies))

    def opens(self, visitor: Visitor, act: Act) -> bool:
        """May they do this to anything in any of the provinces?"""
        several = len(self.provinces) > 1
        return any(opens(visitor, act, place_of(act, each, several=several)) for each in self.provinces)

    def set_cookie(self, token: str, *, secure: bool) -> str:
        """The header that gives a browser its session. It lasts as long as the browser; the session may end before."""
        return _cookie(self.sessions.cookie(token), secure=secure)

    def is_secure(self, scheme: str, host: str) -> bool:
        """Will the browser send the cookie over https only? Over https, and where the public address says so."""
        return scheme in {"https", "wss"} or (
            self.public_https and not is_loopback(urlsplit(f"//{host}").hostname or "")
        )


def drop_cookies() -> tuple[str, ...]:
    return tuple(_cookie("", secure=secure) + "; Max-Age=0" for secure in (False, True))


def _cookie(value: str, *, secure: bool) -> str:
    name = SECURE_COOKIE if secure else PLAIN_COOKIE
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")


def cookie_in(cookies: Mapping[str, str]) -> str:
    return cookies.get(SECURE_COOKIE) or cookies.get(PLAIN_COOKIE) or ""


def cookies_of(headers: Iterable[str]) -> dict[str, str]:
    """The cookies of a request. One that is there twice was put there by somebody else: neither counts."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for header in headers:
        for pair in header[:8000].split(";"):
            name, _, value = (part.strip() for part in pair.partition("="))
            twice |= {name} & found.keys()
            found[name] = value
    return {name: _unquoted(value) for name, value in found.items() if name not in twice}


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        return next((x.value for x in SimpleCookie(f"x={value}").values()), "")
    except CookieError:
        return ""


def open_door(  # noqa: PLR0913 (clocks and chance are given, never ambient)
    store: Store,
    settings: Settings,
    province: str,
    *,
    hasher: Hasher | None = None,
    now: Callable[[], datetime] = utc_now,
    clock: Callable[[], float] = time.monotonic,
    token: Callable[[], str] = lambda: secrets.token_urlsafe(32),
) -> Door:
    """The door of this installation, as one process sees it."""
    web = settings.web
    public = urlsplit(web.public_url)
    idle = timedelta(minutes=web.idle_minutes)
    names = {public.hostname or "", *web.names} - {""}
    accounts = Accounts(store, hasher or Hasher(), hours=web.session_hours, token=token)
    return Door(
        accounts=accounts,
        sessions=Sessions(store, secret_of(store, token), idle=idle, now=now, clock=clock),
        keys=Keys(store, accounts, now=now, clock=clock, token=token),
        limits=Limits(web.api_per_minute, clock),
        provinces=tuple(dict.fromkeys((province, *settings.watched))),
        tally=Tally(store, now, clock),
        names=frozenset(name.lower() for name in names),
        now=now,
        public_https=public.scheme == "https",
        for_others=not is_loopback(web.host),
    )
