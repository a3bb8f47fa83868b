"""Câu hỏi báo chí: what the press asked, and briefings of the press; one question where the address names it."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import noting
from dashboard.register import acting, entering, listing, meetings, one
from diembao.api.rights import Act

NUMBER: Final = re.compile(r"CH-(?:[A-Z]{1,4}-)?\d{4}-\d{4,9}", re.ASCII)


def show() -> None:
    say = newsroom.words()
    asked = st.query_params.get("id", "")
    found = newsroom.house().store.question(asked) if NUMBER.fullmatch(asked) else None
    if found is not None and acting.on_question(Act.READ_QUESTION, found):
        one.show(found, say)
        return
    acting.seen_anew()
    parts.title(say("questions"))
    if asked:
        st.warning(forms.plain(say("questions.unknown", number=forms.shortened(asked, 40))))
    noting.show()
    asking, meeting = st.tabs([say("questions.tab"), say("meeting.tab")])
    with asking:
        entering.enter(say)
        listing.show(say)
    with meeting:
        if newsroom.opens(Act.READ_CALENDAR):
            meetings.show(say)
