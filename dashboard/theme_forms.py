"""The themes of a province: those it has, what is known of the added ones, and the forms that add or rename one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import forms, newsroom, parts, rows
from dashboard.names import language_name
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.errors import DiembaoError, WrongUse
from diembao.pipeline.theme_quality import quality
from diembao.plan import theme_files
from diembao.plan.reader import Profile, Theme, themes
from diembao.plan.theme_files import LANGUAGES, OwnTheme

_SAID = "themes-said"


def show(profile: Profile, say: Words) -> None:
    done, told = st.session_state.pop(_SAID, (True, ""))
    if told:
        (st.success if done else st.warning)(forms.plain(forms.in_language(told, say)))
    st.caption(forms.plain(say("themes.help")))
    rows.draw(_row(theme, profile, say) for theme in profile.themes.values())
    if newsroom.opens(Act.CHANGE_PLAN):
        with st.expander(say("themes.add"), icon=":material/add:"):
            _adding(profile, say)
        with st.expander(say("themes.rename"), icon=":material/edit:"):
            _renaming(say)


def _row(theme: Theme, profile: Profile, say: Words) -> tuple[str, Callable[[str], None] | None]:
    """The theme in words; drawn by itself where the reader may take it away."""
    unit = profile.units[profile.fields[theme.id]].name
    beside = rows.faint(" · ".join(part for part in (unit, theme.covers) if part), small=True)
    html = f"<b>{forms.html(parts.theme_name(theme.id, say))}</b> {_known(theme.id, say)}<br>{beside}"
    if theme.id in profile.seeds and newsroom.opens(Act.CHANGE_PLAN):
        return html, partial(_droppable, theme.id)
    return rows.entry(f"theme-{theme.id}", "", html), None


def _droppable(theme: str, html: str) -> None:
    with st.container(key=f"row-theme-{theme}", gap=None):
        st.html(rows.said(html))
        st.button(
            newsroom.words()("themes.drop"),
            key=f"themes-drop-{theme}",
            type="tertiary",
            on_click=_drop,
            args=(theme,),
        )


def _known(theme: str, say: Words) -> str:
    if theme in themes():
        return rows.chip("gray", say("themes.fixed"))
    found = quality(newsroom.house(), theme)
    if found is None:
        return rows.chip("orange", say("themes.unmeasured"))
    counts = {"n": found.n, "right": found.right, "wrong": found.wrong, "missed": found.missed}
    return rows.chip("gray", say("themes.measured", **counts))


def _adding(profile: Profile, say: Words) -> None:
    with st.form("themes-add", border=False):
        for name in ("vi", "en", "covers"):
            st.text_input(say(f"themes.{name}"), key=f"themes-{name}", max_chars=500 if name == "covers" else 120)
        st.selectbox(
            say("themes.unit"),
            list(profile.units),
            index=None,
            format_func=lambda key: profile.units[key].name,
            key="themes-unit",
        )
        st.caption(forms.plain(say("themes.seeds")))
        columns = st.columns(2)
        for at, language in enumerate(LANGUAGES):
            name, key = language_name(language, say.language), f"themes-seeds-{language}"
            columns[at % 2].text_area(name[:1].upper() + name[1:], key=key, height=68, max_chars=20_000)
        st.form_submit_button(say("themes.save"), on_click=_add)


def _renaming(say: Words) -> None:
    with st.form("themes-rename", border=False):
        st.selectbox(
            say("themes.which"),
            list(themes()),
            format_func=lambda key: parts.theme_name(key, say),
            key="themes-which",
        )
        st.text_input(say("themes.vi"), key="themes-new-vi", max_chars=120)
        st.text_input(say("themes.en"), key="themes-new-en", max_chars=120)
        st.form_submit_button(say("themes.save"), on_click=_rename)


def _add() -> None:
    given = st.session_state

    def made() -> OwnTheme:
        if not given["themes-unit"]:
            raise WrongUse("Chọn đơn vị phụ trách. / Choose the unit that answers for it.")
        seeds = {language: given[f"themes-seeds-{language}"] for language in LANGUAGES}
        vi, en, covers = (given[f"themes-{name}"] for name in ("vi", "en", "covers"))
        new = theme_files.named(vi, en, covers, given["themes-unit"], seeds)
        if new.id in newsroom.house().profile.themes:
            raise WrongUse("Đã có chủ đề tên này. / There is a theme of this name already.")
        return new

    _changed(made)


def _rename() -> None:
    given = st.session_state
    _changed(lambda: theme_files.renamed(given["themes-which"], given["themes-new-vi"], given["themes-new-en"]))


def _changed(made: Callable[[], OwnTheme]) -> None:
    house = newsroom.house()
    try:
        hand = newsroom.acting(Act.CHANGE_PLAN)
        theme = made()
        theme_files.keep(house.plan_folder, house.profile.id, theme)
    except DiembaoError as error:
        st.session_state[_SAID] = False, str(error)
        return
    subject = f"theme:{house.profile.id}:{theme.id}"
    house.store.note(hand.actor, Act.CHANGE_PLAN.value, subject, where=hand.where, now=newsroom.now(), vi=theme.vi)
    st.session_state[_SAID] = True, newsroom.words()("themes.saved")


def _drop(theme: str) -> None:
    house = newsroom.house()
    hand = newsroom.acting(Act.CHANGE_PLAN)
    theme_files.drop(house.plan_folder, house.profile.id, theme)
    subject = f"theme:{house.profile.id}:{theme}"
    house.store.note(hand.actor, Act.CHANGE_PLAN.value, subject, where=hand.where, now=newsroom.now(), ended=True)
    st.session_state[_SAID] = True, newsroom.words()("themes.saved")
