"""Hôm nay: how fresh, how much, what to look at first, what has gone silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import (
    behind,
    charts,
    forms,
    health,
    lately,
    newsroom,
    parts,
    pictures,
    rows,
    silent,
    spikes,
    tiles,
    views,
    visits,
)
from dashboard.alerting import told, unread
from dashboard.desk import asking, calls, mine, noting, proposed_cases, reading, remembered, shown, unit_requests
from dashboard.maps import shown as maps
from dashboard.register import matters
from dashboard.texts import Words
from dashboard.views import Window
from diembao.api.rights import Act
from diembao.pipeline.health import Health, health_of

# How far a period is compared: with the mean of so many of its kind before it.
PERIODS: Final = {"visit": (timedelta(), 1), "24h": (timedelta(hours=24), 7), "7d": (timedelta(days=7), 4)}
CASES_SHOWN: Final = 5


def show() -> None:
    say, house = newsroom.words(), newsroom.house()
    now = newsroom.now().replace(second=0, microsecond=0)
    zone = house.profile.timezone
    parts.title(say("today.title", day=forms.day_name(now, zone, say), date=forms.date(now, zone)))
    fresh = health.freshness(house, newsroom.now())
    parts.freshness_line(fresh, newsroom.now(), say)
    parts.follow(fresh)
    if not house.store.size():
        return
    quiet = newsroom.read(health_of, now)
    if not fresh.searchable:  # what the record alone can tell
        calls.show(now, say)
        unread.show(newsroom.now(), say)
        _cases(now, say)
        told.show(now, say)
        silent.show(quiet, now, say)
        return
    name, window = _window(now, say)
    _numbers(name, window, quiet, say)
    left, right = st.columns([5, 3], gap="large")
    with left:
        noting.show()
        calls.show(now, say)
        spikes.show(now, say)
        unread.show(newsroom.now(), say)
        remembered.on_today(now, say)
        proposed_cases.show(now, say, answered=False)  # told by itself here
        _first(window, now, say)
    with right:
        _cases(now, say)
        matters.reminders(say)
        _chart(now, say)
        told.show(now, say)
        silent.show(quiet, now, say)
    maps.show(now, say)


def _window(now: datetime, say: Words) -> tuple[str, Window]:
    """The chosen period: from the address, else since the last visit, else a day."""
    house = newsroom.house()
    visited = visits.last_visit(house, newsroom.visitor().actor, newsroom.now())
    choices = [name for name in PERIODS if name != "visit" or visited]
    asked = st.query_params.get("period", "")
    name = asked if asked in choices else choices[0]
    st.session_state["today-period"] = name
    st.segmented_control(
        say("period"),
        choices,
        format_func=lambda choice: say(f"period.{choice}"),
        key="today-period",
        required=True,
        label_visibility="collapsed",
        on_change=_choose,
    )
    if name == "visit" and visited:
        window = Window("seen", visited, lately.over(now) + timedelta(minutes=1))
    else:
        window = Window("published", lately.over(now) - PERIODS[name][0], lately.over(now))
    st.caption(forms.plain(_since(name, window, now, say)))
    return name, window


def _since(name: str, window: Window, now: datetime, say: Words) -> str:
    """Since when it is counted, and whether what it is compared with was watched at all."""
    zone = newsroom.house().profile.timezone
    told = say("since.visit" if name == "visit" else "since.published", time=forms.clock(window.start, now, zone, say))
    watched = newsroom.read_lately(newsroom.AN_HOUR, views.watched_since)
    if watched is None or window.before(PERIODS[name][1]).start >= watched:
        return told
    return f"{told} · {say('since.watched', date=forms.date(watched, zone))}"


def _choose() -> None:
    st.query_params["period"] = st.session_state["today-period"]


def _numbers(name: str, window: Window, quiet: Health, say: Words) -> None:
    found = newsroom.read(views.numbers, window, PERIODS[name][1])
    shown = (
        ("about", found.articles, say(f"before.{name}", n=forms.mean(found.articles_before, say))),
        ("critical", found.critical, say(f"before.{name}", n=forms.mean(found.critical_before, say))),
        (
            "texts",
            found.texts,
            say("number.texts_of", n=forms.number(found.articles, say), stories=forms.number(found.stories, say)),
        ),
        ("cases", newsroom.read_cases(reading.open_cases, asking.sight(), 1).total, _late(say)),
        ("silent", len(quiet.outlets), silent.of_all(quiet, say)),
    )
    with st.container(key="numbers"):
        st.markdown(
            tiles.markdown((say(f"number.{key}"), forms.number(value, say), told) for key, value, told in shown)
        )


def _late(say: Words) -> str:
    late = newsroom.read_cases(reading.late, asking.sight(), newsroom.now().replace(second=0, microsecond=0))
    return say("number.cases_late", n=forms.number(late, say))


def _first(window: Window, now: datetime, say: Words) -> None:
    parts.heading(say("today.first"))
    found = newsroom.read(views.first_stories, window)
    if not found:
        st.info(say("today.none"))
    else:
        how = rows.shown("first", lately.begun(now), button=True)
        st.html("".join(rows.row(each, how) for each in found))
    st.page_link(parts.screen("stream"), label=say("today.all"), icon=":material/arrow_forward:")


def _cases(now: datetime, say: Words) -> None:
    """What waits for the reader, then what is late or due soonest."""
    if newsroom.opens(Act.READ_REQUEST):
        unit_requests.line(say)
    mine_shown = mine.show(now, say)
    found = newsroom.read_cases(reading.open_cases, asking.sight(), CASES_SHOWN)
    others = [case for case in found.found if case.number not in mine_shown]
    if not others:
        return
    parts.heading(say("today.cases"))
    for case in others:
        shown.row(case, "due", now)
    st.page_link(parts.screen("cases"), label=say("today.cases_all"), icon=":material/arrow_forward:")


def _chart(now: datetime, say: Words) -> None:
    parts.heading(say("today.chart"))
    days = newsroom.read_lately(newsroom.A_MINUTE, views.days_by_stance, now.replace(minute=0))
    if any(day.articles for day in days):
        pictures.draw(charts.stance_by_day, days, say, alt=say("today.chart_alt"))
        behind.by_day(days, say)
    else:
        st.caption(say("today.chart_empty"))
