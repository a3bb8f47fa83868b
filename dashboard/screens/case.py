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
    claiming,
    clocks,
    details,
    drafting,
    log_lines,
    moving,
    noting,
    reading,
    requesting,
    shown,
)
from dashboard.texts import Words
from diembao.api.rights import Act as Rights
from diembao.core.case import Case, CaseFile, Covered
from diembao.response.cases import NOTE

NUMBER: Final = re.compile(r"VV-(?:[A-Z]{1,4}-)?\d{4}-\d{4,9}", re.ASCII)
# Notes that are drawn.
NOTES_SHOWN: Final = 100


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
    works = asking.allowed(Rights.WORK_CASE, found.case)
    left, right = st.columns([5, 3], gap="large")
    with left:
        if works:
            moving.show(found.case, say)
        claiming.show(found, say)
        requesting.show(found, say)
        drafting.show(found, say)
        approving.show(found, say)
        _notes(found, say, works=works)
        _coverage(found, now, say, works=works)
    with right:
        clocks.show(found, now, say)
        _about(found.case, say)
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
        say("case.holder", who=shown.who(case.holder, say)) if case.holder else "",
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
    ):
        st.markdown(
            f":gray[{forms.plain(say(name))}]  \n{forms.plain(value)}", help=forms.plain(note) if note else None
        )


# -- notes ----------------------------------------------------------------------------------------


def _notes(found: CaseFile, say: Words, *, works: bool) -> None:
    parts.heading(say("case.notes"))
    zone = newsroom.house().profile.timezone
    if not found.notes:
        st.caption(forms.plain(say("case.notes_none")))
    for note in found.notes[::-1][:NOTES_SHOWN]:
        st.caption(forms.plain(f"{shown.who(note.by, say)} · {forms.moment(note.at, zone)}"))
        st.html(noting.lines(note.text, say))
    if not works:
        return
    key = f"note-{found.case.number}"
    with st.form(f"{key}-form", border=False):
        st.text_area(say("case.note"), key=key, max_chars=NOTE, placeholder=say("case.note_help"), height=90)
        st.form_submit_button(say("case.save"), on_click=_note, args=(found.case.number, key))


def _note(number: str, key: str) -> None:
    def act() -> str:
        shown.desk().note(number, st.session_state.get(key) or "", asking.actor(Rights.WORK_CASE, number))
        st.session_state[key] = ""
        return newsroom.words()("case.noted")

    noting.tried(act)


# -- articles -------------------------------------------------------------------------------------


def _coverage(found: CaseFile, now: datetime, say: Words, *, works: bool) -> None:
    parts.heading(say("case.coverage", n=forms.number(len(found.coverage), say)))
    if not found.coverage:
        st.caption(forms.plain(say("case.coverage_none")))
    for covered, row in reading.coverage(newsroom.house(), found.coverage):
        with st.container(key=f"row-covered-{covered.article_id}", horizontal=True, vertical_alignment="center"):
            with st.container(gap=None):
                parts.open_link(row.item, forms.plain(row.item.article.title) or row.item.article.id)
                st.markdown(
                    f"{parts.chips(row.item, newsroom.house().profile.id, say)}  \n"
                    f":gray[{forms.plain(f'{parts.origin(row, now, say)} · {_joined(covered, now, say)}')}]"
                )
            if works and not found.case.state.ended:
                key = f"remove-{covered.article_id}"
                st.button(say("case.remove"), key=key, on_click=_remove, args=(found.case.number, covered.article_id))
    if len(found.coverage) > reading.SHOWN:
        st.caption(forms.plain(say("case.coverage_more", n=reading.SHOWN)))


def _joined(covered: Covered, now: datetime, say: Words) -> str:
    time = forms.clock(covered.at, now, newsroom.house().profile.timezone, say)
    if covered.by.startswith("person:"):
        return say("case.coverage_added", who=shown.who(covered.by, say), time=time)
    return say("case.coverage_joined", time=time)


def _remove(number: str, article_id: str) -> None:
    def act() -> str:
        shown.desk().remove(number, article_id, asking.actor(Rights.WORK_CASE, number))
        return newsroom.words()("case.removed")

    noting.tried(act)
