"""The fields of a case that a person fills in: at its opening, and when they are changed later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import newsroom, parts, people
from dashboard.desk import asking, noting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import Case, Details, Priority
from diembao.core.errors import Outdated
from diembao.response.cases import TITLE


def ask(given: Details, key: str, say: Words) -> None:
    """The widgets; `chosen` reads them. What was typed under this key stays, whatever ``given`` is by then."""
    first = {
        "title": given.title,
        "unit": given.unit or None,
        "helping": list(given.helping),
        "task": given.task,
        "priority": given.priority.value,
        "themes": list(given.themes),
        "people": list(given.people),
    }
    for name, value in first.items():
        st.session_state.setdefault(f"{key}-{name}", value)
    st.text_input(say("case.title"), key=f"{key}-title", max_chars=TITLE)
    _themes(given, key, say)
    _in_charge(given, key, say)
    _task(given, key, say)
    _people(given, key, say)
    _priority(key, say)


def _themes(given: Details, key: str, say: Words) -> None:
    profile = newsroom.house().profile
    st.multiselect(
        say("theme"),
        list(dict.fromkeys((*profile.themes, *given.themes))),
        format_func=lambda theme: parts.theme_name(theme, say),
        placeholder=say("theme.none"),
        select_all=False,
        key=f"{key}-themes",
    )


def _in_charge(given: Details, key: str, say: Words) -> None:
    """What the case has stays to be chosen, though the unit is dissolved."""
    profile = newsroom.house().profile
    units = list(dict.fromkeys((*profile.units, *filter(None, (given.unit, *given.helping)))))
    st.selectbox(say("case.unit"), units, format_func=shown.unit_name, key=f"{key}-unit")
    st.multiselect(
        say("case.helping"),
        units,
        format_func=shown.unit_name,
        placeholder=say("case.helping_none"),
        select_all=False,
        key=f"{key}-helping",
    )


def _task(given: Details, key: str, say: Words) -> None:
    st.selectbox(
        say("case.task"),
        _tasks(given.themes, given.task),
        format_func=lambda number: shown.task_name(number, say),
        key=f"{key}-task",
    )


def _people(given: Details, key: str, say: Words) -> None:
    actors = {account.actor: people.with_name(account) for account in people.at_the_desk()}
    st.multiselect(
        say("case.people"),
        list(dict.fromkeys((*actors, *given.people))),
        format_func=lambda actor: actors.get(actor) or shown.who(actor, say),
        placeholder=say("calls.nobody"),
        select_all=False,
        key=f"{key}-people",
    )


def _priority(key: str, say: Words) -> None:
    st.radio(
        say("case.priority"),
        [each.value for each in Priority],
        format_func=lambda value: say(f"case.priority.{value}"),
        key=f"{key}-priority",
        horizontal=True,
    )


def chosen(key: str) -> Details:
    def of(name: str) -> Any:  # noqa: ANN401 (a widget's: a word or a list of them)
        return st.session_state.get(f"{key}-{name}")

    return Details(
        title=of("title") or "",
        unit=of("unit") or "",
        themes=tuple(of("themes") or ()),
        helping=tuple(of("helping") or ()),
        task=of("task") or "",
        priority=Priority(of("priority") or Priority.NORMAL),
        people=tuple(of("people") or ()),
    )


def forget(key: str) -> None:
    """Begin anew at the next drawing."""
    for name in ("title", "unit", "helping", "task", "priority", "themes", "people", "seen"):
        st.session_state.pop(f"{key}-{name}", None)


def edit(case: Case, say: Words) -> None:
    """What is typed is kept with the case as it was seen then: who comes second is told, and saves again knowingly."""
    key = f"case-{case.number}"
    _begin_anew(case, key)
    st.session_state.setdefault(f"{key}-seen", case)
    with st.expander(say("case.edit")), st.form(f"{key}-form", border=False):
        ask(case.details, key, say)
        st.form_submit_button(say("case.save"), on_click=_save, args=(key,))


def _begin_anew(case: Case, key: str) -> None:
    """Where nothing was typed, the fields follow the case."""
    seen: Case | None = st.session_state.get(f"{key}-seen")
    untouched = seen is not None and seen.version != case.version and chosen(key) == seen.details
    if untouched or f"{key}-title" not in st.session_state:
        forget(key)


def _save(key: str) -> None:
    seen: Case = st.session_state[f"{key}-seen"]

    def act() -> str:
        try:
            shown.desk().change(seen, chosen(key), asking.actor(Act.ASSIGN_CASE, seen.number))
        except Outdated:
            del st.session_state[f"{key}-seen"]  # the next drawing shows, and then means, the case as it is now
            raise
        forget(key)
        return newsroom.words()("case.changed")

    noting.tried(act)


def _tasks(chosen_themes: Sequence[str], given: str) -> list[str]:
    """None first, then those that fit, then the others; what the case has though the plan has it no more."""
    fitting = [task.number for task in shown.desk().tasks(chosen_themes)]
    every = [task.number for task in newsroom.house().profile.tasks]
    return list(dict.fromkeys(("", *fitting, *every, given)))
