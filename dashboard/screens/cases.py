"""Vụ việc: all cases, narrowed; the address is the state."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, narrowing, newsroom, parts
from dashboard.address import QUERY_LENGTH
from dashboard.desk import asking, reading, shown
from dashboard.texts import Words
from diembao.core.case import CaseQuery, CaseState
from diembao.core.errors import IndexAway

PER_PAGE, PAGES = 50, 200
SHOW: Final = ("open", "late", "ended", "all")
_STATES: Final = {"open": reading.OPEN, "ended": reading.ENDED}


def show() -> None:
    say, now = newsroom.words(), newsroom.now().replace(second=0, microsecond=0)
    parts.title(say("cases"))
    zone = newsroom.house().profile.timezone
    st.caption(forms.plain(say("cases.fresh", time=forms.moment(now, zone))))
    _filters(say)
    page = _page()
    query = _query(now, say)
    if query is None:
        return
    found = newsroom.read(reading.page, query, asking.sight(), (page - 1) * PER_PAGE, PER_PAGE)
    if not found.total:
        narrowed = newsroom.read(reading.page, CaseQuery(), asking.sight(), 0, 1).total
        st.info(say("cases.no_match" if narrowed else "cases.none"))
        return
    _total(found, page, say)
    for each in found.found:
        shown.row(each, "case", now)
    pages = min(PAGES, -(-found.total // PER_PAGE))
    if pages > 1:
        st.session_state["cases-page"] = min(page, pages)
        st.pagination(pages, key="cases-page", on_change=_turn)


def _total(found: reading.Cases, page: int, say: Words) -> None:
    n = forms.number(found.total, say)
    if found.total <= PER_PAGE:
        parts.heading(say("cases.total", n=n))
        return
    first = (page - 1) * PER_PAGE
    shown_ = {"first": forms.number(first + 1, say), "last": forms.number(first + len(found.found), say)}
    parts.heading(say("cases.page", n=n, **shown_))


# -- what the address asks for --------------------------------------------------------------------


def _query(now: datetime, say: Words) -> CaseQuery | None:
    """None (and a word about why) where what was typed cannot be read or asked."""
    view, unit, state = _asked("show", SHOW), _asked("unit", _units()), _asked("state", [s.value for s in CaseState])
    states = (CaseState(state),) if state else _STATES.get(view, ())
    if not view and not state:
        states = reading.OPEN
    typed = st.query_params.get("q", "")[:QUERY_LENGTH].strip()
    tree = narrowing.tree_of(typed, say)
    if tree is None:
        return None
    try:
        numbers = newsroom.read(reading.found_by, tree) if typed else None
    except IndexAway:
        st.warning(say("cases.not_searchable"))
        return None
    return CaseQuery(states, (unit,) if unit else (), now if view == "late" else None, numbers)


def _asked(name: str, known: tuple[str, ...] | list[str]) -> str:
    value = st.query_params.get(name, "")
    return value if value in known else ""


def _units() -> list[str]:
    return list(newsroom.house().profile.units)


def _page() -> int:
    text = st.query_params.get("page", "")
    return min(int(text), PAGES) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1


def _filters(say: Words) -> None:
    st.session_state["cases-q"] = st.query_params.get("q", "")[:QUERY_LENGTH]
    st.text_input(
        say("search"),
        key="cases-q",
        type="search",
        placeholder=say("cases.search"),
        max_chars=QUERY_LENGTH,
        on_change=_narrow,
        args=("q",),
    )
    st.session_state["cases-show"] = _asked("show", SHOW) or SHOW[0]
    st.session_state["cases-unit"] = _asked("unit", _units())
    st.session_state["cases-state"] = _asked("state", [state.value for state in CaseState])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control(
            say("cases.show"),
            SHOW,
            format_func=lambda name: say(f"cases.show.{name}"),
            key="cases-show",
            required=True,
            on_change=_narrow,
            args=("show",),
        )
        st.selectbox(
            say("case.state"),
            ["", *(state.value for state in CaseState)],
            format_func=lambda name: say(f"case.state.{name}") if name else say("filters.any"),
            key="cases-state",
            on_change=_narrow,
            args=("state",),
            width=160,
        )
        st.selectbox(
            say("case.unit"),
            ["", *_units()],
            format_func=lambda unit: shown.unit_name(unit) if unit else say("filters.any"),
            key="cases-unit",
            on_change=_narrow,
            args=("unit",),
            width=300,
        )


def _narrow(name: str) -> None:
    """The address follows the widget; a state and a view that cannot both be are not asked together."""
    value = st.session_state[f"cases-{name}"]
    st.query_params.pop("page", None)
    if name in {"show", "state"}:
        st.query_params.pop("state" if name == "show" else "show", None)
    if value and (name, value) != ("show", SHOW[0]):
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _turn() -> None:
    st.query_params["page"] = str(st.session_state["cases-page"])
