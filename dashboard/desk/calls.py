"""Who calls the reader in a note: on *Hôm nay*, in the menu, and above the case itself."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import Case
from diembao.core.desk import Mention

# Calls that are listed, and characters of a note there.
SHOWN, LENGTH = 8, 200
MOST: Final = 99


def waiting() -> int:
    """How many calls the reader has not seen; asked anew at each run, it is one look at an index."""
    who = newsroom.visitor()
    return newsroom.house().store.mentions_of(who.actor, limit=0)[0] if who.account is not None else 0


def titled(name: str, say: Words) -> str:
    """A menu's title, with how many calls wait."""
    n = min(waiting(), MOST)
    return f"{say(name)} ({n})" if n else say(name)


def show(now: datetime, say: Words) -> None:
    """On *Hôm nay*: nothing where nobody calls."""
    total, found = newsroom.house().store.mentions_of(newsroom.visitor().actor, limit=SHOWN)
    if not found:
        return
    parts.heading(say("calls", n=forms.number(total, say)))
    for each in found:
        with st.container(key=f"row-call-{each.number}", gap=None):
            address = shown.address(each.case)
            st.page_link(
                parts.screen("case"), label=forms.plain(forms.seen(each.title, each.case)), query_params=address
            )
            st.markdown(f"{forms.plain(_told(each, now, say))}")


def _told(each: Mention, now: datetime, say: Words) -> str:
    time = forms.clock(each.at, now, newsroom.house().profile.timezone, say)
    return say("calls.line", who=shown.who(each.by, say), time=time, text=forms.shortened(each.text, LENGTH))


def here(case: Case, now: datetime, say: Words) -> None:
    """Above a case: who calls the reader here, until they say that they have seen it."""
    who = newsroom.visitor()
    mine = [each for each in newsroom.house().store.mentions_of(who.actor)[1] if each.case == case.number]
    if not mine:
        return
    with st.container(border=True, key="calls-here"):
        for each in mine[:SHOWN]:
            st.markdown(forms.plain(_told(each, now, say)))
        st.button(say("calls.saw"), key="calls-saw", on_click=_saw, args=(case.number,))


def _saw(number: str) -> None:
    def act() -> str:
        shown.desk().saw(number, asking.actor(Act.READ_CASE, number))
        return newsroom.words()("calls.seen")

    noting.tried(act)
