"""Chưa trả lời: what each unit owes, for how long; a week of it as a sheet; where units have their mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting, shown
from dashboard.texts import Words
from diembao.api import requesting
from diembao.api.rights import Act
from diembao.core.accounts import Role
from diembao.paper import sheet
from diembao.reports import period
from diembao.response.addresses import set_address
from diembao.response.owing import HEAD, Owed, UnitOwing, hours, owing, rows

# Weeks that may be chosen, the latest first; requests of one unit that are listed.
WEEKS, LISTED = 12, 20
_ADDRESS: Final = "address-of"


def show() -> None:
    say = newsroom.words()
    parts.title(say("owing"))
    st.caption(forms.plain(say("owing.help")))
    noting.show()
    now = newsroom.now().replace(second=0, microsecond=0)
    week = _week(now, say)
    start, end = (week.start, week.end) if week else (now - timedelta(days=7), now)
    found = _mine([*owing(newsroom.house().store, newsroom.house().profile, start, end, now)])
    owed = sum(len(each.open) for each in found)
    parts.heading(say("owing.total", n=owed, units=sum(bool(x.open) for x in found), late=sum(x.late for x in found)))
    if not found:
        st.info(say("owing.none"))
    for each in found:
        _unit(each, say)
    if found:
        _sheets(found, week.name if week else now.strftime("%Y-%m-%d"), say)
    if newsroom.opens(Act.CHANGE_ADDRESS):
        _addresses(say)


def _mine(found: list[UnitOwing]) -> list[UnitOwing]:
    """Of a unit's officer only that unit."""
    who = newsroom.visitor()
    return [each for each in found if requesting.of_unit_seen(newsroom.house(), who, each.unit)]


def _week(now: datetime, say: Words) -> period.Period | None:
    profile = newsroom.house().profile
    last = period.latest(now + timedelta(days=6), zone=profile.timezone, ends=profile.week_ends)
    weeks = {week.week: week for n in range(WEEKS) if (week := _before(last, n)).week}
    st.session_state["owing-week"] = st.query_params.get("week", "") if st.query_params.get("week") in weeks else ""
    chosen = st.selectbox(
        say("owing.week"),
        ["", *weeks],
        format_func=lambda name: _name(weeks[name], say) if name else say("owing.now"),
        key="owing-week",
        on_change=_choose,
        width=320,
    )
    return weeks.get(chosen)


def _before(week: period.Period, times: int) -> period.Period:
    back = week.before(times) if times else week
    profile = newsroom.house().profile
    return period.between(back.first, back.last, zone=profile.timezone, ends=profile.week_ends)


def _name(week: period.Period, say: Words) -> str:
    return say("owing.of_week", week=week.week, first=f"{week.first:%d/%m}", last=f"{week.last:%d/%m/%Y}")


def _choose() -> None:
    chosen = st.session_state["owing-week"]
    if chosen:
        st.query_params["week"] = chosen
    else:
        st.query_params.pop("week", None)


def _unit(each: UnitOwing, say: Words) -> None:
    with st.container(border=True, key=f"owing-{each.unit}", gap="small"):
        badges = [shown.badge("orange", say("owing.late", n=each.late))] if each.late else []
        badges.append(shown.badge("blue" if each.open else "gray", say("owing.open", n=len(each.open))))
        st.markdown(f"**{forms.plain(each.name)}** {' '.join(badges)}")
        told = {"asked": each.asked, "answered": each.answered, "late": each.answered_late}
        st.caption(forms.plain(say("owing.numbers", **told)))
        for owed in each.open[:LISTED]:
            _owed(owed, say)


def _owed(owed: Owed, say: Words) -> None:
    each, zone = owed.request, newsroom.house().profile.timezone
    told = [
        say("owing.waited", hours=hours(owed.waited)),
        say("owing.late_by", hours=hours(owed.late_by)) if owed.late_by else "",
        say("requests.until", time=forms.moment(each.due_at, zone)) if each.due_at else "",
        say("requests.reminders", n=each.reminders) if each.reminders else "",
    ]
    label = f"{each.case} · {forms.shortened(each.question, 90)}"
    with st.container(gap=None, key=f"row-owed-{each.case}-{each.number}"):
        if asking.sight().everything:
            st.page_link(parts.screen("case"), label=forms.plain(label), query_params=shown.address(each.case))
        else:  # a unit answers on its own screen; the case may be another's
            st.page_link(parts.screen("unit"), label=forms.plain(label))
        st.caption(forms.plain(" · ".join(part for part in told if part)))


def _sheets(found: list[UnitOwing], name: str, say: Words) -> None:
    with st.container(horizontal=True, gap="small"):
        for ending, make, media in (
            ("csv", sheet.csv_of, sheet.CSV_MEDIA),
            ("xlsx", sheet.xlsx_of, sheet.XLSX_MEDIA),
        ):
            st.download_button(
                say("owing.download", kind=ending.upper()),
                data=make(HEAD, rows(found)),
                file_name=f"chua-tra-loi_{name}.{ending}",
                mime=media,
                key=f"owing-{ending}",
                icon=":material/download:",
            )


# -- addresses ------------------------------------------------------------------------------------


def _addresses(say: Words) -> None:
    house = newsroom.house()
    known = house.store.addresses()
    with st.expander(say("owing.addresses", n=len(known), m=len(house.profile.units))):
        st.caption(forms.plain(say("owing.addresses_help")))
        names = {unit: each.name for unit, each in house.profile.units.items()}
        names |= {role.value: say(f"given.{role.value}") for role in (Role.OFFICER, Role.APPROVER)}
        for who, address in known.items():
            st.markdown(forms.plain(f"{names.get(who, who)}: {address}"))
        with st.form(f"{_ADDRESS}-form", border=False):
            st.selectbox(say("requests.unit"), list(names), format_func=lambda who: names[who], key=_ADDRESS)
            st.text_input(say("owing.address"), key=f"{_ADDRESS}-mail", max_chars=254, help=say("owing.address_help"))
            st.form_submit_button(say("case.save"), on_click=_keep)


def _keep() -> None:
    def act() -> str:
        asked, house = st.session_state, newsroom.house()
        hand = newsroom.acting(Act.CHANGE_ADDRESS)
        typed = asked.get(f"{_ADDRESS}-mail") or ""
        set_address(house.store, house.profile, asked.get(_ADDRESS) or "", typed, by=hand, now=newsroom.now())
        asked[f"{_ADDRESS}-mail"] = ""
        return newsroom.words()("owing.address_kept")

    noting.tried(act)
