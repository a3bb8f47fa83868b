"""Which articles are chosen: kept while the reader turns pages and narrows the list, until they let go of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import streamlit as st

from dashboard import forms
from dashboard.texts import Words
from diembao.core.article import Article

# Articles that may be chosen together: their numbers have to fit into one query when they are taken as a file.
MOST: Final = 80
_CHOSEN, _ON = "picked", "picking"


def ids() -> list[str]:
    """In the order in which they were chosen."""
    return list(_kept())


def is_on() -> bool:
    return bool(st.session_state.get(_ON))


def switch(say: Words) -> None:
    st.toggle(say("pick"), key=_ON)


@contextmanager
def beside(article: Article) -> Iterator[None]:
    """The place of a row of the list; before it, while articles are chosen, its box (the label is for who hears it)."""
    if not is_on():
        yield
        return
    key = f"pick-{article.id}"
    st.session_state[key] = article.id in _kept()
    with st.container(horizontal=True, gap="small", key=f"pickable-{article.id}"):
        label = forms.plain(forms.seen(article.title, article.id))
        st.checkbox(
            label, key=key, label_visibility="collapsed", on_change=_toggled, args=(article.id,), width="content"
        )
        with st.container(gap=None):
            yield


def set_on_page(page: Sequence[str], among: Sequence[str]) -> None:
    """Of this page exactly ``among`` are chosen; of other pages nothing changes."""
    kept = _kept()
    for each in page:
        kept.pop(each, None)
    add(among)


def add(wanted: Sequence[str]) -> None:
    kept = _kept()
    for each in wanted:
        if len(kept) < MOST:
            kept[each] = None


def forget() -> None:
    _kept().clear()


def _toggled(article_id: str) -> None:
    if _kept().pop(article_id, "") == "":
        add([article_id])


def _kept() -> dict[str, None]:
    found: dict[str, None] = st.session_state.setdefault(_CHOSEN, {})
    return found
