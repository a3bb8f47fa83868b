"""Numbers, dates and words of others, as a reader of Vietnamese expects them.

What outlets wrote is never interpreted: `plain` disarms Markdown, `html` disarms HTML.
"""

from __future__ import annotations

import html as html_module
import re
import string
import unicodedata
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.texts import LANGUAGES, Words
from diembao.api.problems import halves

_PUNCTUATION: Final = {ord(sign): f"\\{sign}" for sign in string.punctuation}
# Streamlit replaces these in text after Markdown is read, so a backslash does not stop them: a word
# joiner (which shows nothing) between the characters does. `:name:` icons, arrows and long dashes, and bare
# addresses, which would become links.
_REPLACED: Final = re.compile(r":(?=[\w+/-]+:)|:(?=//)|[Ww]{3}(?=\.)|<(?=-)|-(?=[->])|=(?=>)", re.ASCII)
_JOINER: Final = "\u2060"
_SPACE: Final = re.compile(r"\s+")
# Letters and signs by their category that show nothing all the same: fillers of Hangul, the empty sign of Braille.
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_SWAPPED: Final = str.maketrans(",.", ".,")
# Texts kept as Markdown: all of some screens, each a few hundred characters.
_KEPT: Final = 4000

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@lru_cache(maxsize=_KEPT)
def plain(text: str) -> str:
    """One line of someone else's text, as Markdown that shows exactly it."""
    line = _SPACE.sub(" ", text).strip()
    return _REPLACED.sub(lambda found: found.group() + _JOINER, line).translate(_PUNCTUATION)


def html(text: str) -> str:
    """Someone else's text, as HTML that shows exactly it."""
    return html_module.escape(text, quote=True)


def seen(text: str, otherwise: str) -> str:
    """Someone else's title; ``otherwise`` where nothing of it can be seen, and a link would be nowhere to click."""
    return text if any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANK for one in text) else otherwise


def number(value: float, say: Words, digits: int = 0) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English."""
    text = f"{value:,.{digits}f}"
    return text.translate(_SWAPPED) if say.language == "vi" else text


def mean(value: float, say: Words) -> str:
    """A mean has one digit, except where it is whole."""
    return number(value, say, 0 if value == int(value) else 1)


def local(time: datetime, zone: str) -> datetime:
    return time.astimezone(ZoneInfo(zone))


def date(time: datetime, zone: str) -> str:
    return local(time, zone).strftime("%d/%m/%Y")


def moment(time: datetime, zone: str) -> str:
    """21/11/2026 06:12."""
    return local(time, zone).strftime("%d/%m/%Y %H:%M")


def clock(time: datetime, now: datetime, zone: str, say: Words) -> str:
    """06:12 today, 17:42 yesterday, else with the date."""
    there, today = local(time, zone), local(now, zone).date()
    if there.date() == today:
        return there.strftime("%H:%M")
    if there.date() == today - DAY:
        return say("time.yesterday", time=there.strftime("%H:%M"))
    return there.strftime("%H:%M %d/%m" if there.year == today.year else "%H:%M %d/%m/%Y")


def ago(time: datetime, now: datetime, say: Words) -> str:
    passed = now - time
    if passed < MINUTE:
        return say("ago.now")
    if passed < HOUR:
        return say("ago.minutes", n=passed // MINUTE)
    if passed < 2 * DAY:
        return say("ago.hours", n=passed // HOUR)
    return say("ago.days", n=number(passed // DAY, say))


def day_name(time: datetime, zone: str, say: Words) -> str:
    return say(f"day.{local(time, zone).weekday()}")


def shortened(text: str, length: int) -> str:
    """At most so many characters, cut between words where there are any."""
    text = _SPACE.sub(" ", text).strip()
    if len(text) <= length:
        return text
    cut = text[:length]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:.") + "…"


def in_language(message: str, say: Words) -> str:
    """Messages of the trunk are in both languages: the reader's half."""
    return halves(message)[LANGUAGES.index(say.language)]
