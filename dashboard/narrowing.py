"""Searching and narrowing the stream: widgets that write the address, and are set from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import streamlit as st

from dashboard import address, forms, newsroom, parts, views
from dashboard.address import NARROWED, SHAPES, Asked
from dashboard.names import country_name, language_name
from dashboard.province_choice import PARAMETER
from dashboard.texts import Words
from diembao.core.errors import QueryError
from diembao.core.ports import SortBy
from diembao.core.query import All, Query

PERIODS: Final = (*address.PERIODS, address.EVER, address.CUSTOM)
# Shown as words to press; the others are chosen from lists.
PRESSED: Final = ("relevance", "stance")
FILTERS: Final = "stream-filters"
GROUPED: Final = "by"  # of an address: how a screen sorts its lists into groups
AROUND: Final = 60  # characters shown on either side of a mistake


def current() -> Asked:
    """What the address of this moment asks for."""
    return address.read({name: st.query_params.get_all(name) for name in st.query_params})


def go(asked: Asked) -> None:
    """Another view: the address changes, and with it everything else."""
    kept = {name: st.query_params.get_all(name) for name in ("lang", PARAMETER, GROUPED) if name in st.query_params}
    st.query_params.from_dict({**kept, **address.write(asked)})


def _changed(name: str) -> None:
    """A widget was used: its value goes into the address, and the list starts from its first page."""
    value: Any = st.session_state[f"stream-{name}"]
    if name in NARROWED:
        value = tuple(value or ())
    elif name == "q":
        value = value[: address.QUERY_LENGTH + 1]  # what is longer is refused with a word, and never an address
    if st.session_state.get(FILTERS):  # with another number in their label Streamlit takes them for others, and shut
        st.session_state[FILTERS] = True
    go(replace(current(), **{"page": 1, name: value}))


def _days_changed() -> None:
    chosen = st.session_state["stream-days"]
    days: tuple[date, ...] = tuple(chosen) if isinstance(chosen, tuple) else (chosen,)
    if len(days) == 2:
        go(replace(current(), page=1, start=days[0], end=days[1]))


# -- the line above -------------------------------------------------------------------------------


def line(asked: Asked, say: Words, beside: Callable[[Asked, Words], None]) -> None:
    """The typed query, the period, the order; ``beside`` draws what stands after them."""
    state = st.session_state
    state["stream-q"], state["stream-period"], state["stream-sort"] = asked.q, asked.period, asked.sort
    st.text_input(
        say("search"),
        key="stream-q",
        type="search",
        placeholder=say("search.placeholder"),
        on_change=_changed,
        args=("q",),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            say("period"),
            PERIODS,
            format_func=lambda name: say(f"period.{name}"),
            key="stream-period",
            on_change=_changed,
            args=("period",),
            width=165,
        )
        if asked.period == address.CUSTOM:
            _days(asked, say)
        st.selectbox(
            say("sort"),
            list(SortBy),
            format_func=lambda name: say(f"sort.{SortBy(name).value}"),
            key="stream-sort",
            on_change=_changed,
            args=("sort",),
            width=140,
        )
        beside(asked, say)


def _days(asked: Asked, say: Words) -> None:
    state = st.session_state
    if "stream-days" not in state:
        state["stream-days"] = tuple(day for day in (asked.start, asked.end) if day)
    st.date_input(say("period.days"), key="stream-days", format="DD/MM/YYYY", on_change=_days_changed, width=240)


def tree_of(typed: str, say: Words) -> Query | None:
    """What was typed as a tree; None (and a word about where) if it cannot be read."""
    if not typed.strip():
        return All()
    try:
        return newsroom.house().query(typed, newsroom.now().replace(second=0, microsecond=0))
    except QueryError as error:
        known = error.position is not None
        st.warning(say("search.error", n=(error.position or 0) + 1) if known else say("search.error_whole"))
        if known:
            _point_at(typed, error.position or 0)
        st.caption(forms.plain(forms.in_language(str(error), say)))
        return None


def _point_at(text: str, position: int) -> None:
    before, at, after = text[:position], text[position : position + 1], text[position + 1 :]
    before = before if len(before) <= AROUND else f"… {before[-AROUND:]}"
    after = after if len(after) <= AROUND else f"{after[:AROUND]} …"
    st.markdown(f"{forms.plain(before)} :orange-badge[{forms.plain(at) or '␣'}] {forms.plain(after)}")


# -- filters --------------------------------------------------------------------------------------


def _counts(asked: Asked, typed: Query, now: datetime) -> Mapping[str, Mapping[str, int]]:
    """Each filter's values, counted as if that filter were not set."""
    zone = newsroom.house().profile.timezone
    queries = tuple((name, address.narrowed(asked, typed, now, zone, without=name)) for name in NARROWED)
    return newsroom.read(views.facets, queries)


def shape(asked: Asked, say: Words) -> None:
    st.session_state["stream-shape"] = asked.shape
    st.segmented_control(
        say("shape"),
        SHAPES,
        format_func=lambda name: say(f"shape.{name}"),
        key="stream-shape",
        required=True,
        label_visibility="collapsed",
        on_change=_reshaped,
    )


def _reshaped() -> None:
    go(replace(current(), shape=st.session_state["stream-shape"]))


def filters(asked: Asked, typed: Query, now: datetime, say: Words) -> None:
    counts = _counts(asked, typed, now)
    in_use = asked.narrowings
    label = say("filters.on", n=in_use) if in_use else say("filters")
    for name in PRESSED:
        _press(name, asked, counts[name], say)
    listed = [name for name in NARROWED if name not in PRESSED]
    chosen = any(asked.values(name) for name in listed)
    with st.expander(label, expanded=chosen, key=FILTERS, on_change="rerun") as opened:
        if not opened.open:  # lists of all outlets, themes, languages and countries
            return
        for name, column in zip(listed, st.columns(len(listed)), strict=True):
            with column:
                _choose(name, asked, counts[name], say)
        if in_use:
            st.button(say("filters.clear"), on_click=go, args=(Asked(q=asked.q, sort=asked.sort),))


def _press(name: str, asked: Asked, counts: Mapping[str, int], say: Words) -> None:
    values = address.RELEVANCES if name == "relevance" else address.STANCES
    st.session_state[f"stream-{name}"] = list(asked.values(name))
    st.pills(
        say(name),
        values,
        selection_mode="multi",
        format_func=lambda value: f"{say(f'{name}.{value}')} {forms.number(counts.get(value, 0), say)}",
        key=f"stream-{name}",
        on_change=_changed,
        args=(name,),
    )


def _choose(name: str, asked: Asked, counts: Mapping[str, int], say: Words) -> None:
    chosen = asked.values(name)
    st.session_state[f"stream-{name}"] = list(chosen)
    st.multiselect(
        say(name),
        list(dict.fromkeys([*chosen, *counts])),
        format_func=lambda value: f"{_named(name, value, say)} · {forms.number(counts.get(value, 0), say)}",
        key=f"stream-{name}",
        placeholder=say("filters.any"),
        max_selections=address.VALUES,
        select_all=False,
        on_change=_changed,
        args=(name,),
    )


def _named(name: str, value: str, say: Words) -> str:
    if name == "theme":
        return parts.theme_name(value, say)
    if name == "language":
        return language_name(value, say.language)
    if name == "country":
        return country_name(value, say.language)
    return views.outlet_name(newsroom.house(), value)
