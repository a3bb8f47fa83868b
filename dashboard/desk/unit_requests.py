"""What a unit was asked, for whoever of it may read that: the request, the quotes it was given, the answer's form."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import answering, noting, requesting
from dashboard.texts import Words
from diembao.api import requesting as rights
from diembao.core.requests import Request, RequestQuery, RequestState
from diembao.pipeline.wiring import Installation


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request, and of its case what the unit may see."""

    request: Request
    title: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """How many requests wait for an answer; how many of them are late."""

    waiting: int
    late: int


def of_unit(house: Installation, unit: str) -> tuple[Waiting, ...]:
    asked = RequestQuery(units=rights.of_unit(house, unit), states=(RequestState.WAITING,))
    return tuple(found for each in house.store.requests(asked) if (found := _seen(house, each)))


def _seen(house: Installation, each: Request) -> Waiting | None:
    found = house.store.case_file(each.case)
    if found is None:
        return None
    quotes = tuple(claim.quote for claim in found.claims if claim.number in each.claims)
    return Waiting(each, found.case.details.title, quotes)


def show(unit: str, say: Words) -> None:
    """Nothing, where the reader may not know."""
    house, who = newsroom.house(), newsroom.visitor()
    if not rights.of_unit_seen(house, who, unit):
        return
    parts.heading(say("unit.requests"))
    noting.show()
    found = newsroom.read(of_unit, unit)
    if not found:
        st.caption(say("unit.no_requests"))
    for each in found:
        with st.container(border=True, key=f"asked-{each.request.case}-{each.request.number}"):
            st.markdown(f"**{forms.plain(each.title)}**")
            requesting.head(each.request, say)
            for quote in each.quotes:
                st.markdown(f"> “{forms.plain(quote)}”")
            if answering.may(each.request):
                answering.ask(each.request, say)


def owed(house: Installation, units: frozenset[str] | None, minute: str) -> Owed:  # noqa: ARG001 (asked anew each minute)
    """Of these units; None: of all."""
    found = [
        each
        for each in house.store.requests(RequestQuery(states=(RequestState.WAITING,)))
        if units is None or house.profile.now(each.unit) in units
    ]
    now = newsroom.now()
    return Owed(len(found), sum(each.is_late(now) for each in found))


def line(say: Words) -> None:
    """On *Hôm nay*: how many units have not answered."""
    who, house = newsroom.visitor(), newsroom.house()
    seen = rights.sight_of(house, who)
    units = None if seen.everything else seen.units
    found = newsroom.read(owed, units, newsroom.now().strftime("%H:%M"))
    if found.waiting:
        told = say("today.owing", n=found.waiting, late=found.late)
        st.page_link(parts.screen("owing"), label=told, icon=":material/hourglass_top:")
