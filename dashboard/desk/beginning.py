"""Opening a case where there is no one article: somebody called, or a search found the coverage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, details, noting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.article import Labelled
from diembao.core.case import Case, Details
from diembao.core.desk import Opening, Origin
from diembao.core.ports import SortBy
from diembao.core.query import Query
from diembao.response.acts import Actor
from diembao.response.cases import NOTE
from diembao.response.coverage import ARTICLES

_CALL: Final = "call"


def by_phone(say: Words) -> None:
    """On *Vụ việc*: what was told is the first note."""
    if not newsroom.opens(Act.OPEN_CASE):
        return
    with st.expander(say("begin.phone"), icon=":material/call:"), st.form(f"{_CALL}-form", border=False):
        st.caption(forms.plain(say("begin.phone_help")))
        st.text_area(say("begin.said"), key=f"{_CALL}-said", max_chars=NOTE, height=90)
        details.ask(Details("", ""), _CALL, say)
        if st.form_submit_button(say("case.open"), key=f"{_CALL}-do", type="primary"):
            _open_by_phone()


def _open_by_phone() -> None:
    said = st.session_state.get(f"{_CALL}-said") or ""

    def made(given: Details) -> Case:
        by = asking.opening_without(given.unit)
        return shown.desk().open(given, [], by, opening=Opening(Origin.PHONE, said))

    _opened(_CALL, made)


def by_search(query: Query, total: int, typed: str, say: Words) -> None:
    """On *Dòng tin*: about all that was found, the newest `ARTICLES` of it. Read only where it is opened."""
    if not total or not newsroom.opens(Act.OPEN_CASE):
        return
    n = min(total, ARTICLES)
    with st.popover(say("begin.search"), icon=":material/create_new_folder:", on_change="rerun") as opened:
        if not opened.open:
            return
        told = say("begin.search_help", n=forms.number(n, say), total=forms.number(total, say))
        _form(_found(query), typed, "begin-search", told, say)


def about(items: Sequence[Labelled], say: Words, *, key: str) -> None:
    """About these articles, that the reader has chosen."""
    if items and newsroom.opens(Act.OPEN_CASE):
        _form(items, "", key, say("pick.new_help", n=forms.number(len(items), say)), say)


def _form(items: Sequence[Labelled], typed: str, key: str, told: str, say: Words) -> None:
    if not all(map(asking.opens_case, items)):
        st.caption(forms.plain(say("begin.search_not")))
        return
    with st.form(f"{key}-form", border=False):
        st.caption(forms.plain(told))
        details.ask(shown.desk().proposal(items[0], newsroom.now()), key, say)
        st.checkbox(say("case.another"), key=f"{key}-another")
        if st.form_submit_button(say("case.open"), key=f"{key}-do", type="primary"):
            _open_by_search(items, typed, key, say)


def _found(query: Query) -> Sequence[Labelled]:
    house = newsroom.house()
    return house.store.rows([hit.id for hit in house.index.search(query, sort=SortBy.NEWEST, limit=ARTICLES).hits])


def _open_by_search(items: Sequence[Labelled], typed: str, key: str, say: Words) -> None:
    another = bool(st.session_state.get(f"{key}-another"))
    opening = Opening(Origin.SEARCH, say("begin.searched", query=typed) if typed else "")

    def made(given: Details) -> Case:
        by: Actor = asking.opening(items[0], given.unit)
        ids = [item.article.id for item in items]
        return shown.desk().open(given, ids, by, another=another, shown=asking.seen, opening=opening)

    _opened(key, made)


def _opened(key: str, made: Callable[[Details], Case]) -> None:
    """On to the new case, or why there is none."""
    cases: list[Case] = []

    def act() -> str:
        cases.append(made(details.chosen(key)))
        return ""

    if noting.tried(act):
        details.forget(key)
        st.switch_page(parts.screen("case"), query_params=shown.address(cases[0].number))
    st.rerun()
