"""On *Bài báo*: what is said of it, by whom and why; and what was said before."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, opinions, parts, people, readings, views
from dashboard.look import STANCE_BADGES
from dashboard.names import language_name
from dashboard.texts import Words
from diembao.core.article import ONE_THEME, Kind, Label, Labelled
from diembao.core.errors import Misconfigured
from diembao.core.opinion import SECOND_KINDS
from diembao.plan.reader import profile

HISTORY_SHOWN: Final = 100  # lines
# Labels that stand elsewhere on the screen.
_ELSEWHERE: Final = {Kind.THEME_YES, *SECOND_KINDS}


def show(item: Labelled, say: Words) -> None:
    parts.heading(say("labels"))
    here = newsroom.house().profile.id
    # A word that adds a theme stands among the themes already.
    shown = [label for label in item.labels if label.about in {here, ""} and label.kind not in _ELSEWHERE]
    shown.sort(key=lambda label: (list(Kind).index(label.kind), -label.score, label.key))
    above = ""
    for label in shown:
        _label(item, label, say, above)
        above = label.why
    for label in item.labels:
        if label.kind is Kind.RELEVANCE and label.about not in {here, ""}:
            what = f"{say('labels.other', place=_place(label.about, say))} · {say(f'relevance.{label.key}')}"
            st.caption(forms.plain(what))
    if not item.labels:
        st.caption(forms.plain(say("labels.none")))


def _label(item: Labelled, label: Label, say: Words, above: str) -> None:
    """What, by whom, how sure, and why: the last can be checked by a person, and is told once where the line above has
    the same. Which model it was stands in the history.
    """
    colour = STANCE_BADGES.get(label.key, "gray") if label.kind is Kind.STANCE else "gray"
    again = f" :orange-badge[{forms.plain(say('labels.look_again'))}]" if item.look_again(label) else ""
    by = forms.plain(say("labels.by.machine") if label.by.startswith("model:") else by_whom(label, say))
    sure = "" if label.by_person else f" · {forms.plain(say('labels.score', n=forms.number(label.score, say, 2)))}"
    told = forms.plain(forms.shortened(readings.why(label, say), 300))
    why = told or f":gray[{forms.plain(say('labels.no_why'))}]"
    reason = "" if label.why and label.why == above else f"  \n{why}"
    st.markdown(
        f"{forms.plain(say(label.kind.value))}: :{colour}-badge[{forms.plain(value(label, say))}]{again}  \n"
        f":gray[{by}{sure}]{reason}",
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


def history(item: Labelled, say: Words) -> None:
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
