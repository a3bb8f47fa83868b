"""Of several provinces, the one a reader looks at: in the address, kept for the session, and for the next one.

Only those that the reader may see can be chosen; any other in an address is as good as none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.newsroom import CHOSEN
from diembao.api import rights
from diembao.api.rights import Act
from diembao.plan.reader import profile
from diembao.response.pages import PROVINCE

# The name in the address; the widget.
PARAMETER: Final = PROVINCE
_SWITCH: Final = "province-switch"


def choose() -> None:
    """Before anything is drawn: what the address asks for, else what was chosen before, else the first."""
    here = newsroom.house()
    if not here.several:
        return
    known, state = seen(), st.session_state
    asked = (st.query_params.get(PARAMETER, ""), state.get(CHOSEN, ""), _remembered())
    state[CHOSEN] = next((each for each in (*asked, *known) if each in known), here.watched[0])
    if known:
        st.query_params[PARAMETER] = state[CHOSEN]
        _remember(state[CHOSEN])


def seen() -> Sequence[str]:
    """The provinces that the reader may see, in the order of the settings."""
    who = newsroom.visitor()
    return [each for each in newsroom.house().watched if rights.opens(who, Act.READ_COVERAGE, each)]


def switch() -> None:
    """Nothing where there is nothing to choose."""
    known, say = seen(), newsroom.words()
    if len(known) < 2:
        return
    st.session_state[_SWITCH] = st.session_state[CHOSEN]
    st.selectbox(say("nav.province"), known, format_func=_name, key=_SWITCH, on_change=_change)


def mark() -> None:
    """Above a screen, whose it is, for whoever may see several: on a telephone the switch is out of sight."""
    if len(seen()) > 1:
        st.caption(forms.plain(_name(st.session_state[CHOSEN])))


def in_address() -> dict[str, str]:
    """What a link within the screens says of the province."""
    return {PARAMETER: st.session_state[CHOSEN]} if newsroom.house().several and CHOSEN in st.session_state else {}


def _name(province: str) -> str:
    its = profile(province, newsroom.house().plan_folder)
    return its.name if newsroom.words().language == "vi" else its.name_en


def _change() -> None:
    """What was asked for in the one province means nothing in the other: only the language stays in the address."""
    chosen = st.session_state[_SWITCH]
    if chosen in seen():
        kept = {"lang": st.query_params["lang"]} if "lang" in st.query_params else {}
        st.session_state[CHOSEN] = chosen
        st.query_params.from_dict({**kept, PARAMETER: chosen})


# -- for the next session


def _fact() -> str:
    return f"province-of:{newsroom.visitor().account}"


def _remembered() -> str:
    return newsroom.house().store.fact(_fact()) or ""


def _remember(province: str) -> None:
    if newsroom.visitor().account is not None and _remembered() != province:
        newsroom.house().store.set_fact(_fact(), province)
