"""When the office reports, answers and works: what the profile says, and what of it is only a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.names import language_name
from dashboard.texts import Words
from diembao.core.case import Priority
from diembao.plan.answers import answers
from diembao.plan.office import Deadlines, OfficeHours, Term, is_proposed
from diembao.plan.reader import Profile
from diembao.reports.schedule import Due, Round, schedule


def show(profile: Profile, now: datetime, say: Words) -> None:
    _reports(profile, now, say)
    _deadlines(profile.deadlines, say)
    _hours(profile.office_hours, say)
    _languages(profile, say)
    _answers(profile, say)
    st.caption(forms.plain(say("office.where", file=f"plan/provinces/{profile.id}.yaml")))


def _reports(profile: Profile, now: datetime, say: Words) -> None:
    """What the plan asks for, with the days that each speaks of; below it what is made every day and week."""
    parts.heading(say("office.reports"))
    due = schedule(profile, now)
    today = forms.local(now, profile.timezone).date()
    if not profile.reports:
        st.caption(forms.plain(say("office.no_reports")))
    for each in due:
        if each.round.periodic:
            report = next(x for x in profile.reports if x.name == each.name)
            wanted = say("office.no_day")
            if each.before:
                wanted = say("office.before", day=_day(each.before), left=_left(each.left(today) or 0, say))
            _entry(forms.plain(f"{each.name}: {wanted}"), each.source, "", say, proposed=report.proposed)
            st.caption(forms.plain(_covers(each, profile, say)))
    routine = profile.routine
    made = [_made(each, profile, now, say) for each in due if not each.round.periodic and each.draft_at]
    if made:
        _entry(forms.plain("; ".join(made)), routine.source, routine.checked, say, proposed=routine.proposed)


def _covers(due: Due, profile: Profile, say: Words) -> str:
    days = say("office.covers", first=_day(due.period.first), last=_day(due.period.last))
    if due.draft_at is None:
        return days
    return f"{days} · {say('office.draft', day=_day(forms.local(due.draft_at, profile.timezone).date()))}"


def _made(due: Due, profile: Profile, now: datetime, say: Words) -> str:
    at = forms.clock(due.draft_at, now, profile.timezone, say) if due.draft_at else ""
    return say("office.daily", time=at) if due.round is Round.DAILY else say("office.weekly", time=at)


def _left(days: int, say: Words) -> str:
    return say("office.left", n=forms.number(days, say)) if days else say("office.today")


def _deadlines(deadlines: Deadlines | None, say: Words) -> None:
    parts.heading(say("office.deadlines"))
    if deadlines is None:
        st.caption(forms.plain(say("office.no_deadlines")))
        return
    told = []
    for priority in Priority:
        length = _length(deadlines.cases[priority.value], say)
        told.append(say("office.deadline", priority=say(f"case.priority.{priority.value}"), length=length))
    _entry(forms.plain("; ".join(told)), deadlines.source, deadlines.checked, say, proposed=deadlines.proposed)


def _length(term: Term, say: Words) -> str:
    if term.hours:
        return say("office.hours_long", n=term.hours)
    if term.working_hours:
        return say("office.working_hours", n=term.working_hours)
    return say("office.working_days", n=term.working_days)


def _hours(hours: OfficeHours | None, say: Words) -> None:
    parts.heading(say("office.hours"))
    if hours is None:
        st.caption(forms.plain(say("office.no_hours")))
        return
    spans = ", ".join(each.replace("-", "–") for each in hours.hours)
    _entry(forms.plain(f"{_days(hours.days, say)}: {spans}"), hours.source, hours.checked, say, proposed=hours.proposed)


def _languages(profile: Profile, say: Words) -> None:
    if profile.languages:
        parts.heading(say("office.languages"))
        told = ", ".join(language_name(each, say.language) for each in profile.languages)
        source = profile.languages_source
        _entry(forms.plain(told), source, "", say, proposed=is_proposed(source))


def _answers(profile: Profile, say: Words) -> None:
    """Of the province's own profile, of the office's file, or as shipped."""
    known = answers(newsroom.house().plan_folder, profile)
    parts.heading(say("office.answers"))
    named = (each.name if say.language == "vi" else each.name_en for each in known.forms.values())
    _entry(forms.plain("; ".join(named)), known.source, known.checked.isoformat(), say, proposed=False)


def _days(days: Sequence[int], say: Words) -> str:
    """Three and more in a row by the first and the last."""
    named = [say(f"day.{day}") for day in days]
    in_a_row = len(days) > 2 and list(days) == list(range(days[0], days[0] + len(days)))
    return say("office.to", first=named[0], last=named[-1]) if in_a_row else ", ".join(named)


def _entry(told: str, source: str, checked: str, say: Words, *, proposed: bool) -> None:
    badge = f":orange-badge[{forms.plain(say('office.proposed'))}] " if proposed else ""
    looked = say("office.checked", day=_day(date.fromisoformat(checked))) if checked else ""
    st.markdown(f"{badge}{told}")
    st.caption(forms.plain(" · ".join(filter(None, (say("office.source", source=source), looked)))))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
