"""The HTML of the pages at the door. They need no script, and are drawn before anybody is signed in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from dashboard.forms import html
from dashboard.page import ICON
from dashboard.texts import LANGUAGES, Words

STYLE: Final = Path(__file__).with_name("entrance.css").read_text(encoding="utf-8")
_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

# Stricter than that of the screens: no script at all, one style, forms to ourselves.
POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        f"style-src 'sha256-{_HASH}'",
        "font-src 'self'",
        "img-src data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form. ``kind`` is HTML's, ``fill`` what a browser may fill in."""

    name: str
    label: str
    kind: str = "text"
    fill: str = "off"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    to: str
    fields: tuple[Field, ...]
    button: str
    hidden: tuple[tuple[str, str], ...] = ()
    second: bool = False  # a quieter button


def page(say: Words, path: str, title: str, parts: Iterable[str], kept: Mapping[str, str]) -> str:
    """``kept`` are the parameters of the address that the other language's page needs too."""
    other = next(language for language in LANGUAGES if language != say.language)
    address = html(f"{path}?{urlencode({**kept, 'lang': other})}")
    return (
        f'<!doctype html><html lang="{say.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{html(title)} · {html(say('app.name'))}</title>"
        f'<link rel="icon" href="{ICON}"><style>{STYLE}</style></head>'
        f"<body><header><b>{html(say('app.name'))}</b>"
        f'<a href="{address}" lang="{other}">{html(say(f"nav.{other}"))}</a></header>'
        f"<main><h1>{html(title)}</h1>{''.join(parts)}</main></body></html>"
    )


def text(words: str, kind: str = "") -> str:
    """A paragraph; ``kind`` is "bad", "good" or "faint"."""
    role = ' role="alert"' if kind == "bad" else ""
    return f'<p class="{kind}"{role}>{html(words)}</p>' if words else ""


def form(asked: Form) -> str:
    fields = "".join(_field(each, first=n == 0) for n, each in enumerate(asked.fields))
    hidden = "".join(f'<input type="hidden" name="{html(n)}" value="{html(v)}">' for n, v in asked.hidden)
    second = ' class="second"' if asked.second else ""
    return (
        f'<form method="post" action="{html(asked.to)}">{hidden}{fields}'
        f"<button{second}>{html(asked.button)}</button></form>"
    )


def link(to: str, words: str) -> str:
    return f'<p><a class="button second" href="{html(to)}">{html(words)}</a></p>'


def line() -> str:
    return "<hr>"


def _field(each: Field, *, first: bool) -> str:
    focus = " autofocus" if first else ""
    plain = ' autocapitalize="none" spellcheck="false"' if each.name == "ten" else ""
    return (
        f'<label>{html(each.label)}<input name="{each.name}" type="{each.kind}" value="{html(each.value)}"'
        f' autocomplete="{each.fill}" maxlength="200" required{plain}{focus}></label>'
    )
