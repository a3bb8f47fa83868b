"""The list of questions of the press: narrowed by the address, late first, exported as a table; and entering one."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.register import acting, shown
from dashboard.texts import Words
from diembao.api import registering
from diembao.api.rights import Act
from diembao.core.questions import Asker, How, QuestionQuery, QuestionState
from diembao.paper import sheet
from diembao.pipeline.registering import table_of
from diembao.response.questions import CONTACT, NAME, TEXT, Asked

PER_PAGE, PAGES, EXPORTED = 50, 200, 20_000
SHOW: Final = ("waiting", "late", "all")
LENGTH: Final = 200
_WAITING: Final = tuple(state for state in QuestionState if not state.answered)
_KEY: Final = "question-new"


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


# -- entering one -----------------------------------------------------------------------------------


def enter(say: Words) -> None:
    if not newsroom.opens(Act.WORK_QUESTION):
        return
    st.session_state.setdefault(f"{_KEY}-received-day", forms.local(newsroom.now(), _zone()).date())
    st.session_state.setdefault(f"{_KEY}-received-time", forms.local(newsroom.now(), _zone()).time().replace(second=0))
    with (
        st.expander(say("questions.add"), icon=":material/add:", key=f"{_KEY}-box"),
        st.form(f"{_KEY}-form", border=False),
    ):
        st.text_area(say("question.text"), key=f"{_KEY}-text", max_chars=TEXT, height=90)
        st.selectbox(
            say("question.outlet"),
            sorted(newsroom.house().outlets, key=shown.outlet),
            index=None,
            format_func=shown.outlet,
            accept_new_options=True,
            placeholder=say("question.outlet_help"),
            key=f"{_KEY}-outlet",
        )
        with st.container(horizontal=True):
            hows = [each.value for each in How]
            st.selectbox(
                say("question.how"), hows, format_func=lambda x: say(f"question.how.{x}"), key=f"{_KEY}-how", width=200
            )
            st.date_input(say("question.received"), format="DD/MM/YYYY", key=f"{_KEY}-received-day", width=160)
            st.time_input(say("register.hour"), key=f"{_KEY}-received-time", width=120)
            st.date_input(say("question.due"), value=None, format="DD/MM/YYYY", key=f"{_KEY}-due-day", width=160)
        st.selectbox(
            say("register.unit"), acting.units(), format_func=lambda x: shown.unit_or_none(x, say), key=f"{_KEY}-unit"
        )
        st.caption(forms.plain(say("question.asker_help")))
        with st.container(horizontal=True):
            st.text_input(say("question.name"), key=f"{_KEY}-name", max_chars=NAME, width=240)
            st.text_input(say("question.function"), key=f"{_KEY}-function", max_chars=NAME, width=240)
            st.text_input(say("question.contact"), key=f"{_KEY}-contact", max_chars=CONTACT, width=240)
        st.form_submit_button(say("register.save"), type="primary", on_click=_enter)


def _enter() -> None:
    def act() -> object:
        asker = Asker(*(acting.typed(_KEY, name) for name in ("outlet", "name", "function", "contact")))
        unit, now = acting.typed(_KEY, "unit"), newsroom.now()
        # The widget knows minutes: a question that came this minute came by now.
        received = min(acting.moment(_KEY, "received") or now, now)
        how, due = How(acting.typed(_KEY, "how")), acting.moment(_KEY, "due")
        asked = Asked(acting.typed(_KEY, "text"), asker, how, received, unit, due)
        return acting.questions().receive(asked, acting.by_unit(Act.WORK_QUESTION, unit))

    if acting.done(act, _KEY, "text", "name", "function", "contact"):
        for name in ("received-day", "received-time"):
            del st.session_state[f"{_KEY}-{name}"]


def _zone() -> str:
    return newsroom.house().profile.timezone
