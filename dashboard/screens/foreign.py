"""Báo chí nước ngoài: coverage from abroad by country and language, for Sở Ngoại vụ; the address is the state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from dashboard import abroad, abroad_rows, address, forms, health, lately, narrowing, newsroom, parts, rows, views
from dashboard.abroad import BY_TIME, BYS, GROUPS, Group, Whole
from dashboard.address import PAGES, PER_PAGE, Asked
from dashboard.alerting import subscribing
from dashboard.look import STANCE_BADGES
from dashboard.names import country_name, language_name
from dashboard.narrowing import GROUPED, go
from dashboard.texts import Words
from diembao.core.query import Query, unparse

_EXPORT: Final = "/api/v1/export"
_NAMES: Final = {"country": country_name, "language": language_name}


def show() -> None:
    say, house = newsroom.words(), newsroom.house()
    now = lately.begun(newsroom.now())
    parts.title(say("foreign"))
    st.caption(forms.plain(say("foreign.help")))
    fresh = health.freshness(house, newsroom.now())
    parts.freshness_line(fresh, newsroom.now(), say)
    if not fresh.searchable:
        return
    asked = narrowing.current()
    narrowing.line(asked, say, _grouping)
    subscribing.popover(asked, say, abroad=True)
    typed = narrowing.tree_of(asked.q, say)
    if typed is None:
        return
    typed = abroad.of(house, typed)
    narrowing.filters(asked, typed, now, say)
    _results(asked, typed, now, say)


def _by() -> str:
    asked = st.query_params.get(GROUPED, "")
    return asked if asked in BYS else BYS[0]


def _grouping(_: Asked, say: Words) -> None:
    st.session_state["foreign-by"] = _by()
    st.segmented_control(
        say("foreign.by"),
        BYS,
        format_func=lambda name: say(f"foreign.by.{name}"),
        key="foreign-by",
        required=True,
        on_change=_grouped,
    )


def _grouped() -> None:
    st.query_params[GROUPED] = st.session_state["foreign-by"]
    go(replace(narrowing.current(), page=1))


def _results(asked: Asked, typed: Query, now: datetime, say: Words) -> None:
    zone, by = newsroom.house().profile.timezone, _by()
    query, before = address.narrowed(asked, typed, now, zone), abroad.earlier(asked, typed, now, zone)
    counted = by if by != BY_TIME else BYS[0]
    found = newsroom.read(abroad.whole, query, before, counted)
    _total(found, say)
    if not found.articles:
        st.info(say("foreign.none"))
        return
    _ways_out(query, say)
    if by == BY_TIME or len(found.groups) == 1:
        _list(asked, query, found, now, say)
    else:
        _groups(asked, query, found, by, now, say)
    _table(found, counted, say)


def _total(found: Whole, say: Words) -> None:
    told = {"n": found.articles, "texts": found.texts, "outlets": found.outlets}
    parts.heading(say("foreign.total", **{name: forms.number(n, say) for name, n in told.items()}))
    if found.before is not None:
        st.caption(forms.plain(say("foreign.before", n=forms.number(found.before, say))))


def _ways_out(query: Query, say: Words) -> None:
    """The same articles on *Dòng tin*, and as files that the API sends."""
    typed = unparse(query)
    here = newsroom.house().profile.id
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for kind in ("csv", "xlsx"):
            told = {"q": typed, "format": kind, "lang": say.language, "province": here}
            st.link_button(
                say("foreign.export", kind=kind.upper()), f"{_EXPORT}?{urlencode(told)}", icon=":material/download:"
            )
        open_at = parts.asking(typed) | {"period": address.EVER, "relevance": address.ANY}
        st.page_link(parts.screen("stream"), label=say("foreign.stream"), query_params=open_at)


# -- groups ---------------------------------------------------------------------------------------


def _groups(asked: Asked, query: Query, found: Whole, by: str, now: datetime, say: Words) -> None:
    shown = found.groups[:GROUPS]
    lists = newsroom.read(abroad.firsts, query, by, tuple(each.value for each in shown), asked.sort)
    beside = abroad_rows.beside([row for of_group in lists for row in of_group], now, say)
    for group, of_group in zip(shown, lists, strict=True):
        parts.heading(say("foreign.group", name=_name(by, group.value, say), n=forms.number(group.articles, say)))
        st.markdown(_told(group, by, say))
        rows.draw(abroad_rows.drawn(row, by, beside, say) for row in of_group)
        if group.articles > len(of_group):
            st.button(
                say("foreign.all", n=forms.number(group.articles, say)),
                key=f"foreign-all-{by}-{group.value}",
                on_click=go,
                args=(replace(asked, page=1, **{by: (group.value,)}),),  # type: ignore[arg-type]  # one of two fields
                type="tertiary",
            )
    if len(found.groups) > GROUPS:
        st.caption(forms.plain(say("foreign.more", n=forms.number(len(found.groups) - GROUPS, say))))


def _name(by: str, value: str, say: Words) -> str:
    return _NAMES[by](value, say.language)


def _told(group: Group, by: str, say: Words) -> str:
    """Stances as chips; before, outlets and the other field's values in grey."""
    chips = [
        f":{colour}-badge[{forms.plain(say(f'stance.{stance}'))} {forms.number(group.stances[stance], say)}]"
        for stance, colour in STANCE_BADGES.items()
        if group.stances.get(stance)
    ]
    other = abroad.BESIDE[by]
    lines = [
        say("foreign.was", n=forms.number(group.before, say)) if group.before is not None else "",
        say("foreign.outlets", n=forms.number(group.outlets, say)),
        ", ".join(f"{_name(other, value, say)} {forms.number(n, say)}" for value, n in group.beside.items()),
    ]
    return f"{' '.join(chips)} :gray[{forms.plain(' · '.join(filter(None, lines)))}]"


# -- one list -------------------------------------------------------------------------------------


def _list(asked: Asked, query: Query, found: Whole, now: datetime, say: Words) -> None:
    pages = min(PAGES, max(1, -(-found.articles // PER_PAGE)))
    page = min(asked.page, pages)
    found_here = newsroom.read(views.page, query, asked.sort, (page - 1) * PER_PAGE, PER_PAGE).rows
    beside = abroad_rows.beside(found_here, now, say)
    rows.draw(abroad_rows.drawn(row, BY_TIME, beside, say) for row in found_here)
    if pages > 1:
        st.session_state["foreign-page"] = page
        st.pagination(pages, key="foreign-page", on_change=_turn)


def _turn() -> None:
    go(replace(narrowing.current(), page=st.session_state["foreign-page"]))


# -- the table ------------------------------------------------------------------------------------


def _table(found: Whole, by: str, say: Words) -> None:
    with st.expander(say("foreign.table"), key="foreign-table"):
        st.dataframe([_line(each, by, say) for each in found.groups], hide_index=True)


def _line(group: Group, by: str, say: Words) -> dict[str, str | int | None]:
    stances = {say(f"stance.{stance}"): group.stances.get(stance, 0) for stance in views.STANCES}
    return {
        say(f"foreign.by.{by}"): _name(by, group.value, say),
        say("foreign.articles"): group.articles,
        say("foreign.then"): group.before,
        **stances,
        say("foreign.sources"): group.outlets,
        say(f"foreign.by.{abroad.BESIDE[by]}"): ", ".join(_name(abroad.BESIDE[by], x, say) for x in group.beside),
    }
