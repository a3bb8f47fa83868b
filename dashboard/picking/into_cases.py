"""All articles that are chosen into one case: one that is open, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.desk import asking, beginning, noting, reading, shown
from dashboard.picking import chosen
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.article import Labelled

_KEY: Final = "pick-case"


def popover(items: Sequence[Labelled], say: Words) -> None:
    if not items or not (newsroom.opens(Act.WORK_CASE) or newsroom.opens(Act.OPEN_CASE)):
        return
    with st.popover(say("pick.case"), icon=":material/create_new_folder:", on_change="rerun", key=_KEY) as opened:
        if opened.open:
            _add([item.article.id for item in items], say)
            beginning.about(items, say, key="pick-new")


def _add(ids: Sequence[str], say: Words) -> None:
    cases = [
        case
        for case in newsroom.read_cases(reading.open_cases, asking.sight()).found
        if asking.allowed(Act.WORK_CASE, case)
    ]
    if not cases:
        return
    names = {case.number: f"{case.number} · {case.details.title}" for case in cases}
    with st.form(f"{_KEY}-form", border=False):
        st.selectbox(say("case.add_which"), list(names), format_func=lambda number: names[number], key=f"{_KEY}-which")
        st.form_submit_button(say("case.add_do"), key=f"{_KEY}-do", on_click=_added, args=(ids,))


def _added(ids: Sequence[str]) -> None:
    def act() -> str:
        say, number = newsroom.words(), str(st.session_state[f"{_KEY}-which"])
        shown.desk().add(number, ids, asking.actor(Act.WORK_CASE, number))
        chosen.forget()
        return say("pick.added", n=forms.number(len(ids), say), number=number)

    noting.tried(act)
