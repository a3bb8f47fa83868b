"""Bài báo: one article, why it is judged as it is, what changed, what else tells of it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from dashboard import (
    article_text,
    corrections,
    evidence,
    forms,
    labels,
    likeness,
    newsroom,
    opinions,
    parts,
    readings,
    revisions,
    ties,
    views,
)
from dashboard.desk import opening, remembered
from dashboard.names import language_name
from dashboard.texts import Words
from diembao.core.article import Kind, Labelled

ID: Final = re.compile(r"[0-9a-f]{16}")


def show() -> None:
    say, house = newsroom.words(), newsroom.house()
    asked = st.query_params.get("id", "")
    item = views.article(house, asked) if ID.fullmatch(asked) else None
    if item is None:
        parts.title(say("article"))
        if asked:
            st.warning(forms.plain(say("article.unknown", id=forms.shortened(asked, 40))))
        else:
            st.info(say("article.no_id"))
        st.page_link(parts.screen("stream"), label=say("stream"), icon=":material/arrow_back:")
        return
    _head(item, say)
    readings.show_dates(item, say)
    readings.show_twins(item, say)
    evidence.withdrawn(item, say)
    remembered.on_article(item, say)  # before all else: on a telephone too
    opinions.on_article(item, say)
    left, right = st.columns([5, 3], gap="large")
    with left:
        article_text.show(item, say)
        revisions.show(item, views.revisions(house, item.article.id), say)
        _story(item, say)
        ties.show(item, say)
        likeness.show(item.article.id, say)
    with right:
        opening.show(item, say)
        labels.show(item, say)
        opinions.labels(item, say)
        corrections.show(item, say)
        evidence.show(item, say)
        labels.history(item, say)


def _head(item: Labelled, say: Words) -> None:
    house, article = newsroom.house(), item.article
    parts.title(forms.seen(article.title, article.id))
    st.markdown(parts.chips(item, house.profile.id, say) or forms.plain(say("labels.none")))
    language = item.key(Kind.LANGUAGE) or article.language
    told = [
        views.outlet_name(house, article.outlet),
        language_name(language, say.language),
        f"{forms.moment(article.when, house.profile.timezone)} ({say(f'date.{article.published_from.value}')})",
        say("article.revision", n=article.revision),
    ]
    st.markdown(f":gray[{forms.plain(' · '.join(told))}]")
    if _openable(article.url):
        st.link_button(say("article.original"), article.url, icon=":material/open_in_new:")
    else:
        st.caption(forms.plain(say("article.bad_link", url=forms.shortened(article.url, 200))))


def _openable(url: str) -> bool:
    """Only a plain web address becomes a link."""
    try:
        parts_of_it = urlsplit(url)
    except ValueError:
        return False
    return parts_of_it.scheme in {"http", "https"} and bool(parts_of_it.hostname)


# -- the story ------------------------------------------------------------------------------------


def _story(item: Labelled, say: Words) -> None:
    house = newsroom.house()
    told = views.story(house, item.article.id, item.key(Kind.STORY) or "")
    if not told.members:
        parts.heading(say("story"))
        st.caption(forms.plain(say("members.alone")))
        return
    parts.heading(say("members", n=forms.number(told.articles, say), m=forms.number(told.texts, say)))
    if told.headline is not None:
        st.caption(forms.plain(parts.headline(told.headline, say)))
    for row in told.members:
        role = row.item.key(Kind.ROLE)
        with st.container(key=f"row-member-{row.item.article.id}", gap=None):
            parts.open_link(row.item, forms.plain(forms.seen(row.item.article.title, row.item.article.id)))
            badge = f":gray-badge[{forms.plain(say(f'role.{role}'))}] " if role else ""
            st.markdown(f"{badge}:gray[{forms.plain(parts.origin(row, newsroom.now(), say))}]")
    if told.articles - 1 > len(told.members):
        st.caption(forms.plain(say("members.more", n=len(told.members))))
