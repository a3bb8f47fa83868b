"""Beside the list of cases: how many each choice has, who has how many and how many of them late, and the board."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, reading, shown
from dashboard.texts import Words
from diembao.core.case import CaseQuery, CaseState
from diembao.core.desk import CaseCounts

# States of the board, from left to right; cases of one that are drawn.
BOARD: Final = tuple(state for state in CaseState if not state.ended)
CARDS: Final = 8


def counted(name: str, n: int | None, say: Words) -> str:
    return name if n is None else f"{name} ({forms.number(n, say)})"


def state_counted(every: CaseCounts, state: str, say: Words) -> str:
    return counted(say(f"case.state.{state}"), every.states.get(state, 0), say) if state else say("filters.any")


def of_view(every: CaseCounts, view: str) -> int | None:
    """How many cases a view has; None where that is not counted."""
    states = {"open": reading.OPEN, "ended": reading.ENDED, "all": tuple(CaseState)}
    if view in states:
        return sum(every.states.get(state.value, 0) for state in states[view])
    return every.late if view == "late" else None


def by_unit(every: CaseCounts, say: Words) -> None:
    """Which unit has how many, the late ones first; each leads to its own."""
    if len(every.units) < 2:
        return
    with st.expander(say("cases.by_unit", n=forms.number(every.late, say))):
        for unit, (n, late) in sorted(every.units.items(), key=lambda pair: (-pair[1][1], -pair[1][0], pair[0])):
            with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"row-unit-{unit}"):
                address = {"unit": unit, **parts.language_in_address(say)}
                st.page_link(parts.screen("cases"), label=forms.plain(shown.unit_name(unit)), query_params=address)
                told = [shown.badge("gray", say("cases.unit_open", n=forms.number(n, say)))]
                told += [shown.badge("orange", say("cases.unit_late", n=forms.number(late, say)))] if late else []
                st.markdown(" ".join(told))


def board(query: CaseQuery, now: datetime, say: Words) -> None:
    """Open cases in a column for each state; on a narrow screen they stand below one another."""
    states = [state for state in BOARD if not query.states or state in query.states]
    with st.container(key="board"):
        for state in states:
            asked = replace(query, states=(state,))
            found = newsroom.read_cases(reading.page, asked, asking.sight(), 0, CARDS)
            with st.container(border=True, gap="small", key=f"board-{state.value}"):
                st.markdown(f"**{forms.plain(shown.state_name(state, say).capitalize())}** ({found.total})")
                for case in found.found:
                    shown.card(case, now, say)
                if found.total > CARDS:
                    st.caption(forms.plain(say("cases.board_more", n=forms.number(found.total - CARDS, say))))
