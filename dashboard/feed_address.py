"""A saved search as a feed: its address, beside the search, for the reader alone."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from dashboard import forms, newsroom
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.errors import WrongUse
from diembao.core.outgoing import Feed

SAID: Final = "search-said"


def mine() -> dict[str, Feed]:
    """The reader's feeds, by the name of the search."""
    account = newsroom.visitor().account
    return {each.search: each for each in newsroom.house().store.feeds_of(account)} if account is not None else {}


def button(number: int, name: str, feed: Feed | None, say: Words) -> None:
    """Makes one where there is none yet."""
    if newsroom.visitor().account is None or feed is not None:
        return
    st.button(
        say("feed.make"),
        key=f"feed-make-{number}",
        help=say("feed.help"),
        on_click=_make,
        args=(name,),
    )


def address(number: int, feed: Feed, say: Words) -> None:
    house = newsroom.house()
    here = urlsplit(st.context.url or "")
    known = house.feeds.address(feed.number)
    st.code(known or f"{here.scheme}://{here.netloc}{house.feeds.path(feed.number)}", language=None, wrap_lines=True)
    st.caption(forms.plain(say("feed.own")))
    st.button(say("feed.revoke"), key=f"feed-revoke-{number}", on_click=_revoke, args=(feed, say))


def _make(name: str) -> None:
    hand, who = newsroom.acting(Act.READ_COVERAGE), newsroom.visitor()
    try:
        newsroom.house().store.make_feed(name, who.account or 0, now=newsroom.now(), by=hand)
    except WrongUse as error:
        st.session_state[SAID] = False, str(error)


def _revoke(feed: Feed, say: Words) -> None:
    hand = newsroom.acting(Act.READ_COVERAGE)
    try:
        newsroom.house().store.revoke_feed(feed.number, feed.account, now=newsroom.now(), by=hand)
    except WrongUse as error:  # another window was first
        st.session_state[SAID] = False, str(error)
    else:
        st.session_state[SAID] = True, say("feed.revoked", name=feed.search)
