"""The line above the list while articles are being chosen: how many, and what can be done to them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import forms, newsroom
from dashboard.desk import noting
from dashboard.picking import chosen, into_cases, labels
from dashboard.texts import Words


def show(page: Sequence[str], say: Words, *, boxes: bool) -> None:
    """``page``: the articles that the list shows now, with our ``boxes`` before them (a table chooses all itself)."""
    picked = chosen.ids()
    with st.container(border=True, key="pick-bar"):
        noting.show()
        elsewhere = len(set(picked) - set(page))
        told = say("pick.n", n=forms.number(len(picked), say))
        if elsewhere:
            told += f" {say('pick.elsewhere', n=forms.number(elsewhere, say))}"
        if len(picked) >= chosen.MOST:
            told += f" {say('pick.most', n=chosen.MOST)}"
        st.markdown(forms.plain(told))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if boxes:
                st.button(say("pick.page"), key="pick-page", on_click=chosen.add, args=(list(page),))
            if picked:
                st.button(say("pick.none"), key="pick-none", type="tertiary", on_click=chosen.forget)
                _acts(picked, say)


def _acts(picked: Sequence[str], say: Words) -> None:
    items = newsroom.house().store.rows(picked)
    labels.popover(items, say)
    into_cases.popover(items, say)
