"""Taking what is found as a file: the API makes it and sends it as it is made, past the screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from dashboard import forms, kept, newsroom
from dashboard.address import Asked
from dashboard.texts import Words
from diembao.api.routes.export import MOST, Format
from diembao.api.service import ROOT
from diembao.core.query import Terms, unparse

_ICON: Final = ":material/download:"


def popover(asked: Asked, total: int, picked: Sequence[str], say: Words) -> None:
    if not total and not picked:
        return
    with st.popover(say("take"), icon=_ICON, on_change="rerun", key="take") as opened:
        if not opened.open:
            return
        if picked:
            st.markdown(forms.plain(say("take.picked", n=forms.number(len(picked), say))))
            _links(unparse(Terms("id", tuple(picked))), len(picked), say)
        if total:
            st.markdown(forms.plain(say("take.all", n=forms.number(total, say))))
            _links(kept.as_typed(asked), total, say)
        most = {"n": forms.number(MOST[Format.CSV], say), "m": forms.number(MOST[Format.XLSX], say)}
        st.caption(forms.plain(say("take.help", **most)))


def _links(query: str, n: int, say: Words) -> None:
    with st.container(horizontal=True, gap="small"):
        for each in Format:
            st.link_button(say(f"take.{each}"), address(query, each, say), icon=_ICON, disabled=n > MOST[each])


def address(query: str, wanted: Format, say: Words) -> str:
    asked = {"q": query, "format": wanted.value, "lang": say.language, "province": newsroom.house().profile.id}
    return f"{ROOT}/v1/export?{urlencode(asked)}"
