"""Lịch: what can be foreseen, and what is to be prepared for it."""

from __future__ import annotations

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import noting
from dashboard.register import acting, diary_addresses, matters
from diembao.response import ics


def show() -> None:
    say, house = newsroom.words(), newsroom.house()
    parts.title(say("calendar"))
    st.caption(forms.plain(say("calendar.help")))
    noting.show()
    matters.show(say)
    st.download_button(
        say("calendar.ics"),
        data=newsroom.later(_diary),
        file_name=f"lich-{house.profile.id}.ics",
        mime=ics.MEDIA,
        icon=":material/download:",
        help=say("calendar.ics_help"),
        key="calendar-ics",
    )
    diary_addresses.show(say)


def _diary() -> str:
    house = newsroom.house()
    today = acting.calendar().today(newsroom.now())
    name = f"Điểm Báo {house.profile.name}"
    return ics.calendar(house.store.matters(), house.store.briefings(), name=name, today=today)
