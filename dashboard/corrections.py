"""A person's word on an article: set, or taken back. It counts at once; the index follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.texts import Words
from diembao.api.casework import is_foreign
from diembao.api.rights import Act
from diembao.core.accounts import Hand
from diembao.core.article import ONE_THEME, Kind, Labelled, Relevance, Stance

# Kinds a person may correct, in the order of the tabs.
CORRECTED: Final = (Kind.RELEVANCE, Kind.STANCE, Kind.THEME)
# Characters of a reason.
REASON: Final = 500
_NOTE: Final = "correction-note"


def show(item: Labelled, say: Words) -> None:
    if not newsroom.may(Act.CORRECT_LABEL, foreign=is_foreign(newsroom.house(), item)):
        return
    parts.heading(say("correct"))
    # A place of its own, so that the tabs below stay where they are, and the chosen one chosen.
    note = st.session_state.pop(_NOTE, None)
    with st.container():
        if note:
            st.success(forms.plain(note))
    st.caption(forms.plain(say("correct.help")))
    for kind, tab in zip(CORRECTED, st.tabs([say(kind.value) for kind in CORRECTED]), strict=True):
        with tab:
            _form(item, kind, say)


def _form(item: Labelled, kind: Kind, say: Words) -> None:
    article_id, here = item.article.id, newsroom.house().profile.id
    key = _key(item, kind, here)
    with st.form(f"{key}-form", border=False):
        _ask(item, kind, f"{key}-keys", say)
        st.text_input(say("correct.reason"), key=f"{key}-why", max_chars=REASON)
        st.form_submit_button(say("correct.save"), on_click=_save, args=(article_id, kind, key))
    said = {kind, *ONE_THEME} if kind is Kind.THEME else {kind}
    if any(label.by_person for label in item.labels if label.kind in said and label.about == here):
        st.button(say("correct.undo"), key=f"{key}-undo", on_click=_undo, args=(article_id, kind))


def _ask(item: Labelled, kind: Kind, key: str, say: Words) -> None:
    here = newsroom.house().profile.id
    if kind is Kind.THEME:
        st.multiselect(
            say("theme"),
            list(newsroom.house().profile.themes),
            default=[theme for theme in item.keys(kind, here) if theme in newsroom.house().profile.themes],
            format_func=lambda theme: parts.theme_name(theme, say),
            placeholder=say("correct.themes_none"),
            select_all=False,
            key=key,
        )
        return
    values = [each.value for each in (Relevance if kind is Kind.RELEVANCE else Stance)]
    now = item.key(kind, here)
    st.radio(
        say(kind.value),
        values,
        index=values.index(now) if now in values else None,
        format_func=lambda value: say(f"{kind.value}.{value}"),
        key=key,
    )


def _key(item: Labelled, kind: Kind, about: str) -> str:
    """Widgets start anew for another article, another revision, and when the label itself has changed."""
    article = item.article
    return f"correct-{kind.value}-{article.id}-{article.revision}-{','.join(item.keys(kind, about))}"


def _save(article_id: str, kind: Kind, key: str) -> None:
    house, say = newsroom.house(), newsroom.words()
    keys = _chosen(st.session_state.get(f"{key}-keys"))
    if not keys and kind is not Kind.THEME:
        st.session_state[_NOTE] = say("correct.same")
        return
    why = forms.shortened(st.session_state.get(f"{key}-why") or "", REASON)
    mine = hand(article_id)
    house.store.correct(
        article_id, kind, house.profile.id, keys, by=mine.actor, why=why, now=newsroom.now(), where=mine.where
    )
    st.session_state[_NOTE] = say("correct.saved", what=_told(kind, keys, say))


def hand(article_id: str) -> Hand:
    """Asked again when it is done: rights may have changed since the form was drawn."""
    item = newsroom.house().store.article(article_id)
    return newsroom.acting(Act.CORRECT_LABEL, foreign=item is not None and is_foreign(newsroom.house(), item))


def _chosen(value: Any) -> list[str]:  # noqa: ANN401 (a radio gives a word, a multiselect a list of them)
    return [value] if isinstance(value, str) else list(value or ())


def _told(kind: Kind, keys: Sequence[str], say: Words) -> str:
    if kind is Kind.THEME:
        return ", ".join(parts.theme_name(key, say) for key in keys) or say("theme.none")
    return f"{say(kind.value)}: {say(f'{kind.value}.{keys[0]}')}"


def _undo(article_id: str, kind: Kind) -> None:
    house, say = newsroom.house(), newsroom.words()
    mine = hand(article_id)
    house.store.retract(article_id, kind, house.profile.id, by=mine.actor, now=newsroom.now(), where=mine.where)
    st.session_state[_NOTE] = say("correct.undone", what=say(kind.value))
