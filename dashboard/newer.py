"""On *Dòng tin*: a quiet line that more has come than is drawn. The list stays as it is until the reader asks."""

from __future__ import annotations

import streamlit as st

from dashboard import forms, newsroom, parts, views
from dashboard.texts import Words
from diembao.core.errors import IndexAway
from diembao.core.query import Query


def show(query: Query, total: int, *, soon: bool, say: Words) -> None:
    """``total`` is what the list was drawn with. ``soon``: a collection is running, so it is asked more often."""
    st.fragment(_line, run_every=parts.SOON if soon else parts.NOW_AND_THEN)(query, total, say)


def since(query: Query, total: int) -> int:
    """How many more there are now. The query's period does not move on while the list stands, so none falls out."""
    try:
        return max(0, newsroom.read(views.count, query) - total)
    except IndexAway:
        return 0


def _line(query: Query, total: int, say: Words) -> None:
    n = since(query, total)
    if n and st.button(say("stream.newer", n=forms.number(n, say)), key="stream-newer", type="tertiary"):
        st.rerun()
