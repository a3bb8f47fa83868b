"""Cảnh báo: what the reader is told of, what it would have sent, and what became of it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.alerting import acting, asking, deliveries, listed, previewed, unread
from dashboard.texts import Words
from diembao.api import alerting
from diembao.api.rights import Act
from diembao.core.subscription import Subscription
from diembao.response.subscribing import Asked

_NEW: Final = "alert-new"


def show() -> None:
    say = newsroom.words()
    parts.title(say("alerts"))
    st.caption(forms.plain(say("alerts.help")))
    acting.answer()
    unread.show(newsroom.now(), say)
    first = deliveries.failing()  # what has to be looked at stands before what is only kept
    if first:
        deliveries.show(newsroom.now(), say)
    every = alerting.seen(newsroom.house(), newsroom.visitor())
    mine = [each for each in every if each.owner == newsroom.visitor().actor]
    if newsroom.opens(Act.OWN_ALERT):
        _add(mine, say)
    _listed("alerts.mine", mine, "alerts.none_mine", say)
    _listed("alerts.offices", [each for each in every if not each.owner], "alerts.none_office", say)
    others = [each for each in every if each.owner and each not in mine]
    if others:
        _listed("alerts.others", others, "", say)
    if not first:
        deliveries.show(newsroom.now(), say)


def _listed(heading: str, found: list[Subscription], none: str, say: Words) -> None:
    parts.heading(say(heading))
    if not found:
        st.caption(forms.plain(say(none)))
    for each in found:
        listed.show(each, say)


def _add(mine: list[Subscription], say: Words) -> None:
    """The form begins anew after each one that was made."""
    turn = st.session_state.setdefault(_NEW, 0)
    with st.expander(say("alerts.new"), expanded=not mine):
        start = Asked(name="", to=acting.my_channels(mine), language=say.language, owner=newsroom.visitor().actor)
        asked = asking.ask(f"{_NEW}-{turn}", start, say, new=True)
        previewed.of_asked(asked, say)
        st.button(say("alerts.add"), type="primary", key=f"{_NEW}-add", on_click=_made, args=(asked,))


def _made(asked: Asked) -> None:
    if acting.add(asked):
        st.session_state[_NEW] += 1
