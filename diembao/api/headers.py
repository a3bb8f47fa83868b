"""What the headers of a request say, read once and believed as little as may be."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.types import Scope

Headers = Mapping[str, list[str]]

# A request's id that somebody else gave: letters of no meaning anywhere.
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_TOKEN: Final = re.compile(r"(?i:bearer) +([A-Za-z0-9._~+/-]{1,200})")


def headers_of(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def first(headers: Headers, name: str) -> str:
    return headers.get(name, [""])[0]


def request_id(headers: Headers, new: Callable[[], str]) -> str:
    """The one that came with the request where it can be repeated safely, else a new one."""
    given = headers.get("x-request-id", [])
    return given[0] if len(given) == 1 and _ID.fullmatch(given[0]) else new()


def bearer(headers: Headers) -> str | None:
    """The key that was shown; empty: none that could be one. None: it was not tried."""
    given = headers.get("authorization")
    if given is None:
        return None
    found = _TOKEN.fullmatch(given[0].strip()) if len(given) == 1 else None
    return found[1] if found else ""


def varying_once(answered: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, each name of `Vary` once: several parts of the house say the same."""
    given = [value for name, value in answered if name.lower() == b"vary"]
    if not given:
        return list(answered)
    names = {name.strip().lower(): name.strip() for name in b",".join(given).split(b",")}
    return [*(pair for pair in answered if pair[0].lower() != b"vary"), (b"vary", b", ".join(names.values()))]


def too_long(headers: Headers, most: int) -> bool:
    said = first(headers, "content-length")
    return bool(said) and (not said.isascii() or not said.isdigit() or len(said) > 12 or int(said) > most)


def says_from_where(headers: Headers) -> bool:
    """Our own page (an Origin that is not ours was turned away before), or a browser that says so itself."""
    return bool(headers.get("origin")) or first(headers, "sec-fetch-site") == "same-origin"


def is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def hostname(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # a port that is no number is refused
    except ValueError:
        return ""
    return "" if parts.username or parts.path or parts.query or parts.fragment else parts.hostname or ""


def netloc(origin: str) -> str:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in {"http", "https"} else ""
