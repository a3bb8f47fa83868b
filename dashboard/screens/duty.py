"""Trực: the shift's stories one by one, what the machine asks, and what is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import forms, health, newsroom, parts
from dashboard.shift import handing, questions, review
from dashboard.texts import Words
from diembao.core.shifts import Handover

VIEWS: Final = ("review", "ask", "hand-over")
# How far back a shift looks: to the last handover where that is not long ago, else a day.
SINCE: Final = {"24h": timedelta(hours=24), "7d": timedelta(days=7)}
_SHIFT: Final = "shift"


def show() -> None:
    say, now = newsroom.words(), newsroom.now()
    parts.title(say("duty"))
    fresh = health.freshness(newsroom.house(), now)
    view = _choose("view", VIEWS, VIEWS[0], "duty.view", say)
    if view == "ask":
        questions.show()
        return
    parts.freshness_line(fresh, now, say)
    if not fresh.searchable:
        return
    handovers = newsroom.house().store.handovers(handing.SHOWN)
    start = _start(handovers, now, say)
    if view == "hand-over":
        handing.show(handovers, start, now, say)
        return
    handing.left(handovers, now, say)
    review.show(start, now, say)


def _start(handovers: Sequence[Handover], now: datetime, say: Words) -> datetime:
    """To the minute, so that an answer can be kept."""
    last = handovers[0].at if handovers and now - handovers[0].at <= SINCE["7d"] else None
    choices = ((_SHIFT,) if last else ()) + tuple(SINCE)
    chosen = _choose("since", choices, choices[0], "duty.since", say)
    if chosen == _SHIFT and last:
        st.caption(forms.plain(say("shift.since", time=forms.clock(last, now, _zone(), say))))
        return last
    return (now - SINCE[chosen]).replace(minute=0, second=0, microsecond=0)


def _zone() -> str:
    return newsroom.house().profile.timezone


def _choose(name: str, choices: Sequence[str], first: str, words: str, say: Words) -> str:
    asked = st.query_params.get(name, "")
    key = f"duty-{name}"
    st.session_state[key] = asked if asked in choices else first
    st.segmented_control(
        say(words),
        choices,
        format_func=lambda choice: say(f"{words}.{choice}"),
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=_chosen,
        args=(name,),
    )
    return str(st.session_state[key])


def _chosen(name: str) -> None:
    st.query_params[name] = st.session_state[f"duty-{name}"]
