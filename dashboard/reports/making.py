"""Making a weekly summary, with how far it is; and its figures anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard import newsroom
from dashboard.reports import shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.accounts import Hand
from diembao.core.reports import Report, ReportState
from diembao.plan.reader import profile
from diembao.reports import keeping, period
from diembao.reports.keeping import WEEKLY, Kept, Making
from diembao.reports.period import Period
from diembao.reports.weekly import Heard

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
    if report.kind == WEEKLY and asked_again(report, say):
        days = period.between(report.first, report.last, zone=house.profile.timezone, ends=house.profile.week_ends)
        _make(days, report.about, say)


def asked_again(report: Report, say: Words) -> bool:
    if not newsroom.opens(Act.MAKE_REPORT):
        return False
    label = say("reports.again") if report.state is ReportState.DRAFT else say("reports.new_version")
    return st.button(label, help=say("reports.again_help"), key="report-again", icon=":material/refresh:")


def _make(days: Period, about: str, say: Words) -> None:
    house = newsroom.house()
    told(lambda hand, heard: keeping.make(house, Making(days, about, hand, heard=heard), newsroom.now()), say)


def told(count: Callable[[Hand, Heard], Kept], say: Words) -> None:
    """Here and now: some seconds, told while they pass; then the report."""
    number = 0
    bar = st.progress(0.0, text=say("reports.making"))

    def heard(share: float) -> None:
        bar.progress(share, text=say("reports.making"))

    def act() -> str:
        nonlocal number
        made = count(newsroom.acting(Act.MAKE_REPORT), heard)
        number = made.report.number
        return say("reports.made", title=made.report.title)

    if shown.tried(act):
        st.query_params["so"] = str(number)
    st.rerun()
