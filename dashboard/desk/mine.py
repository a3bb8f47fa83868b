"""On *Hôm nay*: what waits for the reader: statements that they may approve, and the cases in their hands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, reading, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import Case, CaseQuery, CaseState

# Cases of each list, and statements that are looked at to find those which the reader may approve.
SHOWN, LOOKED_AT = 5, 50


def show(now: datetime, say: Words) -> frozenset[str]:
    """The numbers of the cases that it shows. Nothing where nothing waits."""
    who = newsroom.visitor()
    if who.account is None or not newsroom.opens(Act.READ_CASE):
        return frozenset()
    waiting = _to_approve()
    total, mine = _in_hand(who.actor)
    if not waiting and not mine:
        return frozenset()
    parts.heading(say("mine"))
    if waiting:
        _list("mine.approve", len(waiting), waiting, now, say)
    if mine:
        _list("mine.cases", total, mine, now, say)
        address = {"show": "mine"} | parts.language_in_address(say)
        if total > len(mine):
            st.page_link(parts.screen("cases"), label=say("mine.all"), query_params=address)
    return frozenset(case.number for case in (*waiting[:SHOWN], *mine))


def _list(key: str, total: int, cases: Sequence[Case], now: datetime, say: Words) -> None:
    st.caption(forms.plain(say(key, n=forms.number(total, say))))
    for case in cases[:SHOWN]:
        shown.row(case, key.replace(".", "-"), now)


def _to_approve() -> list[Case]:
    """Handed in, not approved yet, and written by somebody else."""
    if not newsroom.opens(Act.APPROVE_ANSWER):
        return []
    asked = CaseQuery(states=(CaseState.APPROVAL,))
    found = newsroom.read_cases(reading.page, asked, asking.sight(), 0, LOOKED_AT).found
    return [case for case in found if not case.approved and asking.allowed(Act.APPROVE_ANSWER, case)]


def _in_hand(actor: str) -> tuple[int, tuple[Case, ...]]:
    asked = CaseQuery(states=reading.OPEN, person=actor)
    found = newsroom.read_cases(reading.page, asked, asking.sight(), 0, SHOWN)
    return found.total, found.found
