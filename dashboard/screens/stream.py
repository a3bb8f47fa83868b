"""Dòng tin: everything that was collected, searched and narrowed; the address is the state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st

from dashboard import (
    address,
    forms,
    health,
    lately,
    narrowing,
    newer,
    newsroom,
    opinions,
    parts,
    rows,
    searching,
    suggesting,
    views,
)
from dashboard.address import PAGES, PER_PAGE, Asked
from dashboard.desk import beginning, noting
from dashboard.narrowing import go
from dashboard.picking import bar, chosen, table, taking
from dashboard.texts import Words
from diembao.core.highlight import sought
from diembao.core.query import Query
from diembao.core.quotes import words_of


def show() -> None:
    say, house = newsroom.words(), newsroom.house()
    now = lately.begun(newsroom.now())
    parts.title(say("stream"))
    fresh = health.freshness(house, newsroom.now())
    parts.freshness_line(fresh, newsroom.now(), say)
    if not fresh.searchable:
        return
    asked = narrowing.current()
    narrowing.line(asked, say, searching.popovers)
    suggesting.show(asked, say)
    typed = narrowing.tree_of(asked.q, say)
    if typed is None:
        return
    narrowing.filters(asked, typed, now, say)
    _results(asked, typed, now, say, soon=fresh.running)


def _results(asked: Asked, typed: Query, now: datetime, say: Words, *, soon: bool) -> None:
    zone = newsroom.house().profile.timezone
    query = address.narrowed(asked, typed, now, zone)
    found = newsroom.read(views.page, query, asked.sort, _offset(asked), PER_PAGE)
    pages = min(PAGES, max(1, -(-found.total // PER_PAGE)))
    if asked.page > pages:
        go(replace(asked, page=pages))
        st.rerun()
    _total(asked, found, say)
    newer.show(query, found.total, soon=soon, say=say)
    if not chosen.is_on():
        noting.show()
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="stream-tools"):
        _tools(asked, query, found, say)
    _hidden(asked, typed, now, say)
    if not found.rows:
        st.info(say("stream.none"))
    _pages("top", asked.page, pages)
    _list(asked, found, typed, now, say)
    _pages("bottom", asked.page, pages)
    if found.total > PAGES * PER_PAGE:
        st.caption(forms.plain(say("stream.deep", n=forms.number(PAGES * PER_PAGE, say))))


def _offset(asked: Asked) -> int:
    return (asked.page - 1) * PER_PAGE


def _tools(asked: Asked, query: Query, found: views.Page, say: Words) -> None:
    """How the list is drawn, and what is done with all of it."""
    narrowing.shape(asked, say)
    if asked.shape == "table":
        table.choose(say)
    chosen.switch(say)
    taking.popover(asked, found.total, chosen.ids() if chosen.is_on() else [], say)
    beginning.by_search(query, found.total, asked.q, say)


def _list(asked: Asked, found: views.Page, typed: Query, now: datetime, say: Words) -> None:
    ids = [row.item.article.id for row in found.rows]
    # What is chosen in the table is known only when it is drawn: the bar above it is filled after.
    above = st.container()
    if asked.shape == "table" and found.rows:
        table.show(found.rows, now, say)
    elif found.rows:
        _rows(asked, found.rows, typed, now, say)
    if chosen.is_on():
        with above:
            bar.show(ids, say, boxes=asked.shape != "table")


def _rows(asked: Asked, found: Sequence[views.Row], typed: Query, now: datetime, say: Words) -> None:
    asked_for, how = sought(typed), rows.shown("stream", now)
    gists = opinions.lines([row.item.article.id for row in found], say.language)
    if not gists and not chosen.is_on():
        query = address.narrowed(asked, typed, now, newsroom.house().profile.timezone)
        st.html(newsroom.read(rows.page, query, asked.sort, (_offset(asked), PER_PAGE), asked_for, how))
        return
    for row in found:
        with chosen.beside(row.item.article):
            st.html(rows.row(row, how, searching.found_passage(words_of(row.item), asked_for)))
            opinions.under(row.item, gists, say)


def _pages(place: str, page: int, pages: int) -> None:
    if pages > 1:
        key = f"stream-page-{place}"
        st.session_state[key] = page
        st.pagination(pages, key=key, on_change=_turn, args=(key,))


def _turn(key: str) -> None:
    go(replace(narrowing.current(), page=st.session_state[key]))


def _total(asked: Asked, found: views.Page, say: Words) -> None:
    n = forms.number(found.total, say)
    if found.total <= PER_PAGE:
        parts.heading(say("stream.total", n=n))
        return
    first = (asked.page - 1) * PER_PAGE
    shown = {"first": forms.number(first + 1, say), "last": forms.number(first + len(found.rows), say)}
    parts.heading(say("stream.page", n=n, **shown))


def _hidden(asked: Asked, typed: Query, now: datetime, say: Words) -> None:
    """What is not about the province is stored, and one click away."""
    if asked.relevance != Asked().relevance:
        return
    zone = newsroom.house().profile.timezone
    query = address.narrowed(replace(asked, relevance=("no",)), typed, now, zone)
    hidden = newsroom.read(views.count, query)
    if hidden:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(forms.plain(say("stream.hidden", n=forms.number(hidden, say))), width="content")
            every = replace(asked, relevance=address.RELEVANCES, page=1)
            st.button(say("stream.show_hidden"), type="tertiary", on_click=go, args=(every,))
