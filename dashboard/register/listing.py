"""The list of questions of the press: narrowed by the address, late first, exported as a table."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.register import acting, shown
from dashboard.texts import Words
from diembao.api import registering
from diembao.core.questions import QuestionQuery, QuestionState
from diembao.paper import sheet
from diembao.pipeline.registering import table_of

PER_PAGE, PAGES, EXPORTED = 50, 200, 20_000
SHOW: Final = ("waiting", "late", "all")
LENGTH: Final = 200
_WAITING: Final = tuple(state for state in QuestionState if not state.answered)


def show(say: Words) -> None:
    now = newsroom.now().replace(second=0, microsecond=0)
    _filters(say)
    asked = _query()
    page = _page()
    house, who = newsroom.house(), newsroom.visitor()
    total, found = registering.listed(house, who, asked, offset=(page - 1) * PER_PAGE, limit=PER_PAGE)
    parts.heading(say("questions.total", n=forms.number(total, say)))
    if not total:
        st.info(say("questions.none"))
    for question in found:
        shown.row(question, now, say)
    pages = min(PAGES, -(-total // PER_PAGE))
    if pages > 1:
        st.session_state["questions-page"] = min(page, pages)
        st.pagination(pages, key="questions-page", on_change=_turn)
    if total:
        _export(asked, say)


def _query() -> QuestionQuery:
    view, unit = _asked("show", SHOW) or SHOW[0], _asked("unit", acting.units())
    states = _WAITING if view == "waiting" else ()
    late = newsroom.now() if view == "late" else None
    return QuestionQuery(states, (unit,) if unit else (), (), late, st.query_params.get("q", "")[:LENGTH])


def _asked(name: str, known: tuple[str, ...] | list[str]) -> str:
    value = st.query_params.get(name, "")
    return value if value in known else ""


def _page() -> int:
    text = st.query_params.get("page", "")
    return min(int(text), PAGES) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1


def _turn() -> None:
    st.query_params["page"] = str(st.session_state["questions-page"])


def _filters(say: Words) -> None:
    st.session_state["questions-q"] = st.query_params.get("q", "")[:LENGTH]
    st.session_state["questions-show"] = _asked("show", SHOW) or SHOW[0]
    st.session_state["questions-unit"] = _asked("unit", acting.units())
    placeholder = say("questions.search")
    st.text_input(
        say("search"),
        key="questions-q",
        type="search",
        placeholder=placeholder,
        max_chars=LENGTH,
        on_change=_narrow,
        args=("q",),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control(
            say("cases.show"),
            SHOW,
            format_func=lambda name: say(f"questions.show.{name}"),
            key="questions-show",
            required=True,
            on_change=_narrow,
            args=("show",),
        )
        st.selectbox(
            say("register.unit"),
            acting.units(),
            format_func=lambda unit: shown.unit_or_none(unit, say) if unit else say("filters.any"),
            key="questions-unit",
            on_change=_narrow,
            args=("unit",),
            width=300,
        )


def _narrow(name: str) -> None:
    """The address follows the widget."""
    value = st.session_state[f"questions-{name}"]
    st.query_params.pop("page", None)
    if value and (name, value) != ("show", SHOW[0]):
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _export(asked: QuestionQuery, say: Words) -> None:
    """What the list shows, all of it; nobody's name is in it."""
    with st.container(horizontal=True, gap="small"):
        for ending, media in ((".csv", sheet.CSV_MEDIA), (".xlsx", sheet.XLSX_MEDIA)):
            st.download_button(
                ending.removeprefix(".").upper(),
                data=newsroom.later(partial(_table, asked, ending)),
                file_name=f"cau-hoi-bao-chi{ending}",
                mime=media,
                icon=":material/download:",
                help=say("questions.export_help"),
                key=f"questions-export{ending}",
            )


def _table(asked: QuestionQuery, ending: str) -> bytes:
    house, who = newsroom.house(), newsroom.visitor()
    _, found = registering.listed(house, who, asked, offset=0, limit=EXPORTED)
    return table_of(house, found, newsroom.now(), ending)
