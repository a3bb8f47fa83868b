"""The table behind a chart: the same figures for whoever cannot, or will not, read a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import forms
from dashboard.texts import Words
from dashboard.views import STANCES, Day


def by_day(days: Sequence[Day], say: Words) -> None:
    counts = {(day.date, day.stance): day.articles for day in days}
    table(
        [
            {say("chart.day"): "/".join(reversed(date.split("-")))}
            | {say(f"stance.{key}"): forms.number(counts[date, key], say) for key in STANCES}
            for date in sorted({day.date for day in days})
        ],
        say,
    )


def table(rows: Sequence[Mapping[str, str]], say: Words) -> None:
    """``rows``: by the name of the column, which is ours; the values may be others' words."""
    with st.expander(say("chart.table")):
        st.table([{name: forms.plain(value) for name, value in row.items()} for row in rows])
