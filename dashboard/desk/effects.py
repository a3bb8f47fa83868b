"""*Báo chí sau câu trả lời*, a part of *Vụ việc*: what coverage did after an answer, with how sure that is."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard import behind, charts, forms, newsroom, parts
from dashboard.texts import Words
from dashboard.views import Day
from diembao.core.case import CaseFile
from diembao.pipeline.wiring import Installation
from diembao.response.effect import LEAST, STANCES, Effect, Ratio, effect_of


def show(found: CaseFile, now: datetime, say: Words) -> None:
    done = of_case(found, now)
    if done is not None:
        parts.heading(say("effect"))
        if title := titled(found, done.issue):
            st.markdown(f"**{forms.plain(title)}**")
        told(done, say)


def of_case(found: CaseFile, now: datetime) -> Effect | None:
    """None: nothing was issued."""
    if not found.issues:
        return None
    hour = now.replace(minute=0, second=0, microsecond=0)
    return newsroom.read(effect, found.case.number, hour, newsroom.house().store.memory_position())


def told(done: Effect, say: Words) -> None:
    """What was compared, the figures with how sure they are, the chart with its table."""
    time = forms.moment(done.issued_at, newsroom.house().profile.timezone)
    if not done.days:
        st.caption(forms.plain(say("effect.early", time=time)))
        return
    span = (
        say("effect.weeks", n=done.days // 7, time=time) if done.weeks else say("effect.days", n=done.days, time=time)
    )
    st.caption(forms.plain(span))
    st.table(_rows(done, say))
    _chart(done, say)
    st.caption(forms.plain(say("effect.help", least=LEAST)))


def effect(house: Installation, number: str, hour: datetime, _memory: tuple[int, int]) -> Effect | None:
    """Of a case, as of this hour: periods are whole days. It is kept until something is logged, done to a case, matched
    or said of a match.
    """
    found = house.store.case_file(number)
    return effect_of(house.store, found, house.profile.id, house.profile.timezone, hour) if found else None


def titled(found: CaseFile, issue: int) -> str:
    """Of the statement that was issued then."""
    version = next((each.version for each in found.issues if each.number == issue), 0)
    return next((draft.title for draft in found.drafts if draft.version == version), "")


def _rows(done: Effect, say: Words) -> list[dict[str, str]]:
    before, after = done.before, done.after
    told = (
        (say("effect.texts"), before.texts, after.texts, ratio_told(done.coverage, say)),
        (say("effect.critical"), before.critical, after.critical, ratio_told(done.critical, say)),
        (say("effect.repeats"), before.repeats, after.repeats, ratio_told(done.repeats, say)),
        (say("effect.articles"), before.articles, after.articles, ""),
        *((say(f"stance.{key}"), before.stances[key], after.stances[key], "") for key in STANCES),
        (say("effect.corrections"), before.corrections, after.corrections, ""),
    )
    heads = (say("effect.what"), say("effect.before"), say("effect.after"), say("effect.ratio"))
    return [dict(zip(heads, (name, str(one), str(other), ratio), strict=True)) for name, one, other, ratio in told]


def ratio_told(found: Ratio | None, say: Words) -> str:
    """After against before, with its interval."""
    if found is None:
        return say("effect.too_few")
    low = forms.number(found.low, say, 2)
    if found.ratio is None:
        return say("effect.only_after", low=low)
    high = forms.number(found.high, say, 2) if found.high is not None else "∞"
    return say("effect.between", ratio=forms.number(found.ratio, say, 2), low=low, high=high)


def _chart(done: Effect, say: Words) -> None:
    days = [Day(each.date.isoformat(), each.stance, each.articles) for each in done.by_day]
    if not any(day.articles for day in days):
        return
    issued = forms.local(done.issued_at, newsroom.house().profile.timezone).date().isoformat()
    st.altair_chart(charts.stance_around(days, issued, say), alt=say("effect.alt"))
    behind.by_day(days, say)
