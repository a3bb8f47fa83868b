"""The audit log, as an administrator reads it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.texts import TEXTS, Words
from diembao.api.rights import Act
from diembao.core.audit import AuditRow

ROWS: Final = 50
_BEFORE, _CHECKED = "audit-before", "audit-checked"
# Characters of what a row tells.
DETAIL: Final = 300


def show(say: Words) -> None:
    _check(say)
    who, act = _asked(say)
    before = st.session_state.get(_BEFORE)
    rows = newsroom.house().store.audit(before=before, limit=ROWS, actor=who, act=act)
    if not rows:
        st.info(say("audit.none"))
    else:
        st.dataframe([_row(row, say) for row in rows], hide_index=True, height=min(35 * len(rows) + 38, 700))
    with st.container(horizontal=True, gap="small"):
        if before is not None:
            st.button(say("audit.newest"), on_click=_turn, args=(None,))
        if len(rows) == ROWS:
            st.button(say("audit.older"), on_click=_turn, args=(rows[-1].number,))


def _check(say: Words) -> None:
    st.button(say("audit.check"), on_click=_checking, icon=":material/verified:")
    found = st.session_state.pop(_CHECKED, None)
    if found is None:
        return
    if found.broken is None:
        st.success(forms.plain(say("audit.whole", n=forms.number(found.rows, say), digest=found.digest[:16])))
    else:
        st.error(forms.plain(say("audit.broken", n=found.broken)))


def _checking() -> None:
    newsroom.acting(Act.READ_AUDIT)
    st.session_state[_CHECKED] = newsroom.house().store.check_audit()


def _asked(say: Words) -> tuple[str, str]:
    house = newsroom.house()
    accounts = {each.actor: each.shown for each in house.store.accounts()}
    left, right = st.columns(2)
    with left:
        who = st.selectbox(
            say("audit.who"),
            ["", *accounts, "console", "machine", "stranger"],
            format_func=lambda each: _actor(each, accounts.get(each, ""), say) if each else say("audit.anyone"),
            key="audit-who",
            on_change=_turn,
            args=(None,),
        )
    with right:
        act = st.selectbox(
            say("audit.act"),
            ["", *house.store.audit_acts()],
            format_func=lambda each: _act(each, say) if each else say("audit.any"),
            key="audit-act",
            on_change=_turn,
            args=(None,),
        )
    return who or "", act or ""


def _turn(before: int | None) -> None:
    st.session_state[_BEFORE] = before


def _row(row: AuditRow, say: Words) -> dict[str, Any]:
    from dashboard.people import name_of

    zone = newsroom.house().profile.timezone
    return {
        say("audit.number"): row.number,
        say("audit.when"): forms.moment(datetime.fromisoformat(row.at), zone),
        say("audit.who"): _actor(row.actor, name_of(row.actor), say),
        say("audit.act"): _act(row.act, say),
        say("audit.subject"): row.subject,
        say("audit.where"): row.where,
        say("audit.detail"): _detail(row.detail),
    }


def _actor(actor: str, name: str, say: Words) -> str:
    key = f"audit.actor.{actor}"
    return name or (say(key) if key in TEXTS else actor)


def _act(act: str, say: Words) -> str:
    key = f"audit.did.{act}"
    return say(key) if key in TEXTS else act


def _detail(detail: str) -> str:
    values = json.loads(detail)
    told = "; ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items())
    return forms.shortened(told, DETAIL)
