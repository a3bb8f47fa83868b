"""Briefings of the press: planned and held, their agenda with documents, and what follows until it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import shown as cases
from dashboard.register import acting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.briefings import AgendaItem, Briefing, BriefingState, Point
from diembao.core.questions import QuestionQuery
from diembao.response import files
from diembao.response.briefings import PLACE, REASON, TEXT, TITLE, Wanted

SHOWN: Final = 20
_NEW: Final = "meeting-new"
_COLOURS: Final = {BriefingState.PLANNED: "blue", BriefingState.HELD: "green", BriefingState.CANCELLED: "gray"}


def show(say: Words) -> None:
    house = newsroom.house()
    rhythm = house.profile.briefings
    if rhythm is not None:
        st.caption(forms.plain(say("meeting.rhythm", name=rhythm.name, source=rhythm.source)))
    found = house.store.briefings(limit=SHOWN)
    may = acting.on_unit(Act.CHANGE_CALENDAR, "")
    if may:
        _plan(say)
    if not found:
        st.info(say("meeting.none"))
    open_points = house.store.points(open_only=True)
    if open_points:
        parts.heading(say("meeting.open", n=forms.number(len(open_points), say)))
        for point in open_points:
            _point(point, say)
    for briefing in found:
        with st.expander(_head(briefing, say), key=f"meeting-{briefing.number}"):
            _one(briefing, say, may=may)


def _head(briefing: Briefing, say: Words) -> str:
    badge = cases.badge(_COLOURS[briefing.state], say(f"meeting.state.{briefing.state.value}"))
    when = forms.moment(briefing.at, newsroom.house().profile.timezone)
    return f"{forms.plain(f'{when} · {briefing.title}')} {badge}"


def _one(briefing: Briefing, say: Words, *, may: bool) -> None:
    told = " · ".join(filter(None, (briefing.place, briefing.reason)))
    if told:
        st.caption(forms.plain(told))
    for number, item in enumerate(briefing.agenda, start=1):
        _item(briefing, number, item, say, may=may)
    if not briefing.agenda:
        st.caption(forms.plain(say("meeting.no_agenda")))
    _asked_there(briefing)
    carried = acting.briefings().carried(briefing)
    if carried:
        st.markdown(f"**{forms.plain(say('meeting.carried'))}**")
        for point, first in carried:
            from_ = say("meeting.from", date=forms.date(first.at, newsroom.house().profile.timezone))
            state = point.result or point.progress or say("meeting.no_word")
            st.markdown(forms.plain(f"– {point.text} ({cases.unit_name(point.unit)}; {from_}): {state}"))
    done = [x for x in newsroom.house().store.points(briefing=briefing.number) if x.done_at]
    for point in done:
        st.markdown(forms.plain(f"✓ {point.text} ({cases.unit_name(point.unit)}): {point.result}"))
    if may and briefing.state is not BriefingState.CANCELLED:
        _acts(briefing, say)


def _item(briefing: Briefing, number: int, item: AgendaItem, say: Words, *, may: bool) -> None:
    unit = cases.unit_name(item.unit) if item.unit else ""
    theme = parts.theme_name(item.theme, say) if item.theme else ""
    who = " · ".join(filter(None, (unit, item.speaker, theme)))
    st.markdown(f"{number}. {forms.plain(item.title)}" + (f"  \n:gray[{forms.plain(who)}]" if who else ""))
    if item.case:
        st.page_link(parts.screen("case"), label=item.case, query_params=parts.address(item.case, say))
    for paper in item.papers:
        st.download_button(
            forms.plain(paper.name),
            data=newsroom.later(partial(_paper, briefing.number, paper.value)),
            file_name=paper.name,
            mime="application/octet-stream",
            icon=":material/attach_file:",
            type="tertiary",
            key=f"paper-{briefing.number}-{number}-{paper.value[:12]}",
        )
    if may and briefing.state is not BriefingState.CANCELLED:
        _attaching(briefing, number, say)


def _paper(briefing: int, value: str) -> bytes:
    """Asked again when it is taken."""
    acting.by_unit(Act.READ_CALENDAR, "")
    found = acting.briefings().paper(briefing, value)
    return found[1] if found else b""


def _asked_there(briefing: Briefing) -> None:
    _, found = newsroom.house().store.questions(QuestionQuery(briefing=briefing.number), limit=SHOWN)
    for question in found:
        if acting.on_question(Act.READ_QUESTION, question):
            shown.link(question.number, f"{question.number}: {forms.shortened(question.text, 120)}")


def _point(point: Point, say: Words) -> None:
    today = acting.calendar().today(newsroom.now())
    late = cases.badge("orange", say("question.late")) + " " if point.late(today) else ""
    due = say("meeting.due", date=shown.day(point.due)) if point.due else ""
    told = " · ".join(filter(None, (cases.unit_name(point.unit), due, point.progress)))
    with st.container(key=f"row-point-{point.number}", gap=None):
        st.markdown(f"{late}{forms.plain(point.text)}  \n:gray[{forms.plain(told)}]")
        if acting.on_unit(Act.CHANGE_CALENDAR, point.unit):
            key = f"point-{point.number}"
            with st.popover(say("meeting.tell")), st.form(f"{key}-form", border=False):
                st.text_area(say("meeting.progress"), key=f"{key}-text", max_chars=TEXT, height=70)
                st.checkbox(say("meeting.is_done"), key=f"{key}-done")
                st.form_submit_button(say("register.save"), on_click=_tell, args=(point, key))


# -- acts -------------------------------------------------------------------------------------------


def _fields(key: str, say: Words) -> None:
    st.text_input(say("meeting.title"), key=f"{key}-title", max_chars=TITLE)
    with st.container(horizontal=True):
        st.date_input(say("meeting.day"), value=None, format="DD/MM/YYYY", key=f"{key}-at-day", width=160)
        st.time_input(say("register.hour"), value=None, key=f"{key}-at-time", width=120)
        st.text_input(say("meeting.place"), key=f"{key}-place", max_chars=PLACE, width=320)


def _plan(say: Words) -> None:
    with st.expander(say("meeting.add"), icon=":material/add:"), st.form(f"{_NEW}-form", border=False):
        _fields(_NEW, say)
        st.form_submit_button(say("register.save"), type="primary", on_click=_planned)


def _planned() -> None:
    def act() -> object:
        at = acting.moment(_NEW, "at") or newsroom.now()
        wanted = Wanted(acting.typed(_NEW, "title"), at, acting.typed(_NEW, "place"))
        return acting.briefings().plan(wanted, acting.by_unit(Act.CHANGE_CALENDAR, ""))

    acting.done(act, _NEW, "title", "place")


def _acts(briefing: Briefing, say: Words) -> None:
    key = f"meeting-{briefing.number}"
    with st.container(horizontal=True, gap="small"):
        with st.popover(say("meeting.add_item")), st.form(f"{key}-item-form", border=False):
            st.text_input(say("meeting.item"), key=f"{key}-item", max_chars=TITLE)
            names = acting.units()
            st.selectbox(
                say("register.unit"), names, format_func=lambda x: shown.unit_or_none(x, say), key=f"{key}-item-unit"
            )
            st.text_input(say("meeting.speaker"), key=f"{key}-speaker", max_chars=TITLE)
            themes = ["", *newsroom.house().profile.themes]
            st.selectbox(
                say("theme"),
                themes,
                format_func=lambda x: parts.theme_name(x, say) if x else say("register.no_theme"),
                key=f"{key}-theme",
            )
            st.text_input(say("case"), key=f"{key}-case", max_chars=40, placeholder="VV-2026-0042")
            st.form_submit_button(say("register.save"), on_click=_add_item, args=(briefing, key))
        with st.popover(say("meeting.add_point")), st.form(f"{key}-point-form", border=False):
            st.text_area(say("meeting.point"), key=f"{key}-point", max_chars=TEXT, height=70)
            st.selectbox(
                say("register.unit"), acting.units(none=False), format_func=cases.unit_name, key=f"{key}-point-unit"
            )
            st.date_input(say("question.due"), value=None, format="DD/MM/YYYY", key=f"{key}-point-due")
            st.form_submit_button(say("register.save"), on_click=_add_point, args=(briefing, key))
        if briefing.state is BriefingState.PLANNED:
            _ending(briefing, key, newsroom.now(), say)


def _ending(briefing: Briefing, key: str, now: datetime, say: Words) -> None:
    if briefing.at <= now:
        st.button(say("meeting.held"), key=f"{key}-held", on_click=_held, args=(briefing,))
    with st.popover(say("meeting.cancel")), st.form(f"{key}-cancel-form", border=False):
        st.text_input(say("register.reason"), key=f"{key}-cancel", max_chars=REASON)
        st.form_submit_button(say("meeting.cancel"), on_click=_cancel, args=(briefing, key))


def _attaching(briefing: Briefing, number: int, say: Words) -> None:
    key, largest = f"attach-{briefing.number}-{number}", files.LARGEST // 1_000_000
    with st.popover(say("meeting.attach"), type="tertiary"), st.form(f"{key}-form", border=False):
        label = say("claims.attach.file", n=largest)
        st.file_uploader(label, type=list(files.ENDINGS), max_upload_size=largest, key=f"{key}-file")
        st.form_submit_button(say("claims.attach.do"), on_click=_attach, args=(briefing, number, key))


def _attach(briefing: Briefing, number: int, key: str) -> None:
    file = st.session_state.get(f"{key}-file")
    name, data = (file.name, file.getvalue()) if file is not None else ("", b"")
    _done(lambda: acting.briefings().attach(briefing, number, name, data, acting.by_unit(Act.CHANGE_CALENDAR, "")))


def _add_item(briefing: Briefing, key: str) -> None:
    def act() -> object:
        title, unit, speaker, case, theme = (
            acting.typed(key, name).strip() for name in ("item", "item-unit", "speaker", "case", "theme")
        )
        item = AgendaItem(title, unit, speaker, case, theme)
        wanted = Wanted(briefing.title, briefing.at, briefing.place, (*briefing.agenda, item))
        return acting.briefings().change(briefing, wanted, acting.by_unit(Act.CHANGE_CALENDAR, ""))

    acting.done(act, key, "item", "speaker", "case")


def _add_point(briefing: Briefing, key: str) -> None:
    def act() -> object:
        unit, due = acting.typed(key, "point-unit"), st.session_state.get(f"{key}-point-due")
        by = acting.by_unit(Act.CHANGE_CALENDAR, unit)
        return acting.briefings().add_point(briefing.number, acting.typed(key, "point"), unit, due, by)

    acting.done(act, key, "point")


def _tell(point: Point, key: str) -> None:
    def act() -> object:
        by = acting.by_unit(Act.CHANGE_CALENDAR, point.unit)
        finished = bool(st.session_state.get(f"{key}-done"))
        return acting.briefings().tell(point, acting.typed(key, "text"), by, done=finished)

    acting.done(act, key, "text")


def _held(briefing: Briefing) -> None:
    _done(lambda: acting.briefings().hold(briefing, acting.by_unit(Act.CHANGE_CALENDAR, "")))


def _cancel(briefing: Briefing, key: str) -> None:
    reason = acting.typed(key, "cancel")
    _done(lambda: acting.briefings().cancel(briefing, reason, acting.by_unit(Act.CHANGE_CALENDAR, "")))


def _done(act: Callable[[], object]) -> None:
    acting.done(act, "")
