"""The list of reports: narrowed by kind and year, a page at a time; the address says which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.reports import shown
from dashboard.texts import Words
from diembao.core.reports import Report
from diembao.reports.keeping import WEEKLY
from diembao.reports.periodic import ON_DEMAND
from diembao.reports.schedule import Round

PER_PAGE: Final = 20
KINDS: Final = {
    WEEKLY: "reports.weekly",
    Round.HALF_YEAR: "reports.half_year",
    Round.ANNUAL: "reports.annual",
    ON_DEMAND: "reports.on_demand",
}

Counts = Mapping[tuple[str, int], int]


def show(say: Words) -> None:
    """Those that are kept; nothing where there are none."""
    store = newsroom.house().store
    counts = store.report_counts()
    if not counts:
        return
    kind, year = _filters(counts, say)
    total = sum(n for (its, of), n in counts.items() if kind in {"", its} and year in {0, of})
    pages = -(-total // PER_PAGE)
    page = parts.page_asked(pages)
    st.caption(forms.plain(say("reports.total", n=forms.number(total, say))))
    for each in store.reports(kind, year=year, offset=(page - 1) * PER_PAGE, limit=PER_PAGE):
        _row(each, say)
    parts.pages(page, pages, "reports-page")


def _filters(counts: Counts, say: Words) -> tuple[str, int]:
    """Only what there is can be chosen."""
    kinds = ["", *(kind for kind in KINDS if any(kind == its for its, _ in counts))]
    years = ["", *(str(year) for year in sorted({year for _, year in counts}, reverse=True))]
    state, every = st.session_state, say("reports.every")
    state["reports-loai"], state["reports-nam"] = _asked("loai", kinds), _asked("nam", years)
    with st.container(horizontal=True, gap="small"):
        st.selectbox(
            say("reports.kind"),
            kinds,
            format_func=lambda kind: say(KINDS[kind]) if kind else every,
            key="reports-loai",
            on_change=_narrow,
            args=("loai",),
            width=200,
        )
        st.selectbox(
            say("reports.year"),
            years,
            format_func=lambda year: year or every,
            key="reports-nam",
            on_change=_narrow,
            args=("nam",),
            width=140,
        )
    return state["reports-loai"], int(state["reports-nam"] or 0)


def _asked(name: str, known: list[str]) -> str:
    value = st.query_params.get(name, "")
    return value if value in known else ""


def _narrow(name: str) -> None:
    """The address follows the widget."""
    st.query_params.pop("page", None)
    if value := st.session_state[f"reports-{name}"]:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _row(each: Report, say: Words) -> None:
    with st.container(border=True, key=f"report-{each.number}", gap=None):
        address = {"so": str(each.number)} | parts.language_in_address(say)
        st.page_link(parts.screen("reports"), label=forms.plain(each.title), query_params=address)
        st.markdown(f"{shown.badges(each, say)} :gray[{forms.plain(shown.made(each, say))}]")
