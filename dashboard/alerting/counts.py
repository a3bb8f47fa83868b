"""What a spike or silence subscription would have sent, with the counts that it is told by."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import behind, forms, newsroom, trend_charts
from dashboard.texts import Words
from diembao.core.subscription import Subscription
from diembao.pipeline.previewing import Preview
from diembao.pipeline.replaying import WIDEST, Bar, Counted
from diembao.reports.usual import ENOUGH

SHOWN: Final = 8  # messages, the latest


def show(subscription: Subscription, preview: Preview, found: Counted, say: Words) -> None:
    if found.too_wide:
        st.warning(forms.plain(say("alerts.too_wide", n=forms.number(WIDEST, say))))
        return
    if found.history < ENOUGH:
        st.info(forms.plain(say("alerts.short", days=found.history, enough=ENOUGH)))
    told = {"days": preview.days, "articles": forms.number(preview.articles, say), "n": preview.number}
    st.markdown(f"**{forms.plain(say('alerts.would_ring', **told))}**")
    house, now = newsroom.house(), newsroom.now()
    for each in reversed(found.rings[-SHOWN:]):
        subject, _ = each.letter(house, subscription)
        st.caption(forms.plain(f"{forms.clock(each.at, now, house.profile.timezone, say)} · {subject}"))
    if found.going_on:
        st.caption(forms.plain(say("alerts.goes_on")))
    if preview.articles:
        zone = house.profile.timezone
        st.altair_chart(trend_charts.days(found, zone, say), alt=say("alerts.chart_alt"), width="stretch")
        behind.table([_bar(each, zone, say) for each in found.bars], say)


def _bar(each: Bar, zone: str, say: Words) -> dict[str, str]:
    return {
        say("chart.day"): f"{forms.local(each.at, zone):%d/%m %H:%M}",
        say("alerts.chart_seen"): forms.number(each.seen, say),
        say("trends.usual"): "" if each.usual is None else forms.number(each.usual, say, 1),
    }
