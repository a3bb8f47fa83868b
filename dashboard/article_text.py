"""The text on *Bài báo*, with places of the province and the words that the reader searched for marked in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts, readings
from dashboard.address import QUERY_LENGTH
from dashboard.marking import Mark, Span, lines, spans
from dashboard.texts import Words
from diembao.core.article import Kind, Labelled, TextFrom
from diembao.core.errors import QueryError
from diembao.core.highlight import Sought, sought
from diembao.core.text import nfc
from diembao.pipeline.wiring import Installation

TEXT_SHOWN: Final = 60_000  # characters
SEARCHED: Final = "q"  # of the address: what the reader searched for
_SWITCH: Final = "article-marks"


def show(item: Labelled, say: Words) -> None:
    article = item.article
    parts.heading(say("article.text"))
    if article.text_from is TextFrom.FEED:
        st.caption(forms.plain(say("article.text_feed")))
    readings.show_extent(item, say)
    lead, text = newsroom.read(marks, article.id, _asked(say))
    on = _legend([*lead, *text], say)
    names = {mark: say(f"marks.{mark.value}") for mark in Mark}
    body = _html(item, lead if on else [], text if on else [], names)
    if body:
        language = forms.html(item.key(Kind.LANGUAGE) or article.language)
        st.html(f'<div class="diembao-text" lang="{language}">{body}</div>')
    if not article.text.strip():
        st.caption(forms.plain(say("article.no_text")))
    if len(article.text) > TEXT_SHOWN:
        st.caption(forms.plain(say("article.cut", n=forms.number(TEXT_SHOWN, say))))


def marks(house: Installation, article_id: str, asked: Sought) -> tuple[list[Span], list[Span]]:
    """In the lead and in what is shown of the text."""
    item = house.store.article(article_id)
    if item is None:
        return [], []
    lead, text = (spans(part, item, house.profile, asked) for part in (item.article.lead, _shown(item)))
    return lead, text


def _shown(item: Labelled) -> str:
    return nfc(item.article.text)[:TEXT_SHOWN]


def _asked(say: Words) -> Sought:
    """What the address searched for; nothing (and a word about it) where it cannot be read."""
    typed = st.query_params.get(SEARCHED, "").strip()[: QUERY_LENGTH + 1]
    try:
        return sought(newsroom.house().query(typed, newsroom.now())) if typed else Sought()
    except QueryError:
        st.caption(forms.plain(say("marks.unread")))
        return Sought()


def _legend(found: list[Span], say: Words) -> bool:
    """What is marked how, how often, and whether the reader wants it; nothing where nothing is marked."""
    if not found:
        return False
    counts = {mark: sum(span.mark is mark for span in found) for mark in Mark}
    told = " ".join(
        f'<span><mark class="diembao-{mark.value}">{forms.html(say(f"marks.{mark.value}"))}</mark>'
        f" {forms.number(n, say)}</span>"
        for mark, n in counts.items()
        if n
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="article-legend"):
        on = st.toggle(say("marks.on"), value=True, key=_SWITCH)
        if on:
            st.html(f'<p class="diembao-legend">{told}</p>', width="content")
    return on


def _html(item: Labelled, lead: list[Span], text: list[Span], names: Mapping[Mark, str]) -> str:
    head = "<br>".join(lines(item.article.lead, lead, names))
    body = "".join(f"<p>{line}</p>" for line in lines(_shown(item), text, names))
    return (f"<h2>{head}</h2>" if head else "") + body
