"""What units were asked in a case, what they answered; asking, reminding, withdrawing, giving out a link."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import answering, asking, noting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import Case, CaseFile
from diembao.core.requests import Request, RequestStatus
from diembao.response.asking import LETTER, QUESTION, REASON, Asking
from diembao.response.request_letters import Letters, last_key
from diembao.response.requests import Requests

COLOURS: Final = {
    RequestStatus.WAITING: "blue",
    RequestStatus.LATE: "orange",
    RequestStatus.ANSWERED: "green",
    RequestStatus.WITHDRAWN: "gray",
}


def requests() -> Requests:
    house = newsroom.house()
    return Requests(house.store, house.profile)


def show(found: CaseFile, say: Words) -> None:
    parts.heading(say("requests"))
    asks = asking.allowed(Act.ASK_UNIT, found.case)
    if not found.requests:
        st.caption(forms.plain(say("requests.none")))
    for each in found.requests[::-1]:
        with st.container(border=True, key=f"request-{each.number}"):
            _card(found, each, say, asks=asks)
    if asks and not found.case.state.ended:
        _form(found, say)


def _card(found: CaseFile, each: Request, say: Words, *, asks: bool) -> None:
    head(each, say)
    answering.answer(found, each, say)
    if not each.waiting:
        return
    with st.container(horizontal=True, gap="small"):
        if asks:
            st.button(say("requests.remind"), key=f"remind-{each.number}", on_click=_remind, args=(each,))
        if answering.may(each):
            answering.ask(each, say)
        if asks:
            _withdrawing(each, say)
            _link(each, say)
            _text(found, each, say)


def head(each: Request, say: Words) -> None:
    """Unit, status, question, and what there is to know of it."""
    zone, now = newsroom.house().profile.timezone, newsroom.now()
    status = each.status(now)
    badges = [shown.badge(COLOURS[status], say(f"requests.status.{status.value}"))]
    if status is RequestStatus.ANSWERED and each.is_late(now):
        badges.append(shown.badge("orange", say("requests.was_late")))
    if each.waits and each.waiting:
        badges.append(shown.badge("violet", say("requests.waited_for")))
    st.markdown(f"**{forms.plain(unit_name(each))}** {' '.join(badges)}")
    st.html(noting.lines(each.question, say))
    told = [
        say("requests.line", who=shown.who(each.asked_by, say), time=forms.moment(each.asked_at, zone)),
        say("requests.until", time=forms.moment(each.due_at, zone)) if each.due_at else "",
        _letter(each, say),
        say("requests.mailed", address=each.address) if each.address else say("requests.carried"),
        say("requests.reminders", n=each.reminders) if each.reminders else "",
    ]
    st.caption(forms.plain(" · ".join(part for part in told if part)))
    if each.address and (why := _not_sent(each, say)):
        st.warning(forms.plain(why))


def _not_sent(each: Request, say: Words) -> str:
    """Why the newest mail about it has not left, where it was tried."""
    posted = newsroom.house().store.posted([last_key(each)]).get(last_key(each))
    if posted is None or posted.sent or not posted.error:
        return ""
    return say("requests.refused" if posted.refused else "requests.held", address=each.address, why=posted.error)


def unit_name(each: Request) -> str:
    """As it was called; where another has taken it over since, that one too."""
    profile = newsroom.house().profile
    now = profile.units.get(profile.now(each.unit))
    return each.unit_name if now is None or now.name == each.unit_name else f"{each.unit_name} → {now.name}"


def _letter(each: Request, say: Words) -> str:
    day = "/".join(reversed(each.letter_date.split("-"))) if each.letter_date else ""
    return say("requests.by_letter", letter=each.letter, date=day).strip() if each.letter else ""


# -- acts -----------------------------------------------------------------------------------------


def _remind(each: Request) -> None:
    def act() -> str:
        found = requests().remind(each.case, each.number, asking.actor(Act.ASK_UNIT, each.case))
        return newsroom.words()("requests.reminded", unit=unit_name(found), n=found.reminders)

    noting.tried(act)


def _withdrawing(each: Request, say: Words) -> None:
    key = f"withdraw-{each.number}"
    with st.popover(say("requests.withdraw")), st.form(f"{key}-form", border=False):
        st.text_area(say("case.reason"), key=key, max_chars=REASON)
        st.form_submit_button(say("case.confirm"), on_click=_withdraw, args=(each, key))


def _withdraw(each: Request, key: str) -> None:
    def act() -> str:
        reason = st.session_state.get(key) or ""
        requests().withdraw(each.case, each.number, reason, asking.actor(Act.ASK_UNIT, each.case))
        return newsroom.words()("requests.withdraw_done")

    noting.tried(act)


def _link(each: Request, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    with st.popover(say("requests.link")):
        address = newsroom.house().link_of((each.case, each.number, each.link)) if each.link > 0 else ""
        if each.link <= 0 or each.link_until is None or each.link_until <= newsroom.now():
            st.caption(forms.plain(say("requests.link_off")))
        elif not address:
            st.caption(forms.plain(say("requests.link_nowhere")))
        else:
            st.code(address, language=None, wrap_lines=True)
            st.caption(forms.plain(say("requests.link_until", time=forms.moment(each.link_until, zone))))
        with st.container(horizontal=True, gap="small"):
            st.button(say("requests.link_new"), key=f"relink-{each.number}", on_click=_relink, args=(each,))
            if each.link > 0:
                st.button(say("requests.link_revoke"), key=f"unlink-{each.number}", on_click=_unlink, args=(each,))


def _relink(each: Request) -> None:
    def act() -> str:
        requests().renew_link(each.case, each.number, asking.actor(Act.ASK_UNIT, each.case))
        return newsroom.words()("requests.link_renewed")

    noting.tried(act)


def _unlink(each: Request) -> None:
    def act() -> str:
        requests().revoke_link(each.case, each.number, asking.actor(Act.ASK_UNIT, each.case))
        return newsroom.words()("requests.link_revoked")

    noting.tried(act)


def _text(found: CaseFile, each: Request, say: Words) -> None:
    """What was sent, or is to be carried."""
    with st.popover(say("requests.text")):
        letter = Letters(newsroom.house().profile).request(found.case, each, found.claims)
        st.code(letter.text, language=None, wrap_lines=True)


# -- the form -------------------------------------------------------------------------------------


def _form(found: CaseFile, say: Words) -> None:
    key, profile = f"ask-{found.case.number}", newsroom.house().profile
    st.session_state.setdefault(f"{key}-send", True)
    st.session_state.setdefault(f"{key}-unit", profile.now(found.case.details.unit))
    with st.expander(say("requests.ask")), st.form(f"{key}-form", border=False):
        st.selectbox(say("requests.unit"), list(profile.units), format_func=shown.unit_name, key=f"{key}-unit")
        help_text = say("requests.question_help")
        st.text_area(say("requests.question"), key=f"{key}-question", max_chars=QUESTION, height=110)
        st.caption(forms.plain(help_text))
        if found.claims:
            st.multiselect(
                say("requests.claims"),
                [claim.number for claim in found.claims],
                format_func=partial(_quote, found),
                placeholder=say("requests.claims_none"),
                select_all=False,
                key=f"{key}-claims",
            )
        left, middle, right = st.columns(3)
        with left:
            st.text_input(say("requests.letter"), key=f"{key}-letter", max_chars=LETTER)
        with middle:
            st.date_input(say("requests.letter_date"), value=None, format="DD/MM/YYYY", key=f"{key}-day")
        with right:
            st.date_input(
                say("requests.due"), value=None, format="DD/MM/YYYY", key=f"{key}-due", help=say("requests.due_help")
            )
        st.checkbox(say("requests.waits"), key=f"{key}-waits")
        st.checkbox(say("requests.send"), key=f"{key}-send", help=say("requests.send_help"))
        st.form_submit_button(say("requests.do"), type="primary", on_click=_ask, args=(found.case, key))


def _quote(found: CaseFile, number: int) -> str:
    quote = next(claim.quote for claim in found.claims if claim.number == number)
    return f"#{number} {forms.shortened(quote, 60)}"


def _ask(case: Case, key: str) -> None:
    def act() -> str:
        asked = st.session_state
        day, due = asked.get(f"{key}-day"), asked.get(f"{key}-due")
        given = Asking(
            unit=asked.get(f"{key}-unit") or "",
            question=asked.get(f"{key}-question") or "",
            claims=tuple(asked.get(f"{key}-claims") or ()),
            letter=asked.get(f"{key}-letter") or "",
            letter_date=day.isoformat() if day else "",
            due_at=_end_of(due) if due else None,
            waits=bool(asked.get(f"{key}-waits")),
            mail=bool(asked.get(f"{key}-send")),
        )
        found = requests().ask(case.number, given, asking.actor(Act.ASK_UNIT, case.number))
        for name in ("question", "letter", "claims", "day", "due", "waits"):
            asked.pop(f"{key}-{name}", None)
        say, unit = newsroom.words(), shown.unit_name(found.unit)
        if found.address:
            return say("requests.asked", unit=unit, address=found.address)
        return say("requests.asked_by_hand", unit=unit)

    noting.tried(act)


def _end_of(day: date) -> datetime:
    """Of the office's hours on that day; of the day, where they are not known."""
    profile = newsroom.house().profile
    hours = profile.office_hours
    ends = time.fromisoformat(hours.hours[-1].split("-")[1]) if hours else time(23, 59)
    return datetime.combine(day, ends, ZoneInfo(profile.timezone))
