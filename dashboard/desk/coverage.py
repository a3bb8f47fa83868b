"""The articles of a case by when they were published, fifty at a time; which of them were taken down since."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting, reading, shown
from dashboard.texts import Words
from dashboard.views import Row
from diembao.api.rights import Act
from diembao.core.case import CaseFile, Covered


def show(found: CaseFile, now: datetime, say: Words, *, works: bool) -> None:
    total = len(found.coverage)
    parts.heading(say("case.coverage", n=forms.number(total, say)))
    if not total:
        st.caption(forms.plain(say("case.coverage_none")))
    elif total > 1:
        st.caption(forms.plain(say("case.coverage_order")))
    pages = -(-total // reading.SHOWN)
    key = f"coverage-{found.case.number}"
    page = min(st.session_state.get(key, 1), max(1, pages))
    for covered, row in reading.coverage(newsroom.house(), found.by_time, page):
        _row(found, covered, row, now, say, works=works)
    if pages > 1:
        st.session_state[key] = page
        st.pagination(pages, key=key)


def _row(found: CaseFile, covered: Covered, row: Row, now: datetime, say: Words, *, works: bool) -> None:
    article = row.item.article
    with st.container(key=f"row-covered-{covered.article_id}", horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            parts.open_link(row.item, forms.plain(forms.seen(article.title, article.id)))
            st.markdown(
                f"{_gone(article.id, say)}{parts.chips(row.item, newsroom.house().profile.id, say)}  \n"
                f":gray[{forms.plain(f'{parts.origin(row, now, say)} · {_joined(covered, now, say)}')}]"
            )
        if works and not found.case.state.ended:
            key = f"remove-{covered.article_id}"
            st.button(say("case.remove"), key=key, on_click=_remove, args=(found.case.number, covered.article_id))


def _gone(article_id: str, say: Words) -> str:
    """What was taken down is kept, and can still be quoted."""
    gone = any(each.returned_at is None for each in newsroom.house().store.withdrawals(article_id)[:1])
    return f"{shown.badge('yellow', say('case.withdrawn'))} " if gone else ""


def _joined(covered: Covered, now: datetime, say: Words) -> str:
    time = forms.clock(covered.at, now, newsroom.house().profile.timezone, say)
    if covered.by.startswith("person:"):
        return say("case.coverage_added", who=shown.who(covered.by, say), time=time)
    return say("case.coverage_joined", time=time)


def _remove(number: str, article_id: str) -> None:
    def act() -> str:
        shown.desk().remove(number, article_id, asking.actor(Act.WORK_CASE, number))
        return newsroom.words()("case.removed")

    noting.tried(act)
