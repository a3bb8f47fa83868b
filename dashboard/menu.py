"""The menu: which screens a reader finds in it; under it the language switch, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import forms, helping, newsroom, parts, province_choice
from dashboard.texts import LANGUAGES, Words
from diembao.api.paths import SCREENS


def page_of(
    name: str,
    path: str,
    show: Callable[[], None],
    *,
    first: bool = False,
    hidden: bool = False,
    titled: Callable[[str, Words], str] = lambda name, say: say(name),
) -> st.Page:
    """A screen that asks, each time it is drawn, whether its reader may see it. Who may not does not find it in the
    menu.
    """
    unseen = hidden or not newsroom.opens(SCREENS[path])
    return st.Page(
        _guarded(path, show),
        title=titled(name, newsroom.words()),
        url_path=path,
        default=first,
        visibility="hidden" if unseen and not first else "visible",
    )


def _guarded(path: str, show: Callable[[], None]) -> Callable[[], None]:
    def drawing() -> None:
        say = newsroom.words()
        if newsroom.opens(SCREENS[path]):
            helping.beside(path, say)
            show()
            return
        newsroom.refused(SCREENS[path])
        parts.title(say("error.rights_title"))
        st.warning(say("error.rights"))

    return drawing


def choose_language() -> None:
    say = newsroom.words()
    house = newsroom.house()
    profile = house.profile
    if say.language != house.settings.web.language:
        st.query_params["lang"] = say.language
    st.session_state["language-switch"] = say.language
    with st.sidebar:
        province_choice.switch()
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


def who_is_here() -> None:
    who, say = newsroom.visitor(), newsroom.words()
    if who.account is None:
        return
    with st.sidebar:
        st.html(
            f'<p class="diembao-who">{forms.html(who.shown)}<br>'
            f'<a href="/dang-xuat" target="_self">{forms.html(say("leave.title"))}</a></p>'
        )


def _change() -> None:
    chosen = st.session_state["language-switch"]
    st.session_state["language"] = chosen
    st.query_params["lang"] = chosen
