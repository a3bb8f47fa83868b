"""The maps of *Hôm nay*: drawn only where somebody opens them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import behind, forms, newsroom, parts
from dashboard.maps import drawn, reading, shapes
from dashboard.names import country_name
from dashboard.texts import Words

DAYS: Final = 14
TABLED: Final = 40  # places of the table, those named most


def show(now: datetime, say: Words) -> None:
    with st.expander(say("map"), icon=":material/map:", on_change="rerun", key="today-maps") as opened:
        if not opened.open:
            return
        start = (now - timedelta(days=DAYS)).replace(minute=0, second=0, microsecond=0)
        left, right = st.columns([2, 3], gap="large")
        with left:
            _province(start, say)
        with right:
            _world(start, say)


def _province(start: datetime, say: Words) -> None:
    house = newsroom.house()
    parts.heading(say("map.province"))
    ground = shapes.ground((house.profile.id, *house.profile.areas))
    named = newsroom.read_lately(newsroom.A_MINUTE, reading.places, start)
    if not ground.places:
        st.caption(forms.plain(say("map.no_ground")))
    elif not named.by_place:
        st.caption(forms.plain(say("map.none")))
    else:
        st.altair_chart(drawn.province(ground, named, say), alt=say("map.province_alt"), width="content")
    if not named.by_place:
        return
    told = say("map.of", n=forms.number(named.looked_at, say), m=forms.number(named.articles, say))
    missing = sum(place not in ground.places for place in named.by_place)
    if missing and ground.places:
        told += f" {say('map.missing', n=forms.number(missing, say))}"
    st.caption(forms.plain(told))
    most = sorted(named.by_place, key=lambda place: (-named.by_place[place], place))[:TABLED]
    rows = [
        {
            say("map.place"): place[1],
            say("chart.count"): forms.number(named.by_place[place], say),
            say("stance.critical"): forms.number(named.critical.get(place, 0), say),
        }
        for place in most
    ]
    behind.table(rows, say)


def _world(start: datetime, say: Words) -> None:
    parts.heading(say("map.world"))
    found = newsroom.read_lately(newsroom.A_MINUTE, reading.countries, start)
    if set(found) <= {drawn.HOME}:
        st.caption(forms.plain(say("map.no_abroad")))
        return
    st.altair_chart(drawn.world(found, say), alt=say("map.world_alt"), width="stretch")
    counts = {country_name(code, say.language): forms.number(n, say) for code, n in found.items()}
    behind.table([{say("country"): name, say("chart.count"): n} for name, n in counts.items()], say)
