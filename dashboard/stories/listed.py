"""The list of *Tin chính*: the stories of a period; the address is the state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import address, following, forms, lately, narrowing, newsroom, parts, rows
from dashboard.names import language_name
from dashboard.province_choice import PARAMETER
from dashboard.stories import reading
from dashboard.stories.reading import Asked, Line, Order, Page
from dashboard.texts import Words
from dashboard.views import ABOUT
from diembao.core.article import Kind
from diembao.core.query import Bool, Query, Range, Terms

_HERE: Final = "tin-chinh"
PER_PAGE, PAGES = 20, reading.SORTED // 20
AT_FIRST: Final = "7d"
# By the hour where that is soon counted.
_INTERVAL: Final = {"24h": "1h", "7d": "1h", "30d": "1d", "90d": "1d"}
_KEPT: Final = ("lang", PARAMETER)


def show(now: datetime, say: Words) -> None:
    typed = _line(say)
    if typed is None:
        return
    period, page = _asked("period", tuple(_INTERVAL)) or AT_FIRST, _page()
    critical, several = (bool(st.query_params.get(name)) for name in ("critical", "several"))
    parts_of_it: list[Query] = [ABOUT, typed, Range("published", lately.begun(now) - address.PERIODS[period], None)]
    if critical:
        parts_of_it.append(Terms("stance", ("critical",)))
    query, order = Bool(must=tuple(parts_of_it)), Order(_asked("sort", tuple(Order)) or Order.WEIGHT)
    offset = (page - 1) * PER_PAGE
    wanted = Asked(_INTERVAL[period], order, several, offset, PER_PAGE)
    found = newsroom.read(reading.page, query, wanted)
    if found.cut:
        st.info(forms.plain(say("stories.cut", n=forms.number(reading.SORTED, say))))
    if not found.total:
        st.info(say("stories.none"))
        return
    _total(found, offset, say)
    st.html("".join(_row(each, now, say) for each in found.lines))
    pages = -(-found.total // PER_PAGE)
    if pages > 1:
        st.session_state["stories-page"] = min(page, pages)
        st.pagination(pages, key="stories-page", on_change=_turn)


def _total(found: Page, offset: int, say: Words) -> None:
    if found.total <= PER_PAGE:
        parts.heading(say("stories.total", n=forms.number(found.total, say)))
        return
    told = {"first": offset + 1, "last": offset + len(found.lines), "n": found.total}
    parts.heading(say("stories.page", **{name: forms.number(n, say) for name, n in told.items()}))


# -- what the address asks for --------------------------------------------------------------------


def _line(say: Words) -> Query | None:
    """The widgets; what was typed as a tree, None where it cannot be read."""
    asked = st.query_params
    state = st.session_state
    state["stories-q"] = asked.get("q", "")[: address.QUERY_LENGTH + 1]
    st.text_input(say("search"), key="stories-q", type="search", placeholder=say("search.placeholder"), on_change=_go)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _choose("period", tuple(_INTERVAL), AT_FIRST, say)
        _choose("sort", tuple(Order), Order.WEIGHT, say)
        for name in ("critical", "several"):
            state[f"stories-{name}"] = bool(asked.get(name))
            st.checkbox(say(f"stories.{name}"), key=f"stories-{name}", on_change=_go)
    return narrowing.tree_of(state["stories-q"], say)


def _choose(name: str, choices: Sequence[str], first: str, say: Words) -> None:
    words = "period" if name == "period" else "stories.sort"
    st.session_state[f"stories-{name}"] = _asked(name, choices) or first
    st.selectbox(
        say(words),
        choices,
        format_func=lambda value: say(f"{words}.{value}"),
        key=f"stories-{name}",
        on_change=_go,
        width=190,
    )


def _go() -> None:
    """A widget was used: the list starts from its first page."""
    state = st.session_state
    given = {"q": state["stories-q"].strip(), "period": state["stories-period"], "sort": state["stories-sort"]}
    plain = {"period": AT_FIRST, "sort": Order.WEIGHT}
    found = {name: str(value) for name, value in given.items() if value and value != plain.get(name)}
    found |= {name: "1" for name in ("critical", "several") if state[f"stories-{name}"]}
    st.query_params.from_dict({name: st.query_params[name] for name in _KEPT if name in st.query_params} | found)


def _turn() -> None:
    st.query_params["page"] = str(st.session_state["stories-page"])


def _asked(name: str, known: Sequence[str]) -> str:
    value = st.query_params.get(name, "")
    return value if value in known else ""


def _page() -> int:
    text = st.query_params.get("page", "")
    return min(int(text), PAGES) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1


# -- a row ----------------------------------------------------------------------------------------


def _row(each: Line, now: datetime, say: Words) -> str:
    house, counted = newsroom.house(), each.counted
    zone = newsroom.profile().timezone
    title = each.headline.title or counted.story
    spoken = each.headline.item.key(Kind.LANGUAGE) or each.headline.item.article.language
    address = parts.address(counted.story, say)
    link = following.link(
        _HERE, address, title, kind="diembao-title", language=spoken if spoken != say.language else ""
    )
    alone = each.articles == 1
    times = [forms.clock(x.article.when, now, zone, say) for x in (each.first, each.last)]
    told = [
        *([house.outlet_name(each.first.article.outlet)] if alone else _size(each, say)),
        ", ".join(language_name(code, say.language) for code in each.languages if code != "vi"),
        say("stories.span", first=times[0], last=times[1]) if times[0] != times[1] else times[0],
    ]
    if each.articles > counted.articles:
        ever = "stories.ever" if each.texts < each.articles else "stories.ever_n"
        told.append(say(ever, n=forms.number(each.articles, say), m=forms.number(each.texts, say)))
    critical = say("stories.n_critical", n=forms.number(counted.critical, say))
    lines = [rows.chip("orange", critical) if counted.critical else "", rows.faint(" · ".join(filter(None, told)))]
    if each.headline.original:
        lines.append(rows.faint(say("story.original", title=each.headline.original.article.title)))
    return rows.entry(f"story-{counted.story}", link, "<br>".join(filter(None, lines)))


def _size(each: Line, say: Words) -> list[str]:
    """Only what says something: of one article no texts and no outlets, of texts without copies no second number."""
    counted = each.counted
    n, m = (forms.number(value, say) for value in (counted.articles, counted.texts))
    if counted.articles == 1:
        return [say("stories.one_here")]
    several = say("row.story", n=n, m=m) if counted.texts < counted.articles else say("stories.n", n=n)
    return [several, say("stories.outlets", n=forms.number(each.outlets, say)) if each.outlets > 1 else ""]
