"""Reads the themes and the provinces' profiles (YAML beside this file) into frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Theme:
    """One of the fixed themes; ``covers`` says in one sentence what it takes in."""

    id: str
    vi: str
    en: str
    covers: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is named today. ``plan_names`` are the names the plan uses for it; ``since`` is the ISO
    date of the succession where it is known; ``note`` says what is not known.
    """

    id: str
    name: str
    plan_names: tuple[str, ...] = ()
    since: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the plan. ``lead`` and ``helping`` are unit ids; ``time`` is as the plan says it;
    ``start`` and ``end`` are years (None: every year, or not said).
    """

    number: str
    title: str
    lead: tuple[str, ...]
    helping: tuple[str, ...]
    time: str
    start: int | None = None
    end: int | None = None
    themes: tuple[str, ...] = ()

    def expired(self, year: int) -> bool:
        return self.end is not None and self.end < year


@dataclass(frozen=True, slots=True)
class Place:
    """A named place of the province. ``area`` is the former province it lay in; ``sure`` is False for a
    name that is shared or is a common word, and then needs company to count.
    """

    name: str
    kind: str
    area: str
    sure: bool = True
    exonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one province asks us to watch. ``areas`` are the ids of the former provinces that articles are
    judged about as well; ``fields`` maps every theme to a unit id of today.
    """

    id: str
    name: str
    name_en: str
    areas: tuple[str, ...]
    units: Mapping[str, Unit]
    groups: Mapping[str, str]
    tasks: tuple[Task, ...]
    fields: Mapping[str, str]
    places: tuple[Place, ...]
    timezone: str = "Asia/Ho_Chi_Minh"


def themes() -> Mapping[str, Theme]:
    """The 18 fixed themes by id, in the order of the plan."""
    raise NotImplementedError


def profile(province: str) -> Profile:
    """The profile of a province.

    Raises:
        Misconfigured: no such profile, or a mistake in its file (with the place).
    """
    raise NotImplementedError
