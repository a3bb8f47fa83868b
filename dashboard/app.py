"""Navigation only: the groups of the menu, the screens that exist, the reader's language."""

from __future__ import annotations

import streamlit as st

from dashboard import newsroom
from dashboard.menu import choose_language
from dashboard.parts import STYLE
from dashboard.screens import article, case, cases, plan, stream, today

say = newsroom.words()
st.set_page_config(page_title=say("app.name"), layout="wide", initial_sidebar_state="auto")
screens = {
    "today": st.Page(today.show, title=say("today"), url_path="hom-nay", default=True),
    "stream": st.Page(stream.show, title=say("stream"), url_path="dong-tin"),
    "article": st.Page(article.show, title=say("article"), url_path="bai-bao", visibility="hidden"),
    "cases": st.Page(cases.show, title=say("cases"), url_path="vu-viec"),
    "case": st.Page(case.show, title=say("case"), url_path="ho-so-vu-viec", visibility="hidden"),
    "plan": st.Page(plan.show, title=say("plan"), url_path="ke-hoach"),
}
groups = {"nav.watch": ("today", "stream", "article"), "nav.respond": ("cases", "case"), "nav.sum": ("plan",)}
st.session_state["screens"] = screens
chosen = st.navigation(
    {say(group): [screens[name] for name in names] for group, names in groups.items()}, expanded=True
)
choose_language()
st.html(STYLE)
chosen.run()
