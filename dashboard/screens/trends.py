"""Xu hướng: coverage abroad over months; `usual_hours` is its second half."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import streamlit as st

from dashboard import forms, newsroom, parts, pictures, trend_charts, usual_hours
from dashboard.texts import Words
from diembao.core.errors import WrongUse
from diembao.paper import sheet
from diembao.pipeline.wiring import Installation
from diembao.reports import trend_text
from diembao.reports.period import Period
from diembao.reports.trend_months import MOST_MONTHS, months_of, step
from diembao.reports.trend_numbers import Verdict
from diembao.reports.trends import By, Trend, trend

# What is asked again within so long is answered from memory.
_FRESH = timedelta(minutes=5)
_SAID = {Verdict.MORE: "trends.more", Verdict.LESS: "trends.less"}


def show() -> None:
    say = newsroom.words()
    parts.title(say("trends"))
    st.caption(forms.plain(say("trends.help")))
    found = _asked(say)
    if found is not None:
        _abroad(found, say)
    usual_hours.show(_now(), say)


def _now() -> datetime:
    """Only so fine that an answer can be kept."""
    now = newsroom.now()
    return now - (now - now.replace(hour=0, minute=0, second=0, microsecond=0)) % _FRESH


# -- months abroad --------------------------------------------------------------------------------


def _asked(say: Words) -> Trend | None:
    """The widgets stand as the address says, and change it."""
    zone, now = newsroom.house().profile.timezone, _now()
    asked = st.query_params
    by = By(asked["by"]) if asked.get("by") in set(By) else By.COUNTRY
    try:
        period = months_of(asked.get("from", ""), asked.get("to", ""), now, zone)
    except WrongUse as error:
        st.warning(forms.plain(forms.in_language(str(error), say)))
        period = months_of("", "", now, zone)
    _widgets(by, period, now, say)
    return newsroom.read_lately(newsroom.MINUTES, _trend, period, by, now)


def _widgets(by: By, period: Period, now: datetime, say: Words) -> None:
    known = [f"{step(now.date().replace(day=1), -n):%Y-%m}" for n in range(2 * MOST_MONTHS)]
    state = st.session_state
    state["trends-by"], state["trends-from"] = by, f"{period.first:%Y-%m}"
    state["trends-to"] = f"{period.last:%Y-%m}"
    known = sorted({*known, state["trends-from"], state["trends-to"]}, reverse=True)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.selectbox(
            say("trends.by"), list(By), format_func=lambda each: say(f"trends.by.{each}"), key="trends-by",
            on_change=_changed, width=180,
        )  # fmt: skip
        for end in ("from", "to"):
            st.selectbox(
                say(f"trends.{end}"), known, format_func=lambda m: f"{m[5:]}/{m[:4]}", key=f"trends-{end}",
                on_change=_changed, width=150,
            )  # fmt: skip


def _changed() -> None:
    for name in ("by", "from", "to"):
        st.query_params[name] = str(st.session_state[f"trends-{name}"])
    st.query_params.pop("value", None)


def _trend(house: Installation, period: Period, by: By, now: datetime) -> Trend:
    return trend(house, period, by, province=house.profile.id, now=now)


def _abroad(found: Trend, say: Words) -> None:
    if not found.whole.articles:
        st.info(say("trends.none"))
        return
    _said(found, say)
    rows = {row.value: row for row in (found.whole, *found.rows)}
    chosen = st.selectbox(
        say("trends.value"),
        list(rows),
        format_func=lambda value: trend_text.name_of(value, found.by, say.language),
        key=f"trends-value-{found.by}",
        width=320,
    )
    pictures.draw(trend_charts.months, rows.get(chosen, found.whole), say, alt=say("trends.months_alt"))
    head, lines = trend_text.table(found, say.language)
    st.dataframe(
        [dict(zip(head, map(_shown, line), strict=True)) for line in lines], hide_index=True, key="trends-table"
    )
    st.caption(forms.plain(say("trends.intervals")))
    _downloads(found, say)
    _changes(found, say)


def _said(found: Trend, say: Words) -> None:
    span = {"first": f"{found.before.first:%m/%Y}", "last": f"{found.before.last:%m/%Y}"}
    if not found.panel:
        st.info(say("trends.no_panel", **span))
        return
    st.caption(forms.plain(say("trends.panel", n=len(found.panel), **span)))
    clear = [row for row in (found.whole, *found.rows) if row.verdict in _SAID]
    for row in clear:
        name = trend_text.name_of(row.value, found.by, say.language)
        st.markdown(f"**{forms.plain(say(_SAID[row.verdict], name=name))}**")
    if not clear:
        st.markdown(forms.plain(say("trends.nothing_said")))


def _shown(cell: sheet.Cell) -> sheet.Cell | None:
    return None if cell == "" else cell


def _written(cell: sheet.Cell) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def _downloads(found: Trend, say: Words) -> None:
    whole, outlets = trend_text.sheets(found, say.language, _names())
    name = f"xu-huong_{found.province}_{found.by}_{found.period.first:%Y-%m}_{found.period.last:%Y-%m}"
    files = {
        "xlsx": (newsroom.later(lambda: sheet.workbook([whole, outlets])), sheet.XLSX_MEDIA),
        "csv": (newsroom.later(lambda: sheet.csv_of(whole.head, whole.rows)), sheet.CSV_MEDIA),
    }
    with st.container(horizontal=True, gap="small"):
        for ending, (made, media) in files.items():
            st.download_button(
                say("trends.download", kind=ending.upper()),
                data=made,
                file_name=f"{name}.{ending}",
                mime=media,
                key=f"trends-{ending}",
                icon=":material/download:",
            )


def _names() -> dict[str, str]:
    return {each.id: each.name for each in newsroom.house().outlets.values()}


def _changes(found: Trend, say: Words) -> None:
    if found.changes:
        with st.expander(say("trends.changes", n=len(found.changes))):
            st.caption(forms.plain(say("trends.changes_help")))
            _, outlets = trend_text.sheets(found, say.language, _names())
            st.table([dict(zip(outlets.head, map(_written, row), strict=True)) for row in outlets.rows])
    if found.unplaced:
        st.caption(forms.plain(say("trends.unplaced", n=forms.number(found.unplaced, say))))
