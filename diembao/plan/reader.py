"""Reads the themes and the provinces' profiles (YAML beside this file) into frozen records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from diembao.core.accounts import Role
from diembao.core.errors import Misconfigured
from diembao.plan.office import (
    Answers,
    BriefingRhythm,
    Deadlines,
    Kit,
    Letterhead,
    OfficeHours,
    ReportDate,
    Routine,
    Season,
)

if TYPE_CHECKING:  # the schema needs pydantic and yaml, these records do not
    from diembao.plan.files import PlacesFile, ProfileFile
    from diembao.plan.theme_files import OwnTheme


@dataclass(frozen=True, slots=True)
class Theme:
    """One of the fixed themes; ``covers`` says in one sentence what it takes in."""

    id: str
    vi: str
    en: str
    covers: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is named today. ``plan_names`` are the names the plan uses for it; ``since`` is the ISO date of the
    succession where it is known; ``note`` says what is not known. ``areas`` are the provinces, today's or former, that
    it answers for; none: the whole. ``took_over`` are ids of units that stood here once and whose work it carries on.
    """

    id: str
    name: str
    plan_names: tuple[str, ...] = ()
    since: str = ""
    note: str = ""
    areas: tuple[str, ...] = ()
    took_over: tuple[str, ...] = ()


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
    """A named place of the province. ``area`` is the former province it lay in, or the province's own id for
    what belongs to all of it; ``sure`` is False for a name that is shared or is a common word, and then
    needs company to count. ``exonyms`` holds other spellings by language.
    """

    name: str
    kind: str
    area: str
    sure: bool = True
    exonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Namesake:
    """Words that hold a place's name and are not that place: a club, a company, a commune elsewhere.

    ``area`` is that of the list they stand in: where a club is at home.
    """

    name: str
    kind: str
    also: tuple[str, ...] = ()
    area: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What one province asks us to watch. ``areas`` are the ids of the former provinces whose places are told
    apart; articles are judged about ``id`` and about ``plan``, the (former) province whose plan this is.
    ``fields`` maps every theme to a unit id of today. ``whole`` is the area of what belongs to all of today's
    province, whose name means all of it from the ISO date ``merged`` on. ``hints`` are words, by area, that beside
    that name speak of one side.
    """

    id: str
    name: str
    name_en: str
    areas: tuple[str, ...]
    # Who does what: out of the repr, from which judges learn that they have to judge again.
    units: Mapping[str, Unit] = field(repr=False)
    groups: Mapping[str, str] = field(repr=False)
    tasks: tuple[Task, ...] = field(repr=False)
    fields: Mapping[str, str] = field(repr=False)
    places: tuple[Place, ...]
    timezone: str = "Asia/Ho_Chi_Minh"
    plan: str = ""
    merged: str = ""
    whole: str = ""
    namesakes: tuple[Namesake, ...] = ()
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    week_ends: int = field(default=3, repr=False)  # the last day of a week, Monday is 0; from here on: documents only
    letterhead: Letterhead = field(default=Letterhead(), repr=False)
    deadlines: Deadlines | None = field(default=None, repr=False)
    level: str = field(default="tỉnh", repr=False)  # or "thành phố"
    foreign_affairs: str = field(default="", repr=False)  # the unit that follows the foreign press
    languages: tuple[str, ...] = field(default=(), repr=False)  # that the plan asks for, beside Vietnamese
    languages_source: str = field(default="", repr=False)
    answers: Answers | None = field(default=None, repr=False)  # forms of its own; `plan.answers.answers` has all
    office_hours: OfficeHours | None = field(default=None, repr=False)
    reports: tuple[ReportDate, ...] = field(default=(), repr=False)
    calendar: tuple[Season, ...] = field(default=(), repr=False)
    briefings: BriefingRhythm | None = field(default=None, repr=False)
    kits: tuple[Kit, ...] = field(default=(), repr=False)
    routine: Routine = field(default=Routine(), repr=False)
    themes: Mapping[str, Theme] = field(default_factory=dict, repr=False)  # the fixed ones and the province's own
    seeds: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)  # of its own, by language

    def standing(self, unit: str) -> Unit | None:
        """The unit of this id; of one that is dissolved the one that took its work over, where that is said."""
        return self.units.get(unit) or next((each for each in self.units.values() if unit in each.took_over), None)

    @property
    def called(self) -> str:
        """With its level, as in "tỉnh Gia Lai"."""
        return f"{self.level} {self.name}"

    def now(self, unit: str) -> str:
        """The id of the unit that answers for that one today (`standing`); its own where that is not said."""
        found = self.standing(unit)
        return found.id if found else unit

    @property
    def judged(self) -> tuple[str, ...]:
        """The ids articles are judged about: the province, and the former one whose plan it carries on."""
        return tuple(dict.fromkeys((self.id, self.plan or self.id)))


@lru_cache(maxsize=1)
def themes() -> Mapping[str, Theme]:
    """The 18 fixed themes by id, in the order of the plan."""
    from diembao.plan.files import HERE, ThemesFile, parse

    path = HERE / "themes.yaml"
    entries = parse(path, ThemesFile).themes
    _unique(str(path), "themes", [entry.id for entry in entries])
    return MappingProxyType({x.id: Theme(x.id, x.vi, x.en, x.covers) for x in entries})


def profile(province: str, own: Path | None = None) -> Profile:
    """The profile of a province; files in the office's own folder go before those that come with the program, and a
    file that changed is read again.

    Raises:
        Misconfigured: no such profile, or a mistake in its file (with the place).
    """
    files = sorted(own.glob("*/*.yaml")) if own and own.is_dir() else []
    return _profile(province, own, tuple((file.name, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=8)
def _profile(province: str, own_files: Path | None, _changed: tuple[tuple[str, int], ...]) -> Profile:
    from diembao.plan.answers import of_entry
    from diembao.plan.clock_files import WEEKDAYS, deadlines, office_hours
    from diembao.plan.files import PlacesFile, ProfileFile, read
    from diembao.plan.kits import kits_of
    from diembao.plan.routine import routine_of
    from diembao.plan.seasons import calendar_of, rhythm_of
    from diembao.plan.theme_files import own_themes

    own = read("provinces", province, ProfileFile, own_files)
    plan = own if own.plan == own.id else read("provinces", own.plan, ProfileFile, own_files)
    more = own_themes(own_files, own.id)
    known = MappingProxyType(dict(themes()) | {x.id: Theme(x.id, x.vi, x.en, _covers(x)) for x in more})
    fields = dict(own.fields) | {x.id: x.unit for x in more if x.unit and x.id not in themes()}
    _check(own, plan, known, fields)
    lists = [read("places", name, PlacesFile, own_files) for name in own.places]
    return Profile(
        id=own.id,
        name=own.name,
        name_en=own.name_en,
        areas=own.areas,
        units=MappingProxyType(_units(plan) | _units(own)),
        groups=MappingProxyType(dict(plan.groups)),
        tasks=tuple(Task(**dict(entry)) for entry in plan.tasks),
        fields=MappingProxyType({theme: fields[theme] for theme in known}),
        themes=known,
        seeds=MappingProxyType({x.id: x.seeds for x in more if x.id not in themes()}),
        places=tuple(place for entry in lists for place in _places(entry)),
        timezone=own.timezone,
        plan=own.plan,
        merged=own.merged,
        whole=next((entry.area for entry in lists if entry.whole), ""),
        namesakes=tuple(Namesake(x.name, x.kind, x.also, entry.area) for entry in lists for x in entry.namesakes),
        week_ends=WEEKDAYS.index(own.week_ends),
        letterhead=Letterhead(**dict(own.letterhead)) if own.letterhead else Letterhead(),
        deadlines=deadlines(own.deadlines or plan.deadlines),
        level=own.level,
        foreign_affairs=own.foreign_affairs or own.fields["foreign-press"],
        languages=own.languages or plan.languages,
        languages_source=own.languages_source if own.languages else plan.languages_source,
        answers=of_entry(own.answers) if own.answers else None,
        office_hours=office_hours(own.office_hours or plan.office_hours),
        kits=kits_of(own.id, own.kits, themes()),
        reports=tuple(ReportDate(x.name, x.before, x.source) for x in plan.reports or own.reports),
        calendar=calendar_of(own.calendar),
        briefings=rhythm_of(own.briefings or plan.briefings),
        routine=routine_of(own.routine or plan.routine),
        hints=MappingProxyType({entry.area: entry.hints for entry in lists if not entry.whole}),
    )


def _covers(own: OwnTheme) -> str:
    """A fixed theme of another name takes in what it did."""
    fixed = themes().get(own.id)
    return own.covers or (fixed.covers if fixed else "")


@lru_cache(maxsize=1)
def elsewhere() -> tuple[Place, ...]:
    """Provinces and well-known cities of the whole country and its neighbours; a profile's own are among them."""
    from diembao.plan.files import PlacesFile, read

    return tuple(_places(read("places", "elsewhere", PlacesFile)))


def _units(entry: ProfileFile) -> dict[str, Unit]:
    return {key: Unit(key, **dict(x)) for key, x in entry.units.items()}


def _places(entry: PlacesFile) -> Iterable[Place]:
    for x in entry.places:
        yield Place(x.name, x.kind, entry.area, x.sure, MappingProxyType(dict(x.also)))
    for group in entry.lists:
        for name in group.names:
            yield Place(name, group.kind, entry.area, group.sure)


def _check(own: ProfileFile, plan: ProfileFile, known: Mapping[str, Theme], fields: Mapping[str, str]) -> None:
    """What the parts of the two files say of each other."""
    where = f"provinces/{own.id}.yaml"
    units = _units(plan) | _units(own)
    if missing := [theme for theme in known if theme not in fields]:
        raise Misconfigured(f"{where}: fields: '{missing[0]}' chưa có đơn vị (no unit for the theme '{missing[0]}')")
    _known(where, "fields", fields, known, "theme")
    for theme, unit in fields.items():
        _known(where, f"fields.{theme}", [unit], units, "unit")
    _known(where, "foreign_affairs", [own.foreign_affairs] if own.foreign_affairs else [], units, "unit")
    if times := own.deadlines:
        _known(where, "deadlines", {*times.warn_to, *times.escalate_to} - {"unit", *Role}, units, "unit or role")
        _known(where, "deadlines.tasks", times.tasks, {task.number for task in plan.tasks}, "task")
    if its := own.routine:
        _known(where, "routine", {*its.remind_to, *its.daily_to} - {*Role}, units, "unit or role")
    where = f"provinces/{plan.id}.yaml"
    _unique(where, "tasks", [task.number for task in plan.tasks])
    for task in plan.tasks:
        place = f"task {task.number}"
        _known(where, place, task.lead + task.helping, units, "unit")
        _known(where, place, task.themes, known, "theme")
        _known(where, place, [task.number.split(".")[0]], plan.groups, "group")
        if task.start and task.end and task.start > task.end:
            raise Misconfigured(f"{where}: {place}: {task.end} trước {task.start} (it ends before it starts)")


def _known(where: str, place: str, named: Iterable[str], known: Iterable[str], word: str) -> None:
    wrong = sorted(set(named) - set(known))
    if wrong:
        raise Misconfigured(f"{where}: {place}: không có '{wrong[0]}' ({place}: unknown {word} '{wrong[0]}')")


def _unique(where: str, place: str, ids: list[str]) -> None:
    twice = [key for at, key in enumerate(ids) if key in ids[:at]]
    if twice:
        raise Misconfigured(f"{where}: {place}: '{twice[0]}' có hai lần ({where}: {place}: '{twice[0]}' twice)")
