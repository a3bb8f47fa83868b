"""Vụ việc: one case, its clock, its next step, articles, notes, the drafted answer and its log."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import (
    approving,
    asking,
    calls,
    claiming,
    clocks,
    coverage,
    details,
    drafting,
    effects,
    log_lines,
    moving,
    notes,
    noting,
    outlining,
    reading,
    remembered,
    requesting,
    shown,
)
from dashboard.register import papers
from dashboard.texts import Words
from diembao.api.rights import Act as Rights
from diembao.core.case import Case, CaseFile

NUMBER: Final = re.compile(r"VV-(?:[A-Z]{1,4}-)?\d{4}-\d{4,9}", re.ASCII)


def show() -> None:
    say = newsroom.words()
    asked = st.query_params.get("id", "")
    found = reading.whole(newsroom.house(), asked) if NUMBER.fullmatch(asked) else None
    if found is not None and asking.allowed(Rights.READ_CASE, found.case):
        _whole(found, newsroom.now(), say)
        return
    parts.title(say("case"))
    if asked:
        st.warning(forms.plain(say("cases.unknown", number=forms.shortened(asked, 40))))
    else:
        st.info(say("case.no_number"))
    st.page_link(parts.screen("cases"), label=say("cases.back"), icon=":material/arrow_back:")


def _whole(found: CaseFile, now: datetime, say: Words) -> None:
    st.page_link(parts.screen("cases"), label=say("cases.back"), icon=":material/arrow_back:")
    _head(found.case, now, say)
    noting.show()
    calls.here(found.case, now, say)
    works = asking.allowed(Rights.WORK_CASE, found.case)
    clocks.show(found, now, say)  # above both columns: on a telephone it stands before the claims
    left, right = st.columns([5, 3], gap="large")
    with left:
        if works:
            with st.container(key="case-next"):  # not printed: buttons alone
                moving.show(found, say)
        claiming.show(found, say)
        requesting.show(found, say)
        drafting.show(found, say)
        approving.show(found, say)
        notes.show(found, say, works=works)
        outlining.show(found, say)
        effects.show(found, now, say)
        remembered.on_case(found, now, say)
        coverage.show(found, now, say, works=works)
    with right:
        clocks.grounds(found, say)
        _about(found.case, say)
        papers.show(found, say)
        if not found.case.state.ended and asking.allowed(Rights.ASSIGN_CASE, found.case):
            details.edit(found.case, say)
        log_lines.show(found, say)


def _head(case: Case, now: datetime, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    parts.title(case.details.title)
    st.markdown(shown.chips(case, now, say))
    told = [
        case.number,
        shown.unit_name(case.details.unit),
        shown.due(case, now, say),
        say("case.opened", time=forms.moment(case.opened_at, zone), who=shown.who(case.opened_by, say)),
        say("case.holder", who=shown.in_charge(case, say)) if case.holder or case.details.people else "",
    ]
    st.markdown(f":gray[{forms.plain(' · '.join(part for part in told if part))}]")
    if case.state.ended:
        state = shown.state_name(case.state, say).capitalize()
        outcome = f" {shown.outcome_name(case.outcome, say).capitalize()}." if case.outcome else ""
        st.info(forms.plain(f"{state}.{outcome} {say('case.ended', reason=case.reason)}"))


def _about(case: Case, say: Words) -> None:
    profile, about = newsroom.house().profile, case.details
    unit = profile.units.get(about.unit)
    helping = ", ".join(map(shown.unit_name, about.helping)) or say("case.helping_none")
    for name, value, note in (
        ("case.unit", shown.unit_name(about.unit), unit.note if unit else ""),
        ("case.helping", helping, ""),
        ("case.task", shown.task_name(about.task, say), ""),
        ("case.origin", say(f"case.origin.{case.origin.value}"), ""),
    ):
        st.markdown(
            f":gray[{forms.plain(say(name))}]  \n{forms.plain(value)}", help=forms.plain(note) if note else None
        )
