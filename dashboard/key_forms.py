"""Keys of other systems, on *Quản trị*: made, shown once, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.texts import Words
from diembao.api.keys import LONGEST, NAME, READING, SCOPES, USUAL, Wish, scopes_named, usable
from diembao.api.rights import Act
from diembao.core.errors import WrongUse
from diembao.core.keys import Key

# What is said after a change: a sentence, and a key to hand on.
_NOTE: Final = "keys-note"


def show(say: Words) -> None:
    note, token = st.session_state.pop(_NOTE, ("", ""))
    # A place of its own, so that what is below stays where it is.
    with st.container():
        if note:
            st.info(forms.plain(note))
        if token:
            st.code(token, language=None, wrap_lines=True)
    with st.expander(say("keys.add"), icon=":material/key:"):
        _form(say)
    house, now = newsroom.house(), newsroom.now()
    names = {account.number: account.shown for account in house.store.accounts()}
    keys = house.store.all_keys()
    if not keys:
        st.caption(forms.plain(say("keys.none")))
    for key in keys:
        with st.container(key=f"row-key-{key.number}", gap=None):
            st.markdown(_told(key, names.get(key.account, ""), now, say))
            if key.is_on(now):
                st.button(say("keys.revoke"), key=f"key-{key.number}-revoke", on_click=_revoke, args=(key.number,))


def _told(key: Key, owner: str, now: datetime, say: Words) -> str:
    zone = newsroom.house().profile.timezone
    used = say("keys.used", time=forms.clock(key.used_at, now, zone, say)) if key.used_at else say("keys.unused")
    until = say("keys.until", date=forms.date(key.until, zone))
    state = say("keys.revoked") if key.revoked_at else until if key.is_on(now) else say("keys.over")
    whose = "" if owner == key.name else f" :gray[{forms.plain(owner)}]"
    scopes = "; ".join(say(f"scope.{scope}") for scope in key.scopes)
    return f"**{forms.plain(key.name)}**{whose}  \n{forms.plain(scopes)}  \n:gray[{forms.plain(f'{state} · {used}')}]"


def _form(say: Words) -> None:
    st.caption(forms.plain(say("keys.help")))
    people = {each.number: each.shown for each in newsroom.house().store.accounts() if not each.disabled}
    with st.form("key-add", border=False, clear_on_submit=True):
        st.text_input(say("keys.name"), key="key-add-name", max_chars=NAME)
        st.multiselect(
            say("keys.scopes"),
            [scope.value for scope in SCOPES],
            default=[scope.value for scope in READING],
            format_func=lambda scope: say(f"scope.{scope}"),
            key="key-add-scopes",
            select_all=False,
        )
        st.number_input(say("keys.days"), 1, LONGEST, value=USUAL, key="key-add-days")
        st.selectbox(
            say("keys.account"),
            [0, *people],
            format_func=lambda number: people[number] if number else say("keys.service"),
            key="key-add-account",
        )
        st.form_submit_button(say("keys.add"), on_click=_add)


def _add() -> None:
    say, given = newsroom.words(), st.session_state
    hand = newsroom.acting(Act.MANAGE_KEY)
    owner = given["key-add-account"] or None
    try:
        wish = Wish(
            given["key-add-name"].strip(),
            newsroom.house().profile.id,
            _chosen(scopes_named(given["key-add-scopes"]), owner),
            given["key-add-days"],
            owner,
        )
        made = newsroom.door().keys.add(wish, by=hand)
    except WrongUse as error:
        given[_NOTE] = forms.in_language(str(error), say), ""
        return
    given[_NOTE] = say("keys.made"), made.token


def _chosen(scopes: tuple[Act, ...], owner: int | None) -> tuple[Act, ...]:
    """What is preselected stands for all that this account may read."""
    account = newsroom.house().store.account(owner) if owner and set(scopes) == set(READING) else None
    return usable(scopes, account.grants) if account else scopes


def _revoke(number: int) -> None:
    newsroom.door().keys.revoke(number, by=newsroom.acting(Act.MANAGE_KEY))
    st.session_state[_NOTE] = newsroom.words()("keys.taken"), ""
