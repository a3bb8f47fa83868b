"""Bài báo: one article, why it is judged as it is, what changed, what else tells of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from dashboard import (
    corrections,
    evidence,
    forms,
    likeness,
    newsroom,
    opinions,
    parts,
    people,
    readings,
    revisions,
    ties,
    views,
)
from dashboard.desk import opening, remembered
from dashboard.look import STANCE_BADGES
from dashboard.names import language_name
from dashboard.texts import Words
from diembao.core.article import ONE_THEME, Kind, Label, Labelled, TextFrom
from diembao.core.errors import Misconfigured
from diembao.core.opinion import SECOND_KINDS
from diembao.plan.reader import profile

ID: Final = re.compile(r"[0-9a-f]{16}")
# Characters of a text that are shown, and lines of the history.
TEXT_SHOWN, HISTORY_SHOWN = 60_000, 100
# Labels that stand elsewhere on the screen.
_ELSEWHERE: Final = {Kind.THEME_YES, *SECOND_KINDS}


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
        _text(item, say)
        revisions.show(item, views.revisions(house, item.article.id), say)
        _story(item, say)
        ties.show(item, say)
        likeness.show(item.article.id, say)
    with right:
        opening.show(item, say)
        _labels(item, say)
        opinions.labels(item, say)
        corrections.show(item, say)
        evidence.show(item, say)
        _history(item, say)


def _head(item: Labelled, say: Words) -> None:
    house, article = newsroom.house(), item.article
    parts.title(article.title or article.id)
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


def _text(item: Labelled, say: Words) -> None:
    article = item.article
    parts.heading(say("article.text"))
    if article.text_from is TextFrom.FEED:
        st.caption(forms.plain(say("article.text_feed")))
    readings.show_extent(item, say)
    shown = article.text[:TEXT_SHOWN]
    language = forms.html(item.key(Kind.LANGUAGE) or article.language)
    lead = f"<h2>{forms.html(article.lead)}</h2>" if article.lead else ""
    body = lead + "".join(f"<p>{forms.html(line)}</p>" for line in shown.splitlines() if line.strip())
    if body.strip():
        st.html(f'<div class="diembao-text" lang="{language}">{body}</div>')
    if not shown.strip():
        st.caption(forms.plain(say("article.no_text")))
    if len(article.text) > TEXT_SHOWN:
        st.caption(forms.plain(say("article.cut", n=forms.number(TEXT_SHOWN, say))))


# -- labels ---------------------------------------------------------------------------------------


def _labels(item: Labelled, say: Words) -> None:
    parts.heading(say("labels"))
    here = newsroom.house().profile.id
    # A word that adds a theme stands among the themes already.
    shown = [label for label in item.labels if label.about in {here, ""} and label.kind not in _ELSEWHERE]
    shown.sort(key=lambda label: (list(Kind).index(label.kind), -label.score, label.key))
    for label in shown:
        _label(item, label, say)
    for label in item.labels:
        if label.kind is Kind.RELEVANCE and label.about not in {here, ""}:
            what = f"{say('labels.other', place=_place(label.about, say))} · {say(f'relevance.{label.key}')}"
            st.caption(forms.plain(what))
    if not item.labels:
        st.caption(forms.plain(say("labels.none")))


def _label(item: Labelled, label: Label, say: Words) -> None:
    """What, by whom, how sure, and why: the last can be checked by a person."""
    colour = STANCE_BADGES.get(label.key, "gray") if label.kind is Kind.STANCE else "gray"
    again = f" :orange-badge[{forms.plain(say('labels.look_again'))}]" if item.look_again(label) else ""
    by = forms.plain(by_whom(label, say))
    sure = "" if label.by_person else f" · {forms.plain(say('labels.score', n=forms.number(label.score, say, 2)))}"
    told = forms.plain(forms.shortened(readings.why(label, say), 300))
    why = told or f":gray[{forms.plain(say('labels.no_why'))}]"
    st.markdown(
        f"{forms.plain(say(label.kind.value))}: :{colour}-badge[{forms.plain(value(label, say))}]{again}  \n"
        f":gray[{by}{sure}]  \n{why}",
        help=say("labels.look_again_help", n=label.revision) if again else None,
    )


def value(label: Label, say: Words) -> str:
    if label.kind in opinions.OF_HOUSE:
        return value(replace(label, kind=opinions.OF_HOUSE[label.kind]), say)
    if label.kind in {Kind.RELEVANCE, Kind.STANCE, Kind.ROLE, Kind.EXTENT, Kind.FORM}:
        return say(f"{label.kind.value}.{label.key}")
    if label.kind in {Kind.THEME, *ONE_THEME}:
        return parts.theme_name(label.key, say)
    if label.kind is Kind.LANGUAGE:
        return language_name(label.key, say.language)
    return say("story.number", id=label.key[:6]) if label.kind in {Kind.STORY, Kind.HEADLINE} else label.key


def by_whom(label: Label, say: Words) -> str:
    kind, _, name = label.by.partition(":")
    if label.by == newsroom.LOCAL:
        return say("labels.by.local")
    if kind == "person":
        return say("labels.by.person", account=people.name_of(label.by) or name)
    return say("labels.by.model", version=name) if kind == "model" else say("labels.by.rules")


def _place(about: str, say: Words) -> str:
    """A place's name where there is a profile of it, else its id."""
    try:
        known = profile(about)
    except Misconfigured:
        return about
    return known.name if say.language == "vi" else known.name_en


def _history(item: Labelled, say: Words) -> None:
    house = newsroom.house()
    hidden = () if opinions.on() else SECOND_KINDS
    lines = [each for each in views.history(house, item.article.id) if each[0].kind not in hidden]
    zone = house.profile.timezone
    with st.expander(say("history")):
        for label, ended in lines[:HISTORY_SHOWN]:
            at = forms.moment(label.at, zone) if label.at else ""
            until = say("history.until", time=forms.moment(ended, zone)) if ended else say("history.stands")
            told = f"{at} · {say(label.kind.value)}: {value(label, say)} · {by_whom(label, say)} · {until}"
            st.caption(
                forms.plain(told + (f" · {forms.shortened(readings.why(label, say), 200)}" if label.why else ""))
            )
        if len(lines) > HISTORY_SHOWN:
            st.caption(forms.plain(say("history.more", n=HISTORY_SHOWN)))


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
            parts.open_link(row.item, forms.plain(row.item.article.title) or row.item.article.id)
            badge = f":gray-badge[{forms.plain(say(f'role.{role}'))}] " if role else ""
            st.markdown(f"{badge}:gray[{forms.plain(parts.origin(row, newsroom.now(), say))}]")
    if told.articles - 1 > len(told.members):
        st.caption(forms.plain(say("members.more", n=len(told.members))))
