"""Feeds of facts on *Tài liệu*: from whom they come, how long an entry holds, and what the latest reading brought."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.texts import Words
from diembao.core.fact_feeds import FactFeed
from diembao.core.settings_facts import FactFeedSettings
from diembao.pipeline.fact_feeds import every
from diembao.pipeline.fact_health import feed_troubles

HOUR: Final = 3600
BECAME: Final = ("added", "replaced", "kept", "ended", "aside")


def show(kit: str, now: datetime, say: Words) -> None:
    house = newsroom.house()
    here = [
        (feed.chosen, known)
        for feed, known in every(house)
        if feed.chosen.kit == kit and feed.house.profile.id == house.profile.id
    ]
    for chosen, known in here:
        st.caption(forms.plain(" · ".join(_line(chosen, known, now, say))))
    for told in troubles(now, say, kit):
        st.warning(forms.plain(told))
    for chosen, known in here:
        if known.aside:
            with st.expander(forms.plain(say("kits.feed.why", name=chosen.name))):
                st.markdown("\n".join(f"- {forms.plain(forms.in_language(x.why, say))}" for x in known.aside))


def troubles(now: datetime, say: Words, kit: str = "") -> list[str]:
    """Of this province's feeds (of one kit), one sentence each."""
    house = newsroom.house()
    found = (x for x in feed_troubles(house, now) if x.province == house.profile.id and kit in {"", x.kit})
    return [each.vi if say.language == "vi" else each.en for each in found]


def _line(chosen: FactFeedSettings, known: FactFeed, now: datetime, say: Words) -> Iterator[str]:
    days = say("kits.feed.days", n=chosen.days) if chosen.days else say("kits.feed.no_end")
    yield say("kits.feed", name=chosen.name, source=chosen.source, every=_span(chosen.every, say), days=days)
    if known.read_at is None:
        yield say("kits.feed.never")
        return
    yield say("kits.feed.read", time=forms.clock(known.read_at, now, newsroom.house().profile.timezone, say))
    yield say("kits.feed.entries", n=forms.number(known.entries, say))
    for name in BECAME:
        if n := known.counts.get(name):
            yield say(f"kits.feed.{name}", n=forms.number(n, say))


def _span(seconds: float, say: Words) -> str:
    if seconds < HOUR:
        return say("kits.feed.minutes", n=forms.number(seconds / 60, say))
    return say("kits.feed.hours", n=forms.number(seconds / HOUR, say, 0 if seconds % HOUR == 0 else 1))
