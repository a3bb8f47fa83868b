"""One subscription in the list: what it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, people
from dashboard.alerting import acting, asking, previewed
from dashboard.texts import Words
from diembao.api import alerting
from diembao.core.alert import Recipient
from diembao.core.subscription import Priority, Rhythm, Subject, Subscription
from diembao.pipeline.unreadable import unreadable
from diembao.response.subscribing import Asked, asked_of

_NO_KEY: Final = frozenset((Subject.MENTIONS, Subject.ABROAD))
_READ: Final = "alert-read"  # the version of the subscription that stood there when its form was opened
_OPEN: Final = "alert-open"  # which part of which subscription is shown


def show(each: Subscription, say: Words) -> None:
    key = _row(each)
    with st.container(border=True, key=f"row-{key}", gap="small"):
        badges = [_badge("gray", say(f"alerts.rhythm.{each.rhythm}"))]
        badges += [_badge("orange", say("alerts.paused"))] if each.paused else []
        not_read = unreadable(newsroom.house(), [each], newsroom.now())
        badges += [_badge("red", say("alerts.not_read"))] if not_read else []
        badges += [_badge("blue", say("alerts.of_office"))] if not each.owner else []
        if each.owner not in {"", newsroom.visitor().actor}:
            badges.append(_badge("gray", people.name_of(each.owner)))
        st.markdown(f"**{forms.plain(each.name)}** {' '.join(badges)}")
        st.caption(forms.plain(watched(each, say)))
        st.caption(forms.plain(_when(each, say)))
        _stopped(each, key, say)
        _buttons(each, key, say)


def _row(each: Subscription) -> str:
    return f"alert-{each.id or each.name}"


def _stopped(each: Subscription, key: str, say: Words) -> None:
    """Who has pressed *Thôi nhận*: told beside a way back, for a forwarded mail lets anybody press it."""
    for n, to in enumerate(alerting.stopped_of(newsroom.house(), each)):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(_badge("orange", say("alerts.has_stopped", to=acting.channel_name(to))))
            if alerting.may_take_up(newsroom.house(), newsroom.visitor(), each):
                st.button(say("alerts.take_up"), key=f"{key}-take-up-{n}", on_click=_take_up, args=(each, to))


def watched(each: Subscription, say: Words) -> str:
    if each.subject is Subject.QUERY:
        return each.query
    house = newsroom.house()
    names = {
        Subject.UNIT: lambda: house.profile.units[each.key].name if each.key in house.profile.units else each.key,
        Subject.THEME: lambda: house.profile.themes[each.key].vi if each.key in house.profile.themes else each.key,
    }
    name = names.get(each.subject, lambda: "" if each.subject in _NO_KEY else each.key)()
    return ": ".join(part for part in (say(f"alerts.subject.{each.subject}"), name) if part)


def _when(each: Subscription, say: Words) -> str:
    told = [", ".join(map(acting.channel_name, each.to)) or say("alerts.channel.folder")]
    if each.rhythm in {Rhythm.DAILY, Rhythm.WEEKLY}:
        day = say(f"day.{each.weekday}") if each.rhythm is Rhythm.WEEKLY else ""
        told.append(f"{day} {each.hour:02}:00".strip())
    if each.quiet:
        told.append(say("alerts.quiet_from", start=f"{each.quiet.start:%H:%M}", end=f"{each.quiet.end:%H:%M}"))
        told += [say(f"alerts.priority.{each.priority}")] if each.priority is not Priority.NONE else []
    if each.threshold > 1:
        told.append(say("alerts.from", n=each.threshold))
    return " · ".join(told)


def _buttons(each: Subscription, key: str, say: Words) -> None:
    may = alerting.changes(newsroom.house(), newsroom.visitor(), each)
    with st.container(horizontal=True, gap="small"):
        st.button(say("alerts.preview"), key=f"{key}-preview", on_click=_toggle, args=(each, key, "preview"))
        if may:
            st.button(say("alerts.try"), key=f"{key}-try", on_click=_try, args=(each.id,))
            pause = "alerts.resume" if each.paused else "alerts.pause"
            st.button(say(pause), key=f"{key}-pause", on_click=_pause, args=(each, not each.paused))
            st.button(say("alerts.change"), key=f"{key}-change", on_click=_toggle, args=(each, key, "change"))
            st.button(say("alerts.remove"), key=f"{key}-remove", on_click=_remove, args=(each.id,))
    shown = st.session_state.get(_OPEN)
    changing = may and shown == (key, "change")
    if not changing:
        acting.answer(key)
    if shown == (key, "preview"):
        previewed.show(each, say)
    if changing:
        given = asking.ask(f"{key}-form", asked_of(each), say, new=False)
        previewed.of_asked(given, say)
        st.button(say("alerts.save"), key=f"{key}-save", type="primary", on_click=_change, args=(each.id, given))
        acting.answer(key)
    if not each.id:
        st.caption(forms.plain(say("alerts.in_file")))


def _badge(colour: str, text: str) -> str:
    return f":{colour}-badge[{forms.plain(text)}]"


# -- acts: on the subscription as it stands now ---------------------------------------------------


def _toggle(each: Subscription, key: str, part: str) -> None:
    wanted = (key, part)
    st.session_state[_READ] = each.version
    st.session_state[_OPEN] = None if st.session_state.get(_OPEN) == wanted else wanted


def _on(number: int, act: Callable[[Subscription], str], *, gone: bool = False) -> bool:
    """``gone``: its row does not stand there afterwards."""

    def told() -> str:
        found = alerting.one(newsroom.house(), newsroom.visitor(), number)
        return act(found) if found else newsroom.words()("alerts.gone")

    return acting.tried(told, "" if gone else f"alert-{number}")


def _try(number: int) -> None:
    def act(found: Subscription) -> str:
        say = newsroom.words()
        answers = [
            say("alerts.answer" if each.error is None else "alerts.failed", to=acting.channel_name(each.to))
            + f" {forms.shortened(forms.in_language(each.said, say), 200)}"
            for each in acting.alerting().try_out(found)
        ]
        return " · ".join(answers)

    _on(number, act)


def _take_up(each: Subscription, to: Recipient) -> None:
    def act() -> str:
        acting.alerting().take_up(each, to)
        return newsroom.words()("alerts.taken_up", to=acting.channel_name(to))

    acting.tried(act, _row(each))


def _pause(each: Subscription, paused: bool) -> None:  # noqa: FBT001 (a callback's argument)
    """Of what was read in the row: where somebody else changed it meanwhile, the row shows theirs, and whoever presses
    again has seen it. Where the form is open, it goes on from here.
    """

    def act(found: Subscription) -> str:
        after = acting.alerting().pause(found, each.version, paused=paused)
        if st.session_state.get(_READ) == each.version:
            st.session_state[_READ] = after.version
        return newsroom.words()("alerts.is_paused" if paused else "alerts.is_resumed", name=found.name)

    _on(each.id, act)


def _remove(number: int) -> None:
    def act(found: Subscription) -> str:
        n = acting.alerting().remove(found)
        return newsroom.words()("alerts.removed", name=found.name, n=n)

    _on(number, act, gone=True)


def _change(number: int, given: Asked) -> None:
    """Where somebody else changed it meanwhile, theirs stands above what was typed; whoever saves again has seen it."""

    def act(found: Subscription) -> str:
        read, st.session_state[_READ] = st.session_state.get(_READ, ""), found.version
        acting.alerting().change(found, replace(given, name=found.name), read)
        return newsroom.words()("alerts.changed", name=found.name)

    if _on(number, act):
        st.session_state[_OPEN] = None
