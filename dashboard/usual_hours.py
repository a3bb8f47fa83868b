"""On *Xu hướng*: the last two days of a search, hour by hour, against what is usual in them."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard import behind, forms, newsroom, parts, pictures, trend_charts
from dashboard.texts import Words
from diembao.core.errors import QueryError
from diembao.core.marks import with_marks
from diembao.pipeline.counting import Standing, standing_of
from diembao.pipeline.wiring import Installation
from diembao.reports.spikes import Point, Spike
from diembao.reports.usual import ENOUGH


def show(now: datetime, say: Words) -> None:
    parts.heading(say("trends.now"))
    st.caption(forms.plain(say("trends.now_help")))
    st.session_state["trends-q"] = st.query_params.get("q", "")
    st.text_input(say("trends.query"), key="trends-q", on_change=_searched, max_chars=2000)
    house, typed = newsroom.house(), st.query_params.get("q", "") or "liên_quan:(có OR một_phần)"
    try:
        house.query(typed, newsroom.now())
        found = newsroom.read_lately(newsroom.MINUTES, _standing, typed, now)
    except QueryError as error:
        st.warning(forms.plain(forms.in_language(str(error), say)))
        return
    if not found.points:
        st.info(say("trends.short", days=found.days, enough=ENOUGH))
        return
    st.markdown(forms.plain(_told(found, say)))
    for each in found.spikes:
        if each.until:
            st.caption(forms.plain(_was(each, say)))
    zone = house.profile.timezone
    pictures.draw(trend_charts.hours, tuple(found.points), found.spike, zone, say, alt=say("trends.hours_alt"))
    behind.table([_hour(each, zone, say) for each in found.points], say)


def _hour(each: Point, zone: str, say: Words) -> dict[str, str]:
    return {
        say("trends.hour"): forms.moment(each.at, zone),
        say("trends.observed"): forms.number(each.seen, say),
        say("trends.usual"): forms.number(each.expected, say, 1),
        say("trends.between"): f"{forms.number(each.low, say)}–{forms.number(each.high, say)}",
    }


def _searched() -> None:
    st.query_params["q"] = st.session_state["trends-q"]


def _standing(house: Installation, typed: str, now: datetime) -> Standing:
    return standing_of(house, with_marks(house.query(typed, now)), now)


def _was(spike: Spike, say: Words) -> str:
    zone = newsroom.house().profile.timezone
    return say(
        "trends.was",
        since=forms.moment(spike.since, zone),
        until=forms.moment(spike.until or spike.found, zone),
        articles=forms.number(spike.articles, say),
        usual=forms.number(spike.usual, say),
    )


def _told(found: Standing, say: Words) -> str:
    if found.spike is None:
        return say("trends.calm")
    return say(
        "trends.spike",
        since=forms.moment(found.spike.since, newsroom.house().profile.timezone),
        articles=forms.number(found.spike.articles, say),
        usual=forms.number(found.spike.usual, say),
    )
