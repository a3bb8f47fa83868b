"""What a profile says of the office itself: its letterhead, deadlines, hours, reports and briefing kits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues documents, and to whom (the form of Decree 30/2020/NĐ-CP). ``parent`` and ``issuer`` are in capitals
    and may have line breaks; ``symbol`` follows the number ("BC-SVHTTDL"); ``to`` is who is addressed, ``copies`` all
    that "Nơi nhận" lists, the line of the archive last; ``signer`` may be empty until it is signed.
    """

    parent: str = ""
    issuer: str = ""
    symbol: str = ""
    place: str = ""
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signer_title: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How soon a case is to be answered, by priority: so many hours by the clock, or so many working days (the other
    is 0). ``source`` says where that stands, ``checked`` (ISO date) when it was looked up.
    """

    hours: Mapping[str, int]
    working_days: Mapping[str, int]
    source: str
    checked: str


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """``hours`` ("07:30-11:30") of each of ``days`` (Monday is 0); ``source`` says where that stands, or that it is a
    proposal.
    """

    days: tuple[int, ...]
    hours: tuple[str, ...]
    source: str
    checked: str


@dataclass(frozen=True, slots=True)
class ReportDate:
    """A report that the plan asks for every year. ``before`` is MM-DD; empty: it names no day."""

    name: str
    before: str
    source: str


@dataclass(frozen=True, slots=True)
class Kit:
    """A matter that a briefing kit is kept about. ``searches`` are (name, query), there from the start."""

    id: str
    theme: str
    vi: str
    en: str
    languages: tuple[str, ...]
    searches: tuple[tuple[str, str], ...] = ()
