"""Trả lời: drafts and statements of all cases that the reader may see, by stage; the address is the state."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, narrowing, newsroom, parts
from dashboard.address import QUERY_LENGTH
from dashboard.desk import answered, listing, noting, shown, stating
from dashboard.texts import Words
from diembao.core.errors import IndexAway

PER_PAGE, PAGES = 50, 200
MEMORY: Final = "memory"
SHOW: Final = (*stating.VIEWS, MEMORY)
# Where nothing was asked for: the first that holds something, what is still to do before what is done.
AT_FIRST: Final = ("open", "issued", "past")


def show() -> None:
    say, now = newsroom.words(), newsroom.now().replace(second=0, microsecond=0)
    parts.title(say("statements"))
    st.caption(forms.plain(say("statements.help")))
    noting.show()
    view = _view()
    _filters(view, say)
    typed = st.query_params.get("q", "").strip()[: QUERY_LENGTH + 1]
    tree = narrowing.tree_of(typed, say)
    if tree is None:
        return
    if view == MEMORY:
        answered.show(tree if typed else None, now, say)
        return
    try:
        among = newsroom.read(stating.found_by, tree) if typed else None
    except IndexAway:
        st.warning(say("cases.not_searchable"))
        return
    _list(view, among, now, say)


def _list(view: str, among: tuple[tuple[str, int], ...] | None, now: datetime, say: Words) -> None:
    asked = stating.query(view, _unit(), among)
    total = newsroom.read(stating.counts, asked)
    pages = min(PAGES, -(-total // PER_PAGE))
    page = parts.page_asked(pages)
    first = (page - 1) * PER_PAGE
    found = newsroom.read(stating.page, asked, first, PER_PAGE)
    if not found.lines:
        st.info(say(_why_empty(narrowed=bool(_unit()) or among is not None)))
        return
    parts.heading(stating.ends(total, first, len(found.lines), say))
    for line in found.lines:
        if line.case in found.cases:
            stating.row(line, found.cases[line.case], now, say)
    parts.pages(page, pages, "statements-page")


def _why_empty(*, narrowed: bool) -> str:
    if not _held("all"):
        return "statements.none"
    return "statements.no_match" if narrowed else "statements.empty"


def _held(view: str) -> int:
    """How many a view has in all."""
    return newsroom.read(stating.counts, stating.query(view, "", None))


# -- what the address asks for --------------------------------------------------------------------


def _view() -> str:
    asked = st.query_params.get("show", "")
    return asked if asked in SHOW else next((view for view in AT_FIRST if _held(view)), AT_FIRST[0])


def _unit() -> str:
    asked = st.query_params.get("unit", "")
    return asked if asked in newsroom.house().profile.units else ""


def _filters(view: str, say: Words) -> None:
    state = st.session_state
    state["statements-q"] = st.query_params.get("q", "")[: QUERY_LENGTH + 1]
    state["statements-show"], state["statements-unit"] = view, _unit()
    st.text_input(
        say("search"),
        key="statements-q",
        type="search",
        placeholder=say("statements.search"),
        on_change=_narrow,
        args=("q",),
    )
    st.segmented_control(
        say("statements.show"),
        SHOW,
        format_func=lambda each: _counted(each, say),
        key="statements-show",
        required=True,
        wrap=True,
        on_change=_narrow,
        args=("show",),
    )
    if view != MEMORY:
        st.selectbox(
            say("case.unit"),
            ["", *newsroom.house().profile.units],
            format_func=lambda unit: shown.unit_name(unit) if unit else say("filters.any"),
            key="statements-unit",
            on_change=_narrow,
            args=("unit",),
            width=300,
        )


def _counted(view: str, say: Words) -> str:
    """With how many it has in all."""
    name = say(f"statements.show.{view}")
    if view == MEMORY:
        return name
    return listing.counted(name, _held(view), say)


def _narrow(name: str) -> None:
    """The address follows the widget."""
    value = str(st.session_state[f"statements-{name}"])[: QUERY_LENGTH + 1].strip()
    st.query_params.pop("page", None)
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
