"""Alerts of the last days, on *Hôm nay*."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts, views
from dashboard.texts import Words

DAYS, SHOWN = 7, 8
SINCE: Final = timedelta(days=DAYS)


def show(now: datetime, say: Words) -> None:
    parts.heading(say("today.alerts"))
    house = newsroom.house()
    found = newsroom.read(views.alerts, (now - SINCE).replace(minute=0), SHOWN)
    if not found:
        st.caption(say("today.no_alerts"))
    for alert in found:
        with st.container(gap=None, key=f"row-alert-{alert.id}"):
            st.page_link(
                parts.screen("article"),
                label=forms.plain(forms.seen(alert.title, alert.article_id)),
                query_params=parts.address(alert.article_id, say),
            )
            told = [
                alert.subscription,
                views.outlet_name(house, alert.outlet),
                forms.clock(alert.at, now, house.profile.timezone, say),
                "" if alert.sent_at else say("alert.waiting"),
            ]
            st.caption(forms.plain(" · ".join(part for part in told if part)))
