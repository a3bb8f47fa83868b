"""On *Quản trị*: where the language model is, what it costs a day, what waits and what was set aside."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.opinion import DayCost, QueueState
from diembao.pipeline.opiner import stopped_by
from diembao.pipeline.sending import leaves

SHOWN: Final = 20  # of what was set aside
_NOTE: Final = "opinion-note"


def show(say: Words) -> None:
    house = newsroom.house()
    chosen = house.settings.opinion
    with st.container():
        if note := st.session_state.pop(_NOTE, ""):
            st.success(forms.plain(note))
    place = say("opinion.outside" if leaves(house) else "opinion.inside", url=chosen.url)
    (st.warning if leaves(house) else st.info)(forms.plain(place))
    if why := stopped_by(house):
        st.error(forms.plain(say("opinion.stopped", why=forms.in_language(why, say))))
    counts = house.store.opinion_counts()
    counted = {state.value: forms.number(n, say) for state, n in counts.items()}
    st.markdown(f"**{forms.plain(say('opinion.model', model=chosen.model))}**  \n{say('opinion.counts', **counted)}")
    _costs(say)
    if counts[QueueState.ASIDE]:
        _aside(say)


def _costs(say: Words) -> None:
    house = newsroom.house()
    chosen = house.settings.opinion
    st.subheader(say("opinion.costs"), anchor=False)
    money = f"{forms.number(chosen.daily_cost, say, 2)} {chosen.currency}" if chosen.daily_cost is not None else ""
    most = forms.number(chosen.daily_questions, say)
    st.caption(forms.plain(say("opinion.limits", questions=most, cost=money or say("opinion.no_limit"))))
    found = house.record.opinion_costs()
    if not found:
        st.caption(forms.plain(say("opinion.none")))
        return
    st.dataframe([_row(one, chosen.currency, say) for one in found], hide_index=True)


def _row(one: DayCost, currency: str, say: Words) -> dict[str, str]:
    tokens = f"{forms.number(one.tokens_in, say)} + {forms.number(one.tokens_out, say)}"
    return {
        say("opinion.day"): f"{one.day:%d/%m/%Y}",
        say("opinion.questions"): forms.number(one.questions, say),
        say("opinion.kept"): forms.number(one.kept, say),
        say("opinion.tokens"): tokens,
        say("opinion.cost", currency=currency): forms.number(one.cost, say, 2),
        say("opinion"): one.model,
    }


def _aside(say: Words) -> None:
    st.subheader(say("opinion.aside"), anchor=False)
    found = newsroom.house().store.opinion_asides(SHOWN)
    for one in found:
        why = forms.in_language(one.why, say)
        st.markdown(
            f"{forms.plain(say(f'opinion.task.{one.task.value}'))} `{one.subject}`  \n:gray[{forms.plain(why)}]"
        )
    st.button(say("opinion.again"), key="opinion-again", on_click=_again, icon=":material/restart_alt:")


def _again() -> None:
    house, say = newsroom.house(), newsroom.words()
    hand = newsroom.acting(Act.CHANGE_MODEL)
    found = house.store.opinion_asides(1000)
    for one in found:
        house.store.ask_opinion(one, now=newsroom.now(), by=hand)
    st.session_state[_NOTE] = say("opinion.asked_again", n=forms.number(len(found), say))
