"""Kế hoạch: the plan's tasks with who leads, until when and how far; a new document becomes tasks here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from dashboard import forms, newsroom, office, parts, plan_drafting, plan_progress, theme_forms
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
            st.markdown(plan_progress.told(entry, profile, now, say))
        plan_progress.tell(task, profile, now, say)


def _badges(task: Task, year: int, say: Words) -> str:
    expired = [f":orange-badge[{forms.plain(say('plan.expired', year=task.end))}]"] if task.expired(year) else []
    return " ".join([*expired, *(f":gray-badge[{forms.plain(parts.theme_name(key, say))}]" for key in task.themes)])


def _names(units: Sequence[str], profile: Profile) -> str:
    return "; ".join(profile.units[unit].name for unit in units)
