"""How far a task of the plan is, as its units tell: each entry, and the form for another."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, rows
from dashboard.desk.shown import who
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.errors import Refused
from diembao.core.progress import DOCUMENT, NOTE, Progress, TaskState
from diembao.plan.reader import Profile, Task

_COLOURS: Final = {
    TaskState.PLANNED: "gray",
    TaskState.RUNNING: "blue",
    TaskState.DONE: "green",
    TaskState.HELD: "orange",
}
_SAVED: Final = "plan-saved"
_REFUSED: Final = "plan-refused"
_OPEN: Final = "plan-open"


def answer() -> None:
    """What has become of what was saved."""
    if done := st.session_state.pop(_SAVED, ""):
        st.success(forms.plain(done))
    if why := st.session_state.pop(_REFUSED, ""):
        st.warning(forms.plain(why))


def told(entry: Progress, profile: Profile, now: datetime, say: Words) -> str:
    """As HTML."""
    known = profile.units.get(entry.unit)
    line = say(
        "plan.entry",
        unit=known.name if known else entry.unit,
        state=say(f"plan.state.{entry.state}"),
        share="" if entry.share is None else f", {entry.share} %",
        time=forms.clock(entry.at, now, profile.timezone, say),
        by=who(entry.by, say),
    )
    badge = rows.chip(_COLOURS[entry.state], line)
    until = say("plan.entry.until", day=f"{entry.until:%d/%m/%Y}") if entry.until else ""
    document = say("plan.entry.document", number=entry.document) if entry.document else ""
    beside = " · ".join(filter(None, (entry.note, until, document)))
    return f"{badge} {forms.html(beside)}" if beside else badge


def tell(task: Task, profile: Profile, now: datetime, say: Words) -> None:
    """One form, where it is asked for: one for each task would be drawn anew at every click."""
    if not tellable(task):
        return
    if st.session_state.get(_OPEN) == task.number:
        _form(task, profile, now, say)
    else:
        st.button(say("plan.progress"), key=f"plan-{task.number}-open", on_click=_open, args=(task.number,))


def tellable(task: Task) -> list[str]:
    """The task's units of whose progress the reader may tell."""
    return [unit for unit in (*task.lead, *task.helping) if newsroom.may(Act.TELL_PROGRESS, units=(unit,))]


def _form(task: Task, profile: Profile, now: datetime, say: Words) -> None:
    key = f"plan-{task.number}"
    units = tellable(task)
    with st.form(f"{key}-form", border=False):
        st.selectbox(say("plan.unit"), units, format_func=lambda unit: profile.units[unit].name, key=f"{key}-unit")
        st.segmented_control(
            say("plan.state"),
            list(TaskState),
            format_func=lambda state: say(f"plan.state.{state}"),
            default=TaskState.RUNNING,
            required=True,
            key=f"{key}-state",
        )
        with st.container(horizontal=True):
            st.number_input(say("plan.share"), 0, 100, value=None, step=5, key=f"{key}-share")
            st.date_input(say("plan.until"), value=None, format="DD/MM/YYYY", key=f"{key}-until")
            st.text_input(say("plan.document"), max_chars=DOCUMENT, key=f"{key}-document")
        st.text_area(say("plan.note"), max_chars=NOTE, key=f"{key}-note")
        with st.container(horizontal=True):
            st.form_submit_button(say("plan.save"), type="primary", on_click=_save, args=(task.number, key))
            st.form_submit_button(say("plan.close"), type="tertiary", on_click=_open, args=("",))
    earlier = newsroom.house().store.progress(profile.plan or profile.id, task.number)
    if earlier:
        st.caption(say("plan.history"))
        st.html(rows.said("<br>".join(told(entry, profile, now, say) for entry in earlier[:20])))


def _open(task: str) -> None:
    st.session_state[_OPEN] = task


def _save(task: str, key: str) -> None:
    house, say = newsroom.house(), newsroom.words()
    asked = st.session_state
    try:
        hand = newsroom.acting(Act.TELL_PROGRESS, units=(asked[f"{key}-unit"],))
    except Refused:
        asked[_REFUSED] = say("error.rights_lost")
        return
    entry = Progress(
        province=house.profile.plan or house.profile.id,
        task=task,
        unit=asked[f"{key}-unit"],
        state=asked[f"{key}-state"],
        share=asked[f"{key}-share"],
        note=asked[f"{key}-note"].strip(),
        by=hand.actor,
        at=newsroom.now(),
        until=asked[f"{key}-until"],
        document=asked[f"{key}-document"].strip(),
    )
    house.store.add_progress(entry, where=hand.where)
    asked[_SAVED] = say("plan.saved", task=task)
    _open("")
