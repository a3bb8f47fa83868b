"""Nguồn tin: how each outlet is doing, what was found outside of the catalogue, what waits for a person, the runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import streamlit as st

from dashboard import asides, fact_feeds, forms, newsroom, parts, proposed, silent
from dashboard.names import country_name, language_name
from dashboard.texts import Words
from diembao.core.ledger import Outcome, OutletState, Run
from diembao.pipeline.health import Health, health_of

RUNS: Final = 20
ROW, EDGE, HIGHEST = 34, 2, 700  # pixels of a table
# Pixels of the columns about outlets: why one is silent is read whole.
WIDTHS: Final = {"outlet": 150, "how": 300, "read": 100, "articles": 80, "checked": 220, "language": 130, "country": 85}


def show() -> None:
    say, house, now = newsroom.words(), newsroom.house(), newsroom.now()
    parts.title(say("sources"))
    waiting = house.store.proposals()
    aside = house.store.quarantine(asides.MOST)
    names = [
        say("sources.state"),
        say("sources.proposed", n=forms.number(len(waiting), say)),
        say("sources.aside", n=forms.number(len(aside), say)),
        say("sources.runs"),
    ]
    state, proposals, quarantine, runs = st.tabs(names)
    with state:
        _state(now, say)
    with proposals:
        proposed.show(waiting, now, say)
    with quarantine:
        asides.show(aside, now, say)
    with runs:
        _runs(now, say)


def _state(now: datetime, say: Words) -> None:
    house = newsroom.house()
    health = newsroom.read(health_of, now.replace(second=0, microsecond=0))
    states = {each.outlet: each for each in house.store.outlet_states()}
    read = sum(each.id in states and states[each.id].last_reached is not None for each in house.crawled)
    total = len(house.crawled)
    counts = {"n": total, "read": read, "never": total - read, "silent": len(health.outlets)}
    st.caption(forms.plain(say("sources.line", **{name: forms.number(n, say) for name, n in counts.items()})))
    if read < total:
        st.caption(forms.plain(say("sources.never_help")))
    for group in health.groups:
        st.warning(forms.plain(silent.of_group(group, now, say)))
    for told in fact_feeds.troubles(now, say):
        st.warning(forms.plain(told))
    rows = _rows(health, states, now, say)
    _table(rows, {say(f"sources.{name}"): width for name, width in WIDTHS.items()})


def _table(rows: list[dict[str, Any]], widths: Mapping[str, int] = MappingProxyType({})) -> None:
    """As high as its rows and its head; a long one scrolls."""
    columns = {name: st.column_config.Column(width=width) for name, width in widths.items()}
    height = min(ROW * (len(rows) + 1) + EDGE, HIGHEST)
    st.dataframe(rows, hide_index=True, row_height=ROW, height=height, column_config=columns)


def _rows(health: Health, states: dict[str, OutletState], now: datetime, say: Words) -> list[dict[str, Any]]:
    """Those that want a look first."""
    house = newsroom.house()
    wrong = {each.outlet: silent.why(each, now, say) for each in health.outlets}
    checks = house.store.checks()
    outlets = sorted(house.crawled, key=lambda outlet: outlet.id not in wrong)
    return [
        {
            say("sources.outlet"): outlet.name,
            say("sources.how"): wrong.get(outlet.id) or _ordinary(states.get(outlet.id), say),
            say("sources.read"): _read_at(states.get(outlet.id), now, say),
            say("sources.articles"): states[outlet.id].articles if outlet.id in states else 0,
            say("sources.checked"): _checked(checks.get(outlet.id), now, say),
            say("sources.language"): language_name(outlet.language, say.language),
            say("sources.country"): country_name(outlet.country, say.language),
        }
        for outlet in outlets
    ]


def _ordinary(state: OutletState | None, say: Words) -> str:
    return say("sources.fine") if state and state.last_reached else say("silent.never")


def _read_at(state: OutletState | None, now: datetime, say: Words) -> str:
    at = state.last_reached if state else None
    return forms.clock(at, now, newsroom.house().profile.timezone, say) if at else ""


def _checked(check: tuple[datetime, Mapping[str, Any]] | None, now: datetime, say: Words) -> str:
    """When `diembao outlets check` last looked, and what it found."""
    if check is None:
        return ""
    at, report = check
    state = (
        "sources.check.well" if report["well"] else "sources.check.some" if report["reached"] else "sources.check.none"
    )
    entries = sum(each["entries"] for each in report["sources"])
    told = say(state, n=forms.number(entries, say))
    return f"{forms.clock(at, now, newsroom.house().profile.timezone, say)} · {told}"


def _runs(now: datetime, say: Words) -> None:
    found = newsroom.house().store.runs(RUNS)
    if not found:
        st.info(say("sources.no_runs"))
        return
    st.caption(forms.plain(say("sources.runs_help")))
    _table([_run(run, now, say) for run in found])


def _run(run: Run, now: datetime, say: Words) -> dict[str, Any]:
    zone, counts = newsroom.house().profile.timezone, run.counts.outcomes
    waiting = counts.get(Outcome.RETRY, 0) + counts.get(Outcome.QUARANTINED, 0)
    return {
        say("sources.began"): forms.clock(run.started_at, now, zone, say),
        say("sources.by"): _by(run.by, say),
        say("sources.seen"): run.counts.seen,
        say("sources.stored"): counts.get(Outcome.STORED, 0),
        say("sources.waiting"): waiting,
        say("sources.ended"): forms.clock(run.ended_at, now, zone, say) if run.ended_at else say("sources.going_on"),
    }


def _by(by: str, say: Words) -> str:
    """`loop: lan` is “vòng lặp: lan”."""
    what, colon, who = by.partition(": ")
    return f"{say(f'sources.by.{what}')}{colon}{who}" if what in BEGUN else by


BEGUN: Final = ("loop", "up", "run", "add", "backfill", "replay")
