"""Which model judges, what people's corrections taught, what was kept aside and why, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, kept_aside, newsroom
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.accounts import Hand
from diembao.core.errors import Misconfigured, WrongUse
from diembao.pipeline import teaching
from diembao.pipeline.heads import SHIPPED, Version
from diembao.pipeline.wiring import Installation

_NOTE, _MEASURED = "model-note", "model-measured"
_BADGES: Final = {"judging": "green", "aside": "orange", "other": "gray", "ready": "gray"}


def show(say: Words) -> None:
    st.caption(forms.plain(say("model.help")))
    note = st.session_state.pop(_NOTE, None)
    with st.container():
        if note:
            (st.success if note[0] else st.error)(forms.plain(note[1]))
    house = newsroom.house()
    try:
        history, judging = house.heads.history(), _judging(house)
        floors = _floors()
    except Misconfigured as error:
        st.error(forms.plain(say("model.broken", why=forms.in_language(str(error), say))))
        return
    _now(house, judging, say)
    _waiting(house, history, say)
    _card(floors, say)
    st.subheader(say("model.history"), anchor=False)
    if not history:
        st.info(say("model.none"))
        return
    for version in history:
        _version(house, version, judging, say)
    if judging != SHIPPED:
        with st.container(key="row-model-0", gap=None):
            st.markdown(f"**{forms.plain(_name(SHIPPED, say))}**")
            _use(SHIPPED, say)


def _judging(house: Installation) -> int:
    folder = house.heads.judging()
    return int(folder.name) if folder else SHIPPED


def _floors() -> Mapping[str, float]:
    from classifier import floors
    from diembao.plan.reader import themes

    return floors.read(floors.FOLDER, tuple(themes()))[1]


def _name(number: int, say: Words) -> str:
    return say("model.number", n=number) if number else say("model.shipped")


def _now(house: Installation, judging: int, say: Words) -> None:
    st.markdown(f"**{forms.plain(say('model.now', model=_name(judging, say)))}**")
    if house.heads.current().held:
        st.caption(forms.plain(say("model.held")))
        st.button(say("model.release"), on_click=_release, key="model-release")


def _waiting(house: Installation, history: list[Version], say: Words) -> None:
    due = house.store.fact(teaching.DUE)
    zone, now = house.profile.timezone, newsroom.now()
    if due:
        time = forms.clock(datetime.fromisoformat(due), now, zone, say)
        st.caption(forms.plain(say("model.waiting", time=time)))
    if history and history[0].aside:
        newest = history[0]
        told = say("model.aside", n=newest.number, time=_at(newest, say), parts=kept_aside.parts(newest.aside, say))
        st.warning(forms.plain(f"{told} {kept_aside.taken(newest, say)}".rstrip()))


def _card(floors: Mapping[str, float], say: Words) -> None:
    """Measured when asked: it reads the whole gold set."""
    st.button(say("model.measure"), on_click=_measure, key="model-measure", icon=":material/straighten:")
    found = st.session_state.get(_MEASURED)
    if found is None:
        return
    number, figures = found
    st.caption(forms.plain(_name(number, say)))
    rows = [
        {
            say("model.figure"): kept_aside.figure(name, say),
            say("model.measured"): forms.number(figures.get(name, 0.0), say, 3),
            say("model.floor"): forms.number(floor, say, 3),
        }
        for name, floor in floors.items()
    ]
    st.dataframe(rows, hide_index=True)


def _version(house: Installation, version: Version, judging: int, say: Words) -> None:
    state = _state(house, version, judging)
    with st.container(key=f"row-model-{version.number}", gap=None):
        badge = f":{_BADGES[state]}-badge[{forms.plain(say(f'model.state.{state}'))}]"
        taught = say(
            "model.taught",
            time=_at(version, say),
            themes=forms.number(version.themes, say),
            stances=forms.number(version.stances, say),
            seconds=forms.number(version.seconds, say, 1),
        )
        st.markdown(f"**{forms.plain(_name(version.number, say))}** {badge}  \n:gray[{forms.plain(taught)}]")
        for line in kept_aside.told(version, say):
            st.markdown(f":orange[{forms.plain(line)}]")
        if state == "ready":
            _use(version.number, say)


def _state(house: Installation, version: Version, judging: int) -> str:
    if version.aside and not version.taken:
        return "aside"
    if version.number == judging:
        return "judging"
    return "ready" if version.base == house.shipped_heads else "other"


def _at(version: Version, say: Words) -> str:
    zone = newsroom.house().profile.timezone
    return forms.clock(datetime.fromisoformat(version.at), newsroom.now(), zone, say)


def _use(number: int, say: Words) -> None:
    with st.popover(say("model.use"), icon=":material/history:"):
        st.caption(forms.plain(say("model.sure", model=_name(number, say))))
        st.button(say("model.confirm"), type="primary", on_click=_chosen, args=(number,), key=f"model-use-{number}")


# -- what is done -----------------------------------------------------------------------------------


def _chosen(number: int) -> None:
    house, say, hand = newsroom.house(), newsroom.words(), newsroom.acting(Act.CHANGE_MODEL)
    try:
        with _noted("model.rollback", number, hand):
            house.heads.use(number, held=True)
    except WrongUse as error:
        st.session_state[_NOTE] = (False, forms.in_language(str(error), say))
        return
    st.session_state[_NOTE] = (True, say("model.used", model=_name(number, say)))


def _release() -> None:
    house, say, hand = newsroom.house(), newsroom.words(), newsroom.acting(Act.CHANGE_MODEL)
    number = house.heads.current().number
    with _noted("model.release", number, hand):
        house.heads.use(number, held=False)
    st.session_state[_NOTE] = (True, say("model.released"))


def _noted(act: str, number: int, hand: Hand) -> AbstractContextManager[None]:
    """What is done to the heads' files inside, in the audit log."""
    store = newsroom.house().store
    return store.noted(hand.actor, act, f"model:{number}", where=hand.where, now=newsroom.now())


def _measure() -> None:
    from diembao.pipeline.model_card import card_of

    newsroom.acting(Act.CHANGE_MODEL)
    found = card_of(newsroom.house())
    st.session_state[_MEASURED] = (found["number"], found["figures"])
