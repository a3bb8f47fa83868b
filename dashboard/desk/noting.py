"""What an act on a case has to say on the next drawing: done, or not and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.texts import Words
from diembao.core.errors import Outdated, Refused, WrongUse

_NOTE: Final = "case-note"


def tried(act: Callable[[], str]) -> bool:
    """Do it; what it returns is said on the next drawing (nothing where it is empty), or why it could not be. True: it
    was done.
    """
    say = newsroom.words()
    try:
        told, kind = act(), "done"
    except Outdated:
        told, kind = say("case.outdated"), "not"
    except Refused:
        told, kind = say("error.rights_lost"), "not"
    except WrongUse as error:
        told, kind = f"{forms.in_language(str(error), say)}.", "not"
    if told:
        st.session_state[_NOTE] = (kind, told)
    return kind == "done"


def show() -> None:
    """In a place of its own, so that what is below it stays where it is."""
    note = st.session_state.pop(_NOTE, None)
    with st.container():
        if note:
            (st.success if note[0] == "done" else st.warning)(forms.plain(note[1]))


def lines(text: str, say: Words, limit: int = 0) -> str:
    """Somebody's words as HTML, line by line."""
    cut = text[:limit] if limit else text
    body = "".join(f"<p>{forms.html(line)}</p>" for line in cut.splitlines() if line.strip())
    more = f"<p>{forms.html(say('article.cut', n=forms.number(limit, say)))}</p>" if limit and len(text) > limit else ""
    return f'<div class="diembao-text">{body}{more}</div>'
