"""Kế hoạch: the plan's tasks with who leads, until when and how far; a new document becomes tasks here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from dashboard import forms, newsroom, office, parts, plan_drafting, plan_progress, rows, theme_forms
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.progress import Progress
from diembao.plan import drafts
from diembao.plan.reader import Profile, Task

Latest = Mapping[tuple[str, str], Progress]


def show() -> None:
    say, house, now = newsroom.words(), newsroom.house(), newsroom.now()
    profile = house.profile
    parts.title(say("plan.title", province=profile.name if say.language == "vi" else profile.name_en))
    plan_progress.answer()
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
            rows.draw(_row(task, profile, latest, now, say) for task in of_group)


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


def _row(
    task: Task, profile: Profile, latest: Latest, now: datetime, say: Words
) -> tuple[str, Callable[[str], None] | None]:
    """The task in words; drawn by itself where the reader may tell of its progress."""
    told = _words(task, profile, now, say)
    told += [
        plan_progress.told(each, profile, now, say) for (number, _), each in latest.items() if number == task.number
    ]
    html, key = "<br>".join(filter(None, told)), f"task-{task.number.replace('.', '-')}"
    if not plan_progress.tellable(task):
        return rows.entry(key, "", html), None
    return html, partial(_telling, key, task, profile, now)


def _telling(key: str, task: Task, profile: Profile, now: datetime, html: str) -> None:
    with st.container(key=f"row-{key}", gap=None):
        st.html(rows.said(html))
        plan_progress.tell(task, profile, now, newsroom.words())


def _words(task: Task, profile: Profile, now: datetime, say: Words) -> list[str]:
    chips = [rows.chip("gray", parts.theme_name(key, say)) for key in task.themes]
    if task.expired(forms.local(now, profile.timezone).year):
        chips.insert(0, rows.chip("orange", say("plan.expired", year=task.end)))
    named = (
        (say("plan.lead"), _names(task.lead, profile)),
        (say("plan.help"), _names(task.helping, profile)),
        (say("plan.time"), task.time),
    )
    return [
        f"<b>{forms.html(task.number)}</b> · {forms.html(task.title)}",
        " ".join(chips),
        *(rows.faint(f"{name}: {text}", small=True) for name, text in named if text),
    ]


def _names(units: Sequence[str], profile: Profile) -> str:
    return "; ".join(profile.units[unit].name for unit in units)
