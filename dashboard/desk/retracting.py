"""An issued statement that was taken back, and the form by which a second person takes one back."""

from __future__ import annotations

import streamlit as st

from dashboard import forms, newsroom
from dashboard.desk import asking, noting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import Case, CaseFile
from diembao.core.statement import Issue, standing
from diembao.plan.answers import answers
from diembao.response.statements import WHY, Statements


def show(found: CaseFile, issue: Issue, say: Words) -> None:
    if issue.retracted is not None:
        st.warning(forms.plain(told(found, issue, say)), icon=":material/undo:")
        return
    if not asking.allowed(Act.APPROVE_ANSWER, found.case):
        return
    key = f"retract-{found.case.number}-{issue.number}"
    with (
        st.expander(say("retract"), icon=":material/undo:"),
        st.form(f"{key}-form", border=False, enter_to_submit=False),
    ):
        st.caption(forms.plain(say("retract.help")))
        st.text_area(say("retract.why"), key=f"{key}-why", max_chars=WHY, height=70)
        others = [each.number for each in found.issues if each.number != issue.number and each.retracted is None]
        if others:
            st.selectbox(
                say("retract.successor"),
                [0, *reversed(others)],
                format_func=lambda n: say("retract.issue", n=n) if n else say("retract.none"),
                key=f"{key}-successor",
            )
        st.form_submit_button(
            say("retract.do", n=issue.number), on_click=_retract, args=(found.case, issue.number, key)
        )


def told(found: CaseFile, issue: Issue, say: Words) -> str:
    """Who took it back, when, why, and what holds instead."""
    back = issue.retracted
    if back is None:
        return ""
    zone = newsroom.house().profile.timezone
    line = say("retract.line", who=shown.who(back.by, say), time=forms.moment(back.at, zone), why=back.why)
    instead = standing(found.issues)
    return f"{line} {say('retract.instead', n=instead.number)}" if instead else line


def _retract(seen: Case, issue: int, key: str) -> None:
    def act() -> str:
        asked, house = st.session_state, newsroom.house()
        room = Statements(house.store, answers(house.plan_folder, house.profile))
        by = asking.actor(Act.APPROVE_ANSWER, seen.number)
        room.retract(seen, issue, asked.get(f"{key}-why") or "", by, successor=asked.get(f"{key}-successor") or 0)
        return newsroom.words()("retract.done", n=issue)

    noting.tried(act)
