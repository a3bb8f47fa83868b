"""The form of a subscription: what is watched, when and where it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.alerting import acting
from dashboard.names import country_name
from dashboard.parts import theme_name
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.subscription import NAME_LENGTH, QUERY_LENGTH, THRESHOLD, Priority, Rhythm, Subject
from diembao.response.subscribing import LANGUAGES, Asked

RHYTHMS: Final = tuple(Rhythm)
_DIGESTS: Final = frozenset((Rhythm.DAILY, Rhythm.WEEKLY))


def ask(key: str, start: Asked, say: Words, *, new: bool) -> Asked:
    """What the reader has typed so far; ``start`` stands there first."""
    given = start
    if new:
        name = st.text_input(say("alerts.name"), value=start.name, key=f"{key}-name", max_chars=NAME_LENGTH)
        given = replace(given, name=name)
    given = _what(key, given, say)
    given = replace(given, to=_channels(key, start, say))
    given = _when(key, given, say)
    return _more(key, given, say, new=new)


def _what(key: str, start: Asked, say: Words) -> Asked:
    subject = st.selectbox(
        say("alerts.subject"),
        [*Subject],
        index=[*Subject].index(Subject(start.subject)),
        format_func=lambda each: say(f"alerts.subject.{each}"),
        key=f"{key}-subject",
        width=320,
    )
    same = subject == start.subject
    if subject is Subject.QUERY:
        typed = st.text_area(
            say("alerts.query"),
            value=start.query if same else "",
            key=f"{key}-query",
            max_chars=QUERY_LENGTH,
            height=80,
            help=say("alerts.query_help"),
        )
        return replace(start, subject=subject, query=typed, key="")
    chosen = start.key if same else ""
    return replace(start, subject=subject, query="", key=_key(key, subject, chosen, say))


def _key(key: str, subject: Subject, chosen: str, say: Words) -> str:
    """Which unit, theme, outlets or case."""
    house, label = newsroom.house(), say(f"alerts.subject.{subject}")
    if subject in {Subject.MENTIONS, Subject.ABROAD}:
        return ""
    if subject is Subject.CASE:
        return st.text_input(label, value=chosen, key=f"{key}-case", placeholder="VV-2026-0042", width=320).strip()
    if subject is Subject.OUTLETS:
        countries = sorted({f"@{each.country.lower()}" for each in house.outlets.values() if each.country})
        names = {each: outlet.name for each, outlet in house.outlets.items()}
        names |= {each: country_name(each[1:].upper(), say.language) for each in countries}
        found = [each for each in chosen.lower().split() if each in names]
        return " ".join(
            st.multiselect(label, list(names), found, format_func=lambda each: names[each], key=f"{key}-outlets")
        )
    of_units = {each: house.profile.units[each].name for each in dict.fromkeys(house.profile.fields.values())}
    names = of_units if subject is Subject.UNIT else {each: theme_name(each, say) for each in house.profile.themes}
    index = list(names).index(chosen) if chosen in names else 0
    return str(st.selectbox(label, list(names), index, format_func=lambda each: names[each], key=f"{key}-{subject}"))


def _channels(key: str, start: Asked, say: Words) -> list[str]:
    house = newsroom.house()
    typed = st.text_input(
        say("alerts.to"),
        value=acting.typed(start.to, say),
        key=f"{key}-to",
        max_chars=4000,
        help=say("alerts.to_help"),
    )
    named = [f"{chosen.kind}:{name}" for name, chosen in house.settings.channels.items()]
    if named and newsroom.opens(Act.CHANGE_ALERT):
        st.caption(forms.plain(say("alerts.to_named", names=", ".join(named))))
    return acting.read(typed, say)


def _when(key: str, start: Asked, say: Words) -> Asked:
    with st.container(horizontal=True, gap="small"):
        rhythm = st.selectbox(
            say("alerts.rhythm"),
            RHYTHMS,
            index=RHYTHMS.index(Rhythm(start.rhythm)),
            format_func=lambda each: say(f"alerts.rhythm.{each}"),
            key=f"{key}-rhythm",
            width=220,
        )
        given = replace(start, rhythm=rhythm)
        if rhythm is Rhythm.WEEKLY:
            day = st.selectbox(
                say("alerts.weekday"),
                range(7),
                index=start.weekday,
                format_func=lambda n: say(f"day.{n}"),
                key=f"{key}-weekday",
                width=160,
            )
            given = replace(given, weekday=day)
        if rhythm in _DIGESTS:
            hour = st.number_input(say("alerts.hour"), 0, 23, start.hour, key=f"{key}-hour", width=120)
            given = replace(given, hour=int(hour))
    return given


def _more(key: str, start: Asked, say: Words, *, new: bool) -> Asked:
    with st.expander(say("alerts.more")):
        with st.container(horizontal=True, gap="small"):
            quiet = st.text_input(
                say("alerts.quiet"), value=start.quiet, key=f"{key}-quiet", placeholder="22:00-6:00", width=160
            )
            priority = st.selectbox(
                say("alerts.priority"),
                [*Priority],
                index=[*Priority].index(Priority(start.priority)),
                format_func=lambda each: say(f"alerts.priority.{each}"),
                key=f"{key}-priority",
                width=260,
            )
        with st.container(horizontal=True, gap="small"):
            threshold = st.number_input(
                say("alerts.threshold"), 1, THRESHOLD, start.threshold, key=f"{key}-threshold", width=220
            )
            language = st.selectbox(
                say("alerts.language"),
                LANGUAGES,
                index=LANGUAGES.index(start.language),
                format_func=lambda code: say(f"nav.{code}"),
                key=f"{key}-language",
                width=160,
            )
        owner = start.owner
        if new and newsroom.opens(Act.CHANGE_ALERT):
            office = st.checkbox(say("alerts.office"), key=f"{key}-office", help=say("alerts.office_help"))
            owner = "" if office else start.owner
    return replace(start, quiet=quiet, priority=priority, threshold=int(threshold), language=language, owner=owner)
