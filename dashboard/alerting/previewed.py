"""What a subscription would have sent in the last days."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.alerting import counts
from dashboard.alerting.acting import alerting
from dashboard.texts import Words
from diembao.core.errors import IndexAway, Misconfigured, QueryError, Refused, WrongUse
from diembao.core.subscription import Rhythm, Subscription
from diembao.pipeline.previewing import Preview, can_preview, preview
from diembao.pipeline.wiring import Installation
from diembao.response.subscribing import Asked

SHOWN: Final = 8  # messages, the latest


def of_asked(asked: Asked, say: Words) -> None:
    """Of what is still being typed; where it will not do yet, why."""
    if not (asked.name.strip() and (asked.query.strip() or asked.subject != "query")):
        return
    try:
        found = alerting().read(asked)
    except (WrongUse, QueryError) as error:
        st.warning(forms.plain(forms.in_language(str(error), say)))
        return
    except Refused:
        st.warning(forms.plain(say("error.rights_lost")))
        return
    show(found, say)


def show(subscription: Subscription, say: Words) -> None:
    if not can_preview(subscription):
        st.caption(forms.plain(say("alerts.no_preview")))
        return
    counted = subscription.rhythm in {Rhythm.SPIKE, Rhythm.SILENCE}
    now = newsroom.now().replace(second=0, microsecond=0)
    asked = replace(subscription, name="", to=())  # another name makes no other preview
    try:
        with st.spinner(say("alerts.replayed")) if counted else nullcontext():
            found: Preview = newsroom.read(_preview, asked, now - timedelta(minutes=now.minute % 15 if counted else 0))
    except (IndexAway, Misconfigured) as error:
        st.warning(forms.plain(forms.in_language(str(error), say)))
        return
    if found.counted is not None:
        counts.show(subscription, found, found.counted, say)
        return
    told = {"days": found.days, "articles": forms.number(found.articles, say), "n": len(found.messages)}
    st.markdown(f"**{forms.plain(say('alerts.would', stories=forms.number(found.stories, say), **told))}**")
    if found.looked < found.articles:
        st.caption(forms.plain(say("alerts.looked", n=forms.number(found.looked, say))))
    for line in _lines(found, say):
        st.caption(line)


def _preview(house: Installation, subscription: Subscription, now: datetime) -> Preview:
    return preview(house, subscription, now)


def _lines(found: Preview, say: Words) -> list[str]:
    zone, now = newsroom.house().profile.timezone, newsroom.now()
    lines = []
    for at, going in reversed(found.messages[-SHOWN:]):
        title = forms.shortened(going[0].alert.title, 90)
        others = len({each.alert.story for each in going}) - 1
        more = say("alerts.and_more", n=others) if others else ""
        news = going[0].alert.news
        changed = say(f"alerts.news.{news}") if news != "first" else ""
        told = " · ".join(part for part in (forms.clock(at, now, zone, say), changed, title, more) if part)
        lines.append(forms.plain(told))
    return lines
