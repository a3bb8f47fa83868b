"""On *Hôm nay*: is far more written than usual, of the province, or of what somebody watches?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.texts import Words
from diembao.core.query_words import NAMES
from diembao.pipeline import watching
from diembao.pipeline.counting import Standing, standing_of
from diembao.pipeline.ringing import Told
from diembao.pipeline.wiring import Installation

# What is counted by the hour need not be counted anew at every look.
_FRESH: Final = timedelta(minutes=10)
_PROVINCE: Final = f"{NAMES['relevance'][1]}:(có OR một_phần)"


def show(now: datetime, say: Words) -> None:
    """Nothing where nothing goes on."""
    at = now - (now - now.replace(hour=0, minute=0, second=0, microsecond=0)) % _FRESH
    going = newsroom.read_lately(newsroom.MINUTES, of_province, at).spike
    watched = [each for each in newsroom.read(of_searches, at) if each[0] in {"", newsroom.visitor().actor}]
    if going is None and not watched:
        return
    zone = newsroom.house().profile.timezone
    parts.heading(say("spikes"))
    with st.container(key="row-spikes", gap=None):
        if going is not None:
            since, n, usual = forms.clock(going.since, now, zone, say), going.articles, going.usual
            _line(say("spikes.province"), since, forms.number(n, say), forms.number(usual, say), "", say)
        for _, name, query, told in watched:
            _line(name, forms.clock(told.found, now, zone, say), forms.number(told.seen, say), "", query, say)


def _line(name: str, since: str, n: str, usual: str, query: str, say: Words) -> None:
    address = parts.language_in_address(say) | ({"q": query} if query else {})
    st.page_link(parts.screen("trends"), label=forms.plain(name), query_params=address)
    told = say("spikes.line", n=n, since=since) if not usual else say("spikes.usual", n=n, since=since, usual=usual)
    st.caption(forms.plain(told))


def of_province(house: Installation, now: datetime) -> Standing:
    return standing_of(house, house.query(_PROVINCE, now), now)


def of_searches(house: Installation, now: datetime) -> tuple[tuple[str, str, str, Told], ...]:  # noqa: ARG001 (asked anew)
    """(owner, name, query, what was told) of every spike that goes on."""
    return tuple((each.owner, each.name, each.query, told) for each, told in watching.going_on(house))
