"""A plan's document on *Kế hoạch*: read into a draft, settled task by task beside its own lines, confirmed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.errors import DiembaoError
from diembao.paper.reading import lines_of
from diembao.plan import drafts
from diembao.plan.drafts import Draft, DraftReport, DraftTask
from diembao.plan.importer import read_plan
from diembao.plan.reader import Profile, Unit

# Lines of the document shown before and after the one a task begins on.
BEFORE, AFTER = 1, 6
YEARS: Final = (2000, 2100)
_TOLD, _WRONG, _AT, _REPORTS = "draft-told", "draft-wrong", "draft-task", "draft-reports"
_UNSETTLED: Final = "draft-unsettled"


def show(profile: Profile, say: Words) -> None:
    folder = newsroom.house().plan_folder
    for key, tell in ((_TOLD, st.success), (_WRONG, st.error)):
        if text := st.session_state.pop(key, ""):
            tell(forms.plain(text))
    draft = drafts.load(folder, profile.plan or profile.id)
    if draft:
        _draft(draft, profile, say)
        with st.expander(say("plan.another")):
            _upload(draft, say)
    else:
        _upload(draft, say)


def _upload(draft: Draft | None, say: Words) -> None:
    st.caption(forms.plain(say("plan.upload.help")))
    with st.form("plan-upload", border=False, clear_on_submit=True):
        st.file_uploader(say("plan.upload"), type=["docx", "pdf", "txt"], max_upload_size=30, key="plan-file")
        if draft:
            zone = newsroom.house().profile.timezone
            st.info(say("plan.waiting", source=forms.plain(draft.source), time=forms.moment(draft.read_at, zone)))
            st.checkbox(say("plan.replace"), key="plan-replace")
        st.form_submit_button(say("plan.read"), on_click=_read)


def _read() -> None:
    if not newsroom.opens(Act.CHANGE_PLAN):
        newsroom.refused(Act.CHANGE_PLAN)  # the right was lost since it was drawn: the next drawing says so
        return
    house, say = newsroom.house(), newsroom.words()
    file = st.session_state.get("plan-file")
    profile = house.profile
    waiting = drafts.load(house.plan_folder, profile.plan or profile.id)
    if file is None or (waiting and not st.session_state.get("plan-replace")):
        return
    try:
        lines = lines_of(file.getvalue(), file.name)
        plan = read_plan(lines)
        found = drafts.draft_of(plan, profile, source=file.name, lines=lines, now=newsroom.now())
        with _noted("plan.read", source=file.name):
            drafts.save(house.plan_folder, found)
    except DiembaoError as error:
        st.session_state[_WRONG] = forms.in_language(str(error), say)
        return
    st.session_state.pop(_AT, None)


def _draft(draft: Draft, profile: Profile, say: Words) -> None:
    zone = profile.timezone
    parts.heading(say("plan.draft", source=draft.source))
    told = {"time": forms.moment(draft.read_at, zone), "n": len(draft.tasks), "doubts": _open(draft)}
    st.caption(forms.plain(say("plan.draft.line", **told)))
    for doubt in draft.doubts:
        st.warning(forms.plain(doubt))
    numbers = [task.number for task in draft.tasks]
    by_number = {task.number: task for task in draft.tasks}
    if st.session_state.get(_AT) not in numbers and numbers:
        st.session_state[_AT] = next((task.number for task in draft.tasks if task.doubts), numbers[0])
    chosen = st.selectbox(say("plan.task"), numbers, format_func=lambda number: _option(by_number[number]), key=_AT)
    if chosen:
        _task(draft, by_number[chosen], profile, say)
    _end(draft, say)


def _open(draft: Draft) -> int:
    """How many places a person has not settled."""
    return sum(len(task.doubts) for task in draft.tasks) + len(draft.doubts)


def _option(task: DraftTask) -> str:
    mark = "● " if task.doubts else ""
    return f"{mark}{task.number} · {forms.shortened(task.title, 90)}"


def _task(draft: Draft, task: DraftTask, profile: Profile, say: Words) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.caption(say("plan.source", line=task.line))
        first, last = max(0, task.line - 1 - BEFORE), task.line - 1 + AFTER
        for number, line in enumerate(draft.lines[first:last], first + 1):
            if line.strip():
                words = forms.plain(line.replace("\t", " · "))
                st.markdown(f":gray[{number}]&emsp;" + (f"**{words}**" if number == task.line else words))
    with right:
        _form(draft, task, profile, say)


def _form(draft: Draft, task: DraftTask, profile: Profile, say: Words) -> None:
    units = _units(draft, profile)
    key = f"draft-{draft.digest[:8]}-{task.number}"
    with st.form(f"{key}-form", border=False):
        for doubt in task.doubts:
            st.markdown(f":orange[{forms.plain(doubt)}]")
        st.text_area(say("plan.task.title"), task.title, key=f"{key}-title", max_chars=1000)
        for field, ids in (("lead", task.lead), ("helping", task.helping)):
            label = say("plan.lead" if field == "lead" else "plan.help")
            st.multiselect(
                label,
                list(units),
                list(ids),
                format_func=lambda unit: units[unit].name,
                key=f"{key}-{field}",
                select_all=False,
            )
        with st.container(horizontal=True):
            st.number_input(say("plan.from"), *YEARS, value=task.start, key=f"{key}-start")
            st.number_input(say("plan.to"), *YEARS, value=task.end, key=f"{key}-end")
        st.multiselect(
            say("plan.themes"),
            list(newsroom.house().profile.themes),
            list(task.themes),
            format_func=lambda theme: parts.theme_name(theme, say),
            key=f"{key}-themes",
            select_all=False,
        )
        for theme, words in task.why.items():
            st.caption(forms.plain(f"{parts.theme_name(theme, say)}: {say('plan.why', words=words)}"))
        st.checkbox(say("plan.keep"), value=True, key=f"{key}-keep")
        st.form_submit_button(say("plan.next"), on_click=_save, args=(draft.digest, task.number, key))


def _units(draft: Draft, profile: Profile) -> dict[str, Unit]:
    added = {key: Unit(key, x.name, x.plan_names, x.since, x.note) for key, x in draft.units.items()}
    return {**profile.units, **added}


def _save(digest: str, number: str, key: str) -> None:
    """Into the draft, whose doubts about this task are then settled; on to the next."""
    if not newsroom.opens(Act.CHANGE_PLAN):
        newsroom.refused(Act.CHANGE_PLAN)  # the right was lost since it was drawn: the next drawing says so
        return
    house, say, asked = newsroom.house(), newsroom.words(), st.session_state
    draft = drafts.load(house.plan_folder, house.profile.plan or house.profile.id)
    if draft is None or draft.digest != digest:
        asked[_WRONG] = say("plan.changed")
        return
    changed = tuple(task if task.number != number else task.model_copy(update=_answers(key)) for task in draft.tasks)
    kept = asked[f"{key}-keep"]
    tasks = changed if kept else tuple(task for task in changed if task.number != number)
    with _noted("plan.task", task=number, kept=bool(kept)):
        drafts.save(house.plan_folder, draft.model_copy(update={"tasks": tasks}))
    numbers = [task.number for task in draft.tasks]
    following = numbers[numbers.index(number) + 1 :]
    asked[_AT] = following[0] if following else numbers[0]
    asked[_TOLD] = say("plan.saved_task" if kept else "plan.dropped_task", task=number)


def _answers(key: str) -> dict[str, Any]:
    asked = st.session_state
    return {
        "title": " ".join(asked[f"{key}-title"].split()),
        "lead": tuple(asked[f"{key}-lead"]),
        "helping": tuple(asked[f"{key}-helping"]),
        "start": asked[f"{key}-start"],
        "end": asked[f"{key}-end"],
        "themes": tuple(asked[f"{key}-themes"]),
        "doubts": (),
    }


def _end(draft: Draft, say: Words) -> None:
    if draft.reports:
        st.multiselect(
            say("plan.reports"),
            range(len(draft.reports)),
            range(len(draft.reports)),
            format_func=lambda at: _report(draft.reports[at], say),
            key=_REPORTS,
            select_all=False,
        )
    st.caption(forms.plain(say("plan.confirm.help", n=len(draft.tasks))))
    if doubts := _open(draft):
        st.checkbox(say("plan.unsettled", n=doubts), key=_UNSETTLED)
    with st.container(horizontal=True):
        st.button(say("plan.confirm"), type="primary", on_click=_confirm, args=(draft.digest,))
        st.button(say("plan.drop"), type="tertiary", on_click=_drop)


def _report(report: DraftReport, say: Words) -> str:
    month, _, day = report.before.partition("-")
    return say("plan.report" if day else "plan.report.no_day", name=report.name, day=f"{day}/{month}", line=report.line)


def _confirm(digest: str) -> None:
    house, say = newsroom.house(), newsroom.words()
    draft = drafts.load(house.plan_folder, house.profile.plan or house.profile.id)
    if draft is None or draft.digest != digest:
        st.session_state[_WRONG] = say("plan.changed")
        return
    if (doubts := _open(draft)) and not st.session_state.get(_UNSETTLED):
        st.session_state[_WRONG] = say("plan.unsettled.ask", n=doubts)
        return
    try:
        by = newsroom.acting(Act.CHANGE_PLAN).actor
        kept = st.session_state.get(_REPORTS, ())
        draft = draft.model_copy(update={"reports": tuple(draft.reports[at] for at in kept)})
        with _noted("plan.confirm", source=draft.source, tasks=len(draft.tasks)):
            drafts.confirm(house.plan_folder, draft, draft.tasks, by=by, now=newsroom.now())
    except DiembaoError as error:
        st.session_state[_WRONG] = forms.in_language(str(error), say)
        return
    st.session_state[_TOLD] = say("plan.confirmed", n=len(draft.tasks))


def _drop() -> None:
    if not newsroom.opens(Act.CHANGE_PLAN):
        newsroom.refused(Act.CHANGE_PLAN)  # the right was lost since it was drawn: the next drawing says so
        return
    house = newsroom.house()
    with _noted("plan.drop"):
        drafts.drop(house.plan_folder, house.profile.plan or house.profile.id)


def _noted(act: str, **detail: object) -> AbstractContextManager[None]:
    """What is done to the plan's files inside, in the audit log; one does not stand without the other."""
    house, hand = newsroom.house(), newsroom.acting(Act.CHANGE_PLAN)
    of = f"plan:{house.profile.plan or house.profile.id}"
    return house.store.noted(hand.actor, act, of, where=hand.where, now=newsroom.now(), **detail)
