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
from diembao.plan.office import Deadlines, OfficeHours, ReportDate, Term, coming, is_proposed
from diembao.plan.reader import Profile


def show(profile: Profile, now: datetime, say: Words) -> None:
    today = forms.local(now, profile.timezone).date()
    _reports(profile.reports, today, say)
    _deadlines(profile.deadlines, say)
    _hours(profile.office_hours, say)
    _languages(profile, say)
    _answers(profile, say)
    st.caption(forms.plain(say("office.where", file=f"plan/provinces/{profile.id}.yaml")))


def _reports(reports: Sequence[ReportDate], today: date, say: Words) -> None:
    parts.heading(say("office.reports"))
    if not reports:
        st.caption(forms.plain(say("office.no_reports")))
    for report, day in coming(reports, today):
        told = say("office.before", day=_day(day), left=_left((day - today).days, say)) if day else say("office.no_day")
        _entry(forms.plain(f"{report.name}: {told}"), report.source, "", say, proposed=report.proposed)


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
