"""What a reader does with subscriptions, in their own name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import streamlit as st

from dashboard import newsroom
from dashboard.desk import noting
from dashboard.texts import Words
from diembao.api.alerting import Alerting
from diembao.core.alert import Channel, Recipient
from diembao.core.errors import DiembaoError, Outdated, Refused, WrongUse
from diembao.core.subscription import Subscription
from diembao.response.subscribing import Asked, typed_channel

_LAST: Final = "alert-last-to"
_SAID_AT: Final = "alert-said-at"  # the row whose act was answered last; none: the page


def alerting() -> Alerting:
    return Alerting(newsroom.house(), newsroom.visitor(), newsroom.now(), newsroom.refused)


def tried(act: Callable[[], str], row: str = "") -> bool:
    """Do it; what it returns, or why it could not be done, is said on the next drawing in the ``row`` that was pressed:
    the page's first line may be far out of sight.
    """
    st.session_state[_SAID_AT] = row

    def told() -> str:
        try:
            return act()
        except Outdated as error:  # it says what: this is no case
            raise WrongUse(str(error)) from error
        except (Refused, WrongUse):
            raise
        except DiembaoError as error:  # a query that cannot be read, an index that is away
            raise WrongUse(str(error)) from error

    return noting.tried(told)


def answer(row: str = "") -> None:
    """What became of the last act, where it was asked for."""
    if st.session_state.get(_SAID_AT, "") == row:
        noting.show()


def add(asked: Asked) -> bool:
    def act() -> str:
        kept = alerting().add(asked)
        st.session_state[_LAST] = asked.to
        return newsroom.words()("alerts.added", name=kept.name)

    return tried(act)


def my_channels(mine: list[Subscription]) -> list[str]:
    """Where the reader was told last; else by mail, where their name is an address, and on the dashboard."""
    last = st.session_state.get(_LAST)
    if last:
        return list(last)
    for each in mine:
        if each.to:
            return [typed_channel(to) for to in each.to]
    who = newsroom.visitor()
    return [who.name if "@" in who.name else Channel.PAGE.value]


def typed(to: Iterable[str], say: Words) -> str:
    """Recipients as a reader types them: one's own page by its words, however the account is numbered."""
    page = say("alerts.channel.page")
    return ", ".join(page if each.partition(":")[0] == Channel.PAGE else each for each in to)


def read(text: str, say: Words) -> list[str]:
    """What was typed, as it is asked for."""
    found = (each.strip() for each in text.split(","))
    return [Channel.PAGE.value if each.casefold() == say("alerts.channel.page") else each for each in found if each]


def channel_name(to: Recipient) -> str:
    say = newsroom.words()
    if to.channel is Channel.MAIL:
        return to.address
    name = say(f"alerts.channel.{to.channel}")
    return f"{name} {to.address}" if to.channel in {Channel.WEBHOOK, Channel.CHAT} else name
