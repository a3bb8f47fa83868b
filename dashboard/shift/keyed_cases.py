"""A case about an article by keys: a new one as the office would open it, or one that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting, reading, shown
from dashboard.shift import LETTERS
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.article import Labelled
from diembao.core.case import Case
from diembao.core.desk import Opening, Origin

# Open cases that are offered: those due first.
OFFERED: Final = 8
NAME: Final = 70


def show(item: Labelled, say: Words, *, back: Callable[[], None]) -> None:
    this = item.article.id
    st.markdown(forms.plain(say("shift.cases")))
    given = shown.desk().proposal(item, newsroom.now())
    if given.unit and asking.opens_case(item, given.unit):
        label = say("shift.case_new", unit=shown.unit_name(given.unit))
        st.button(label, shortcut="a", key="shift-case-new", on_click=_open, args=(this, back))
    own, of_story = reading.cases_of(newsroom.house(), item)
    mine = {case.number for case in own}
    for letter, case in zip(LETTERS[1:], _offered(of_story, mine), strict=False):
        label = forms.plain(forms.shortened(f"{case.number} · {case.details.title}", NAME))
        joined = this, case.number, back
        st.button(label, shortcut=letter, key=f"shift-join-{case.number}", on_click=_join, args=joined)
    for case in own:
        if asking.allowed(Act.READ_CASE, case):
            shown.link(case, say("shift.in_case", number=case.number))
    st.button(say("shift.back"), shortcut="0", key="shift-back", on_click=back)
    parts.open_link(item, say("shift.read"))


def _offered(of_story: Sequence[Case], mine: set[str]) -> list[Case]:
    """Those about its story first."""
    every = {case.number: case for case in (*of_story, *newsroom.read_cases(reading.open_cases, asking.sight()).found)}
    allowed = (case for case in every.values() if case.number not in mine and asking.allowed(Act.WORK_CASE, case))
    return [case for _, case in zip(range(OFFERED), allowed, strict=False)]


def _open(article: str, back: Callable[[], None]) -> None:
    def act() -> str:
        item = newsroom.house().store.article(article)
        if item is None:
            return newsroom.words()("shift.gone")
        given = shown.desk().proposal(item, newsroom.now())
        by = asking.opening(item, given.unit)
        made = shown.desk().open(given, [article], by, shown=asking.seen, opening=Opening(Origin.ARTICLE))
        return newsroom.words()("shift.opened", number=made.number)

    noting.tried(act)
    back()


def _join(article: str, number: str, back: Callable[[], None]) -> None:
    def act() -> str:
        shown.desk().add(number, [article], asking.actor(Act.WORK_CASE, number))
        return newsroom.words()("case.added", number=number)

    noting.tried(act)
    back()
