"""The next step of a case: a button where nothing has to be said, a small form where a reason has."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import newsroom, parts
from dashboard.desk import approving, asking, noting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import Case, CaseFile, CaseState
from diembao.core.desk import Outcome
from diembao.response.cases import REASON
from diembao.response.moves import MOVES, OUTCOMES


def show(found: CaseFile, say: Words) -> None:
    case = found.case
    parts.heading(say("case.next"))
    if case.state is CaseState.DRAFTING:
        approving.warn(found, say)
    with st.container(horizontal=True, gap="small", key="case-moves"):
        for to, needs in MOVES[case.state].items():
            if needs.reason:
                _with_reason(case, to, say, outcome=needs.outcome)
            else:
                _plain(case, to, say)


def _plain(case: Case, to: CaseState, say: Words) -> None:
    st.button(
        _name(case, to, say),
        key=f"move-{to.value}",
        type="secondary" if (case.state, to) in _CALLED else "primary",
        on_click=_move,
        args=(case, to),
    )


# What a move is called that is not named for where it leads.
_CALLED: Final = {
    (CaseState.DRAFTING, CaseState.VERIFYING): "case.back_to_verifying",
    (CaseState.APPROVAL, CaseState.DRAFTING): "case.back_to_drafting",
    (CaseState.ISSUED, CaseState.DRAFTING): "case.further",
    (CaseState.FOLLOWED, CaseState.DRAFTING): "case.further",
}


def _name(case: Case, to: CaseState, say: Words) -> str:
    if case.state.ended:
        return say("case.reopen")
    return say(_CALLED.get((case.state, to), f"case.move.{to.value}"))


def _with_reason(case: Case, to: CaseState, say: Words, *, outcome: bool) -> None:
    with st.popover(_name(case, to, say)), st.form(f"move-{to.value}-form", border=False):
        if outcome:
            st.selectbox(
                say("case.outcome"),
                list(OUTCOMES),
                index=None,
                format_func=lambda each: shown.outcome_name(each, say),
                placeholder=say("case.outcome_none"),
                key=f"move-{to.value}-outcome",
            )
        st.text_area(say("case.reason"), key=f"move-{to.value}-reason", max_chars=REASON)
        st.form_submit_button(say("case.confirm"), on_click=_move, args=(case, to))


def _move(seen: Case, to: CaseState) -> None:
    say, key = newsroom.words(), f"move-{to.value}"

    def act() -> str:
        asked = st.session_state
        reason, outcome = asked.get(f"{key}-reason") or "", asked.get(f"{key}-outcome")
        by = asking.actor(Act.WORK_CASE, seen.number)
        shown.desk().move(seen, to, by, reason=reason, outcome=Outcome(outcome) if outcome else None)
        for name in ("reason", "outcome"):
            asked.pop(f"{key}-{name}", None)
        return say("case.moved", state=shown.state_name(to, say))

    noting.tried(act)
