"""Hiệu quả: coverage before and after statements, each and those of a period together. A comparison, never a cause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from dashboard import behind, comparing, effect_chart, forms, newsroom, parts
from dashboard.desk import asking, effects, reading, shown
from dashboard.screens.case import NUMBER
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.statement_list import StatementLine
from diembao.response.effect import LEAST, Effect, ratio


def show() -> None:
    say, now = newsroom.words(), newsroom.now()
    asked = st.query_params.get("id", "")
    if asked:
        _one(asked, now, say)
        return
    parts.title(say("effects"))
    st.caption(forms.plain(say("effects.help", least=LEAST)))
    _choose(say)
    with st.spinner(say("effects.reading")):
        hour = now.replace(minute=0, second=0, microsecond=0)
        found = newsroom.read(comparing.compared, comparing.query(hour), hour, newsroom.house().store.memory_position())
    if not found.statements:
        st.info(say("effects.none"))
        return
    _period(found, say)
    _chart(found, say)
    _list(found, say)


# -- one statement --------------------------------------------------------------------------------


def _one(number: str, now: datetime, say: Words) -> None:
    st.page_link(
        parts.screen("effects"),
        label=say("effects.back"),
        query_params=parts.language_in_address(say),
        icon=":material/arrow_back:",
    )
    found = reading.whole(newsroom.house(), number) if NUMBER.fullmatch(number) else None
    if found is None or not asking.allowed(Act.READ_CASE, found.case):
        parts.title(say("effects"))
        st.warning(forms.plain(say("cases.unknown", number=forms.shortened(number, 40))))
        return
    done = effects.of_case(found, now)
    parts.title((effects.titled(found, done.issue) if done else "") or found.case.details.title)
    shown.link(found.case, f"{found.case.number} · {found.case.details.title}")
    if done is None:
        st.info(say("effects.not_issued"))
        return
    effects.told(done, say)


# -- a period -------------------------------------------------------------------------------------


def _choose(say: Words) -> None:
    state = st.session_state
    state["effects-period"] = comparing.asked_for("period", tuple(comparing.PERIODS)) or comparing.AT_FIRST
    state["effects-of"] = comparing.asked_for("of", comparing.MEASURES) or comparing.MEASURES[0]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        _choice("period", tuple(comparing.PERIODS), say)
        _choice("of", comparing.MEASURES, say)


def _choice(name: str, choices: Sequence[str], say: Words) -> None:
    st.selectbox(
        say(f"effects.{name}"),
        choices,
        format_func=lambda value: say(f"effects.{name}.{value}"),
        key=f"effects-{name}",
        on_change=_go,
        args=(name,),
        width=230,
    )


def _go(name: str) -> None:
    st.query_params[name] = st.session_state[f"effects-{name}"]


def _period(found: comparing.Compared, say: Words) -> None:
    """All of them together, where each is compared over as long before as after; what is too little is no result."""
    ready = [effect for _, effect in found.done if effect.days]
    parts.heading(say("effects.together"))
    if ready:
        _sum(ready, found.statements, say)
    else:
        st.info(forms.plain(say("effects.sum_none", of=forms.number(found.statements, say))))
    if found.statements > len(found.done):
        st.caption(forms.plain(say("effects.most", n=comparing.MOST)))


def _sum(ready: Sequence[Effect], of: int, say: Words) -> None:
    before, after = (
        sum(comparing.count(each.before) for each in ready),
        sum(comparing.count(each.after) for each in ready),
    )
    told = {"n": len(ready), "of": of, "before": before, "after": after}
    st.markdown(forms.plain(say("effects.sum", **{name: forms.number(n, say) for name, n in told.items()})))
    known = ratio(before, after)
    if known is None:
        st.caption(forms.plain(say("effects.sum_few", least=LEAST)))
    else:
        st.markdown(f"**{forms.plain(say('effects.sum_ratio', ratio=effects.ratio_told(known, say)))}**")


def _chart(found: comparing.Compared, say: Words) -> None:
    dots = [
        effect_chart.Dot(line.case, line.title or line.case, known)
        for line, effect in found.done
        if effect.days and (known := comparing.ratio_of(effect)) is not None
    ]
    parts.heading(say("effects.each"))
    if dots:
        st.altair_chart(effect_chart.forest(dots, say), alt=say("effects.alt"))
    else:
        st.caption(forms.plain(say("effects.too_few", least=LEAST)))
    behind.table([_told(line, effect, say) for line, effect in found.done], say)


def _told(line: StatementLine, effect: Effect, say: Words) -> dict[str, str]:
    return {
        say("statements"): f"{line.case} {line.title}",
        say("effects.issued"): forms.date(effect.issued_at, newsroom.house().profile.timezone),
        say("effects.span"): _span(effect, say),
        say("effect.before"): forms.number(comparing.count(effect.before), say),
        say("effect.after"): forms.number(comparing.count(effect.after), say),
        say("effect.ratio"): effects.ratio_told(comparing.ratio_of(effect), say) if effect.days else "",
    }


def _span(effect: Effect, say: Words) -> str:
    if not effect.days:
        return say("effects.early")
    n = effect.days // 7 if effect.weeks else effect.days
    return say("effects.n_weeks" if effect.weeks else "effects.n_days", n=n)


def _list(found: comparing.Compared, say: Words) -> None:
    for line, effect in found.done:
        with st.container(key=f"row-effect-{line.case}", gap=None):
            to = {"id": line.case} | parts.language_in_address(say)
            st.page_link(parts.screen("effects"), label=forms.plain(line.title) or line.case, query_params=to)
            row = _told(line, effect, say)
            numbers = f"{row[say('effect.before')]} → {row[say('effect.after')]}" if effect.days else ""
            facts = [line.case, row[say("effects.issued")], row[say("effects.span")], numbers, row[say("effect.ratio")]]
            st.markdown(f":gray[{forms.plain(' · '.join(filter(None, facts)))}]")
