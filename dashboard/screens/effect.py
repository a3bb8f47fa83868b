"""Hiệu quả: coverage before and after statements, each and those of a period together. A comparison, never a cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import behind, effect_chart, forms, newsroom, parts
from dashboard.desk import asking, compared, effects, reading, shown, stating
from dashboard.desk.compared import MEASURES, POOLED, Page, Pool
from dashboard.screens.case import NUMBER
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.statement_list import Stage, StatementLine, StatementQuery
from diembao.response.effect import LEAST, Effect
from diembao.response.pooled import ANSWERS

PERIODS: Final[Mapping[str, int]] = {"30d": 30, "90d": 90, "365d": 365, "all": 0}  # days back; 0: everything
AT_FIRST: Final = "365d"
PER_PAGE, PAGES = 25, 400


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
        query = _query(hour)
        pages = min(PAGES, -(-newsroom.read(stating.counts, query) // PER_PAGE))
        first = (parts.page_asked(pages) - 1) * PER_PAGE
        found, together = compared.page(query, first, PER_PAGE, hour), compared.pool(query, _measure(), hour)
    if not found.lines:
        st.info(say("effects.none"))
        return
    _period(together, found.total, hour, say)
    parts.heading(stating.ends(found.total, first, len(found.lines), say))
    _chart(found, say)
    _list(found, say)
    parts.pages(first // PER_PAGE + 1, pages, "effects-page")


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


def _asked(name: str, known: Sequence[str]) -> str:
    value = st.query_params.get(name, "")
    return value if value in known else ""


def _choose(say: Words) -> None:
    state = st.session_state
    state["effects-period"] = _asked("period", tuple(PERIODS)) or AT_FIRST
    state["effects-of"] = _measure()
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        _choice("period", tuple(PERIODS), say)
        _choice("of", tuple(MEASURES), say)


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
    st.query_params.pop("page", None)
    st.query_params[name] = st.session_state[f"effects-{name}"]


def _measure() -> str:
    return _asked("of", tuple(MEASURES)) or next(iter(MEASURES))


def _query(hour: datetime) -> StatementQuery:
    """What was issued in the period, of what the reader may see. The first issue of each case counts: a further answer
    falls into what comes after it.
    """
    days = PERIODS[_asked("period", tuple(PERIODS)) or AT_FIRST]
    since = hour - timedelta(days=days) if days else None
    sight = stating.query("all", "", None).sight
    return StatementQuery((Stage.ISSUED, Stage.REPLACED), sight=sight, since=since, first=True)


def _period(found: Pool, total: int, hour: datetime, say: Words) -> None:
    """All of them together; what is too little is no result."""
    parts.heading(say("effects.together"))
    if not found.ready:
        st.info(forms.plain(say("effects.sum_none", of=forms.number(found.of, say))))
        return
    told = {"n": found.ready, "of": found.of, "before": found.before, "after": found.after}
    spans = dict.fromkeys((_length(found.shortest, say), _length(found.longest, say)))
    numbers = {name: forms.number(n, say) for name, n in told.items()}
    st.markdown(forms.plain(say("effects.sum", span=" – ".join(spans), **numbers)))
    if found.ratio is None:
        st.caption(forms.plain(say("effects.sum_few", least=LEAST, answers=ANSWERS, n=found.with_texts)))
    else:
        st.markdown(f"**{forms.plain(say('effects.sum_ratio', ratio=effects.ratio_told(found.ratio, say)))}**")
    zone = newsroom.house().profile.timezone
    st.caption(forms.plain(say("effects.method", time=forms.moment(hour, zone))))
    if total > POOLED:
        st.caption(forms.plain(say("effects.most", n=forms.number(POOLED, say))))


def _chart(found: Page, say: Words) -> None:
    dots = [
        effect_chart.Dot(line.case, line.title or line.case, known)
        for line, effect in _known(found)
        if effect.days and (known := compared.ratio_of(effect, _measure())) is not None
    ]
    if dots:
        st.altair_chart(effect_chart.forest(dots, say), alt=say("effects.alt"))
    else:
        st.caption(forms.plain(say("effects.too_few", least=LEAST)))
    behind.table([_told(line, effect, say) for line, effect in _known(found)], say)


def _known(found: Page) -> Sequence[tuple[StatementLine, Effect]]:
    return [(line, effect) for line, effect in found.lines if effect is not None]


def _told(line: StatementLine, effect: Effect, say: Words) -> dict[str, str]:
    before, after = (forms.number(compared.count(side, _measure()), say) for side in (effect.before, effect.after))
    return {
        say("statements"): f"{line.case} {line.title}",
        say("effects.issued"): forms.date(effect.issued_at, newsroom.house().profile.timezone),
        say("effects.span"): _length(effect.days, say),
        say("effect.before"): before,
        say("effect.after"): after,
        say("effect.ratio"): effects.ratio_told(compared.ratio_of(effect, _measure()), say) if effect.days else "",
    }


def _length(days: int, say: Words) -> str:
    if not days:
        return say("effects.early")
    return say("effects.n_days", n=days) if days % 7 else say("effects.n_weeks", n=days // 7)


def _list(found: Page, say: Words) -> None:
    for line, effect in _known(found):
        with st.container(key=f"row-effect-{line.case}", gap=None):
            to = {"id": line.case} | parts.language_in_address(say)
            st.page_link(parts.screen("effects"), label=forms.plain(forms.seen(line.title, line.case)), query_params=to)
            row = _told(line, effect, say)
            numbers = f"{row[say('effect.before')]} → {row[say('effect.after')]}" if effect.days else ""
            facts = [line.case, row[say("effects.issued")], row[say("effects.span")], numbers, row[say("effect.ratio")]]
            st.markdown(f":gray[{forms.plain(' · '.join(filter(None, facts)))}]")
