"""Stories that the machine proposes a case for, with its figures: a person opens one, or says that none is needed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting, reading, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.desk import Dismissal, Ground
from diembao.core.errors import IndexAway, WrongUse
from diembao.pipeline.proposing import ANSWERED_FOR, CRITICAL_FOR, GROWING_IN, Proposed

# In the address of an article: its case was proposed.
FROM: Final = "proposal"
WHY: Final = 300


def show(now: datetime, say: Words, *, answered: bool = True) -> None:
    """Nothing where there is nothing to propose, or for whom may not open a case. ``answered``: also what says an
    answered claim again.
    """
    if not newsroom.opens(Act.OPEN_CASE):
        return
    try:
        found = newsroom.read_lately(newsroom.A_MINUTE, reading.proposals, now.replace(minute=now.minute // 5 * 5))
    except IndexAway:
        return
    wanted = [each for each in found if answered or each.ground is not Ground.ANSWERED]
    mine = [each for each in wanted if asking.opens_case(each.item)]
    if not mine:
        return
    parts.heading(say("proposals", n=forms.number(len(mine), say)))
    st.caption(forms.plain(say("proposals.help")))
    for each in mine:
        _row(each, say)


def _row(each: Proposed, say: Words) -> None:
    key = f"{each.ground.value}-{each.item.article.id}"
    with st.container(key=f"proposal-{key}", gap="small", border=True):
        st.markdown(f"**{forms.plain(each.title)}**  \n{shown.badge('gray', _why(each, say))}")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            address = parts.address(each.item.article.id, say) | {"from": FROM}
            st.page_link(
                parts.screen("article"), label=say("proposals.open"), query_params=address, icon=":material/add:"
            )
            with st.popover(say("proposals.dismiss")), st.form(f"dismiss-{key}-form", border=False):
                st.text_input(say("proposals.why"), key=f"dismiss-{key}", max_chars=WHY)
                st.form_submit_button(say("case.confirm"), on_click=_dismiss, args=(each, f"dismiss-{key}"))


def _why(each: Proposed, say: Words) -> str:
    figures = {"n": forms.number(each.n, say), "outlets": forms.number(each.outlets, say)}
    if each.ground is Ground.GROWING:
        hours, before = int(GROWING_IN.total_seconds() // 3600), forms.number(each.before, say)
        return say("proposals.growing", hours=hours, before=before, **figures)
    if each.ground is Ground.ANSWERED:
        return say("proposals.answered", days=ANSWERED_FOR.days, **figures)
    return say("proposals.critical", days=CRITICAL_FOR.days, **figures)


def _dismiss(each: Proposed, key: str) -> None:
    def act() -> str:
        why = " ".join((st.session_state.get(key) or "").split())[:WHY]
        if not why:
            raise WrongUse(newsroom.words()("proposals.why_needed"))
        by = asking.opening(each.item, "")
        given = Dismissal(each.ground, each.item.article.id, by.by, by.now, why)
        newsroom.house().store.dismiss(given, where=by.where)
        return newsroom.words()("proposals.dismissed")

    noting.tried(act)
