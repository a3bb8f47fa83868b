"""Báo chí nước ngoài: coverage from abroad by country and language, for Sở Ngoại vụ; the address is the state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from dashboard import abroad, address, forms, health, narrowing, newsroom, opinions, parts, rows, views
from dashboard.abroad import BY_TIME, BYS, GROUPS, Group, Whole
from dashboard.address import PAGES, PER_PAGE, Asked
from dashboard.alerting import subscribing
from dashboard.desk import asking
from dashboard.look import STANCE_BADGES
from dashboard.names import country_name, language_name
from dashboard.narrowing import GROUPED, go
from dashboard.texts import Words
from dashboard.views import Row
from diembao.core.case import Case
from diembao.core.opinion import Gist
from diembao.core.query import Query, unparse

PASSAGE: Final = 400  # characters of what an article says of the province, in a list
_EXPORT: Final = "/api/v1/export"
_NAMES: Final = {"country": country_name, "language": language_name}


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands with the articles of the screen."""

    gists: Mapping[str, Sequence[Gist]]
    cases: Mapping[str, Sequence[Case]]
    now: datetime


def show() -> None:
    say, house = newsroom.words(), newsroom.house()
    now = newsroom.now().replace(second=0, microsecond=0)
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
    beside = _beside([row for of_group in lists for row in of_group], now, say)
    for group, of_group in zip(shown, lists, strict=True):
        parts.heading(say("foreign.group", name=_name(by, group.value, say), n=forms.number(group.articles, say)))
        st.markdown(_told(group, by, say))
        rows.draw(_row(row, by, beside, say) for row in of_group)
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
    beside = _beside(found_here, now, say)
    rows.draw(_row(row, BY_TIME, beside, say) for row in found_here)
    if pages > 1:
        st.session_state["foreign-page"] = page
        st.pagination(pages, key="foreign-page", on_change=_turn)


def _turn() -> None:
    go(replace(narrowing.current(), page=st.session_state["foreign-page"]))


# -- a row ----------------------------------------------------------------------------------------


def _beside(found: Sequence[Row], now: datetime, say: Words) -> _Beside:
    ids = tuple(row.item.article.id for row in found)
    gists = opinions.lines(ids, say.language)
    _gist_counts(gists.values(), say)
    return _Beside(gists, newsroom.read(abroad.cases, ids), now)


def _gist_counts(gists: Iterable[Sequence[Gist]], say: Words) -> None:
    newest = [found[0] for found in gists]
    if newest:
        accepted = sum(each.accepted for each in newest)
        told = {"accepted": accepted, "machine": len(newest) - accepted}
        st.caption(forms.plain(say("foreign.gists", **{name: forms.number(n, say) for name, n in told.items()})))


def _row(row: Row, place: str, beside: _Beside, say: Words) -> tuple[str, Callable[[str], None] | None]:
    """The article with the passage about the province; its gist, the cases that the reader may see."""
    item = row.item
    country = country_name(newsroom.house().country(item.article.outlet), say.language)
    gists = beside.gists.get(item.article.id, ())
    newest = next(iter(gists), None)
    passage = _passage(newest, say) if newest and newest.passage else ""
    html = rows.row(row, rows.shown(f"foreign-{place}", beside.now), passage, country)
    cases = list(filter(asking.seen, beside.cases.get(item.article.id, ())))
    return html, partial(_entry, row, place, beside, cases) if gists or cases else None


def _entry(row: Row, place: str, beside: _Beside, cases: Sequence[Case], html: str) -> None:
    say = newsroom.words()
    with st.container(key=f"entry-{place}-{row.item.article.id}", gap=None):
        st.html(html)
        opinions.under(row.item, beside.gists, say)
        for case in cases:
            label = say("foreign.case", number=case.number, title=forms.plain(case.details.title))
            to = {"id": case.number} | parts.language_in_address(say)
            st.page_link(parts.screen("case"), label=label, query_params=to, icon=":material/folder_open:")


def _passage(gist: Gist, say: Words) -> str:
    """The article's own words, then the same in the reader's language."""
    told = say("foreign.told_accepted" if gist.accepted else "foreign.told", text=forms.shortened(gist.told, PASSAGE))
    original = forms.html(say("quote", text=forms.shortened(gist.passage, PASSAGE)))
    return f"{original}<br>{rows.faint(told)}" if gist.told else original


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
