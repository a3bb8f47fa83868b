"""Outlets that were found outside of the catalogue: a person takes them in or refuses them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.errors import DiembaoError, Refused
from diembao.core.sourcing import Decision, Proposal
from diembao.pipeline import discovering, sourcing
from diembao.pipeline.discovering import Look

SHOWN: Final = 50
_NOTE: Final = "proposed-note"


def show(waiting: Sequence[Proposal], now: datetime, say: Words) -> None:
    if note := st.session_state.pop(_NOTE, ""):
        st.info(forms.plain(note))
    st.caption(forms.plain(_last_look(now, say)))
    if not waiting:
        st.info(say("proposed.none"))
    for each in waiting[:SHOWN]:
        with st.container(key=f"row-proposed-{_key(each.host)}", gap=None):
            st.markdown(_told(each, now, say))
            if newsroom.opens(Act.CHANGE_SOURCE):
                _decide(each, say)
    if len(waiting) > SHOWN:
        st.caption(forms.plain(say("silent.more", n=forms.number(len(waiting) - SHOWN, say))))


def _last_look(now: datetime, say: Words) -> str:
    """When it was looked outside last, what came of it, and when the next look is."""
    house = newsroom.house()
    zone, last, following = house.profile.timezone, discovering.last_look(house), discovering.next_look(house, now)
    told = [say("proposed.help")]
    if last is not None:
        told.append(say("proposed.last", time=forms.clock(last.at, now, zone, say), came=_came(last, say)))
    if following is None:
        told.append(say("proposed.off"))
    else:
        told.append(say("proposed.next", time=forms.clock(max(following, now), now, zone, say)))
    return " ".join(told)


def _came(last: Look, say: Words) -> str:
    if last.came is None:
        return say("proposed.unfinished")
    counts = {name: forms.number(last.came[name], say) for name in ("found", "asked", "proposed")}
    failed = len(last.came["failures"])
    return say("proposed.came", **counts) + (say("proposed.failed", n=failed) if failed else "")


def _told(each: Proposal, now: datetime, say: Words) -> str:
    zone = newsroom.house().profile.timezone
    seen = forms.clock(each.last_seen, now, zone, say) if each.last_seen else ""
    facts = [each.host, each.language, each.country, say("proposed.seen", n=each.seen, time=seen)]
    line = " · ".join(fact for fact in facts if fact)
    return f"**{forms.plain(each.name or each.host)}**  \n{forms.plain(each.title)}  \n:gray[{forms.plain(line)}]"


def _decide(each: Proposal, say: Words) -> None:
    key = f"proposed-{_key(each.host)}"
    with st.expander(say("proposed.take"), icon=":material/add:"), st.form(f"{key}-form", border=False):
        st.text_input(say("proposed.name"), value=each.name, max_chars=100, key=f"{key}-name")
        st.text_input(say("proposed.feed"), max_chars=500, key=f"{key}-feed", help=say("proposed.feed_help"))
        with st.container(horizontal=True):
            st.text_input(say("sources.language"), value=each.language, max_chars=12, key=f"{key}-language", width=140)
            country = each.country if len(each.country) == 2 else ""
            st.text_input(say("sources.country"), value=country, max_chars=2, key=f"{key}-country", width=140)
        st.form_submit_button(say("proposed.take"), type="primary", on_click=_take, args=(each.host, key))
    st.button(say("proposed.reject"), key=f"{key}-reject", on_click=_reject, args=(each.host,))


def _take(host: str, key: str) -> None:
    house, say, given = newsroom.house(), newsroom.words(), st.session_state
    asked = {name: given[f"{key}-{name}"].strip() for name in ("name", "language", "country", "feed")}
    feed = asked.pop("feed")
    if not feed:
        given[_NOTE] = say("proposed.feed_needed", host=host)
        return
    try:
        hand = newsroom.acting(Act.CHANGE_SOURCE)
        outlet, _ = sourcing.accept(house, host, newsroom.now, by=hand.actor, where=hand.where, feeds=(feed,), **asked)
    except DiembaoError as error:
        given[_NOTE] = _refused(error, say)
        return
    house.reread_outlets()
    given[_NOTE] = say("proposed.taken", name=outlet.name)


def _reject(host: str) -> None:
    house, say = newsroom.house(), newsroom.words()
    try:
        hand = newsroom.acting(Act.CHANGE_SOURCE)
        house.store.decide(host, Decision.REJECTED, by=hand.actor, where=hand.where, now=newsroom.now())
    except DiembaoError as error:
        st.session_state[_NOTE] = _refused(error, say)
        return
    st.session_state[_NOTE] = say("proposed.rejected", host=host)


def _refused(error: DiembaoError, say: Words) -> str:
    if isinstance(error, Refused) and error.reason == "rights":
        return say("error.rights_lost")
    return say("proposed.refused", why=forms.in_language(str(error), say))


def _key(host: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", host)
