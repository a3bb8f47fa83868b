"""What became of messages, on *Cảnh báo*: to whom, what the other side answered, and what is sent again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import noting
from dashboard.texts import Words
from diembao.api import alerting
from diembao.api.rights import Act
from diembao.core.alert import Channel, Delivery, Fate
from diembao.core.outgoing import Theirs

SHOWN: Final = 20
_CHOSEN: Final = "deliveries-which"
# What a reader asks for, and the fates it stands for.
WHICH: Final[dict[str, Sequence[Fate]]] = {
    "failed": (Fate.REFUSED, Fate.DEAD),
    "waiting": (Fate.WAITING,),
    "sent": (Fate.SENT,),
    "all": (),
}
_MARKS: Final = {Fate.SENT: "green", Fate.WAITING: "orange", Fate.REFUSED: "red", Fate.DEAD: "red"}


def show(now: datetime, say: Words) -> None:
    """For those who change alerts of the office: it tells who gets what."""
    if not newsroom.opens(Act.CHANGE_ALERT):
        return
    parts.heading(say("deliveries"))
    seen = alerting.theirs(newsroom.house(), newsroom.visitor())
    failed = failing()
    with st.expander(say("deliveries.open"), expanded=failed, key="deliveries"):
        _listed(now, say, seen, "failed" if failed else "all")


def failing() -> bool:
    """Is there a message that somebody has to look at?"""
    if not newsroom.opens(Act.CHANGE_ALERT):
        return False
    seen = alerting.theirs(newsroom.house(), newsroom.visitor())
    return bool(newsroom.house().store.deliveries(WHICH["failed"], limit=1, seen=seen))


def _listed(now: datetime, say: Words, seen: Theirs | None, first: str) -> None:
    chosen = st.segmented_control(
        say("deliveries.which"),
        list(WHICH),
        default=first,
        format_func=lambda which: say(f"deliveries.{which}"),
        key=_CHOSEN,
        label_visibility="collapsed",
        required=True,
    )
    found = newsroom.house().store.deliveries(WHICH[chosen or "all"], limit=SHOWN, seen=seen)
    if not found:
        st.caption(say("deliveries.none"))
    for each in found:
        _one(each, now, say)


def _one(each: Delivery, now: datetime, say: Words) -> None:
    with st.container(key=f"row-delivery-{each.number}", gap=None):
        name = "" if each.name == each.title else f"{each.name}: "
        st.markdown(forms.plain(f"{name}{each.title}"))
        state = say(f"deliveries.{each.fate}")
        mark = _MARKS.get(each.fate, "gray")
        st.markdown(f":{mark}[{state}] · :gray[{forms.plain(' · '.join(_told(each, now, say)))}]")
        if said := each.error or _receipt(each, say):
            st.caption(forms.plain(said))
        if each.may_go_again:
            st.button(say("deliveries.again"), key=f"again-{each.number}", on_click=_again, args=(each.number,))


def _receipt(each: Delivery, say: Words) -> str:
    """A server's answer as it came; our own words in the reader's language."""
    return forms.in_language(each.receipt, say) if each.to.channel in {Channel.CHAT, Channel.PAGE} else each.receipt


def _told(each: Delivery, now: datetime, say: Words) -> list[str]:
    zone = newsroom.house().profile.timezone
    told = [_to(each, say), forms.clock(each.settled_at or each.at, now, zone, say)]
    if each.told > 1:
        told.append(say("deliveries.told", n=forms.number(each.told, say)))
    if each.attempts:
        told.append(say("deliveries.tries", n=forms.number(each.attempts, say)))
    if each.fate is Fate.WAITING and each.not_before > now:
        told.append(say("deliveries.next", time=forms.clock(each.not_before, now, zone, say)))
    return told


def _to(each: Delivery, say: Words) -> str:
    to = each.to
    if to.channel in {Channel.FOLDER, Channel.PAGE}:
        return say(f"deliveries.{to.channel}")
    return to.address if to.channel is Channel.MAIL else f"{to.channel}:{to.address}"


def _again(number: int) -> None:
    def act() -> str:
        seen = alerting.theirs(newsroom.house(), newsroom.visitor())
        by = newsroom.acting(Act.CHANGE_ALERT)
        newsroom.house().store.send_again(number, now=newsroom.now(), by=by, seen=seen)
        return newsroom.words()("deliveries.queued")

    noting.tried(act)
