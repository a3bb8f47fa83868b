"""What can be foreseen: what is near, all of it, what the program proposes, and what is to be prepared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import shown as cases
from dashboard.register import acting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.foreseen import Due, Matter, MatterKind, Occurrence, Preparation, tasks_of
from diembao.response.foreseen import BEFORE, NOTE, TITLE, WHAT
from diembao.response.proposals import Proposed, Wanted

PROPOSED: Final = 12
_NEW: Final = "matter-new"
# Kinds that a person enters; reports and briefings come by proposal.
_KINDS: Final = [each.value for each in MatterKind if each not in {MatterKind.REPORT, MatterKind.BRIEFING}]


def show(say: Words) -> None:
    room, today = acting.calendar(), acting.calendar().today(newsroom.now())
    if newsroom.opens(Act.CHANGE_CALENDAR):
        _add(say)
    near = room.near(today)
    parts.heading(say("calendar.near"))
    if not near:
        st.caption(forms.plain(say("calendar.none_near")))
    for each in near:
        _row(each.matter, each.occurrence, today, say)
    known = {each.matter.number for each in near}
    rest = [(x, x.next(today)) for x in newsroom.house().store.matters() if x.number not in known]
    later = sorted(((x, at) for x, at in rest if at is not None), key=lambda pair: pair[1].start)
    if later:
        parts.heading(say("calendar.later"))
    for matter, at in later:
        _row(matter, at, today, say)
    _proposals(room.proposals(today), say)


def reminders(say: Words) -> None:
    """On *Hôm nay*: tasks that are late or due soon."""
    if not newsroom.opens(Act.READ_CALENDAR):
        return
    today = acting.calendar().today(newsroom.now())
    found = acting.calendar().due(today)
    if not found:
        return
    parts.heading(say("calendar.prepare"))
    for each in found[:PROPOSED]:
        st.markdown(_told(each, today, say))
    st.page_link(parts.screen("calendar"), label=say("calendar.all"), icon=":material/arrow_forward:")


def _told(each: Due, today: date, say: Words) -> str:
    late = cases.badge("orange", say("question.late")) + " " if each.due < today else ""
    unit = cases.unit_name(each.task.unit) if each.task.unit else ""
    said = " · ".join(filter(None, (each.matter.title, unit, say("meeting.due", date=shown.day(each.due)))))
    return f"{late}{forms.plain(each.task.what)}  \n:gray[{forms.plain(said)}]"


def _row(matter: Matter, at: Occurrence, today: date, say: Words) -> None:
    goes_on = at.start <= today <= at.end
    left = say("calendar.now") if goes_on else say("calendar.in", n=(at.start - today).days)
    badge = cases.badge("orange" if goes_on else "blue", left)
    unit = cases.unit_name(matter.unit) if matter.unit else ""
    yearly = say("calendar.yearly") if matter.yearly else ""
    kind = say(f"calendar.kind.{matter.kind.value}")
    told = " · ".join(filter(None, (shown.days(at.start, at.end), kind, yearly, unit, matter.note)))
    with st.container(key=f"row-matter-{matter.number}", gap=None):
        st.markdown(f"{badge} **{forms.plain(matter.title)}**  \n:gray[{forms.plain(told)}]")
        may = acting.on_unit(Act.CHANGE_CALENDAR, matter.unit)
        for each in tasks_of(matter, at):
            own = may or acting.on_unit(Act.CHANGE_CALENDAR, each.task.unit)
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                _task(each, today, say, may=own)
                if may:
                    _dropping(each, say)
        if may:
            with st.container(horizontal=True, gap="small"):
                _add_task(matter, say)
                _edit(matter, say)
                st.button(
                    say("calendar.end"),
                    key=f"matter-end-{matter.number}",
                    type="tertiary",
                    on_click=_end,
                    args=(matter,),
                )


def _task(each: Due, today: date, say: Words, *, may: bool) -> None:
    unit = cases.unit_name(each.task.unit) if each.task.unit else ""
    late = say("question.late") if not each.done and each.due < today else ""
    label = " · ".join(filter(None, (each.task.what, unit, say("meeting.due", date=shown.day(each.due)), late)))
    key = f"task-{each.matter.number}-{each.task.number}-{each.start}"
    st.session_state[key] = each.done
    st.checkbox(forms.plain(label), key=key, disabled=not may, on_change=_tick, args=(each, key))


def _dropping(each: Due, say: Words) -> None:
    with st.popover(say("calendar.drop"), icon=":material/delete:", type="tertiary"):
        st.caption(forms.plain(say("calendar.drop_help")))
        key = f"task-drop-{each.matter.number}-{each.task.number}-{each.start}"
        st.button(say("calendar.drop_do"), key=key, on_click=_drop, args=(each,))


def _add_task(matter: Matter, say: Words) -> None:
    key = f"matter-{matter.number}"
    with st.popover(say("calendar.add_task"), type="tertiary"), st.form(f"{key}-form", border=False):
        _task_fields(key, say)
        st.form_submit_button(say("register.save"), on_click=_added_task, args=(matter, key))


def _edit(matter: Matter, say: Words) -> None:
    """A visit is put off, a season is called otherwise; its tasks stay."""
    key = f"matter-edit-{matter.number}-{matter.version}"
    with st.popover(say("calendar.edit"), type="tertiary"), st.form(f"{key}-form", border=False):
        st.text_input(say("calendar.title"), value=matter.title, key=f"{key}-title", max_chars=TITLE)
        st.date_input(say("calendar.start"), value=matter.start, format="DD/MM/YYYY", key=f"{key}-start")
        st.date_input(say("calendar.last"), value=matter.end, format="DD/MM/YYYY", key=f"{key}-end")
        st.text_input(say("calendar.note"), value=matter.note, key=f"{key}-note", max_chars=NOTE)
        st.form_submit_button(say("register.save"), on_click=_edited, args=(matter, key))


def _edited(matter: Matter, key: str) -> None:
    start, end = st.session_state[f"{key}-start"], st.session_state[f"{key}-end"]
    about = (acting.typed(key, "title"), matter.kind, start, end, matter.yearly, matter.unit)
    wanted = Wanted(*about, acting.typed(key, "note"), matter.tasks)
    _do(lambda: acting.calendar().change(matter, wanted, acting.by_unit(Act.CHANGE_CALENDAR, matter.unit)))


def _task_fields(key: str, say: Words) -> None:
    st.text_input(say("calendar.task"), key=f"{key}-what", max_chars=WHAT)
    units = acting.units()
    st.selectbox(say("register.unit"), units, format_func=lambda x: shown.unit_or_none(x, say), key=f"{key}-task-unit")
    st.number_input(say("calendar.before"), 0, BEFORE, value=7, key=f"{key}-days")


def _add(say: Words) -> None:
    with st.expander(say("calendar.add"), icon=":material/add:"), st.form(f"{_NEW}-form", border=False):
        st.text_input(say("calendar.title"), key=f"{_NEW}-title", max_chars=TITLE)
        with st.container(horizontal=True):
            named = {kind: say(f"calendar.kind.{kind}") for kind in _KINDS}
            st.selectbox(say("calendar.kind"), _KINDS, format_func=named.__getitem__, key=f"{_NEW}-kind", width=200)
            st.date_input(say("calendar.start"), value=None, format="DD/MM/YYYY", key=f"{_NEW}-start", width=160)
            st.date_input(say("calendar.last"), value=None, format="DD/MM/YYYY", key=f"{_NEW}-end", width=160)
        st.checkbox(say("calendar.is_yearly"), key=f"{_NEW}-yearly", help=say("calendar.moon"))
        units = acting.units()
        st.selectbox(say("register.unit"), units, format_func=lambda x: shown.unit_or_none(x, say), key=f"{_NEW}-unit")
        st.text_input(say("calendar.note"), key=f"{_NEW}-note", max_chars=NOTE)
        _task_fields(_NEW, say)
        st.form_submit_button(say("register.save"), type="primary", on_click=_added)


def _proposals(found: list[Proposed], say: Words) -> None:
    if not found or not acting.on_unit(Act.CHANGE_CALENDAR, ""):
        return
    with st.expander(say("calendar.proposals", n=forms.number(len(found), say)), key="calendar-proposals"):
        for each in found[:PROPOSED]:
            with st.container(key=f"row-proposed-{each.key}", horizontal=True, vertical_alignment="center"):
                days = shown.days(each.wanted.start, each.wanted.end)
                st.markdown(f"{forms.plain(f'{days} · {each.wanted.title}')}  \n:gray[{forms.plain(each.why)}]")
                st.button(say("calendar.take"), key=f"take-{each.key}", on_click=_take, args=(each,))
                st.button(say("calendar.refuse"), key=f"no-{each.key}", type="tertiary", on_click=_refuse, args=(each,))


# -- acts -------------------------------------------------------------------------------------------


def _new_task(key: str) -> tuple[Preparation, ...]:
    what = acting.typed(key, "what")
    days = int(st.session_state.get(f"{key}-days") or 0)
    return (Preparation(0, what, acting.typed(key, "task-unit"), days),) if what.strip() else ()


def _added() -> None:
    def act() -> object:
        start: date | None = st.session_state.get(f"{_NEW}-start")
        first = start or acting.calendar().today(newsroom.now())
        last: date = st.session_state.get(f"{_NEW}-end") or first
        unit, kind = acting.typed(_NEW, "unit"), MatterKind(acting.typed(_NEW, "kind"))
        yearly, note = bool(st.session_state.get(f"{_NEW}-yearly")), acting.typed(_NEW, "note")
        wanted = Wanted(acting.typed(_NEW, "title"), kind, first, last, yearly, unit, note, _new_task(_NEW))
        return acting.calendar().add(wanted, acting.by_unit(Act.CHANGE_CALENDAR, unit))

    acting.done(act, _NEW, "title", "note", "what")


def _added_task(matter: Matter, key: str) -> None:
    def act() -> object:
        tasks = (*matter.tasks, *_new_task(key))
        about = (matter.title, matter.kind, matter.start, matter.end, matter.yearly, matter.unit, matter.note)
        by = acting.by_unit(Act.CHANGE_CALENDAR, matter.unit)
        return acting.calendar().change(matter, Wanted(*about, tasks), by)

    acting.done(act, key, "what")


def _tick(each: Due, key: str) -> None:
    done, matter = bool(st.session_state[key]), each.matter
    unit = matter.unit if acting.on_unit(Act.CHANGE_CALENDAR, matter.unit) else each.task.unit
    _do(
        lambda: acting.calendar().tick(
            matter, each.task.number, each.start, acting.by_unit(Act.CHANGE_CALENDAR, unit), done=done
        )
    )


def _drop(each: Due) -> None:
    matter = each.matter
    _do(lambda: acting.calendar().drop(matter, each.task.number, acting.by_unit(Act.CHANGE_CALENDAR, matter.unit)))


def _end(matter: Matter) -> None:
    _do(lambda: acting.calendar().end(matter, acting.by_unit(Act.CHANGE_CALENDAR, matter.unit)))


def _take(each: Proposed) -> None:
    _do(lambda: acting.calendar().add(each.wanted, acting.by_unit(Act.CHANGE_CALENDAR, ""), source=each.key))


def _refuse(each: Proposed) -> None:
    _do(lambda: acting.calendar().refuse(each, acting.by_unit(Act.CHANGE_CALENDAR, "")))


def _do(act: Callable[[], object]) -> None:
    acting.done(act, "")
