"""An outline for a briefing, a part of *Vụ việc*: a language model writes it from the case's articles, each sentence
with its source. Material to write from; nothing of it goes anywhere by itself.
"""

from __future__ import annotations

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.accounts import Hand
from diembao.core.case import CaseFile
from diembao.core.opinion import Outline, QueueState, Task
from diembao.pipeline.outlining import Price, price, wanted


def show(found: CaseFile, say: Words) -> None:
    house, number = newsroom.house(), found.case.number
    if not house.settings.opinion.on or not asking.allowed(Act.DRAFT_ANSWER, found.case):
        return
    outline, asked = house.store.outline(number), house.store.opinion_of(number, Task.OUTLINE)
    parts.heading(say("outline"))
    waits = asked is not None and asked.state is QueueState.WAITING
    if waits:
        st.caption(forms.plain(say("outline.waiting")))
    elif asked is not None and asked.state is QueueState.ASIDE:
        st.warning(forms.plain(say("outline.aside", why=forms.in_language(asked.why, say))))
    if outline is not None:
        _outline(outline, say)
    if not waits and found.coverage:
        name = say("outline.again" if outline else "outline.ask")
        st.caption(forms.plain(_most(newsroom.read(price, number), say)))
        st.button(name, key="outline-ask", on_click=_ask, args=(number,), icon=":material/format_list_bulleted:")


def _outline(outline: Outline, say: Words) -> None:
    house = newsroom.house()
    st.caption(forms.plain(say("outline.help", n=outline.dropped)))
    items = {item.article.id: item for item in house.store.rows([each.article_id for each in outline.lines])}
    for number, each in enumerate(outline.lines):
        with st.container(key=f"row-outline-{number}", gap=None):
            st.markdown(f"{forms.plain(each.text)}  \n:gray[“{forms.plain(each.quote)}”]")
            if each.article_id in items:
                item = items[each.article_id]
                parts.open_link(item, forms.plain(forms.seen(item.article.title, item.article.id)))
    time = forms.moment(outline.at, house.profile.timezone)
    st.caption(forms.plain(say("outline.by", model=outline.model, time=time, n=outline.articles)))


def _most(most: Price, say: Words) -> str:
    """What one more outline may cost, said before it is asked for."""
    chosen = newsroom.house().settings.opinion
    tokens = say("outline.tokens", n=forms.number(most.tokens, say))
    if not chosen.price_in and not chosen.price_out:
        return tokens
    return f"{tokens} {say('outline.cost', cost=forms.number(most.cost, say, 2), currency=chosen.currency)}"


def _ask(number: str) -> None:
    def act() -> str:
        actor = asking.actor(Act.DRAFT_ANSWER, number)
        house = newsroom.house()
        house.store.ask_opinion(wanted(house, number, again=True), now=actor.now, by=Hand(actor.by, actor.where))
        return newsroom.words()("outline.asked")

    noting.tried(act)
