"""Tài khoản của tôi: who I am here, what I may, where I am signed in."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts, people
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.accounts import Session

_NOTE: Final = "own-note"
# A browser says that it is several others, too: the first that fits is the one.
_BROWSERS: Final = (("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"))
_BROWSERS_TOO: Final = (("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS: Final = re.compile(r"Windows|Android|iPhone|iPad|Mac OS X|Linux")


def show() -> None:
    say, who = newsroom.words(), newsroom.visitor()
    parts.title(say("own"))
    if note := st.session_state.pop(_NOTE, None):
        st.success(forms.plain(note))
    parts.heading(who.shown)
    st.markdown(f":gray[{forms.plain(say('own.name', name=who.name))}]")
    st.markdown(" ".join(people.role_badges(who.grants, say)) or forms.plain(say("own.no_roles")))
    st.html(f'<p><a href="/mat-khau" target="_self">{forms.html(say("own.password"))}</a></p>')
    _sessions(who.account or 0, who.session, say)


def _sessions(account: int, mine: int | None, say: Words) -> None:
    parts.heading(say("own.sessions"))
    web = newsroom.house().settings.web
    idle, hours = forms.number(web.idle_minutes, say), forms.number(web.session_hours, say)
    st.caption(forms.plain(say("own.kept", idle=idle, hours=hours)))
    open_ones = [each for each in people.open_sessions(account) if each.ended_at is None]
    for each in open_ones:
        with st.container(key=f"row-session-{each.number}", horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(_told(each, mine, say))
            if each.number != mine:
                st.button(say("own.end"), key=f"end-{each.number}", on_click=_end, args=((each.number,),))
    others = tuple(each.number for each in open_ones if each.number != mine)
    if len(others) > 1:
        st.button(say("own.end_others"), on_click=_end, args=(others,))


def _told(session: Session, mine: int | None, say: Words) -> str:
    now, zone = newsroom.now(), newsroom.house().profile.timezone
    told = forms.plain(
        say(
            "own.session",
            agent=browser(session.agent) or say("own.agent_unknown"),
            address=session.address or "?",
            made=forms.clock(session.made_at, now, zone, say),
            seen=forms.ago(session.seen_at, now, say),
        )
    )
    return f"{told} :green-badge[{forms.plain(say('own.this_one'))}]" if session.number == mine else told


def browser(agent: str) -> str:
    """Of what a browser says of itself, what its owner calls it: “Chrome, Windows”."""
    name = next((name for sign, name in (*_BROWSERS, *_BROWSERS_TOO) if sign in agent), "")
    system = _SYSTEMS.search(agent)
    return ", ".join(part for part in (name, system.group() if system else "") if part)


def _end(numbers: tuple[int, ...]) -> None:
    """Only one's own, whatever the browser sends."""
    house, say, hand = newsroom.house(), newsroom.words(), newsroom.acting(Act.OWN_ACCOUNT)
    own = {each.number for each in people.open_sessions(newsroom.visitor().account or 0)}
    for number in own & set(numbers):
        house.store.end_session(number, by=hand, now=newsroom.now())
    newsroom.door().sessions.forget()
    st.session_state[_NOTE] = say("own.ended", n=len(own & set(numbers)))
