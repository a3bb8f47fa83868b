"""Briefing kits: official facts on a matter the press keeps asking about, their sources, and how long they hold.

A person maintains them, or the ministry that says so hands them in (`Handed`; by feeds: `core.fact_feeds`); the
machine writes none of its own. A fact is never changed: another takes its place, and what it was stays with who ended
it. One that no longer holds is shown as such, never left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol
from urllib.parse import urlsplit

from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.names import LANGUAGE_NAMES
from diembao.core.text import nfc

# Characters; facts of one kit that stand at one time.
TEXT: Final = 4000
SOURCE: Final = 500
REF: Final = 200
MOST: Final = 500
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']{1,2000}")


class Holds(StrEnum):
    """Whether a fact may be quoted today."""

    NOW = "now"
    NOT_YET = "not-yet"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Fact:
    """``source`` names the document or office that says so, ``url`` where it can be read, if anywhere; ``start`` and
    ``end`` are the first and last day on which it holds (None: not limited). ``number`` is given by the record.
    """

    kit: str
    language: str
    text: str
    source: str
    url: str = ""
    start: date | None = None
    end: date | None = None
    number: int = 0
    by: str = ""
    at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""

    def holds(self, today: date) -> Holds:
        if self.end is not None and self.end < today:
            return Holds.EXPIRED
        return Holds.NOT_YET if self.start is not None and self.start > today else Holds.NOW


class Taken(StrEnum):
    """What became of a fact that another system handed in."""

    ADDED = "added"
    REPLACED = "replaced"  # another stood under its reference
    UNCHANGED = "unchanged"  # it stands already
    ENDED = "ended"
    KEPT = "kept"  # a person here has ended or replaced it: their word stands
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Handed:
    """A fact as another system hands it in. ``ref`` is what it is called there; under "" it is known by its own words.
    ``ended``: it holds no longer, and nothing else is said of it. ``undated``: its days are those of its coming, so
    that the same words on another day are nothing new.
    """

    fact: Fact
    ref: str = ""
    ended: bool = False
    undated: bool = False

    @property
    def known_as(self) -> str:
        return self.ref or f"sha256:{_digest(self.fact)}"


@dataclass(frozen=True, slots=True)
class Received:
    """``number`` is that of the fact that was added, ended, or stands; ``why`` it was refused as `WrongUse` says it;
    ``full``: because the kit holds no more now.
    """

    taken: Taken
    number: int | None = None
    why: str = ""
    full: bool = False


class Full(WrongUse):
    """A kit holds no more facts now."""


class KitBook(Protocol):
    """The part of the store that keeps them; each province has its own."""

    def facts(self, kit: str = "", *, ended: bool = False) -> Sequence[Fact]:
        """Those that stand (``ended``: those that were ended too), by kit, language and number."""

    def add_fact(self, fact: Fact, hand: Hand, now: datetime, *, instead: int = 0) -> int:
        """Its number. ``instead``: in the place of that one, which ends.

        Raises:
            WrongUse: it will not do (`checked`), there are too many, or the other does not stand.
        """

    def take_facts(self, handed: Sequence[Handed], hand: Hand, now: datetime) -> Sequence[Received]:
        """In one transaction, in their order; what will not do is refused by itself. Handed in once more, nothing is
        done: what stands is unchanged, and what a person has ended or replaced since stays as they left it.
        """

    def end_fact(self, number: int, hand: Hand, now: datetime) -> None:
        """WrongUse: there is none of this number that stands."""


def _digest(fact: Fact) -> str:
    said = [fact.language, fact.text, fact.source, fact.url, str(fact.start), str(fact.end)]
    return hashlib.sha256("\x1f".join(said).encode("utf-8", "replace")).hexdigest()[:32]


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return _ADDRESS.fullmatch(url) is not None and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket that is not closed, a port that is none
        return False


def checked(fact: Fact) -> Fact:
    """As it is kept.

    Raises:
        WrongUse: no words or no source, too long, an address or days that will not do.
    """
    text, source, url = (" ".join(nfc(part).split()) for part in (fact.text, fact.source, fact.url))
    if not text or len(text) > TEXT:
        raise WrongUse(f"Nội dung có 1 đến {TEXT} ký tự. / A fact has 1 to {TEXT} characters.")
    if not source or len(source) > SOURCE:
        raise WrongUse(f"Nguồn có 1 đến {SOURCE} ký tự. / A source has 1 to {SOURCE} characters.")
    if url and not _is_address(url):
        raise WrongUse("Địa chỉ bắt đầu bằng http:// hay https://. / An address begins with http:// or https://.")
    if not _LANGUAGE.fullmatch(fact.language):
        raise WrongUse("Ngôn ngữ viết như vi, en, zh-Hans. / A language is written like vi, en, zh-Hans.")
    if fact.language.partition("-")[0] not in LANGUAGE_NAMES:
        known = ", ".join(LANGUAGE_NAMES)
        raise WrongUse(
            f"Không có ngôn ngữ “{fact.language}” ở đây; dùng {known}."
            f" / There is no language '{fact.language}' here; use {known}."
        )
    if fact.start and fact.end and fact.end < fact.start:
        raise WrongUse("Ngày hết hiệu lực đứng trước ngày bắt đầu. / The last day is before the first.")
    return Fact(fact.kit, fact.language, text, source, url, fact.start, fact.end)
