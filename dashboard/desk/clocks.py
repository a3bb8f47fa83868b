"""The clock of a case: when it is due, on what grounds, whom it waits for."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import shown
from dashboard.texts import Words
from diembao.core.case import CaseFile
from diembao.plan.workdays import work_days
from diembao.response.clock import Clock


def show(found: CaseFile, now: datetime, say: Words) -> None:
    """What is not known is said."""
    case, profile = found.case, newsroom.house().profile
    if case.due_at is None or profile.deadlines is None:
        st.caption(forms.plain(say("case.no_due")))
        return
    if case.state.answered:
        st.caption(forms.plain(shown.due_in_full(case.due_at, say)))
        return
    parts.heading(shown.due_in_full(case.due_at, say))
    left = shown.clock(case, now, say)
    badge = shown.badge("orange" if case.late(now) else "gray", left) if left else ""
    told = " · ".join(filter(None, (_waits(found, say), _moved(found, say), _step(found, say))))
    if badge or told:
        st.markdown(f"{badge} {forms.plain(told)}".strip())


def grounds(found: CaseFile, say: Words) -> None:
    """By which rule, in whose hours: a place of its own, for it is long and read once."""
    if not found.case.state.answered and (told := _grounds(found, say)):
        st.caption(forms.plain(" ".join(told)))


def _waits(found: CaseFile, say: Words) -> str:
    if found.case.paused_at is None:
        return ""
    units = ", ".join(dict.fromkeys(x.unit_name for x in found.requests if x.waits and x.waiting))
    zone = newsroom.house().profile.timezone
    return say("case.paused", time=forms.moment(found.case.paused_at, zone), units=units)


def _moved(found: CaseFile, say: Words) -> str:
    case = found.case
    if case.planned_at is None or case.planned_at == case.due_at:
        return ""
    return say("case.planned", time=forms.moment(case.planned_at, newsroom.house().profile.timezone))


def _step(found: CaseFile, say: Words) -> str:
    due = Clock(newsroom.house().profile).step_due(found.case, found.requests)
    return say("case.step_due", time=forms.moment(due, newsroom.house().profile.timezone)) if due else ""


def _grounds(found: CaseFile, say: Words) -> list[str]:
    profile, case = newsroom.house().profile, found.case
    if profile.deadlines is None or case.due_at is None:
        return []
    checked = "/".join(reversed(profile.deadlines.checked.split("-")))
    told = [say("case.due_source", source=profile.deadlines.source, date=checked)]
    if profile.deadlines.of_case(case.details.task, case.details.priority.value).by_clock:
        return told
    hours = profile.office_hours
    if hours is None:
        told.append(say("case.due_hours"))
    else:
        spans = ", ".join(each.replace("-", "–") for each in hours.hours)
        told.append(say("case.by_hours", hours=spans, source=hours.source))
    year = forms.local(case.due_at, profile.timezone).year
    if year not in work_days().years:
        told.append(say("case.due_year", year=year))
    return told
