"""Vụ việc: all cases, narrowed; the address is the state."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, narrowing, newsroom, parts
from dashboard.address import QUERY_LENGTH
from dashboard.desk import asking, beginning, listing, noting, proposed_cases, reading, shown
from dashboard.texts import Words
from diembao.core.case import CaseQuery, CaseState
from diembao.core.desk import CaseCounts
from diembao.core.errors import IndexAway

PER_PAGE, PAGES = 50, 200
SHOW: Final = ("open", "mine", "late", "ended", "all")
SHAPES: Final = ("list", "board")
_STATES: Final = {"open": reading.OPEN, "mine": reading.OPEN, "ended": reading.ENDED}


def show() -> None:
    say, now = newsroom.words(), newsroom.now().replace(second=0, microsecond=0)
    parts.title(say("cases"))
    zone = newsroom.house().profile.timezone
    st.caption(forms.plain(say("cases.fresh", time=forms.moment(now, zone))))
    noting.show()
    beginning.by_phone(say)
    proposed_cases.show(now, say)
    every = newsroom.read_cases(reading.counts, CaseQuery(), asking.sight(), now)
    _filters(every, say)
    listing.by_unit(every, say)
    page = _page()
    query = _query(now, say)
    if query is None:
        return
    if _asked("as", SHAPES) == "board":
        listing.board(query, now, say)
        return
    found = newsroom.read_cases(reading.page, query, asking.sight(), (page - 1) * PER_PAGE, PER_PAGE)
    if not found.total:
        st.info(say("cases.no_match" if every.states else "cases.none"))
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
    typed = st.query_params.get("q", "").strip()[: QUERY_LENGTH + 1]
    tree = narrowing.tree_of(typed, say)
    if tree is None:
        return None
    try:
        numbers = newsroom.read(reading.found_by, tree) if typed else None
    except IndexAway:
        st.warning(say("cases.not_searchable"))
        return None
    late, person = now if view == "late" else None, newsroom.visitor().actor if view == "mine" else ""
    return CaseQuery(states, (unit,) if unit else (), late, numbers, person=person)


def _asked(name: str, known: tuple[str, ...] | list[str]) -> str:
    value = st.query_params.get(name, "")
    return value if value in known else ""


def _units() -> list[str]:
    return list(newsroom.house().profile.units)


def _page() -> int:
    text = st.query_params.get("page", "")
    return min(int(text), PAGES) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1


def _filters(every: CaseCounts, say: Words) -> None:
    """Each choice with how many cases it has in all."""
    _search(say)
    with st.container(key="cases-filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        _views(every, say)
        _shapes(say)
        _states(every, say)
        _in_charge(say)


def _search(say: Words) -> None:
    st.session_state["cases-q"] = st.query_params.get("q", "")[: QUERY_LENGTH + 1]
    st.text_input(
        say("search"),
        key="cases-q",
        type="search",
        placeholder=say("cases.search"),
        on_change=_narrow,
        args=("q",),
    )


def _views(every: CaseCounts, say: Words) -> None:
    st.session_state["cases-show"] = _asked("show", SHOW) or SHOW[0]
    st.segmented_control(
        say("cases.show"),
        SHOW,
        format_func=lambda name: listing.counted(say(f"cases.show.{name}"), listing.of_view(every, name), say),
        key="cases-show",
        required=True,
        wrap=True,
        on_change=_narrow,
        args=("show",),
    )


def _shapes(say: Words) -> None:
    st.session_state["cases-as"] = _asked("as", SHAPES) or SHAPES[0]
    st.segmented_control(
        say("cases.as"),
        SHAPES,
        format_func=lambda name: say(f"cases.{name}"),
        key="cases-as",
        required=True,
        on_change=_narrow,
        args=("as",),
    )


def _states(every: CaseCounts, say: Words) -> None:
    states = [state.value for state in CaseState]
    st.session_state["cases-state"] = _asked("state", states)
    st.selectbox(
        say("case.state"),
        ["", *states],
        format_func=lambda name: listing.state_counted(every, name, say),
        key="cases-state",
        on_change=_narrow,
        args=("state",),
        width=160,
    )


def _in_charge(say: Words) -> None:
    st.session_state["cases-unit"] = _asked("unit", _units())
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
    value = value[: QUERY_LENGTH + 1] if name == "q" else value
    st.query_params.pop("page", None)
    if name in {"show", "state"}:
        st.query_params.pop("state" if name == "show" else "show", None)
    if value and (name, value) not in {("show", SHOW[0]), ("as", SHAPES[0])}:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _turn() -> None:
    st.query_params["page"] = str(st.session_state["cases-page"])
