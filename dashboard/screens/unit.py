"""Đơn vị: each department's fields, coverage, cases and alerts; for the one that follows it, the foreign press."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts, rows, views
from dashboard.desk import asking, reading, shown, unit_requests
from dashboard.names import country_name, language_name
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import Case, CaseQuery
from diembao.reports.unit import Coverage, Digest, country_of, digest
from diembao.response.units import HOME, fields_of

DAYS: Final = 7
ROWS: Final = 8  # of a list; the stream has them all
_ASKED: Final = "don-vi"


def show() -> None:
    say, profile = newsroom.words(), newsroom.house().profile
    parts.title(say("unit"))
    units = list(profile.units)
    asked = st.query_params.get(_ASKED, "") or _own()
    first = next((x for x in units if fields_of(profile, x)), units[0])
    st.session_state["unit-choice"] = asked if asked in profile.units else first
    unit = st.selectbox(
        say("unit.choose"),
        units,
        format_func=lambda key: profile.units[key].name,
        key="unit-choice",
        on_change=_choose,
        width=480,
    )
    now = newsroom.now().replace(second=0, microsecond=0)
    found = digest(newsroom.house(), unit, now, DAYS, _cases(unit))
    _head(found, say)
    unit_requests.show(unit, say)
    _desk(found, say)
    if found.foreign is not None:
        _coverage(say("unit.foreign"), found.foreign, "foreign", say)
    _coverage(say("unit.coverage" if found.foreign is None else "unit.at_home"), found.own, "own", say)
    query = f"đơn_vị:{unit}"
    if found.fields:
        st.page_link(parts.screen("stream"), label=say("unit.all"), query_params=parts.asking(query))


def _own() -> str:
    """The unit that the reader is of."""
    return next((grant.unit for grant in newsroom.visitor().grants if grant.unit), "")


def _choose() -> None:
    st.query_params[_ASKED] = st.session_state["unit-choice"]


def _cases(unit: str) -> Sequence[Case]:
    if not newsroom.opens(Act.READ_CASE):
        return ()
    query = CaseQuery(states=reading.OPEN, units=(unit,))
    return newsroom.read_cases(reading.page, query, asking.sight(), 0, reading.SHOWN).found


def _head(found: Digest, say: Words) -> None:
    named = "; ".join(parts.theme_name(theme, say) for theme in found.fields)
    lines = [say("unit.fields", themes=named) if named else say("unit.no_field")]
    if found.unit.areas:
        lines.append(say("unit.area", area=", ".join(found.unit.areas)))
    if found.tasks:
        lines.append(say("unit.tasks", tasks=", ".join(task.number for task in found.tasks)))
    st.caption("  \n".join(map(forms.plain, lines)))
    if found.foreign is None:
        st.markdown(_numbers(found.own, say))


def _numbers(found: Coverage, say: Words) -> str:
    told = {"n": found.articles, "before": found.before, "critical": found.critical}
    return forms.plain(say("unit.numbers", **{key: forms.number(n, say) for key, n in told.items()}))


def _coverage(title: str, found: Coverage, place: str, say: Words) -> None:
    parts.heading(title)
    if found.countries:
        st.markdown(_numbers(found, say))
        st.caption(forms.plain(" · ".join(_counts(found, say))))
    if not found.articles:
        st.caption(say("unit.none"))
    house = newsroom.house()
    how, listed = rows.shown(f"unit-{place}", newsroom.now()), views.with_stories(house, found.listed[:ROWS])
    rows.draw((rows.row(row, how, country=_country(row.item.article.outlet, say)), None) for row in listed)
    if found.articles > ROWS:
        st.caption(say("unit.more", n=forms.number(found.articles - ROWS, say)))


def _counts(found: Coverage, say: Words) -> Iterator[str]:
    """Countries, then languages, each with its number."""
    for named, counted in ((country_name, found.countries), (language_name, found.languages)):
        yield ", ".join(f"{named(key, say.language)} {forms.number(n, say)}" for key, n in counted)


def _country(outlet: str, say: Words) -> str:
    code = country_of(newsroom.house(), outlet)
    return country_name(code, say.language) if code not in {"", HOME} else ""


def _desk(found: Digest, say: Words) -> None:
    now, zone = newsroom.now(), newsroom.house().profile.timezone
    parts.heading(say("unit.cases"))
    if not found.cases:
        st.caption(say("unit.no_cases"))
    for case in found.cases:
        shown.row(case, "unit", now)
    if not newsroom.opens(Act.READ_ALERT):
        return
    parts.heading(say("unit.alerts"))
    if not found.alerts:
        st.caption(say("unit.no_alerts"))
    for alert in found.alerts:
        with st.container(key=f"row-unit-alert-{alert.id}", gap=None):
            address = parts.address(alert.article_id, say)
            st.page_link(parts.screen("article"), label=forms.plain(alert.title), query_params=address)
            st.caption(forms.plain(f"{alert.subscription} · {forms.clock(alert.at, now, zone, say)}"))
