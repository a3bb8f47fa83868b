"""Making a weekly summary, with how far it is; and its figures anew."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import newsroom
from dashboard.reports import shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.reports import ReportState
from diembao.plan.reader import profile
from diembao.reports import keeping, period
from diembao.reports.keeping import WEEKLY, Kept, Making
from diembao.reports.period import Period

# Weeks that may be chosen, the latest first.
WEEKS: Final = 60


def form(say: Words) -> None:
    house = newsroom.house()
    weeks = {each.week: each for each in _weeks()}
    names = {each: profile(each, house.plan_folder).name for each in house.profile.judged}
    with st.container(border=True, horizontal=True, vertical_alignment="bottom", gap="small", key="report-make"):
        week = st.selectbox(
            say("reports.week"),
            list(weeks),
            format_func=lambda name: _name(weeks[name], say),
            key="report-week",
            width=320,
        )
        about = st.selectbox(
            say("reports.province"), list(names), format_func=lambda x: names[x], key="report-about", width=240
        )
        asked = st.button(say("reports.make"), icon=":material/summarize:", key="report-make-now")
    if asked:
        _make(weeks[week], about, say)


def _weeks() -> list[Period]:
    profile = newsroom.house().profile
    last = period.latest(newsroom.now(), zone=profile.timezone, ends=profile.week_ends)
    backs = [last.before(n) if n else last for n in range(WEEKS)]
    return [period.between(x.first, x.last, zone=profile.timezone, ends=profile.week_ends) for x in backs]


def _name(week: Period, say: Words) -> str:
    return say("reports.of_week", week=week.week, first=f"{week.first:%d/%m}", last=f"{week.last:%d/%m/%Y}")


def again(kept: Kept, say: Words) -> None:
    """The figures anew, of a signed report as a new version."""
    report, house = kept.report, newsroom.house()
    if not newsroom.opens(Act.MAKE_REPORT) or report.kind != WEEKLY:
        return
    drafted = report.state is ReportState.DRAFT
    label = say("reports.again") if drafted else say("reports.new_version")
    if st.button(label, help=say("reports.again_help"), key="report-again", icon=":material/refresh:"):
        days = period.between(report.first, report.last, zone=house.profile.timezone, ends=house.profile.week_ends)
        _make(days, report.about, say)


def _make(days: Period, about: str, say: Words) -> None:
    """Here and now: some seconds, told while they pass; then the report."""
    house = newsroom.house()
    number = 0
    bar = st.progress(0.0, text=say("reports.making"))

    def heard(share: float) -> None:
        bar.progress(share, text=say("reports.making"))

    def act() -> str:
        nonlocal number
        hand = newsroom.acting(Act.MAKE_REPORT)
        made = keeping.make(house, Making(days, about, hand, heard=heard), newsroom.now())
        number = made.report.number
        return say("reports.made", title=made.report.title)

    if shown.tried(act):
        st.query_params["so"] = str(number)
    st.rerun()
