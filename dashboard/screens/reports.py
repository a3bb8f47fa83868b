"""Báo cáo: make a weekly summary, write in it, sign it, take it, open its figures."""

from __future__ import annotations

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.reports import figures, listing, making, ranging, shown, writing
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.reports import keeping
from diembao.reports.keeping import Kept


def show() -> None:
    say = newsroom.words()
    asked = st.query_params.get("so", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0
    if not asked:
        _all(say)
        return
    kept = keeping.read(newsroom.house(), number)
    if kept is None:
        parts.title(say("reports"))
        st.warning(say("reports.missing"))
        st.page_link(parts.screen("reports"), label=say("reports.all"))
        return
    _one(kept, say)


def _all(say: Words) -> None:
    parts.title(say("reports"))
    st.caption(forms.plain(say("reports.help")))
    shown.note(say)
    may = newsroom.opens(Act.MAKE_REPORT)
    if may:
        making.form(say)
        ranging.form(say)
    if not newsroom.house().store.reports(limit=1):
        st.info(say("reports.none") if may else say("reports.none_here"))
    listing.show(say)


# -- one report


def _one(kept: Kept, say: Words) -> None:
    parts.title(kept.report.title)
    st.markdown(f"{shown.badges(kept.report, say)} :gray[{forms.plain(shown.made(kept.report, say))}]")
    with st.container(horizontal=True, gap="small"):
        st.page_link(parts.screen("reports"), label=say("reports.all"), icon=":material/arrow_back:")
        shown.downloads(kept, say)
    shown.note(say)
    making.again(kept, say)
    ranging.again(kept, say)
    asked = st.query_params.get("s", "")
    names = [say("reports.read"), say("reports.figures"), say("reports.since")]
    text, opened, since = st.tabs(names, default=names[1] if asked else names[0])
    with text:
        writing.sections(kept, say)
        writing.signing(kept, say)
    with opened:
        figures.one(kept, asked, say)
    with since:
        figures.changed(kept, say)
