"""Navigation only: the groups of the menu, the screens that exist, the reader's language."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import helping, newsroom, province_choice
from dashboard.alerting import unread
from dashboard.desk import calls
from dashboard.menu import choose_language, page_of, who_is_here
from dashboard.screens import (
    administration,
    alerts,
    article,
    calendar,
    case,
    cases,
    duty,
    effect,
    foreign,
    kits,
    owing,
    own,
    plan,
    questions,
    reports,
    sources,
    statements,
    stories,
    stream,
    today,
    trends,
    unit,
)
from diembao.api.paths import FIRST


def screens() -> dict[str, st.Page]:
    """The address of each stands in `diembao.api.paths`, with what one must be allowed to see it."""
    return {
        "today": page_of("today", FIRST, today.show, first=True, titled=calls.titled),
        "stream": page_of("stream", "dong-tin", stream.show),
        "stories": page_of("stories", "tin-chinh", stories.show),
        "article": page_of("article", "bai-bao", article.show, hidden=True),
        "duty": page_of("duty", "truc", duty.show),
        "foreign": page_of("foreign", "bao-chi-nuoc-ngoai", foreign.show),
        "cases": page_of("cases", "vu-viec", cases.show),
        "statements": page_of("statements", "cau-tra-loi", statements.show),
        "case": page_of("case", "ho-so-vu-viec", case.show, hidden=True),
        "questions": page_of("questions", "cau-hoi", questions.show),
        "calendar": page_of("calendar", "lich", calendar.show),
        "owing": page_of("owing", "chua-tra-loi", owing.show),
        "unit": page_of("unit", "don-vi", unit.show),
        "kits": page_of("kits", "tai-lieu", kits.show),
        "reports": page_of("reports", "bao-cao", reports.show),
        "trends": page_of("trends", "xu-huong", trends.show),
        "effects": page_of("effects", "hieu-qua", effect.show),
        "plan": page_of("plan", "ke-hoach", plan.show),
        "alerts": page_of("alerts", "canh-bao", alerts.show, titled=unread.titled),
        "sources": page_of("sources", "nguon-tin", sources.show),
        "own": page_of("own", "tai-khoan", own.show),
        "administration": page_of("administration", "quan-tri", administration.show),
    }


GROUPS: Final = {
    "nav.watch": ("today", "stream", "stories", "duty", "foreign", "unit", "article"),
    "nav.respond": ("cases", "case", "statements", "owing", "questions", "calendar", "kits"),
    "nav.sum": ("reports", "trends", "effects", "plan"),
    "nav.system": ("alerts", "sources", "own", "administration"),
}


def draw() -> None:
    say = newsroom.words()
    st.set_page_config(page_title=say("app.name"), layout="wide", initial_sidebar_state="auto")
    known = screens()
    st.session_state["screens"] = known
    newsroom.note_use()
    chosen = st.navigation(
        {say(group): [known[name] for name in names] for group, names in GROUPS.items()}, expanded=True
    )
    choose_language()
    who_is_here()
    helping.loading(say)
    province_choice.mark()
    chosen.run()


province_choice.choose()
with newsroom.drawing():
    draw()
