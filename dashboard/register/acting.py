"""What the reader may do with the register, asked when it is drawn and again when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import newsroom
from dashboard.desk import noting
from diembao.api import registering
from diembao.api.rights import Act, Thing, may
from diembao.core.questions import Question
from diembao.response.acts import Actor
from diembao.response.briefings import Briefings
from diembao.response.foreseen import Calendar
from diembao.response.questions import Questions

# The question whose page is open, and the version in which it was first seen there.
_SEEN: Final = "question-seen"


def questions() -> Questions:
    house = newsroom.house()
    return Questions(house.store, house.profile)


def briefings() -> Briefings:
    house = newsroom.house()
    return Briefings(house.store, house.profile)


def calendar() -> Calendar:
    house = newsroom.house()
    return Calendar(house.store, house.profile)


def on_question(act: Act, question: Question) -> bool:
    return may(newsroom.visitor(), act, registering.thing(newsroom.house(), question))


def on_unit(act: Act, unit: str) -> bool:
    """A matter or a point of this unit; "": nobody's in particular."""
    return may(newsroom.visitor(), act, registering.of_unit(newsroom.house(), unit))


def by(act: Act, thing: Thing) -> Actor:
    """Raises:
    Refused: the reader may not.
    """
    who = newsroom.visitor()
    if not may(who, act, thing):
        raise newsroom.refused(act)
    return Actor(who.actor, newsroom.now(), who.where)


def by_question(act: Act, question: Question) -> Actor:
    """Whose act it is, on the question as it stands now."""
    house = newsroom.house()
    return by(act, registering.thing(house, house.store.question(question.number) or question))


def by_unit(act: Act, unit: str) -> Actor:
    return by(act, registering.of_unit(newsroom.house(), unit))


def done(act: Callable[[], object], key: str, *fields: str) -> bool:
    """Try it; where it was done say so, and empty these fields of the form ``key``. What was not done stays typed."""

    def trying() -> str:
        act()
        for name in fields:
            st.session_state[f"{key}-{name}"] = ""
        return newsroom.words()("register.done")

    return noting.tried(trying)


def as_first_seen(question: Question) -> Question:
    """With the version that its forms were first drawn with: what somebody else did since then is told at saving."""
    number, first = st.session_state.setdefault(_SEEN, (question.number, question.version))
    if number != question.number:
        seen_anew()
        return question
    return replace(question, version=first)


def seen_anew() -> None:
    """Something was done, or refused with a word about what has changed, or another page was looked at: from now on it
    is seen as it stands.
    """
    st.session_state.pop(_SEEN, None)


def forget(begins: str) -> None:
    """What was typed under keys that begin so."""
    for key in [key for key in st.session_state if str(key).startswith(begins)]:
        del st.session_state[key]


def typed(key: str, name: str) -> str:
    return str(st.session_state.get(f"{key}-{name}") or "")


def moment(key: str, name: str) -> datetime | None:
    """Of a day and an hour that were chosen, by the province's clock; None: no day."""
    day: date | None = st.session_state.get(f"{key}-{name}-day")
    hour: time | None = st.session_state.get(f"{key}-{name}-time")
    if day is None:
        return None
    return datetime.combine(day, hour or time(17), ZoneInfo(newsroom.house().profile.timezone))


def units(*, none: bool = True) -> list[str]:
    return [*([""] if none else []), *newsroom.house().profile.units]
