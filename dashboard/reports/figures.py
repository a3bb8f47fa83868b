"""A figure of a report, opened: the articles as they were counted, and what has changed since."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.look import STANCE_BADGES
from dashboard.names import language_name
from dashboard.texts import Words
from diembao.reports.keeping import Kept
from diembao.reports.reopening import Opened, Reopened, Since, changed_since, reopen
from diembao.reports.sidecar import FigureEntry

# Articles of one page, and of what has changed.
LISTED: Final = 50
PAGES: Final = 2_000  # that an address may ask for
_COLOURS: Final = {
    Since.SAME: "gray",
    Since.RELABELLED: "orange",
    Since.EDITED: "yellow",
    Since.WITHDRAWN: "red",
    Since.GONE: "red",
    Since.CAME: "green",
}


def one(kept: Kept, asked: str, say: Words) -> None:
    """The figure that the address names, else the first; another is chosen by its number and name."""
    found = kept.sidecar()
    names = {str(each.number): each for each in found.figures}
    st.session_state["report-figure"] = asked if asked in names else next(iter(names))
    chosen = st.selectbox(
        say("reports.figure"),
        list(names),
        format_func=lambda number: _name(names[number]),
        key="report-figure",
        on_change=_choose,
    )
    page = parts.page_asked(PAGES)
    opened = reopen(newsroom.house(), found, int(chosen), offset=(page - 1) * LISTED, limit=LISTED)
    if opened is not None:
        _opened(opened, say)
        pages = -(-opened.longest // LISTED)
        parts.pages(min(page, pages), pages, "report-figure-page")


def _choose() -> None:
    st.query_params.pop("page", None)
    st.query_params["s"] = st.session_state["report-figure"]


def _name(each: FigureEntry) -> str:
    return f"S{each.number} · {each.name}: {each.now.count}"


def _opened(found: Reopened, say: Words) -> None:
    now = f" · {say('reports.now', n=forms.number(found.now, say))}" if found.now is not None else ""
    st.markdown(f"**{forms.plain(say('reports.then', n=forms.number(found.count, say)))}**{forms.plain(now)}")
    if found.figure.now.query:
        st.caption(say("reports.query"))
        st.code(found.figure.now.query, language=None, wrap_lines=True)
    if found.values:
        names = "; ".join(name or say("reports.nameless") for _, name in found.values)
        st.caption(forms.plain(say("reports.values", names=names)))
    for each in found.articles:
        _article(each, "counted", say)
    if found.came:
        st.markdown(f"**{forms.plain(say('reports.came'))}**")
        for each in found.came:
            _article(each, "came", say)


def _article(each: Opened, place: str, say: Words) -> None:
    its, house = each.then, newsroom.house()
    with st.container(key=f"row-{place}-{its.id}", gap=None):
        label = forms.plain(its.title or say("reports.nameless"))
        st.page_link(parts.screen("article"), label=label, query_params=parts.address(its.id, say))
        stance = _badge(STANCE_BADGES[its.stance], say(f"stance.{its.stance}")) if its.stance in STANCE_BADGES else ""
        since = " ".join(_badge(_COLOURS[x], say(f"reports.since.{x.value}")) for x in each.since)
        told = f"{house.outlet_name(its.outlet)} · {forms.moment(its.at, house.profile.timezone)}"
        st.markdown(f"{stance} {since} :gray[{forms.plain(told)}]".strip())
        if each.now:
            said = "; ".join(_changed(name, *pair, say) for name, pair in each.now.items() if name != "revision")
            st.caption(forms.plain(said))


def _badge(colour: str, text: str) -> str:
    return f":{colour}-badge[{forms.plain(text)}]"


def _changed(name: str, then: Any, now: Any, say: Words) -> str:  # noqa: ANN401 (a word, several, or yes and no)
    if name == "story":  # its number says nothing to a reader
        how = "reports.story.other" if then and now else "reports.story.left" if then else "reports.story.came"
        return f"{say('reports.field.story')}: {say(how)}"
    return f"{say(f'reports.field.{name}')}: {_value(name, then, say)} → {_value(name, now, say)}"


def _value(name: str, value: Any, say: Words) -> str:  # noqa: ANN401 (see above)
    if isinstance(value, bool):
        return say("reports.yes") if value else say("reports.no")
    if name == "themes":
        return ", ".join(parts.theme_name(key, say) for key in value) or "–"
    if name in {"stance", "relevance", "role"} and value:
        return say(f"{name}.{value}")
    if name == "language" and value:
        return language_name(value, say.language)
    return str(value) or "–"


def changed(kept: Kept, say: Words) -> None:
    """Asked for, not drawn at once: every article of the report is read again."""
    if not st.button(say("reports.check"), key="report-check", icon=":material/difference:"):
        return
    found = changed_since(newsroom.house(), kept.sidecar())
    counts = {since: n for since, n in found.counts.items() if since is not Since.SAME}
    told = ", ".join(f"{say(f'reports.since.{since.value}')} {forms.number(n, say)}" for since, n in counts.items())
    st.markdown(
        forms.plain(
            say("reports.checked", n=forms.number(found.articles, say), changed=told or say("reports.unchanged"))
        )
    )
    for each in found.changed[:LISTED]:
        _article(each, "changed", say)
    left = found.articles - found.counts.get(Since.SAME, 0) - LISTED
    if left > 0:
        st.caption(forms.plain(say("reports.more", n=forms.number(left, say))))
