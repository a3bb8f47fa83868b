"""The language switch under the menu."""

from __future__ import annotations

import streamlit as st

from dashboard import forms, newsroom
from dashboard.texts import LANGUAGES


def choose_language() -> None:
    say = newsroom.words()
    house = newsroom.house()
    profile = house.profile
    if say.language != house.settings.web.language:
        st.query_params["lang"] = say.language
    st.session_state["language-switch"] = say.language
    with st.sidebar:
        st.caption(forms.plain(say("home", province=profile.name if say.language == "vi" else profile.name_en)))
        st.segmented_control(
            say("nav.language"),
            LANGUAGES,
            format_func=lambda code: say(f"nav.{code}"),
            key="language-switch",
            label_visibility="collapsed",
            required=True,
            on_change=_change,
        )


def _change() -> None:
    chosen = st.session_state["language-switch"]
    st.session_state["language"] = chosen
    st.query_params["lang"] = chosen
