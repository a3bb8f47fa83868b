"""Notes of a case, the newest first, and a new one; whom it calls."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts, people
from dashboard.desk import asking, noting, shown
from dashboard.texts import Words
from diembao.api import casework
from diembao.api.rights import Act
from diembao.core.case import CaseFile
from diembao.response.cases import NOTE

# Notes that are drawn.
SHOWN: Final = 100


def show(found: CaseFile, say: Words, *, works: bool) -> None:
    parts.heading(say("case.notes"))
    zone = newsroom.house().profile.timezone
    if not found.notes:
        st.caption(forms.plain(say("case.notes_none")))
    for note in found.notes[::-1][:SHOWN]:
        called = ", ".join(shown.who(each, say) for each in note.mentions)
        told = [shown.who(note.by, say), forms.moment(note.at, zone), say("calls.of", who=called) if called else ""]
        st.caption(forms.plain(" · ".join(part for part in told if part)))
        st.html(noting.lines(note.text, say))
    if works:
        _new(found, say)


def _new(found: CaseFile, say: Words) -> None:
    key, names = f"note-{found.case.number}", _names()
    with st.form(f"{key}-form", border=False):
        st.text_area(say("case.note"), key=key, max_chars=NOTE, placeholder=say("case.note_help"), height=90)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.multiselect(
                say("calls.call"),
                list(names),
                format_func=lambda name: names[name],
                placeholder=say("calls.nobody"),
                key=f"{key}-calls",
                select_all=False,
                help=forms.plain(say("calls.help")),
            )
            st.form_submit_button(say("case.save"), on_click=_note, args=(found.case.number, key))


def _names() -> dict[str, str]:
    return {account.name: people.with_name(account) for account in people.at_the_desk()}


def _note(number: str, key: str) -> None:
    def act() -> str:
        asked, house = st.session_state, newsroom.house()
        text, by = _calling(asked.get(key) or "", asked.get(f"{key}-calls") or ()), asking.actor(Act.WORK_CASE, number)
        shown.desk().note(number, text, by, reads=partial(casework.reads, house))
        asked[key], asked[f"{key}-calls"] = "", []
        return newsroom.words()("case.noted")

    noting.tried(act)


def _calling(text: str, names: list[str] | tuple[str, ...]) -> str:
    """The note with those who were chosen and are not called in it yet; nothing where nothing was written."""
    if not text.strip():
        return text
    missing = [name for name in names if not re.search(rf"@{re.escape(name)}\b", text)]
    return " ".join([text, *(f"@{name}" for name in missing)])
