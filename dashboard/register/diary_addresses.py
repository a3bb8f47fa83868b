"""On *Lịch*: addresses at which a reader's own diary reads the calendar; each is shown once, and can be revoked."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from dashboard import forms, newsroom
from dashboard.desk import noting
from dashboard.texts import Words
from diembao.api import diary
from diembao.api.rights import Act
from diembao.core.keys import Key

_MADE: Final = "diary-address"
_NAME: Final = "diary-name"


def show(say: Words) -> None:
    who, made = newsroom.visitor(), st.session_state.pop(_MADE, "")
    if who.account is None:
        return
    with st.expander(say("diary"), icon=":material/calendar_month:", expanded=bool(made)):
        st.caption(forms.plain(say("diary.help")))
        if made:
            st.code(made, language=None, wrap_lines=True)
            st.caption(forms.plain(say("diary.once")))
        for key in diary.own(newsroom.house().store, who.account, newsroom.now()):
            with st.container(key=f"row-diary-{key.number}", horizontal=True, vertical_alignment="center"):
                st.markdown(forms.plain(_told(key, say)))
                st.button(say("diary.revoke"), key=f"diary-{key.number}", on_click=_revoke, args=(key.number,))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(say("diary.name"), key=_NAME, max_chars=diary.CALLED, width=260)
            st.button(say("diary.make"), key="diary-make", on_click=_make)


def _told(key: Key, say: Words) -> str:
    zone = newsroom.house().profile.timezone
    used = forms.clock(key.used_at, newsroom.now(), zone, say) if key.used_at else say("diary.unused")
    made, until = forms.moment(key.made_at, zone), forms.date(key.until, zone)
    return say("diary.row", n=key.number, name=key.name, made=made, until=until, used=used)


def _make() -> None:
    def act() -> str:
        house, who, by = newsroom.house(), newsroom.visitor(), newsroom.acting(Act.READ_CALENDAR)
        wanted = diary.Wanted(who.account or 0, house.profile.id, st.session_state.get(_NAME) or "")
        asked = diary.add(house.store, newsroom.door().keys, wanted, by=by, now=newsroom.now())
        st.session_state[_NAME] = ""
        st.session_state[_MADE] = f"{_base()}{diary.ADDRESS}?{asked}"
        return newsroom.words()("diary.made")

    noting.tried(act)


def _base() -> str:
    """Where this installation is reached; without a setting, by the address under which the reader sees it."""
    web = newsroom.house().settings.web
    here = urlsplit(st.context.url or f"http://{web.host}:{web.port}")
    return web.public_url.rstrip("/") or f"{here.scheme}://{here.netloc}"


def _revoke(number: int) -> None:
    def act() -> str:
        who, by = newsroom.visitor(), newsroom.acting(Act.READ_CALENDAR)
        diary.revoke(newsroom.house().store, newsroom.door().keys, who.account or 0, number, by=by)
        return newsroom.words()("diary.revoked")

    noting.tried(act)
