"""Quản trị: accounts and their roles, the units, keys of other systems, what was done."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard import (
    audit_list,
    evidence,
    forms,
    key_forms,
    models,
    newsroom,
    opinion_costs,
    opinions,
    parts,
    people,
    storage,
)
from dashboard.account_forms import NOTE, add, change
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.accounts import Account


def show() -> None:
    say = newsroom.words()
    parts.title(say("administration"))
    evidence.key(say)
    note, link = st.session_state.pop(NOTE, ("", ""))
    if note:
        st.success(forms.plain(note))
    if link:
        st.info(forms.plain(say("admin.link_made")))
        st.code(link, language=None, wrap_lines=True)
    names = ("admin.accounts", "admin.units", "keys", "model", "admin.audit", "storage.tab")
    named = [say(name) for name in names]
    asks = [say("opinion")] if opinions.on() else []
    accounts, units, keys, model, audit, kept, *opinion = st.tabs([*named, *asks])
    with accounts:
        _accounts(say)
    with units:
        _units(say)
    with keys:
        if newsroom.opens(Act.MANAGE_KEY):
            key_forms.show(say)
        else:
            st.warning(say("error.rights"))
    with model:
        if newsroom.opens(Act.CHANGE_MODEL):
            models.show(say)
        else:
            st.warning(say("error.rights"))
    with audit:
        if newsroom.opens(Act.READ_AUDIT):
            audit_list.show(say)
        else:
            st.warning(say("error.rights"))
    with kept:
        storage.show(say)
    for tab in opinion:
        with tab:
            if newsroom.opens(Act.CHANGE_MODEL):
                opinion_costs.show(say)
            else:
                st.warning(say("error.rights"))


def _accounts(say: Words) -> None:
    with st.expander(say("admin.add"), icon=":material/person_add:"):
        add(say)
    for account in newsroom.house().store.accounts():
        with st.container(key=f"row-account-{account.number}", gap=None):
            st.markdown(_told(account, say))
            if not account.erased:
                with st.expander(say("own.roles")):
                    change(account, say)


def _told(account: Account, say: Words) -> str:
    zone, now = newsroom.house().profile.timezone, newsroom.now()
    seen = (
        say("admin.active", time=forms.clock(account.seen_at, now, zone, say))
        if account.seen_at
        else say("admin.never")
    )
    state = say("admin.erased") if account.erased else say("admin.disabled") if account.disabled else seen
    roles = " ".join(people.role_badges(account.grants, say)) or forms.plain(say("admin.no_roles"))
    name = "" if account.erased else f" :gray[{forms.plain(account.name)}]"
    return f"**{forms.plain(account.shown)}**{name}  \n{roles} :gray[{forms.plain(state)}]"


def _units(say: Words) -> None:
    st.caption(forms.plain(say("admin.units_help")))
    house = newsroom.house()
    accounts = [each for each in house.store.accounts() if not each.disabled]
    for unit in house.profile.units.values():
        members = [each.shown for each in accounts if any(grant.unit == unit.id for grant in each.grants)]
        with st.container(key=f"row-unit-{unit.id}", gap=None):
            st.markdown(f"**{forms.plain(unit.name)}** :gray[{forms.plain(unit.id)}]  \n{_members(members, say)}")


def _members(members: Iterable[str], say: Words) -> str:
    told = ", ".join(members)
    return forms.plain(told) if told else f":gray[{forms.plain(say('admin.no_people'))}]"
