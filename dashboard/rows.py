"""Rows of articles as one piece of HTML: a list of fifty is one message to the browser and not two hundred.

What outlets wrote goes through `forms.html`; links stay in the reader's session (`following`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts, views
from dashboard.address import QUERY_LENGTH
from dashboard.following import link
from dashboard.quotes import quote
from dashboard.searching import found_passage
from dashboard.texts import Words
from dashboard.views import Row
from diembao.core.article import Kind
from diembao.core.highlight import Sought
from diembao.core.ports import SortBy
from diembao.core.query import Query
from diembao.core.quotes import words_of
from diembao.pipeline.wiring import Installation

ARTICLE: Final = "bai-bao"


@dataclass(frozen=True, slots=True)
class Shown:
    """How the rows of a list are shown: ``place`` keeps two lists on one screen apart, ``along`` goes with their links;
    ``button``: a word to press beside each.
    """

    place: str
    now: datetime
    language: str
    along: tuple[tuple[str, str], ...] = ()
    button: bool = False


def shown(place: str, now: datetime, *, button: bool = False) -> Shown:
    """With what was searched for on this screen: it is marked in the text there."""
    say = newsroom.words()
    searched = st.query_params.get("q", "").strip()[: QUERY_LENGTH + 1]
    along = parts.language_in_address(say) | ({"q": searched} if searched else {})
    return Shown(place, now, say.language, tuple(along.items()), button)


def draw(rows: Iterable[tuple[str, Callable[[str], None] | None]]) -> None:
    """Rows below one another as they are; one that has more about it than HTML draws itself with what it is given."""
    together: list[str] = []
    for html, alone in rows:
        if alone is None:
            together.append(html)
            continue
        _flush(together)
        alone(html)
    _flush(together)


def _flush(together: list[str]) -> None:
    if together:
        st.html("".join(together))
        together.clear()


def page(_: Installation, query: Query, sort: SortBy, at: tuple[int, int], asked: Sought, how: Shown) -> str:
    """A page of a list drawn, ``at`` this offset and of so many rows: for `newsroom.read`."""
    found = newsroom.read(views.page, query, sort, *at)
    return "".join(row(each, how, found_passage(words_of(each.item), asked)) for each in found.rows)


def row(each: Row, how: Shown, passage: str = "", country: str = "") -> str:
    """One article of a list: title, chips, outlet · language · time · story, the sentence that mattered, or the
    ``passage`` that was searched for, as HTML; the outlet's ``country`` where that tells the reader something.
    """
    say, article = Words(how.language), each.item.article
    address = {"id": article.id, **dict(how.along)}
    language = each.item.key(Kind.LANGUAGE) or article.language
    spoken = language if language != how.language else ""
    title = link(ARTICLE, address, forms.seen(article.title, article.id), kind="diembao-title", language=spoken)
    go = link(ARTICLE, address, say("open"), kind="diembao-go") if how.button else ""
    return entry(f"{how.place}-{article.id}", title, _told(each, how, passage, country), go)


def entry(key: str, title: str, told: str, beside: str = "") -> str:
    """A row of any list, of HTML."""
    return f'<div class="diembao-row st-key-row-{forms.html(key)}"><div>{title}<p>{told}</p></div>{beside}</div>'


def _told(each: Row, how: Shown, passage: str, country: str) -> str:
    say, province = Words(how.language), newsroom.profile().id
    lines = (
        " ".join(chip(*one) for one in parts.chips_of(each.item, province, say)),
        faint(parts.origin(each, how.now, say, country)),
        faint(parts.headline(each.headline, say)) if each.headline else "",
        passage or _quotation(each, province, say),
    )
    return "<br>".join(line for line in lines if line)


def _quotation(each: Row, province: str, say: Words) -> str:
    found = quote(each.item, province)
    return forms.html(say("quote", text=found)) if found else ""


def said(html: str) -> str:
    """Words that stand in a row with something to press below them."""
    return f'<div class="diembao-said"><p>{html}</p></div>'


def chip(colour: str, text: str) -> str:
    return f'<span class="diembao-chip diembao-{colour}">{forms.html(text)}</span>'


def faint(text: str, *, small: bool = False) -> str:
    return f'<span class="diembao-faint{" diembao-small" if small else ""}">{forms.html(text)}</span>'
