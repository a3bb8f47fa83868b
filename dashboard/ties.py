"""A person's word on stories: an article is taken out of its story, or two stories become one; with the way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard import corrections, forms, newsroom
from dashboard.texts import Words
from diembao.api.casework import is_foreign
from diembao.api.rights import Act
from diembao.core.article import Kind, Labelled, article_id
from diembao.core.errors import WrongUse
from diembao.pipeline import storying

# The number of an article where it stands in an address of *Bài báo*, or alone.
_NUMBER: Final = re.compile(r"(?:^|[?&]id=)([0-9a-f]{16})\b")
_NOTE: Final = "tie-note"


def show(item: Labelled, say: Words) -> None:
    if not newsroom.may(Act.CORRECT_LABEL, foreign=is_foreign(newsroom.house(), item)):
        return
    this, house = item.article.id, newsroom.house()
    note = st.session_state.pop(_NOTE, None)
    with st.container():
        if note:
            st.info(forms.plain(note))
    story = item.key(Kind.STORY)
    if story and len(house.store.story_members([story])[story]) > 1:
        st.button(
            say("tie.split"), key=f"tie-split-{this}", on_click=_split, args=(this,), icon=":material/call_split:"
        )
    if story:
        with st.expander(say("tie.merge")), st.form(f"tie-{this}", border=False):
            st.text_input(say("tie.other"), key=f"tie-other-{this}", max_chars=2000)
            st.form_submit_button(say("tie.do"), on_click=_merge, args=(this,))
    if any(tie.article == this for tie in house.store.ties([this])):
        st.caption(forms.plain(say("tie.stands")))
        st.button(say("tie.undo"), key=f"tie-undo-{this}", on_click=_undo, args=(this,))


def _split(this: str) -> None:
    house, hand = newsroom.house(), corrections.hand(this)
    _told(lambda: storying.split(house, this, hand, "", newsroom.now()))


def number_of(typed: str) -> str:
    """The number of the article that was named by its address, here or at its outlet, or by its number."""
    found = _NUMBER.search(typed)
    return found[1] if found else article_id(typed)


def _merge(this: str) -> None:
    house, hand = newsroom.house(), corrections.hand(this)
    other = number_of((st.session_state.get(f"tie-other-{this}") or "").strip())
    _told(lambda: storying.merge(house, this, other, hand, "", newsroom.now()))


def _undo(this: str) -> None:
    house, hand = newsroom.house(), corrections.hand(this)
    _told(lambda: house.store.untie(this, by=hand.actor, now=newsroom.now(), where=hand.where))


def _told(act: Callable[[], None]) -> None:
    say = newsroom.words()
    try:
        act()
    except WrongUse as error:
        st.session_state[_NOTE] = forms.in_language(str(error), say)
        return
    st.session_state[_NOTE] = say("tie.saved")
