"""Navigation only: the groups of the menu, the screens that exist, the reader's language."""

from __future__ import annotations

import streamlit as st

from dashboard import newsroom
from dashboard.menu import choose_language
from dashboard.parts import STYLE
from dashboard.screens import article, plan, stream, today

say = newsroom.words()
st.set_page_config(page_title=say("app.name"), layout="wide", initial_sidebar_state="auto")
screens = {
    "today": st.Page(today.show, title=say("today"), url_path="hom-nay", default=True),
    "stream": st.Page(stream.show, title=say("stream"), url_path="dong-tin"),
    "article": st.Page(article.show, title=say("article"), url_path="bai-bao", visibility="hidden"),
}
sums = {"plan": st.Page(plan.show, title=say("plan"), url_path="ke-hoach")}
st.session_state["screens"] = screens | sums
chosen = st.navigation({say("nav.watch"): list(screens.values()), say("nav.sum"): list(sums.values())}, expanded=True)
choose_language()
st.html(STYLE)
chosen.run()
