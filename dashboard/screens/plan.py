"""Kế hoạch: the plan's tasks with who leads, until when and how far; a new document becomes tasks here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, office, parts, plan_drafting, theme_forms
from dashboard.desk.shown import who
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.errors import Refused
from diembao.core.progress import DOCUMENT, NOTE, Progress, TaskState
from diembao.plan import drafts
from diembao.plan.reader import Profile, Task

Latest = Mapping[tuple[str, str], Progress]

_COLOURS: Final = {
    TaskState.PLANNED: "gray",
    TaskState.RUNNING: "blue",
    TaskState.DONE: "green",
    TaskState.HELD: "orange",
}
_SAVED: Final = "plan-saved"
_REFUSED: Final = "plan-refused"
_OPEN: Final = "plan-open"


def show() -> None:
    say, house, now = newsroom.words(), newsroom.house(), newsroom.now()
    profile = house.profile
    parts.title(say("plan.title", province=profile.name if say.language == "vi" else profile.name_en))
    if told := st.session_state.pop(_SAVED, ""):
        st.success(forms.plain(told))
    if told := st.session_state.pop(_REFUSED, ""):
        st.warning(forms.plain(told))
    tasks, dates, themed, document = st.tabs([say(each) for each in ("plan.tasks", "office", "themes", "plan.import")])
    with tasks:
        _tasks(profile, now, say)
    with dates:
        office.show(profile, now, say)
    with themed:
        theme_forms.show(profile, say)
    with document:
        if newsroom.opens(Act.CHANGE_PLAN):
            plan_drafting.show(profile, say)
        else:
            st.info(say("error.rights"))


def _tasks(profile: Profile, now: datetime, say: Words) -> None:
    waiting = drafts.load(newsroom.house().plan_folder, profile.plan or profile.id)
    if waiting:
        st.info(forms.plain(say("plan.draft_waits", source=waiting.source, n=len(waiting.tasks))))
    if not profile.tasks:
        if not waiting:
            st.info(say("plan.empty"))
        return
    latest = newsroom.house().store.latest_progress(profile.plan or profile.id)
    year = forms.local(now, profile.timezone).year
    expired = sum(task.expired(year) for task in profile.tasks)
    counts = {"groups": len(profile.groups), "expired": expired, "told": len({task for task, _ in latest})}
    st.caption(forms.plain(say("plan.line", n=len(profile.tasks), **counts)))
    shown = _chosen(profile, year, say)
    if not shown:
        st.info(say("plan.none"))
    for group, title in profile.groups.items():
        of_group = [task for task in shown if task.number.split(".")[0] == group]
        if of_group:
            parts.heading(f"{group}. {title}")
            for task in of_group:
                _task(task, profile, latest, now, say)


def _chosen(profile: Profile, year: int, say: Words) -> list[Task]:
    """The tasks of one unit, or of all; those that are over only where they are asked for."""
    units = [unit for unit in profile.units if any(unit in task.lead + task.helping for task in profile.tasks)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = st.selectbox(
            say("plan.unit"),
            ["", *units],
            format_func=lambda key: profile.units[key].name if key else say("plan.unit.all"),
            key="plan-unit",
            width=420,
        )
        current = st.toggle(say("plan.current"), key="plan-current")
    return [
        task
        for task in profile.tasks
        if (not unit or unit in task.lead + task.helping) and not (current and task.expired(year))
    ]


def _task(task: Task, profile: Profile, latest: Latest, now: datetime, say: Words) -> None:
    year = forms.local(now, profile.timezone).year
    with st.container(key=f"row-task-{task.number.replace('.', '-')}", gap=None):
        st.markdown(f"**{task.number}** · {forms.plain(task.title)}  \n" + _badges(task, year, say))
        st.caption(
            "  \n".join(
                forms.plain(f"{name}: {text}")
                for name, text in (
                    (say("plan.lead"), _names(task.lead, profile)),
                    (say("plan.help"), _names(task.helping, profile)),
                    (say("plan.time"), task.time),
                )
                if text
            )
        )
        for entry in (entry for (number, _), entry in latest.items() if number == task.number):
            st.markdown(_told(entry, profile, now, say))
        # One form, where it is asked for: one for each task would be drawn anew at every click.
        if st.session_state.get(_OPEN) == task.number and _tellable(task):
            _form(task, profile, now, say)
        elif _tellable(task):
            st.button(say("plan.progress"), key=f"plan-{task.number}-open", on_click=_open, args=(task.number,))


def _badges(task: Task, year: int, say: Words) -> str:
    expired = [f":orange-badge[{forms.plain(say('plan.expired', year=task.end))}]"] if task.expired(year) else []
    return " ".join([*expired, *(f":gray-badge[{forms.plain(parts.theme_name(key, say))}]" for key in task.themes)])


def _names(units: Sequence[str], profile: Profile) -> str:
    return "; ".join(profile.units[unit].name for unit in units)


def _told(entry: Progress, profile: Profile, now: datetime, say: Words) -> str:
    known = profile.units.get(entry.unit)
    line = say(
        "plan.entry",
        unit=known.name if known else entry.unit,
        state=say(f"plan.state.{entry.state}"),
        share="" if entry.share is None else f", {entry.share} %",
        time=forms.clock(entry.at, now, profile.timezone, say),
        by=who(entry.by, say),
    )
    badge = f":{_COLOURS[entry.state]}-badge[{forms.plain(line)}]"
    until = say("plan.entry.until", day=f"{entry.until:%d/%m/%Y}") if entry.until else ""
    document = say("plan.entry.document", number=entry.document) if entry.document else ""
    told = " · ".join(filter(None, (entry.note, until, document)))
    return f"{badge} {forms.plain(told)}" if told else badge


def _tellable(task: Task) -> list[str]:
    """The task's units of whose progress the reader may tell."""
    return [unit for unit in (*task.lead, *task.helping) if newsroom.may(Act.TELL_PROGRESS, units=(unit,))]


def _form(task: Task, profile: Profile, now: datetime, say: Words) -> None:
    key = f"plan-{task.number}"
    units = _tellable(task)
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
        for entry in earlier[:20]:
            st.markdown(_told(entry, profile, now, say))


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
