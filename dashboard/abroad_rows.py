"""An article of *Báo chí nước ngoài*: its row with the passage about the province, its gist, its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import streamlit as st

from dashboard import abroad, forms, newsroom, opinions, parts, rows
from dashboard.desk import asking
from dashboard.names import country_name
from dashboard.texts import Words
from dashboard.views import Row
from diembao.core.case import Case
from diembao.core.opinion import Gist

PASSAGE: Final = 400  # characters of what an article says of the province, in a list


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands with the articles of the screen."""

    gists: Mapping[str, Sequence[Gist]]
    cases: Mapping[str, Sequence[Case]]
    now: datetime


def beside(found: Sequence[Row], now: datetime, say: Words) -> Beside:
    ids = tuple(row.item.article.id for row in found)
    gists = opinions.lines(ids, say.language)
    _gist_counts(gists.values(), say)
    return Beside(gists, newsroom.read(abroad.cases, ids), now)


def _gist_counts(gists: Iterable[Sequence[Gist]], say: Words) -> None:
    newest = [found[0] for found in gists]
    if newest:
        accepted = sum(each.accepted for each in newest)
        told = {"accepted": accepted, "machine": len(newest) - accepted}
        st.caption(forms.plain(say("foreign.gists", **{name: forms.number(n, say) for name, n in told.items()})))


def drawn(row: Row, place: str, near: Beside, say: Words) -> tuple[str, Callable[[str], None] | None]:
    """The article with the passage about the province; its gist, the cases that the reader may see."""
    item = row.item
    country = country_name(newsroom.house().country(item.article.outlet), say.language)
    gists = near.gists.get(item.article.id, ())
    newest = next(iter(gists), None)
    passage = _passage(newest, say) if newest and newest.passage else ""
    html = rows.row(row, rows.shown(f"foreign-{place}", near.now), passage, country)
    cases = list(filter(asking.seen, near.cases.get(item.article.id, ())))
    return html, partial(_entry, row, place, near, cases) if gists or cases else None


def _entry(row: Row, place: str, near: Beside, cases: Sequence[Case], html: str) -> None:
    say = newsroom.words()
    with st.container(key=f"entry-{place}-{row.item.article.id}", gap=None):
        st.html(html)
        opinions.under(row.item, near.gists, say)
        for case in cases:
            label = say("foreign.case", number=case.number, title=forms.plain(case.details.title))
            to = {"id": case.number} | parts.language_in_address(say)
            st.page_link(parts.screen("case"), label=label, query_params=to, icon=":material/folder_open:")


def _passage(gist: Gist, say: Words) -> str:
    """The article's own words, then the same in the reader's language."""
    told = say("foreign.told_accepted" if gist.accepted else "foreign.told", text=forms.shortened(gist.told, PASSAGE))
    original = forms.html(say("quote", text=forms.shortened(gist.passage, PASSAGE)))
    return f"{original}<br>{rows.faint(told)}" if gist.told else original
