"""The themes of an article by keys: a letter for each, pressed to have it or not; then written as they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.shift import LETTERS
from dashboard.texts import Words
from diembao.core.article import Kind, Labelled

_CHOSEN: Final = "shift-themes"


def show(item: Labelled, say: Words, *, save: Callable[[str, list[str]], None], back: Callable[[], None]) -> None:
    themes = newsroom.house().profile.themes
    chosen = _chosen(item)
    st.markdown(forms.plain(say("shift.themes")))
    with st.container(horizontal=True, gap="small"):
        for letter, key in zip(LETTERS, themes, strict=False):
            on = key in chosen
            st.button(
                parts.theme_name(key, say),
                shortcut=letter,
                key=f"shift-theme-{key}",
                type="primary" if on else "secondary",
                icon=":material/check:" if on else None,
                on_click=_toggle,
                args=(item.article.id, key),
            )
    with st.container(horizontal=True, gap="small"):
        given = item.article.id, [key for key in themes if key in chosen]
        st.button(say("correct.save"), shortcut="1", key="shift-themes-save", on_click=save, args=given)
        st.button(say("shift.back"), shortcut="0", key="shift-back", on_click=back)


def _chosen(item: Labelled) -> set[str]:
    """As the labels are, until something is pressed."""
    kept: tuple[str, set[str]] | None = st.session_state.get(_CHOSEN)
    standing = set(item.keys(Kind.THEME, newsroom.house().profile.id))
    name = f"{item.article.id}:{','.join(sorted(standing))}"
    if kept is None or kept[0] != name:
        kept = st.session_state[_CHOSEN] = (name, standing)
    return kept[1]


def _toggle(article: str, key: str) -> None:
    name, chosen = st.session_state.get(_CHOSEN, ("", set()))
    if name.startswith(f"{article}:"):
        st.session_state[_CHOSEN] = (name, chosen ^ {key})
