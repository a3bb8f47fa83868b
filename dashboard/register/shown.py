"""How questions, briefings and matters look wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import shown
from dashboard.texts import Words
from diembao.core.questions import Question, QuestionState
from diembao.core.register import Step

_COLOURS = {QuestionState.RECEIVED: "blue", QuestionState.ASSIGNED: "blue", QuestionState.ANSWERED: "green"}
# Lines of a history; what stands above it anyway.
STEPS, _ABOVE = 100, frozenset({"text", "answer", "written_by", "from", "due", "articles", "start", "source"})


def outlet(named: str) -> str:
    return newsroom.house().outlet_name(named)


def unit_or_none(unit: str, say: Words) -> str:
    return shown.unit_name(unit) if unit else say("register.no_unit")


def chips(question: Question, now: datetime, say: Words) -> str:
    """Late first, then the state."""
    found = [shown.badge("orange", say("question.late"))] if question.late(now) else []
    found.append(shown.badge(_COLOURS.get(question.state, "gray"), say(f"question.state.{question.state.value}")))
    return " ".join(found)


def row(question: Question, now: datetime, say: Words) -> None:
    """One question of a list: what is asked, chips, number · outlet · due · unit · case."""
    with st.container(key=f"row-question-{question.number}", gap=None):
        label = forms.shortened(" ".join(question.text.split()), 160)
        link(question.number, label)
        told = [
            question.number,
            outlet(question.asker.outlet),
            due(question, now, say),
            unit_or_none(question.unit, say),
            question.case,
        ]
        st.markdown(f"{chips(question, now, say)}  \n:gray[{forms.plain(' · '.join(part for part in told if part))}]")


def due(question: Question, now: datetime, say: Words) -> str:
    if question.due_at is None or question.state.answered:
        return ""
    return say("case.due", time=forms.clock(question.due_at, now, newsroom.house().profile.timezone, say))


def link(number: str, label: str) -> None:
    address = parts.address(number, newsroom.words())
    st.page_link(parts.screen("questions"), label=forms.plain(label) or number, query_params=address)


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def days(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def _fact(name: str, value: str) -> str:
    if name == "unit":
        return " → ".join(map(shown.unit_name, value.split(" → ")))
    return outlet(value) if name == "outlet" else value


def history(steps: Sequence[Step], say: Words) -> None:
    """The latest first; what each said, as far as a line holds it."""
    parts.heading(say("register.history"))
    zone = newsroom.house().profile.timezone
    for step in steps[::-1][:STEPS]:
        facts = "; ".join(forms.shortened(_fact(*each), 200) for each in step.facts.items() if each[0] not in _ABOVE)
        did = say(f"audit.did.{step.act}")
        told = f"{forms.moment(step.at, zone)} · {shown.who(step.by, say)}: {did}"
        st.caption(forms.plain(f"{told} ({facts})" if facts else told))
