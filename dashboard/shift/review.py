"""One story at a time: what it says, what the machine thinks, and a key for each answer.

The list is made once and worked off, and made anew at most once a minute: a key never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts, rows, views
from dashboard.desk import noting
from dashboard.shift import judging, keyed_cases, keyed_themes
from dashboard.shift.waiting import MOST, Waiting, coverage, waiting
from dashboard.texts import Words
from diembao.api.casework import is_foreign
from diembao.api.rights import Act
from diembao.core.article import Kind, Labelled, Relevance
from diembao.core.errors import WrongUse

MADE_ANEW, SOON = timedelta(minutes=1), timedelta(seconds=5)
# Stances by their keys, in the order of the chips.
STANCES: Final = (("3", "critical"), ("4", "neutral"), ("5", "positive"))
TEXT_SHOWN, OTHERS_SHOWN = 900, 4
_LIST, _MADE, _MODE, _COUNT = "shift-list", "shift-made", "shift-mode", "shift-count"


def show(start: datetime, now: datetime, say: Words) -> None:
    noting.show()
    left = _left(start, now)
    st.caption(forms.plain(say("shift.left", n=forms.number(len(left), say), m=st.session_state.get(_COUNT, 0))))
    if cut := not_all(start, say):
        st.info(forms.plain(cut))
    current = _first(left)
    if current is None:
        _nothing(say)
        return
    each, item = current
    _story(each, item, now, say)
    mode = st.session_state.get(_MODE, "")
    if mode == "theme":
        keyed_themes.show(item, say, save=_themed, back=_plain)
    elif mode == "case":
        keyed_cases.show(item, say, back=_plain)
    else:
        _keys(item, say)
    _then(left, item.article.id, now, say)


def not_all(start: datetime, say: Words) -> str:
    """That a span has more than is gone through; "": it has not."""
    of = newsroom.read(coverage, start)
    return say("shift.cut", of=forms.number(of, say), n=forms.number(MOST, say)) if of > MOST else ""


# -- the list ---------------------------------------------------------------------------------------


def _left(start: datetime, now: datetime) -> list[Waiting]:
    """What is left; what was passed over in this session stands at its end."""
    state = st.session_state
    made: tuple[datetime, datetime] | None = state.get(_MADE)
    passed = [step.article for step in judging.done() if step.did == "skip"]
    age = now - made[1] if made and made[0] == start else None
    if age is None or age > MADE_ANEW or (age > SOON and not state.get(_LIST)):
        # Not kept for others: a look moves no log.
        state[_LIST], state[_MADE] = _mine(waiting(newsroom.house(), start)), (start, now)
    every: list[Waiting] = state[_LIST]
    return sorted(every, key=lambda each: passed.index(each.article) if each.article in passed else -1)


def _mine(every: Sequence[Waiting]) -> list[Waiting]:
    """Those that this reader may judge: who follows the press abroad is shown nothing else."""
    house = newsroom.house()
    if newsroom.may(Act.CORRECT_LABEL):
        return list(every)
    items = house.store.rows([each.article for each in every])
    abroad = {item.article.id for item in items if is_foreign(house, item)}
    return [each for each in every if each.article in abroad]


def _first(left: Sequence[Waiting]) -> tuple[Waiting, Labelled] | None:
    """The first that is still there."""
    found = ((each, newsroom.house().store.article(each.article)) for each in left)
    return next(((each, item) for each, item in found if item is not None), None)


def _drop(article: str) -> None:
    st.session_state[_LIST] = [each for each in st.session_state.get(_LIST, ()) if each.article != article]


def _nothing(say: Words) -> None:
    st.info(say("shift.none"))
    _undo_button(say)


# -- one story --------------------------------------------------------------------------------------


def _story(each: Waiting, item: Labelled, now: datetime, say: Words) -> None:
    (row,) = views.with_stories(newsroom.house(), [item])
    st.html(rows.row(row, rows.shown("shift", now)))
    article = item.article
    text = forms.shortened(" ".join(filter(None, (article.lead, article.text))), TEXT_SHOWN)
    language = forms.html(item.key(Kind.LANGUAGE) or article.language)
    st.html(f'<div class="diembao-text" lang="{language}"><p>{forms.html(text)}</p></div>')
    others = newsroom.house().store.rows(each.others[:OTHERS_SHOWN])
    if others:
        st.caption(forms.plain(say("shift.others", n=forms.number(len(each.others), say))))
        told = (f"- {forms.plain(other.article.title)} · {forms.plain(_outlet(other))}" for other in others)
        st.markdown("\n".join(told))


def _outlet(item: Labelled) -> str:
    return newsroom.house().outlet_name(item.article.outlet)


def _then(left: list[Waiting], article: str, now: datetime, say: Words) -> None:
    following = [each.article for each in left if each.article != article][:OTHERS_SHOWN]
    items = newsroom.house().store.rows(following)
    if not items:
        return
    parts.heading(say("duty.then"))
    for row in views.with_stories(newsroom.house(), items):
        with st.container(key=f"row-shift-then-{row.item.article.id}", gap=None):
            st.markdown(forms.plain(row.item.article.title))
            st.caption(forms.plain(parts.origin(row, now, say)))


# -- keys -------------------------------------------------------------------------------------------


def _keys(item: Labelled, say: Words) -> None:
    here, this = newsroom.house().profile.id, item.article.id
    st.button(say("shift.right"), type="primary", shortcut="1", key="shift-right", on_click=_right, args=(this,))
    with st.container(horizontal=True, gap="small"):
        about = item.key(Kind.RELEVANCE, here)
        wanted = Relevance.NO if about != Relevance.NO else Relevance.YES
        _press(say(f"relevance.{wanted.value}"), "2", "shift-relevance", _judge, (this, Kind.RELEVANCE, wanted.value))
        for key, stance in STANCES:
            _press(say(f"stance.{stance}"), key, f"shift-{stance}", _judge, (this, Kind.STANCE, stance))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _press(say("shift.theme"), "6", "shift-theme", _mode, ("theme",))
        if newsroom.opens(Act.OPEN_CASE) or newsroom.opens(Act.WORK_CASE):
            _press(say("shift.case"), "7", "shift-case", _mode, ("case",))
        _press(say("shift.skip"), "0", "shift-skip", _skip, (this,))
        _undo_button(say)
        parts.open_link(item, say("shift.read"))


def _press(label: str, key: str, name: str, act: Callable[..., None], args: tuple[object, ...]) -> None:
    st.button(label, shortcut=key, key=name, on_click=act, args=args)


def _undo_button(say: Words) -> None:
    if judging.done():
        st.button(say("shift.undo"), shortcut="9", key="shift-undo", type="tertiary", on_click=_undo)


def _mode(name: str) -> None:
    st.session_state[_MODE] = name


def _plain() -> None:
    st.session_state.pop(_MODE, None)


def _right(article: str) -> None:
    """What stands on the screen is right, or has been put right: on to the next."""

    def act(item: Labelled) -> str:
        judging.looked_through(item)
        _drop(article)
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
        return ""

    _on(article, act)


def _judge(article: str, kind: Kind, key: str) -> None:
    def act(item: Labelled) -> str:
        say = newsroom.words()
        judging.judged(item, kind, [key], say("shift.why"))
        return say("correct.saved", what=say(f"{kind.value}.{key}"))

    _on(article, act)


def _themed(article: str, themes: list[str]) -> None:
    def act(item: Labelled) -> str:
        say = newsroom.words()
        judging.judged(item, Kind.THEME, themes, say("shift.why"))
        told = ", ".join(parts.theme_name(key, say) for key in themes) or say("theme.none")
        return say("correct.saved", what=told)

    _on(article, act)
    _plain()


def _skip(article: str) -> None:
    def act(item: Labelled) -> str:
        judging.passed(item)
        return ""

    _on(article, act)


def _undo() -> None:
    """The step back, and its story before the reader again."""

    def act() -> str:
        step = judging.taken_back()
        if step.did == "look":
            st.session_state[_COUNT] = max(0, st.session_state.get(_COUNT, 0) - 1)
            st.session_state.pop(_MADE, None)
        return newsroom.words()("duty.undone")

    noting.tried(act)


def _on(article: str, act: Callable[[Labelled], str]) -> None:
    def tried() -> str:
        item = newsroom.house().store.article(article)
        if item is None:
            raise WrongUse(newsroom.words()("shift.gone"))
        return act(item)

    noting.tried(tried)
