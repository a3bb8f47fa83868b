"""The forms with which an administrator makes and changes accounts. Each asks for the right again when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote

import streamlit as st

from dashboard import forms, newsroom
from dashboard.texts import Words
from diembao.api.accounts import checked_grants
from diembao.api.rights import Act
from diembao.core.accounts import Account, Grant, Hand, Role
from diembao.core.errors import WrongUse

# What is said after a change: a sentence, and a link to hand on.
NOTE: Final = "administration-note"
# Characters of a name.
LENGTH: Final = 80


def add(say: Words) -> None:
    st.caption(forms.plain(say("admin.add_help")))
    with st.form("account-add", border=False, clear_on_submit=True):
        st.text_input(say("enter.name"), key="account-add-name", max_chars=LENGTH)
        st.text_input(say("set.shown"), key="account-add-shown", max_chars=LENGTH)
        _roles("account-add", (), say)
        st.form_submit_button(say("admin.add"), on_click=_add)


def change(account: Account, say: Words) -> None:
    key = f"account-{account.number}"
    with st.form(f"{key}-form", border=False):
        _roles(key, account.grants, say)
        st.form_submit_button(say("admin.save"), on_click=_save, args=(account.number, key))
    with st.container(horizontal=True, gap="small"):
        st.button(say("admin.link"), key=f"{key}-link", on_click=_link, args=(account.number,))
        word = say("admin.enable") if account.disabled else say("admin.disable")
        st.button(word, key=f"{key}-lock", on_click=_lock, args=(account.number, not account.disabled))
    st.text_input(
        say("admin.erase_sure", number=account.number, name=account.name), key=f"{key}-sure", max_chars=LENGTH
    )
    st.button(say("admin.erase"), key=f"{key}-erase", on_click=_erase, args=(account.number, account.name, key))


def _roles(key: str, grants: Sequence[Grant], say: Words) -> None:
    units = newsroom.house().profile.units
    now = [role.value for role in Role if any(grant.role is role for grant in grants)]
    st.multiselect(
        say("own.roles"),
        [role.value for role in Role],
        default=now,
        format_func=lambda role: say(f"given.{role}"),
        key=f"{key}-roles",
        select_all=False,
    )
    _provinces(key, grants, say)
    choices = ["", *units]
    unit = next((grant.unit for grant in grants if grant.unit in units), "")
    st.selectbox(
        say("admin.unit"),
        choices,
        index=choices.index(unit),
        format_func=lambda each: units[each].name if each else say("admin.no_unit"),
        key=f"{key}-unit",
    )


def _provinces(key: str, grants: Sequence[Grant], say: Words) -> None:
    """None chosen: all of them, those that are added later too."""
    bound = {grant.province for grant in grants} - {""}
    watched = newsroom.house().watched
    if len(watched) < 2 and not bound:
        return
    st.multiselect(
        say("admin.provinces"),
        list(dict.fromkeys([*watched, *sorted(bound)])),
        default=sorted(bound),
        key=f"{key}-provinces",
        placeholder=say("admin.all_provinces"),
        select_all=False,
    )


def _chosen(key: str) -> tuple[Grant, ...]:
    """Only roles of a unit's own take the unit. Each role counts in each of the provinces that were chosen."""
    unit, bound = st.session_state[f"{key}-unit"], {Role.UNIT_OFFICER, Role.FOREIGN_AFFAIRS}
    roles = [Role(each) for each in st.session_state[f"{key}-roles"]]
    provinces = st.session_state.get(f"{key}-provinces") or [""]
    return checked_grants(
        Grant(role, province, unit if role in bound else "") for role in roles for province in provinces
    )


def _done(act: Callable[[Hand], str]) -> None:
    """Do it, as an administrator; what cannot be is said, and nothing is changed. ``act`` gives a link, or nothing."""
    hand = newsroom.acting(Act.MANAGE_ACCOUNT)
    say = newsroom.words()
    try:
        link = act(hand)
    except WrongUse as error:
        st.session_state[NOTE] = (forms.in_language(str(error), say), "")
        return
    newsroom.door().sessions.forget()
    st.session_state[NOTE] = (say("admin.done"), link)


def _add() -> None:
    def adding(hand: Hand) -> str:
        given, now = st.session_state, newsroom.now()
        name, shown = given["account-add-name"], given["account-add-shown"]
        accounts = newsroom.door().accounts
        number = accounts.add(name, shown, _chosen("account-add"), by=hand, now=now)
        return _address(accounts.link(number, by=hand, now=now))

    _done(adding)


def _save(account: int, key: str) -> None:
    def saving(hand: Hand) -> str:
        newsroom.house().store.set_grants(account, _chosen(key), by=hand, now=newsroom.now())
        return ""

    _done(saving)


def _link(account: int) -> None:
    _done(lambda hand: _address(newsroom.door().accounts.link(account, by=hand, now=newsroom.now())))


def _lock(account: int, disabled: bool) -> None:  # noqa: FBT001 (a state)
    def locking(hand: Hand) -> str:
        newsroom.house().store.disable(account, disabled, by=hand, now=newsroom.now())
        return ""

    _done(locking)


def _erase(account: int, name: str, key: str) -> None:
    if st.session_state.get(f"{key}-sure", "").strip() != name:
        st.session_state[NOTE] = (newsroom.words()("admin.erase_not"), "")
        return

    def erasing(hand: Hand) -> str:
        newsroom.house().store.erase(account, by=hand, now=newsroom.now())
        return ""

    _done(erasing)


def _address(token: str) -> str:
    """The link as the other person opens it: at the public address, else where this page was opened."""
    web = newsroom.house().settings.web
    base = web.public_url.rstrip("/") or _here() or f"http://{web.host}:{web.port}"
    return f"{base}/dat-mat-khau?ma={quote(token)}"


def _here() -> str:
    host = st.context.headers.get("host", "")
    return f"http://{host}" if host else ""
