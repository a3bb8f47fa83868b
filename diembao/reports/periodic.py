"""Half-year, annual and on-demand reports: the weekly's parts, for any period, theme, unit or country; and the plan's
tasks with what was done, by whom and until when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.names import country_name
from diembao.core.query import Query, Terms
from diembao.core.reports import Report
from diembao.paper.letter import Letter
from diembao.plan.reader import Profile
from diembao.reports import keeping, tasks, then_and_now, weekly_text
from diembao.reports.house import House
from diembao.reports.keeping import Kept, Telling
from diembao.reports.parts import APPENDIX, PLAN, Section, body, sections
from diembao.reports.period import Period, between
from diembao.reports.schedule import Due, Round
from diembao.reports.tasks import TasksTold, tasks_told
from diembao.reports.told_numbers import days
from diembao.reports.weekly import Heard, Weekly, weekly
from diembao.response.units import coverage_of, unit_named

ON_DEMAND: Final = "period"
_PARTS: Final = (
    *("overview", "stories", "critical", "owing", "foreign", "effects", "official", "proposals", "limits", "method"),
    APPENDIX,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report. ``kind`` is half-year, annual or period. A theme's key, a unit's id and a country's code narrow it;
    empty: they do not. ``about`` is the province; empty: our own.
    """

    period: Period
    kind: str = ON_DEMAND
    about: str = ""
    theme: str = ""
    unit: str = ""
    country: str = ""

    @property
    def filed(self) -> str:
        """Its name in the record and in files: "2026-10-01_2026-10-31_theme-tourism_country-la"."""
        named = (("theme", self.theme), ("unit", self.unit), ("country", self.country.lower()))
        narrowed = [f"{name}-{value}" for name, value in named if value]
        return "_".join([f"{self.period.first}_{self.period.last}", *narrowed])


@dataclass(frozen=True, slots=True)
class Periodic:
    wanted: Wanted
    found: Weekly
    tasks: TasksTold
    told: tuple[Section, ...]
    letter: Letter


def of_due(due: Due, about: str = "") -> Wanted:
    return Wanted(due.period, due.round.value, about)


def make(
    house: House, wanted: Wanted, now: datetime, *, number: int | None = None, heard: Heard = lambda _: None
) -> Periodic:
    """The report of one state of the index.

    Raises:
        WrongUse: no such province, theme, unit or country here, or the period has not begun.
        Misconfigured: the index is not complete.
    """
    profile, about = house.profile, wanted.about or house.profile.id
    only = _only(house, wanted)
    found = weekly(house, wanted.period, province=about, now=now, only=only, heard=heard)
    done = tasks_told(house.store, profile, wanted.period, wanted.unit)
    told = _sections(house, wanted, found, done)
    closing = weekly_text.closing(found)
    written = weekly_text.written(profile.letterhead, found, told, number=number)
    letter = replace(written, subject=subject(profile, wanted, found), body=body(told, closing))
    return Periodic(wanted, found, done, told, letter)


def _only(house: House, wanted: Wanted) -> tuple[Query, ...]:
    profile, found = house.profile, list[Query]()
    if wanted.theme:
        if wanted.theme not in profile.themes:
            _refuse("chủ đề", "theme", wanted.theme, list(profile.themes))
        found.append(Terms("theme", (wanted.theme,)))
    if wanted.unit:
        unit_named(profile, wanted.unit)
        found.append(coverage_of(profile, wanted.unit, [x.country for x in house.outlets.values()]))
    if wanted.country:
        known = sorted({outlet.country for outlet in house.outlets.values()} - {""})
        if wanted.country not in known:
            _refuse("nước", "country", wanted.country, known)
        found.append(Terms("country", (wanted.country,)))
    return tuple(found)


def _refuse(vi: str, en: str, given: str, known: Sequence[str]) -> None:
    shown = given[:40]
    raise WrongUse(f"Không có {vi} “{shown}”; có: {', '.join(known)}. / There is no {en} '{shown}'.")


def _sections(house: House, wanted: Wanted, found: Weekly, done: TasksTold) -> tuple[Section, ...]:
    say = weekly_text.teller(house, found)
    made: list[Section] = []
    # Told in order, so that tables are numbered as they stand. A report on a theme or a country has no tasks.
    if then_and_now.crosses(house.profile, wanted.period):
        made.append(_merger(house.profile, wanted.period, say.caption("Đơn vị trong kế hoạch và ngày nay")))
    if not (wanted.theme or wanted.country):
        caption = say.caption("Nhiệm vụ của kế hoạch trong kỳ")
        made.append(Section("plan", PLAN, tuple(tasks.section(done, house.profile, caption))))
    return (*made, *sections(found, say, _PARTS))


def _merger(profile: Profile, period: Period, caption: str) -> Section:
    return Section("merger", then_and_now.HEADING, tuple(then_and_now.section(profile, period, caption)))


def subject(profile: Profile, wanted: Wanted, found: Weekly) -> str:
    """What it is about, and below it the days."""
    year = wanted.period.last.year
    named: dict[str, str] = {Round.HALF_YEAR: f" 6 tháng đầu năm {year}", Round.ANNUAL: f" năm {year}"}
    matter = "Tổng hợp dư luận" if wanted.kind == ON_DEMAND else "Kết quả thông tin đối ngoại và dư luận"
    parts = [f"{matter} báo chí về {found.province.called}{named.get(wanted.kind, '')}"]
    if wanted.theme:
        parts.append(f"chủ đề {profile.themes[wanted.theme].vi}")
    if wanted.unit:
        parts.append(f"lĩnh vực của {profile.units[wanted.unit].name}")
    if wanted.country:
        parts.append(f"báo chí {country_name(wanted.country, 'vi')}")
    return f"{', '.join(parts)}\n({days(wanted.period)})"


def keep(house: House, its: Periodic, hand: Hand, now: datetime) -> Kept:
    """In the record, where people write in it and sign it."""
    telling = Telling(its.wanted.kind, its.wanted.filed, its.found, its.told, its.letter)
    return keeping.keep(house, telling, hand, now)


def wanted_again(report: Report, profile: Profile) -> Wanted:
    """What a kept one was made of."""
    narrowed = dict(part.split("-", 1) for part in report.name.split("_")[2:])
    days = between(report.first, report.last, zone=profile.timezone, ends=profile.week_ends)
    theme, unit, country = (narrowed.get(name, "") for name in ("theme", "unit", "country"))
    return Wanted(days, report.kind, report.about, theme, unit, country.upper())
