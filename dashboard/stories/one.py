"""One story: what it is told by, its articles on a line of time and by their roles, its languages, its cases."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import behind, forms, newsroom, parts
from dashboard.desk import asking, reading, shown
from dashboard.names import language_name
from dashboard.stories import changing, timeline
from dashboard.stories.reading import SHOWN, Whole
from dashboard.texts import Words
from dashboard.views import Row
from diembao.api.rights import Act
from diembao.core.article import Role

# Roles in the order in which a reader wants them; copies last, and folded where they are many.
ROLES: Final = (Role.ORIGINAL, Role.CORRECTION, Role.FOLLOW_UP, Role.COPY)
FOLDED: Final = 5


def show(found: Whole, now: datetime, say: Words) -> None:
    house = newsroom.house()
    st.markdown(f":gray[{forms.plain(_told(found, now, say))}]")
    if found.headline.original:
        original = say("story.original", title=found.headline.original.article.title)
        st.markdown(f":gray[{forms.plain(original)}]")
    changing.note()
    parts.heading(say("stories.timeline"))
    zone = house.profile.timezone
    st.altair_chart(timeline.dots(found.rows, found.about, zone, say), alt=say("stories.timeline_alt"))
    behind.table(timeline.table(found.rows, found.about, zone, say), say)
    left, right = st.columns([5, 3], gap="large")
    with left:
        for role in ROLES:
            _role(role, found.of(role), now, say)
        if found.articles > len(found.rows):
            st.caption(forms.plain(say("members.more", n=SHOWN)))
    with right:
        _cases(found, say)
        changing.show(found, now, say)
    query = f"chuyện:{found.story}"
    st.page_link(
        parts.screen("stream"),
        label=say("stories.in_stream"),
        query_params=parts.asking(query) | {"period": "all", "relevance": "all"},
        icon=":material/arrow_forward:",
    )


def _told(found: Whole, now: datetime, say: Words) -> str:
    zone = newsroom.house().profile.timezone
    first, last = (forms.clock(row.item.article.when, now, zone, say) for row in (found.rows[0], found.rows[-1]))
    languages = ", ".join(
        f"{language_name(code, say.language)} {forms.number(n, say)}" for code, n in found.languages.items()
    )
    outlets = len({row.item.article.outlet for row in found.rows})
    copies = found.texts < found.articles
    told = [
        say(
            "row.story" if copies else "stories.n",
            n=forms.number(found.articles, say),
            m=forms.number(found.texts, say),
        )
        if found.articles > 1
        else found.rows[0].outlet,
        say("stories.outlets", n=forms.number(outlets, say)) if outlets > 1 else "",
        languages if found.articles > 1 else "",
        say("stories.n_critical", n=forms.number(found.critical, say)) if found.critical else "",
        say("stories.span", first=first, last=last) if found.articles > 1 else first,
    ]
    return " · ".join(filter(None, told))


def _role(role: Role, rows: tuple[Row, ...], now: datetime, say: Words) -> None:
    if not rows:
        return
    name = f"{say(f'stories.role.{role.value}')} · {forms.number(len(rows), say)}"
    if role is Role.COPY and len(rows) > FOLDED:
        with st.expander(forms.plain(name)):
            _rows(rows, now, say)
        return
    parts.heading(name)
    _rows(rows, now, say)


def _rows(rows: tuple[Row, ...], now: datetime, say: Words) -> None:
    for row in rows:
        article = row.item.article
        with st.container(key=f"row-of-story-{article.id}", gap=None):
            parts.open_link(row.item, forms.plain(forms.seen(article.title, article.id)))
            told = parts.origin(row, now, say)
            if article.revision > 1:
                told += f" · {say('article.revision', n=article.revision)}"
            chips = parts.chips(row.item, newsroom.house().profile.id, say)
            st.markdown("  \n".join(filter(None, (chips, f":gray[{forms.plain(told)}]"))))


def _cases(found: Whole, say: Words) -> None:
    ids = [row.item.article.id for row in found.rows]
    if not newsroom.opens(Act.READ_CASE):
        return
    mine = [case for case in newsroom.read(reading.holding, tuple(ids)) if asking.allowed(Act.READ_CASE, case)]
    parts.heading(say("cases"))
    if not mine:
        st.caption(say("stories.no_case"))
    for case in mine:
        with st.container(key=f"row-story-case-{case.number}", gap=None):
            shown.link(case, f"{case.number} · {case.details.title}")
            st.markdown(shown.chips(case, newsroom.now(), say))
