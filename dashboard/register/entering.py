"""The form of a question of the press: entered, and changed later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.register import acting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.briefings import BriefingState
from diembao.core.questions import Asker, How, Question
from diembao.response.questions import CONTACT, NAME, TEXT, Asked

_NEW: Final = "question-new"
# Briefings that a question may have been asked at.
BRIEFINGS: Final = 20


def enter(say: Words) -> None:
    if not newsroom.opens(Act.WORK_QUESTION):
        return
    _at(_NEW, "received", newsroom.now())
    with (
        st.expander(say("questions.add"), icon=":material/add:", key=f"{_NEW}-box"),
        st.form(f"{_NEW}-form", border=False),
    ):
        _fields(_NEW, "", say)
        st.form_submit_button(say("register.save"), type="primary", on_click=_enter)


def change(question: Question, say: Words) -> None:
    """Filled with what stands; somebody else's change since then is told at saving, not written over."""
    key = f"question-edit-{question.number}"
    if not st.session_state.get(f"{key}-text"):
        _fill(question, key)
    with st.expander(say("question.edit")), st.form(f"{key}-form", border=False):
        _fields(key, question.asker.outlet, say)
        st.form_submit_button(say("register.save"), on_click=_change, args=(question, key))


def _fill(question: Question, key: str) -> None:
    asker = question.asker
    told = {"text": question.text, "outlet": asker.outlet, "how": question.how.value, "unit": question.unit}
    told |= {"name": asker.name, "function": asker.function, "contact": asker.contact}
    for name, value in told.items():
        st.session_state[f"{key}-{name}"] = value
    st.session_state[f"{key}-briefing"] = question.briefing
    _at(key, "received", question.received_at)
    if question.due_at:
        _at(key, "due", question.due_at)


def _at(key: str, name: str, moment: datetime) -> None:
    """The widgets know minutes."""
    there = forms.local(moment, newsroom.house().profile.timezone)
    st.session_state.setdefault(f"{key}-{name}-day", there.date())
    st.session_state.setdefault(f"{key}-{name}-time", there.time().replace(second=0, microsecond=0))


def _fields(key: str, outlet: str, say: Words) -> None:
    st.text_area(say("question.text"), key=f"{key}-text", max_chars=TEXT, height=90)
    known = sorted(newsroom.house().outlets, key=shown.outlet)
    st.selectbox(
        say("question.outlet"),
        known if not outlet or outlet in known else [outlet, *known],
        index=None,
        format_func=shown.outlet,
        accept_new_options=True,
        placeholder=say("question.outlet_help"),
        key=f"{key}-outlet",
    )
    hows = {each.value: say(f"question.how.{each.value}") for each in How}
    with st.container(horizontal=True):
        st.selectbox(say("question.how"), list(hows), format_func=hows.__getitem__, key=f"{key}-how", width=180)
        st.date_input(say("question.received"), format="DD/MM/YYYY", key=f"{key}-received-day", width=150)
        st.time_input(say("register.hour"), key=f"{key}-received-time", width=110)
        st.session_state.setdefault(f"{key}-due-day", None)
        st.date_input(say("question.due"), format="DD/MM/YYYY", key=f"{key}-due-day", width=150)
        st.session_state.setdefault(f"{key}-due-time", None)
        st.time_input(say("register.hour"), key=f"{key}-due-time", width=110)
    with st.container(horizontal=True):
        units = acting.units()
        st.selectbox(
            say("register.unit"), units, format_func=lambda x: shown.unit_or_none(x, say), key=f"{key}-unit", width=320
        )
        meetings = {0: say("question.no_briefing"), **_briefings()}
        st.selectbox(
            say("meeting.tab"), list(meetings), format_func=meetings.__getitem__, key=f"{key}-briefing", width=320
        )
    st.caption(forms.plain(say("question.asker_help")))
    with st.container(horizontal=True):
        st.text_input(say("question.name"), key=f"{key}-name", max_chars=NAME, width=240)
        st.text_input(say("question.function"), key=f"{key}-function", max_chars=NAME, width=240)
        st.text_input(say("question.contact"), key=f"{key}-contact", max_chars=CONTACT, width=240)


def _briefings() -> dict[int, str]:
    house = newsroom.house()
    zone, found = house.profile.timezone, house.store.briefings(limit=BRIEFINGS)
    stand = (each for each in found if each.state is not BriefingState.CANCELLED)
    return {each.number: f"{forms.date(each.at, zone)} · {each.title}" for each in stand}


def _given(key: str, received: datetime) -> Asked:
    asker = Asker(*(acting.typed(key, name) for name in ("outlet", "name", "function", "contact")))
    how, due = How(acting.typed(key, "how")), acting.moment(key, "due")
    briefing = int(st.session_state.get(f"{key}-briefing") or 0)
    return Asked(acting.typed(key, "text"), asker, how, received, acting.typed(key, "unit"), due, briefing)


def _enter() -> None:
    def act() -> object:
        now = newsroom.now()
        asked = _given(_NEW, min(acting.moment(_NEW, "received") or now, now))
        return acting.questions().receive(asked, acting.by_unit(Act.WORK_QUESTION, asked.unit))

    if acting.done(act, _NEW, "text", "name", "function", "contact"):
        for name in ("received-day", "received-time"):
            del st.session_state[f"{_NEW}-{name}"]


def _change(question: Question, key: str) -> None:
    def act() -> object:
        asked = _given(key, _same(acting.moment(key, "received"), question.received_at) or question.received_at)
        asked = replace(asked, due_at=_same(asked.due_at, question.due_at))
        seen = acting.as_first_seen(question)
        by = acting.by_question(Act.WORK_QUESTION, question)
        if asked.unit != question.unit:  # nobody hands it to themselves, or away from where they may work
            acting.by_unit(Act.WORK_QUESTION, asked.unit)
        return acting.questions().change(seen, asked, by)

    if acting.done(act, key):
        acting.forget(f"{key}-")
    acting.seen_anew()


def _same(typed: datetime | None, kept: datetime | None) -> datetime | None:
    """What was kept, where the typed one says the same minute."""
    if typed is None or kept is None:
        return typed
    return kept if abs((kept - typed).total_seconds()) < forms.MINUTE.total_seconds() else typed
