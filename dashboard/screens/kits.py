"""Tài liệu: official facts on what the press keeps asking about, and the searches prepared for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from dashboard import fact_feeds, forms, newsroom, parts, people
from dashboard.names import language_name
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.errors import DiembaoError
from diembao.core.kits import SOURCE, TEXT, Fact, Holds
from diembao.plan.office import Kit

_SAID = "kits-said"
_COLOURS = {Holds.NOW: "gray", Holds.NOT_YET: "blue", Holds.EXPIRED: "orange"}


def show() -> None:
    say, house = newsroom.words(), newsroom.house()
    parts.title(say("kits"))
    st.caption(forms.plain(say("kits.help")))
    done, told = st.session_state.pop(_SAID, (True, ""))
    if told:
        (st.success if done else st.warning)(forms.plain(forms.in_language(told, say)))
    kits = house.profile.kits
    facts = house.store.facts()
    for kit, tab in zip(kits, st.tabs([kit.vi if say.language == "vi" else kit.en for kit in kits]), strict=True):
        with tab:
            _kit(kit, [each for each in facts if each.kit == kit.id], say)


def _kit(kit: Kit, facts: Sequence[Fact], say: Words) -> None:
    profile = newsroom.house().profile
    unit = profile.fields[kit.theme]
    tasks = ", ".join(task.number for task in profile.tasks if kit.theme in task.themes)
    lines = [say("kits.unit", unit=profile.units[unit].name), say("kits.tasks", tasks=tasks) if tasks else ""]
    st.caption(forms.plain(" · ".join(filter(None, lines))))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if kit.searches:
            st.caption(say("kits.searches"), width="content")
        for name, query in kit.searches:
            st.page_link(parts.screen("stream"), label=forms.plain(name), query_params=parts.asking(query))
    may = newsroom.may(Act.CHANGE_KIT, units=(unit,))
    now = newsroom.now()
    fact_feeds.show(kit.id, now, say)
    for fact in facts:
        _fact(fact, now, say, may=may)
    if not facts:
        st.info(say("kits.empty") if may else say("kits.none_here"))
    if may:
        with st.expander(say("kits.add"), icon=":material/add:"):
            _form(kit, say)


def _fact(fact: Fact, now: datetime, say: Words, *, may: bool) -> None:
    zone = newsroom.house().profile.timezone
    holds = fact.holds(forms.local(now, zone).date())
    who = people.shown(fact.by, people.name_of(fact.by), say)
    told = say("kits.by", who=who, time=forms.clock(fact.at, now, zone, say)) if fact.at else ""
    with st.container(key=f"row-fact-{fact.number}", gap=None):
        st.markdown(f":{_COLOURS[holds]}-badge[{forms.plain(say(f'kits.{holds.value}'))}] {forms.plain(fact.text)}")
        source, language = say("kits.source", source=fact.source), language_name(fact.language, say.language)
        st.caption(forms.plain(" · ".join(filter(None, (source, language, _days(fact, say), told)))))
        with st.container(horizontal=True, gap="small"):
            if fact.url:
                st.link_button(forms.shortened(fact.url, 60), fact.url, type="tertiary")
            if may:
                st.button(
                    say("kits.drop"), key=f"kits-drop-{fact.number}", type="tertiary", on_click=_drop, args=(fact,)
                )


def _days(fact: Fact, say: Words) -> str:
    if fact.start and fact.end:
        return say("kits.days", start=_day(fact.start), end=_day(fact.end))
    if fact.start:
        return say("kits.since", start=_day(fact.start))
    return say("kits.until", end=_day(fact.end)) if fact.end else ""


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _form(kit: Kit, say: Words) -> None:
    key = f"kits-{kit.id}"
    with st.form(f"{key}-form", border=False, clear_on_submit=False):
        st.text_area(say("kits.text"), key=f"{key}-text", max_chars=TEXT)
        st.text_input(say("kits.from"), key=f"{key}-source", max_chars=SOURCE)
        st.text_input(say("kits.url"), key=f"{key}-url", max_chars=2000)
        st.selectbox(
            say("kits.language"),
            kit.languages,
            format_func=lambda code: language_name(code, say.language),
            key=f"{key}-language",
        )
        with st.container(horizontal=True):
            st.date_input(say("kits.start"), value=None, format="DD/MM/YYYY", key=f"{key}-start", width=200)
            st.date_input(say("kits.end"), value=None, format="DD/MM/YYYY", key=f"{key}-end", width=200)
        st.form_submit_button(say("kits.save"), on_click=_add, args=(kit, key))


def _add(kit: Kit, key: str) -> None:
    given, house = st.session_state, newsroom.house()
    language, text, source, url = (given[f"{key}-{name}"] for name in ("language", "text", "source", "url"))
    fact = Fact(kit.id, language, text, source, url, given[f"{key}-start"], given[f"{key}-end"])
    try:
        hand = newsroom.acting(Act.CHANGE_KIT, units=(house.profile.fields[kit.theme],))
        house.store.add_fact(fact, hand, newsroom.now())
    except DiembaoError as error:
        given[_SAID] = False, str(error)
        return
    for name in ("text", "source", "url"):
        given[f"{key}-{name}"] = ""
    given[_SAID] = True, newsroom.words()("kits.saved")


def _drop(fact: Fact) -> None:
    house = newsroom.house()
    theme = next(kit.theme for kit in house.profile.kits if kit.id == fact.kit)
    try:
        hand = newsroom.acting(Act.CHANGE_KIT, units=(house.profile.fields[theme],))
        house.store.end_fact(fact.number, hand, newsroom.now())
    except DiembaoError as error:
        st.session_state[_SAID] = False, str(error)
    else:
        st.session_state[_SAID] = True, newsroom.words()("kits.saved")
