"""What one shift leaves to the next: a note with the figures of the moment, and who took it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting, reading, shown
from dashboard.shift.review import not_all
from dashboard.shift.waiting import waiting
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.accounts import Hand
from diembao.core.case import CaseQuery
from diembao.core.shifts import HANDOVER, Handover

SHOWN, LATE_NAMED = 10, 5
_KEY: Final = "handover"


def left(handovers: Sequence[Handover], now: datetime, say: Words) -> None:
    """Above the review: what the last shift left, until somebody says that they have read it."""
    if not handovers or handovers[0].taken_by:
        return
    with st.container(border=True, key="handover-left"):
        _note(handovers[0], now, say)
        st.button(say("shift.take"), key="handover-take", on_click=_take, args=(handovers[0].number,))


def show(handovers: Sequence[Handover], start: datetime, now: datetime, say: Words) -> None:
    noting.show()
    parts.heading(say("shift.hand_over"))
    st.caption(forms.plain(say("shift.hand_over_help")))
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _figures(start, now, say)
    with st.form(f"{_KEY}-form", border=False):
        st.text_area(say("shift.note"), key=_KEY, max_chars=HANDOVER, height=180)
        st.form_submit_button(say("shift.hand_over_do"), key=f"{_KEY}-do", type="primary", on_click=_hand_over)
    parts.heading(say("shift.before"))
    if not handovers:
        st.caption(say("shift.no_handover"))
    for each in handovers:
        with st.container(key=f"row-handover-{each.number}", gap=None):
            _note(each, now, say)


def _note(each: Handover, now: datetime, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    told = [say("shift.left_by", who=shown.who(each.by, say), time=forms.clock(each.at, now, zone, say))]
    if each.taken_by and each.taken_at:
        time = forms.clock(each.taken_at, now, zone, say)
        told.append(say("shift.taken_by", who=shown.who(each.taken_by, say), time=time))
    st.caption(forms.plain(" · ".join(told)))
    st.html(noting.lines(each.text, say))


def _figures(start: datetime, now: datetime, say: Words) -> str:
    """To begin with: what the program knows of the shift; people write the rest."""
    zone = newsroom.house().profile.timezone
    unseen = waiting(newsroom.house(), start)  # not kept: a look moves no log
    lines = [say("shift.figures", n=len(unseen), time=forms.clock(start, now, zone, say)), not_all(start, say)]
    if newsroom.opens(Act.READ_CASE):
        late = newsroom.read_cases(reading.page, CaseQuery(late_at=now), asking.sight(), 0, LATE_NAMED)
        lines.append(say("shift.late", n=late.total))
        lines += [f"- {case.number}: {case.details.title}" for case in late.found]
    return "\n".join(filter(None, lines)) + "\n"


def _hand_over() -> None:
    def act() -> str:
        newsroom.house().store.hand_over(st.session_state.get(_KEY) or "", _hand(), newsroom.now())
        st.session_state.pop(_KEY, None)
        return newsroom.words()("shift.handed_over")

    noting.tried(act)


def _take(number: int) -> None:
    def act() -> str:
        newsroom.house().store.take_over(number, _hand(), newsroom.now())
        return newsroom.words()("shift.taken")

    noting.tried(act)


def _hand() -> Hand:
    """Whoever judges coverage here, if only that of abroad, is of the shift."""
    if not newsroom.opens(Act.CORRECT_LABEL):
        raise newsroom.refused(Act.CORRECT_LABEL)
    who = newsroom.visitor()
    return Hand(who.actor, who.where)
