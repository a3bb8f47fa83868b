"""Beside the search box: how to search, and searches kept under a name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import streamlit as st

from dashboard import feed_address, forms, kept, newsroom
from dashboard.address import Asked
from dashboard.alerting import subscribing
from dashboard.narrowing import current, go
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.errors import DiembaoError
from diembao.core.highlight import Piece, Sought, passage
from diembao.core.outgoing import Feed
from diembao.core.saved import NAME_LENGTH, SavedSearch
from diembao.response.alerts import all_subscriptions
from diembao.response.searches import PREPARED, prepared, remove, saved

SAVED: Final = "search-saved"
_NAME, _SAID = "search-name", feed_address.SAID


def popovers(asked: Asked, say: Words) -> None:
    """Three buttons; what was said of the last deed stands in the second, where it was done."""
    with st.popover(say("search.how"), width="content"):
        st.markdown(say("search.help"))
    house = newsroom.house()
    saved_here = house.store.saved_searches()
    searches = [*saved_here, *prepared(house.profile, saved_here)]
    label = say("search.saved", n=forms.number(len(searches), say))
    with st.popover(label, width="content", key=SAVED, on_change="rerun") as opened:
        if opened.open:
            _saved(asked, searches, say)
    subscribing.popover(asked, say)


def _saved(asked: Asked, searches: Sequence[SavedSearch], say: Words) -> None:
    _said(say)
    if newsroom.opens(Act.CHANGE_ALERT):
        _keep(asked, say)
    if not searches:
        st.caption(say("search.none_saved"))
    feeds = feed_address.mine()
    for number, each in enumerate(searches):
        _kept(number, each, feeds.get(each.name), say)


def _said(say: Words) -> None:
    done, message = st.session_state.pop(_SAID, (True, ""))
    if message:
        (st.success if done else st.warning)(forms.plain(forms.in_language(message, say)))


def _keep(asked: Asked, say: Words) -> None:
    query = kept.as_typed(asked)
    if not query:
        st.caption(say("search.nothing_to_save"))
        return
    with st.form("search-save", border=False):
        st.caption(forms.plain(say("search.to_save", query=query)))
        st.text_input(say("search.name"), key=_NAME, max_chars=NAME_LENGTH)
        st.form_submit_button(say("search.save"), on_click=_save, args=(query, say))


def _save(query: str, say: Words) -> None:
    house, now = newsroom.house(), newsroom.now()
    st.session_state[SAVED] = True  # with another number in its label Streamlit takes it for another, shut one
    try:
        hand = newsroom.acting(Act.CHANGE_ALERT)
        search = saved(st.session_state[_NAME], query, house.vocabulary, by=hand.actor, now=now)
        house.store.save_search(search, by=hand)
    except DiembaoError as error:
        st.session_state[_SAID] = False, str(error)
    else:
        st.session_state[_NAME] = ""
        st.session_state[_SAID] = True, say("search.saved_as", name=search.name)


def _kept(number: int, each: SavedSearch, feed: Feed | None, say: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            forms.plain(each.name),
            key=f"search-open-{number}",
            type="tertiary",
            help=forms.plain(each.query),
            on_click=_open,
            args=(each.query,),
        )
        if each.by != PREPARED and newsroom.opens(Act.CHANGE_ALERT):
            st.button(say("search.remove"), key=f"search-remove-{number}", on_click=_remove, args=(each.name, say))
        feed_address.button(number, each.name, feed, say)
    if feed:
        feed_address.address(number, feed, say)


def _open(query: str) -> None:
    go(kept.opened(query, current().sort))


def _remove(name: str, say: Words) -> None:
    house = newsroom.house()
    st.session_state[SAVED] = True
    asked = all_subscriptions(house.settings.alerts, house.store.subscriptions())
    try:
        hand = newsroom.acting(Act.CHANGE_ALERT)
        remove(name, house.store, house.vocabulary, asked, by=hand, now=newsroom.now())
    except DiembaoError as error:
        st.session_state[_SAID] = False, str(error)
    else:
        st.session_state[_SAID] = True, say("search.removed", name=name)


# -- what was asked for, in a row of the list -------------------------------------------------------


@lru_cache(maxsize=2000)  # forty pages of a list: the same one is drawn again at every press
def found_passage(text: str, asked: Sought) -> str:
    """The passage that was asked for as HTML, hits on a coloured ground; empty where there is none."""
    return "".join(_shown(piece) for piece in passage(text, asked))


def _shown(piece: Piece) -> str:
    words = forms.html(piece.text)
    return f'<span class="diembao-sought">{words}</span>' if piece.hit else words
