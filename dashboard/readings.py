"""On *Bài báo*: how much of the article is here, what its sources say of its date, its editions in other languages."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.names import language_name
from dashboard.reasons import reason
from dashboard.texts import Words
from diembao.core.article import DateFrom, Kind, Label, Labelled
from diembao.core.reading import DateSaid

# As crawlers write why an article is not whole: the page that could not be read, and what a page declares of itself.
_PAGE: Final = re.compile(r"trang / page (\d+): (.*)", re.DOTALL)
_NOT_FREE: Final = "isAccessibleForFree: false"


def show_extent(item: Labelled, say: Words) -> None:
    label = next((each for each in item.labels if each.kind is Kind.EXTENT), None)
    if label is not None:
        st.warning(forms.plain(say(f"extent.{label.key}.told", why=forms.shortened(why(label, say), 200))))


def why(label: Label, say: Words) -> str:
    """Why a label says so, in the reader's words."""
    if label.kind is not Kind.EXTENT:
        return label.why
    missing = _PAGE.fullmatch(label.why)
    if missing:
        return say("extent.page", n=missing[1], why=reason(missing[2], say))
    return label.why.replace(_NOT_FREE, say("extent.not_free"))


def show_dates(item: Labelled, say: Words) -> None:
    """Only where they differ, or the only one cannot be."""
    house = newsroom.house()
    told = house.store.dates_said(item.article.id)
    if told:
        used = item.article.published_from
        head = "dates.wrong" if all(each.refused for each in told) else "dates.differ"
        lines = [f"- {forms.plain(_date(each, used, house.profile.timezone, say))}" for each in told]
        st.caption("\n".join((forms.plain(say(head)), "", *lines)))


def _date(said: DateSaid, used: DateFrom, zone: str, say: Words) -> str:
    """An address, and many a feed, tell the day alone: no hour is made up for them."""
    day_only = (said.at.hour, said.at.minute, said.at.second) == (0, 0, 0)
    told = said.at.strftime("%d/%m/%Y") if day_only else forms.moment(said.at, zone)
    use = "dates.refused" if said.refused else "dates.used" if said.where is used else ""
    return f"{say(f'said.{said.where.value}')}: {told}{f' ({say(use)})' if use else ''}"


def show_twins(item: Labelled, say: Words) -> None:
    house = newsroom.house()
    twins = house.store.twins([item.article.id])
    for other in house.store.articles([twin.other for twin in twins]) if twins else ():
        language = language_name(other.key(Kind.LANGUAGE) or other.article.language, say.language)
        name = say("twin", language=language, title=forms.shortened(other.article.title, 120))
        with st.container(key=f"row-twin-{other.article.id}", gap=None):
            parts.open_link(other, forms.plain(name))
