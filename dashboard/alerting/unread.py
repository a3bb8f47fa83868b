"""Alerts that wait for the reader on the dashboard: in the menu, on *Hôm nay* and on *Cảnh báo*, until they say that
they have seen them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts, views
from dashboard.desk import noting
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.outgoing import Unread

# Alerts that are listed, characters of a message there, the highest number in the menu.
SHOWN, LENGTH, MOST = 8, 300, 99
_SEEN: Final = "unread-seen"


def waiting() -> int:
    """How many; asked anew at each run, it is one look at an index."""
    who = newsroom.visitor()
    return newsroom.house().store.unread(who.actor, limit=0)[0] if who.account is not None else 0


def titled(name: str, say: Words) -> str:
    """A menu's title, with how many wait."""
    n = min(waiting(), MOST)
    return f"{say(name)} ({n})" if n else say(name)


def show(now: datetime, say: Words) -> None:
    """Nothing where none waits."""
    who = newsroom.visitor()
    if who.account is None:
        return
    total, found = newsroom.house().store.unread(who.actor, limit=SHOWN)
    if not found:
        return
    parts.heading(say("unread", n=forms.number(total, say)))
    for n, each in enumerate(found):
        with st.container(key=f"row-unread-{n}", gap=None):
            _one(each, now, say)
    st.button(say("unread.saw"), key=_SEEN, on_click=_saw, args=(found[0].at,))


def _one(each: Unread, now: datetime, say: Words) -> None:
    house = newsroom.house()
    if each.article:
        label = forms.plain(forms.seen(each.title, each.article))
        st.page_link(parts.screen("article"), label=label, query_params=parts.address(each.article, say))
    else:
        st.markdown(f"**{forms.plain(each.title)}**")
        st.markdown(forms.plain(forms.shortened(each.text.removeprefix(each.title).lstrip(), LENGTH)))
    outlet = views.outlet_name(house, each.outlet) if each.outlet else ""
    told = [each.name if each.article else "", outlet, forms.clock(each.at, now, house.profile.timezone, say)]
    st.caption(forms.plain(" · ".join(part for part in told if part)))


def _saw(until: datetime) -> None:
    """All up to the newest that was shown: what came since stays."""

    def act() -> str:
        who = newsroom.acting(Act.READ_ALERT).actor
        newsroom.house().store.saw_alerts(who, until=until, now=newsroom.now())
        return newsroom.words()("unread.seen")

    noting.tried(act)
