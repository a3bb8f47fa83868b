"""How a case looks wherever it stands: its chips, its clock, names of units, tasks and people."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from dashboard import forms, newsroom, parts, people
from dashboard.texts import Words
from diembao.core.case import MACHINE, Case, CaseState, Priority
from diembao.core.desk import Outcome
from diembao.plan.reader import Task
from diembao.response.cases import Desk
from diembao.response.requests import BY_LINK


def desk() -> Desk:
    house = newsroom.house()
    return Desk(house.store, house.profile)


def who(by: str, say: Words) -> str:
    if by == MACHINE:
        return say("case.who.machine")
    if by.startswith(BY_LINK):
        return say("case.who.link", unit=unit_name(by.removeprefix(BY_LINK)))
    return say("labels.by.local") if by == newsroom.LOCAL else people.name_of(by) or by.removeprefix("person:")


# -- names ----------------------------------------------------------------------------------------


def unit_name(unit: str) -> str:
    """Of one that the profile does not have any more: its id, and whose work it is now where that is said."""
    profile, say = newsroom.house().profile, newsroom.words()
    if unit in profile.units or not unit:
        return profile.units[unit].name if unit else ""
    heir = profile.standing(unit)
    return say("unit.heir", unit=unit, heir=heir.name) if heir else say("unit.dissolved", unit=unit)


def task(number: str) -> Task | None:
    return next((each for each in newsroom.house().profile.tasks if each.number == number), None)


def task_name(number: str, say: Words) -> str:
    """With its title; an expired one says so."""
    found = task(number)
    if found is None:
        return number or say("case.task_none")
    named = f"{found.number}. {found.title}"
    year = forms.local(newsroom.now(), newsroom.house().profile.timezone).year
    return say("case.task_expired", task=named, year=found.end or 0) if found.expired(year) else named


def in_charge(case: Case, say: Words) -> str:
    """Who took it, and whoever else has it in hand."""
    return ", ".join(who(each, say) for each in dict.fromkeys(filter(None, (case.holder, *case.details.people))))


# -- chips and the clock --------------------------------------------------------------------------


def chips(case: Case, now: datetime, say: Words) -> str:
    """Late first, then state, priority where it is not the usual one, themes."""
    found = [badge("orange", clock(case, now, say))] if case.late(now) else []
    if case.paused_at is not None and not case.state.answered:
        found.append(badge("violet", say("case.waits")))
    found.append(badge("blue" if not case.state.ended else "gray", say(f"case.state.{case.state.value}")))
    if case.details.priority is not Priority.NORMAL:
        found.append(badge("gray", f"{say('case.priority')}: {say(f'case.priority.{case.details.priority.value}')}"))
    themes = case.details.themes
    found += [
        badge("gray", forms.shortened(parts.theme_name(key, say), parts.CHIP)) for key in themes[: parts.ROW_THEMES]
    ]
    return " ".join(found)


def badge(colour: str, text: str) -> str:
    return f":{colour}-badge[{forms.plain(text)}]"


def clock(case: Case, now: datetime, say: Words) -> str:
    """How much time is left, or how late it is; nothing where there is no deadline. A clock that stands says what was
    left when it stopped.
    """
    if case.due_at is None or case.state.answered:
        return ""
    at = case.paused_at or now
    return say("case.late" if at > case.due_at else "case.left", time=span(abs(case.due_at - at), say))


def due(case: Case, now: datetime, say: Words) -> str:
    """Until when, where that still matters, as short as it can be said on this day."""
    if case.due_at is None or case.state.answered:
        return ""
    time = forms.clock(case.due_at, now, newsroom.house().profile.timezone, say)
    return _by_day(case.due_at, say) or say("case.due", time=time)


def due_in_full(at: datetime, say: Words) -> str:
    """Until when, with its date."""
    return _by_day(at, say) or say("case.due", time=forms.moment(at, newsroom.house().profile.timezone))


def _by_day(at: datetime, say: Words) -> str:
    """Midnight is said as the day that it ends."""
    zone = newsroom.house().profile.timezone
    there = forms.local(at, zone)
    return say("case.due_day", date=forms.date(at - forms.DAY, zone)) if (there.hour, there.minute) == (0, 0) else ""


def span(time: timedelta, say: Words) -> str:
    if time < forms.HOUR:
        return say("case.span.minutes", n=time // forms.MINUTE)
    if time < 2 * forms.DAY:
        return say("case.span.hours", n=time // forms.HOUR)
    return say("case.span.days", n=forms.number(time // forms.DAY, say))


# -- a row ----------------------------------------------------------------------------------------


def row(case: Case, place: str, now: datetime) -> None:
    """One case of a list: title, chips, number · unit · due · articles · who has it."""
    say = newsroom.words()
    with st.container(key=f"row-{place}-{case.number}", gap=None):
        link(case, case.details.title)
        told = [
            case.number,
            unit_name(case.details.unit),
            due(case, now, say),
            clock(case, now, say) if not case.late(now) else "",
            say("case.articles", n=forms.number(case.articles, say)),
            say("case.holder", who=in_charge(case, say)) if case.holder or case.details.people else "",
        ]
        st.markdown(f"{chips(case, now, say)}  \n:gray[{forms.plain(' · '.join(part for part in told if part))}]")


def card(case: Case, now: datetime, say: Words) -> None:
    """One case of the board: title, number, whose, how late."""
    with st.container(key=f"row-card-{case.number}", gap=None):
        link(case, forms.shortened(case.details.title, 90))
        late = f"{badge('orange', clock(case, now, say))}  \n" if case.late(now) else ""
        told = [case.number, unit_name(case.details.unit), "" if late else clock(case, now, say)]
        st.markdown(f"{late}:gray[{forms.plain(' · '.join(part for part in told if part))}]")


def link(case: Case, label: str) -> None:
    st.page_link(parts.screen("case"), label=forms.plain(label) or case.number, query_params=address(case.number))


def address(number: str) -> dict[str, str]:
    return parts.address(number, newsroom.words())


def outcome_name(outcome: Outcome, say: Words) -> str:
    return say(f"case.outcome.{outcome.value}")


def state_name(state: CaseState, say: Words) -> str:
    return say(f"case.state.{state.value}")
