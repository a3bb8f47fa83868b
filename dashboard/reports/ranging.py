"""Reports of other days than a week: the half-year, the year, and any days, theme, unit or country on demand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.names import country_name
from dashboard.reports import making
from dashboard.texts import Words
from diembao.core.accounts import Hand
from diembao.reports import period, periodic
from diembao.reports.keeping import Kept
from diembao.reports.periodic import ON_DEMAND, Wanted
from diembao.reports.schedule import Due, Round, of_year, schedule
from diembao.reports.weekly import Heard

# What is asked for is read when the button was pressed: what is wrong with it is said there.
Asked = Callable[[], Wanted]

_KINDS: Final = (Round.ANNUAL.value, Round.HALF_YEAR.value, ON_DEMAND)
_DAYS: Final = timedelta(days=30)  # that a report on demand proposes


def form(say: Words) -> None:
    with st.expander(say("reports.other"), icon=":material/date_range:"):
        kind = st.segmented_control(
            say("reports.kind"),
            _KINDS,
            format_func=lambda each: _kind(each, say),
            default=ON_DEMAND,
            required=True,
            key="range-kind",
        )
        wanted = _on_demand(say) if kind == ON_DEMAND else _of_plan(Round(kind), say)
        if st.button(say("reports.make_range"), icon=":material/summarize:", key="range-make"):
            _make(wanted, say)


def again(kept: Kept, say: Words) -> None:
    """The same days and the same narrowing, counted anew."""
    if kept.report.kind in _KINDS and making.asked_again(kept.report, say):
        _make(lambda: periodic.wanted_again(kept.report, newsroom.house().profile), say)


def _make(wanted: Asked, say: Words) -> None:
    house = newsroom.house()

    def counted(hand: Hand, heard: Heard) -> Kept:
        its = periodic.make(house, wanted(), newsroom.now(), heard=heard)
        return periodic.keep(house, its, hand, newsroom.now())

    making.told(counted, say)


def _kind(kind: str, say: Words) -> str:
    if kind == ON_DEMAND:
        return say("reports.on_demand")
    return say("reports.annual") if kind == Round.ANNUAL.value else say("reports.half_year")


def _of_plan(its: Round, say: Words) -> Asked:
    house = newsroom.house()
    due = _due(its)
    year = st.number_input(say("reports.year"), 2001, 2099, value=due.period.last.year, key=f"range-year-{its.value}")
    chosen = due if year == due.period.last.year else of_year(house.profile, its, int(year))
    days = say("reports.range", first=f"{chosen.period.first:%d/%m/%Y}", last=f"{chosen.period.last:%d/%m/%Y}")
    st.caption(forms.plain(days))
    return lambda: periodic.of_due(chosen)


def _due(its: Round) -> Due:
    house, now = newsroom.house(), newsroom.now()
    coming = next((each for each in schedule(house.profile, now) if each.round is its), None)
    return coming or of_year(house.profile, its, forms.local(now, house.profile.timezone).year)


def _on_demand(say: Words) -> Asked:
    house = newsroom.house()
    profile, today = house.profile, forms.local(newsroom.now(), house.profile.timezone).date()
    countries = sorted({outlet.country for outlet in house.outlets.values()} - {""})
    with st.container(horizontal=True, gap="small"):
        first = st.date_input(say("reports.from"), today - _DAYS, format="DD/MM/YYYY", key="range-first", width=160)
        last = st.date_input(say("reports.to"), today, format="DD/MM/YYYY", key="range-last", width=160)
        theme = _one("theme", list(profile.themes), lambda key: parts.theme_name(key, say), say)
        unit = _one("unit", list(profile.units), lambda key: profile.units[key].name, say)
        country = _one("country", countries, lambda key: country_name(key, say.language), say)
    return lambda: _wanted(first, last, theme, unit, country)


def _one(name: str, keys: list[str], named: Callable[[str], str], say: Words) -> str:
    every = say("reports.every")
    label = {"theme": say("reports.theme"), "unit": say("reports.unit"), "country": say("reports.country")}[name]
    return st.selectbox(
        label, ["", *keys], format_func=lambda key: named(key) if key else every, key=f"range-{name}", width=240
    )


def _wanted(first: date, last: date, theme: str, unit: str, country: str) -> Wanted:
    profile = newsroom.house().profile
    days = period.between(first, last, zone=profile.timezone, ends=profile.week_ends)
    return Wanted(days, theme=theme, unit=unit, country=country)
