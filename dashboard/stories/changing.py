"""People's word on a story: articles are taken out of it, or it becomes one with another; with the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import corrections, forms, newsroom, views
from dashboard.corrections import REASON
from dashboard.desk import shown
from dashboard.stories.reading import Whole
from dashboard.texts import Words
from dashboard.ties import number_of
from diembao.api.casework import is_foreign
from diembao.api.rights import Act
from diembao.core.errors import IndexAway, Refused, WrongUse
from diembao.pipeline import storying

_NOTE: Final = "stories-note"


def note() -> None:
    """What became of the last act, in a place of its own."""
    told = st.session_state.pop(_NOTE, None)
    with st.container():
        if told:
            (st.success if told[0] else st.warning)(forms.plain(told[1]))


def show(found: Whole, now: datetime, say: Words) -> None:
    house = newsroom.house()
    mine = {
        row.item.article.id: f"{row.outlet} · {forms.shortened(row.item.article.title, 80)}"
        for row in found.rows
        if newsroom.may(Act.CORRECT_LABEL, foreign=is_foreign(house, row.item))
    }
    if mine:
        if len(found.rows) > 1:
            _part(found.story, mine, say)
        _merge(found.story, next(iter(mine)), say)
    _standing(found, set(mine), now, say)


def _part(story: str, mine: dict[str, str], say: Words) -> None:
    key = f"part-{story}"
    with st.expander(say("stories.part"), icon=":material/call_split:"), st.form(f"{key}-form", border=False):
        st.caption(forms.plain(say("stories.part_help")))
        st.multiselect(
            say("stories.which"),
            list(mine),
            format_func=lambda one: mine[one],
            placeholder=say("stories.choose"),
            max_selections=storying.PARTED,
            select_all=False,
            key=f"{key}-ids",
        )
        st.text_input(say("correct.reason"), key=f"{key}-why", max_chars=REASON)
        st.form_submit_button(say("stories.part_do"), key=f"{key}-do", on_click=_parted, args=(key,))


def _parted(key: str) -> None:
    def act() -> None:
        ids = list(st.session_state.get(f"{key}-ids") or ())
        hands = [corrections.hand(each) for each in ids]
        storying.part(newsroom.house(), ids, hands, _why(key), newsroom.now())

    _tried(act)


def _merge(story: str, this: str, say: Words) -> None:
    key = f"join-{story}"
    with st.expander(say("stories.merge"), icon=":material/call_merge:", on_change="rerun", key=key) as opened:
        if not opened.open:
            return
        near = _near(this)
        with st.form(f"{key}-form", border=False):
            st.selectbox(
                say("stories.near"),
                ["", *near],
                format_func=lambda one: near.get(one, say("stories.not_near")),
                key=f"{key}-near",
            )
            st.text_input(say("tie.other"), key=f"{key}-other", max_chars=2000)
            st.text_input(say("correct.reason"), key=f"{key}-why", max_chars=REASON)
            st.form_submit_button(say("tie.do"), key=f"{key}-do", on_click=_merged, args=(key, this))


def _near(this: str) -> dict[str, str]:
    """Articles of other stories that are like this one: by number, as they are told."""
    try:
        found = newsroom.read(views.similar, this) or ()
    except IndexAway:
        return {}
    others = [each.row for each in found if not each.same_story]
    return {row.item.article.id: f"{row.outlet} · {forms.shortened(row.item.article.title, 80)}" for row in others}


def _merged(key: str, this: str) -> None:
    def act() -> None:
        typed = (st.session_state.get(f"{key}-other") or "").strip()
        other = number_of(typed) if typed else st.session_state.get(f"{key}-near") or ""
        storying.merge(newsroom.house(), this, other, corrections.hand(this), _why(key), newsroom.now())

    _tried(act)


def _why(key: str) -> str:
    return forms.shortened(st.session_state.get(f"{key}-why") or "", REASON)


# -- what stands ------------------------------------------------------------------------------------


def _standing(found: Whole, mine: set[str], now: datetime, say: Words) -> None:
    """Each word once, by the article that it was said of."""
    words = {tie.article: tie for tie in found.ties}
    if not words:
        return
    st.caption(forms.plain(say("tie.stands")))
    zone = newsroom.house().profile.timezone
    for article, tie in words.items():
        who, time = shown.who(tie.by, say), forms.clock(tie.at, now, zone, say)
        told = say("stories.merged" if tie.together else "stories.parted", who=who, time=time)
        st.markdown(forms.plain(" · ".join(filter(None, (told, _title(article, found), tie.why)))))
        if article in mine:
            st.button(say("stories.undo"), key=f"untie-{article}", on_click=_undone, args=(article,))


def _title(article: str, found: Whole) -> str:
    known = next((row.item.article.title for row in found.rows if row.item.article.id == article), "")
    item = None if known else newsroom.house().store.article(article)
    return forms.shortened(known or (item.article.title if item else article), 80)


def _undone(article: str) -> None:
    def act() -> None:
        hand = corrections.hand(article)
        newsroom.house().store.untie(article, by=hand.actor, now=newsroom.now(), where=hand.where)

    _tried(act)


def _tried(act: Callable[[], None]) -> None:
    say = newsroom.words()
    try:
        act()
    except Refused:
        st.session_state[_NOTE] = False, say("error.rights_lost")
    except WrongUse as error:
        st.session_state[_NOTE] = False, forms.in_language(str(error), say)
    else:
        st.session_state[_NOTE] = True, say("tie.saved")
