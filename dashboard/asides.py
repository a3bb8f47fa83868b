"""What no rule could handle, on *Nguồn tin*: why, its bytes, read again by the rules of today, or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import streamlit as st

from dashboard import forms, newsroom, views
from dashboard.reasons import reason
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.errors import DiembaoError, Refused
from diembao.core.quarantine import Quarantined
from diembao.pipeline.quarantine import replay_apart

MOST, SHOWN = 1_000, 30
HEAD: Final = 1_500  # characters of what was received
_NOTE: Final = "aside-note"


def show(waiting: Sequence[Quarantined], now: datetime, say: Words) -> None:
    if note := st.session_state.pop(_NOTE, ""):
        st.info(forms.plain(note))
    st.caption(forms.plain(say("aside.help")))
    if not waiting:
        st.info(say("aside.none"))
        return
    for each in waiting[:SHOWN]:
        with st.container(key=f"row-aside-{each.id}", gap=None):
            st.markdown(_told(each, now, say))
            _acts(each, say)
    if len(waiting) > SHOWN:
        st.caption(forms.plain(say("aside.more", n=forms.number(len(waiting) - SHOWN, say))))


def _told(each: Quarantined, now: datetime, say: Words) -> str:
    house = newsroom.house()
    what = say("aside.source" if each.of_source else "aside.page")
    time = forms.clock(each.at, now, house.profile.timezone, say)
    line = f"{what} · {reason(each.reason, say)} · {time}"
    name = forms.plain(views.outlet_name(house, each.outlet))
    return f"**{name}** {forms.plain(line)}  \n:gray[{forms.plain(each.url)}]"


def _acts(each: Quarantined, say: Words) -> None:
    with st.expander(say("aside.show")):
        st.text(each.reason)
        _bytes(each, say)
    if not newsroom.opens(Act.CHANGE_SOURCE):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if each.response:
            st.button(say("aside.replay"), key=f"aside-{each.id}-replay", on_click=_replay, args=(each,))
        st.text_input(
            say("aside.why"),
            key=f"aside-{each.id}-why",
            max_chars=200,
            label_visibility="collapsed",
            placeholder=say("aside.why"),
            width=320,
        )
        st.button(say("aside.drop"), key=f"aside-{each.id}-drop", on_click=_drop, args=(each,))


def _bytes(each: Quarantined, say: Words) -> None:
    """Read only where it is asked for: an expander draws what is in it, open or not."""
    if not each.response:
        st.caption(say("aside.no_bytes"))
    elif st.button(say("aside.bytes"), key=f"aside-{each.id}-bytes"):
        body = newsroom.house().store.response(each.response) or b""
        st.code(body[: 4 * HEAD].decode("utf-8", "replace")[:HEAD], language=None, wrap_lines=True)


def _replay(each: Quarantined) -> None:
    house, say = newsroom.house(), newsroom.words()
    try:
        hand = newsroom.acting(Act.CHANGE_SOURCE)
        (done,) = replay_apart(house.settings.home, [each.id], hand.actor)
        house.store.note(hand.actor, "source.replay", f"aside:{each.id}", where=hand.where, now=newsroom.now())
    except DiembaoError as error:
        st.session_state[_NOTE] = _refused(error, say)
        return
    st.session_state[_NOTE] = _came(done, say)


def _came(done: dict[str, Any], say: Words) -> str:
    if "entries" in done:
        return say("aside.read", n=forms.number(done["entries"], say), m=forms.number(done["to_read"], say))
    if done["outcome"] in {"quarantined", None}:
        return say("aside.still", why=reason(done["reason"], say))
    if done["outcome"] == "refused":
        return say("aside.refused", why=reason(done["reason"], say))
    return say("aside.stored")


def _drop(each: Quarantined) -> None:
    house, say, why = newsroom.house(), newsroom.words(), st.session_state[f"aside-{each.id}-why"].strip()
    if not why:
        st.session_state[_NOTE] = say("aside.why_needed")
        return
    try:
        hand = newsroom.acting(Act.CHANGE_SOURCE)
        house.store.drop(each.id, by=hand.actor, where=hand.where, why=why, now=newsroom.now())
    except DiembaoError as error:
        st.session_state[_NOTE] = _refused(error, say)
        return
    st.session_state[_NOTE] = say("aside.dropped")


def _refused(error: DiembaoError, say: Words) -> str:
    if isinstance(error, Refused) and error.reason == "rights":
        return say("error.rights_lost")
    return forms.in_language(str(error), say)
