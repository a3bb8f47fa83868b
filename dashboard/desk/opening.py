"""On the screen of an article: the open cases it belongs to, opening one, adding it to one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, details, noting, reading, shown
from dashboard.desk.proposed_cases import FROM
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.article import Labelled
from diembao.core.case import Case
from diembao.core.desk import Opening, Origin
from diembao.response.alert_mail import FROM as FROM_ALERT


def show(item: Labelled, say: Words) -> None:
    parts.heading(say("cases"))
    noting.show()
    every = reading.cases_of(newsroom.house(), item)
    own, of_story = ([case for case in found if asking.allowed(Act.READ_CASE, case)] for found in every)
    for told, found in (("case.here", own), ("case.story_here", of_story)):
        if found:
            st.caption(forms.plain(say(told)))
        for case in found:
            with st.container(key=f"row-here-{case.number}", gap=None):
                shown.link(case, f"{case.number} · {case.details.title}")
                st.markdown(shown.chips(case, newsroom.now(), say))
    if asking.opens_case(item):
        _open(item, say, held=any(every))
    _add(item, [case.number for case in own], say)


def _open(item: Labelled, say: Words, *, held: bool) -> None:
    key = f"open-{item.article.id}"
    wanted = st.query_params.get("from") in {FROM, FROM_ALERT}
    with st.expander(say("case.open"), expanded=wanted), st.form(f"{key}-form", border=False):
        st.caption(forms.plain(say("case.open_help")))
        details.ask(shown.desk().proposal(item, newsroom.now()), key, say)
        if held:
            st.checkbox(say("case.another"), key=f"{key}-another")
        if st.form_submit_button(say("case.open"), key=f"{key}-do", type="primary"):
            _opened(item, key)


def _opened(item: Labelled, key: str) -> None:
    made: list[Case] = []

    def act() -> str:
        given = details.chosen(key)
        actor, another = asking.opening(item, given.unit), bool(st.session_state.get(f"{key}-another"))
        seen, opening = asking.seen, Opening(_origin())
        made.append(shown.desk().open(given, [item.article.id], actor, another=another, shown=seen, opening=opening))
        return ""

    if noting.tried(act):
        details.forget(key)
        st.switch_page(parts.screen("case"), query_params=shown.address(made[0].number))
    st.rerun()


def _origin() -> Origin:
    """Whether it was proposed stands in the address; else it is this article that was looked at, whatever its story."""
    return Origin.PROPOSAL if st.query_params.get("from") == FROM else Origin.ARTICLE


def _add(item: Labelled, own: Sequence[str], say: Words) -> None:
    choices = {
        case.number: case
        for case in newsroom.read_cases(reading.open_cases, asking.sight()).found
        if case.number not in own and asking.allowed(Act.WORK_CASE, case)
    }
    if not choices:
        return
    key = f"add-{item.article.id}"
    with st.expander(say("case.add")), st.form(f"{key}-form", border=False):
        st.selectbox(
            say("case.add_which"),
            list(choices),
            format_func=lambda number: f"{number} · {choices[number].details.title}",
            key=key,
        )
        st.form_submit_button(say("case.add_do"), on_click=_added, args=(item.article.id, key))


def _added(article_id: str, key: str) -> None:
    number: str = st.session_state[key]

    def act() -> str:
        shown.desk().add(number, [article_id], asking.actor(Act.WORK_CASE, number))
        return newsroom.words()("case.added", number=number)

    noting.tried(act)
