"""On *Bài báo*: how much of the article is here, what its sources say of its date, its editions in other languages."""

from __future__ import annotations

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.names import language_name
from dashboard.texts import Words
from diembao.core.article import Kind, Labelled
from diembao.core.reading import DateSaid


def show_extent(item: Labelled, say: Words) -> None:
    label = next((each for each in item.labels if each.kind is Kind.EXTENT), None)
    if label is not None:
        st.warning(forms.plain(say(f"extent.{label.key}.told", why=forms.shortened(label.why, 200))))


def show_dates(item: Labelled, say: Words) -> None:
    """Only where they differ."""
    house = newsroom.house()
    told = house.store.dates_said(item.article.id)
    if told:
        lines = " · ".join(_date(each, house.profile.timezone, say) for each in told)
        st.caption(forms.plain(f"{say('dates.differ')} {lines}"))


def _date(said: DateSaid, zone: str, say: Words) -> str:
    told = f"{say(f'said.{said.where.value}')} {forms.moment(said.at, zone)}"
    return f"{told} ({say('dates.refused')})" if said.refused else told


def show_twins(item: Labelled, say: Words) -> None:
    house = newsroom.house()
    twins = house.store.twins([item.article.id])
    for other in house.store.articles([twin.other for twin in twins]):
        language = language_name(other.key(Kind.LANGUAGE) or other.article.language, say.language)
        name = say("twin", language=language, title=forms.shortened(other.article.title, 120))
        parts.open_link(other, forms.plain(name))
