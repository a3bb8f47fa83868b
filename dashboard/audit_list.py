"""The audit log, as an administrator reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import streamlit as st

from dashboard import forms, newsroom, people
from dashboard.texts import TEXTS, Words
from diembao.api.rights import Act
from diembao.core.audit import AuditRow

ROWS: Final = 50
_BEFORE, _CHECKED = "audit-before", "audit-checked"
# Characters of what a row tells.
DETAIL: Final = 300
# Details that hold roles, and those of which the values have words.
_GRANTS: Final = frozenset({"grants", "before", "after"})
_WAYS: Final = frozenset({"how", "purpose"})


def show(say: Words) -> None:
    _check(say)
    who, act = _asked(say)
    before = st.session_state.get(_BEFORE)
    rows = newsroom.house().store.audit(before=before, limit=ROWS, actor=who, act=act)
    if not rows:
        st.info(say("audit.none"))
    else:
        known = newsroom.house().store.refusals([number for row in rows if (number := _refusal(row)) is not None])
        st.dataframe([_row(row, known, say) for row in rows], hide_index=True, height=min(35 * len(rows) + 38, 700))
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
            format_func=lambda each: people.shown(each, accounts.get(each, ""), say) if each else say("audit.anyone"),
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


def _refusal(row: AuditRow) -> int | None:
    kind, _, number = row.subject.partition(":")
    return int(number) if kind == "refusal" else None


def _row(row: AuditRow, known: Mapping[int, tuple[str, str]], say: Words) -> dict[str, Any]:
    zone = newsroom.house().profile.timezone
    return {
        say("audit.number"): row.number,
        say("audit.when"): forms.moment(datetime.fromisoformat(row.at), zone),
        say("audit.who"): people.shown(row.actor, people.name_of(row.actor), say),
        say("audit.act"): _act(row.act, say),
        say("audit.subject"): _subject(row.subject, say),
        say("audit.where"): " · ".join(filter(None, (row.where, *known.get(_refusal(row) or 0, ())))),
        say("audit.detail"): detail_told(row.detail, say),
    }


def _act(act: str, say: Words) -> str:
    return _word("audit.did", act, say)


def _subject(subject: str, say: Words) -> str:
    """What is kept as account:3 is “tài khoản 3”."""
    kind, colon, number = subject.partition(":")
    return f"{_word('audit.of', kind, say)} {number}" if colon else subject


def detail_told(detail: str, say: Words) -> str:
    """The JSON of a row's detail in words; what has none stays as it was written."""
    values = json.loads(detail)
    return forms.shortened("; ".join(_said(name, value, say) for name, value in values.items()), DETAIL)


def _said(name: str, value: object, say: Words) -> str:
    return f"{_word('audit.said', name, say)}: {_value(name, value, say)}"


def _value(name: str, value: object, say: Words) -> str:
    if name in _GRANTS and isinstance(value, list):
        return ", ".join(_grant(each, say) for each in value) or say("audit.nothing")
    if isinstance(value, bool):
        return say("audit.yes" if value else "audit.no")
    if isinstance(value, dict):
        return ", ".join(f"{key} {_value(key, each, say)}" for key, each in value.items()) or say("audit.nothing")
    if isinstance(value, list):
        return ", ".join(_value(name, each, say) for each in value) or say("audit.nothing")
    return _word("audit.how", str(value), say) if name in _WAYS else str(value)


def _grant(given: Sequence[str], say: Words) -> str:
    """[role, province, unit] in words."""
    role, *bound = given
    units = newsroom.house().profile.units
    told = ", ".join(units[each].name if each in units else each for each in reversed(bound) if each)
    return f"{_word('given', role, say)}: {told}" if told else _word("given", role, say)


def _word(family: str, name: str, say: Words) -> str:
    key = f"{family}.{name}"
    return say(key) if key in TEXTS else name
