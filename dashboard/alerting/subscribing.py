"""On *Dòng tin* and *Báo chí nước ngoài*: be told of what this search finds from now on, in two clicks."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import forms, kept, newsroom
from dashboard.address import EVER
from dashboard.address import Asked as View
from dashboard.alerting import acting, previewed
from dashboard.desk import noting
from dashboard.texts import Words
from diembao.api import alerting
from diembao.api.rights import Act
from diembao.core.query_words import NAMES
from diembao.core.subscription import NAME_LENGTH, Rhythm
from diembao.response.subscribing import Asked
from diembao.response.units import HOME

_KEY = "alert-search"


def popover(view: View, say: Words, *, abroad: bool = False) -> None:
    """``abroad``: of the press abroad alone, once a day."""
    if not newsroom.opens(Act.OWN_ALERT):
        return
    with st.popover(say("alerts.tell_me"), width="content", key=_KEY, on_change="rerun") as place:
        if not place.open:  # nothing is looked for before somebody asks
            return
        noting.show()
        query = kept.as_typed(replace(view, period=EVER))
        if abroad:
            query = f"-{NAMES['country'][1]}:{HOME} {query}".rstrip()
        if not query:
            st.caption(forms.plain(say("alerts.nothing_asked")))
            return
        st.caption(forms.plain(say("search.to_save", query=query)))
        house, who = newsroom.house(), newsroom.visitor()
        mine = [each for each in alerting.seen(house, who) if each.owner == who.actor]
        name = st.text_input(
            say("alerts.name"),
            value=alerting.free_name(house, _name(view.q.strip() or (say("foreign") if abroad else query))),
            key=f"{_KEY}-name-{hash(query)}",
            max_chars=NAME_LENGTH,
        )
        to = st.text_input(
            say("alerts.to"),
            value=acting.typed(acting.my_channels(mine), say),
            key=f"{_KEY}-to",
            help=say("alerts.to_help"),
        )
        asked = Asked(name=name, query=query, to=acting.read(to, say), language=say.language, owner=who.actor)
        if abroad:
            asked = replace(asked, rhythm=Rhythm.DAILY)
            st.caption(forms.plain(say("alerts.daily_at", hour=asked.hour)))
        st.button(say("alerts.add"), type="primary", key=f"{_KEY}-add", on_click=_add, args=(asked,))
        previewed.of_asked(asked, say)


def _name(query: str) -> str:
    return forms.shortened(query.replace('"', ""), 60)


def _add(asked: Asked) -> None:
    acting.add(asked)
