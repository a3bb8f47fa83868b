"""One correction for all articles that are chosen: each is asked for its own right, and told of on its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.corrections import REASON
from dashboard.desk import noting
from dashboard.texts import Words
from diembao.api.casework import is_foreign
from diembao.api.rights import Act
from diembao.core.article import Kind, Labelled, Relevance, Stance
from diembao.core.errors import Refused, WrongUse

_KEY: Final = "pick-label"
_NAMES: Final = ("relevance", "stance", "yes", "no", "why")
_ONE: Final = {"relevance": Kind.RELEVANCE, "stance": Kind.STANCE}
_MANY: Final = {"yes": Kind.THEME_YES, "no": Kind.THEME_NO}


def popover(items: Sequence[Labelled], say: Words) -> None:
    if not newsroom.opens(Act.CORRECT_LABEL):
        return
    with st.popover(say("pick.label"), icon=":material/label:", on_change="rerun", key=_KEY) as opened:
        if not opened.open:
            return
        st.caption(forms.plain(say("pick.label_help", n=forms.number(len(items), say))))
        with st.form(f"{_KEY}-form", border=False):
            _ask(say)
            st.form_submit_button(
                say("correct.save"), key=f"{_KEY}-do", on_click=_save, args=([item.article.id for item in items],)
            )


def _ask(say: Words) -> None:
    _one("relevance", [each.value for each in Relevance], say)
    _one("stance", [each.value for each in Stance], say)
    for name in _MANY:
        st.multiselect(
            say(f"pick.theme_{name}"),
            list(newsroom.house().profile.themes),
            format_func=lambda theme: parts.theme_name(theme, say),
            placeholder=say("pick.unchanged"),
            select_all=False,
            key=f"{_KEY}-{name}",
        )
    st.text_input(say("correct.reason"), key=f"{_KEY}-why", max_chars=REASON)


def _one(name: str, values: Sequence[str], say: Words) -> None:
    st.selectbox(
        say(name),
        ["", *values],
        format_func=lambda value: say(f"{name}.{value}") if value else say("pick.unchanged"),
        key=f"{_KEY}-{name}",
    )


def _save(ids: Sequence[str]) -> None:
    def act() -> str:
        say, wanted = newsroom.words(), _wanted()
        if not wanted:
            raise WrongUse(say("pick.nothing"))
        why = forms.shortened(st.session_state.get(f"{_KEY}-why") or "", REASON)
        done = _each(ids, lambda item: _correct(item, wanted, why))
        for name in _NAMES:
            st.session_state.pop(f"{_KEY}-{name}", None)
        left = len(ids) - done
        told = say("pick.labelled", n=forms.number(done, say))
        return f"{told} {say('pick.not_allowed', n=forms.number(left, say))}" if left else told

    noting.tried(act)


def _wanted() -> list[tuple[Kind, list[str]]]:
    say = newsroom.words()
    given: dict[str, Any] = {name: st.session_state.get(f"{_KEY}-{name}") for name in _NAMES}
    both = set(given["yes"] or ()) & set(given["no"] or ())
    if both:
        raise WrongUse(say("pick.both", theme=parts.theme_name(min(both), say)))
    found = [(kind, [given[name]]) for name, kind in _ONE.items() if given[name]]
    return found + [(kind, list(given[name])) for name, kind in _MANY.items() if given[name]]


def _each(ids: Sequence[str], act: Callable[[Labelled], None]) -> int:
    """How many it could be done to. One that the reader may not judge stops none of the others."""
    done = 0
    for item in newsroom.house().store.rows(ids):
        try:
            act(item)
        except Refused:
            continue
        done += 1
    return done


def _correct(item: Labelled, wanted: Sequence[tuple[Kind, list[str]]], why: str) -> None:
    house = newsroom.house()
    hand = newsroom.acting(Act.CORRECT_LABEL, foreign=is_foreign(house, item))
    for kind, keys in wanted:
        house.store.correct(
            item.article.id,
            kind,
            house.profile.id,
            keys,
            by=hand.actor,
            why=why,
            now=newsroom.now(),
            where=hand.where,
        )
