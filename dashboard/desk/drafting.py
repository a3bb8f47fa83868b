"""The drafted answer: one text to write in, every saved version below it.

What is typed is kept beside the version it began from, also while the reader looks at another screen. When somebody
saves a version in between, both texts are there and what differs is shown.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting, shown
from dashboard.difference import difference
from dashboard.revisions import drawn
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import CaseFile, CaseState, Draft
from diembao.core.errors import Outdated
from diembao.core.text import nfc
from diembao.response.cases import DRAFT

# Versions whose texts are drawn.
SHOWN: Final = 20


def show(found: CaseFile, say: Words) -> None:
    parts.heading(say("case.draft"))
    st.caption(forms.plain(say("case.approval")))
    if found.case.state is CaseState.DRAFTING and asking.allowed(Act.DRAFT_ANSWER, found.case):
        _editor(found, say)
    else:
        st.caption(forms.plain(say("case.draft_closed")))
        _unwritten(found, say)
    _versions(found, say)


def _editor(found: CaseFile, say: Words) -> None:
    number, newest = found.case.number, found.draft
    key = f"draft-{number}"
    _follow(key, found)
    base: int = st.session_state[f"{key}-base"]
    if newest and newest.version > base:
        _both(key, newest, say)
    elif newest:
        time = _time(newest, say)
        st.caption(forms.plain(say("case.draft_base", n=newest.version, who=shown.who(newest.by, say), time=time)))
    st.session_state[f"{key}-text"] = st.session_state[f"{key}-kept"]
    st.text_area(
        say("case.draft"),
        key=f"{key}-text",
        height=260,
        max_chars=DRAFT,
        label_visibility="collapsed",
        on_change=_keep,
        args=(key,),
    )
    version = (newest.version if newest else 0) + 1
    st.button(
        say("case.draft_save", n=version),
        key=f"{key}-save",
        on_click=_save,
        args=(key, number, newest.version if newest else 0),
    )


def _unwritten(found: CaseFile, say: Words) -> None:
    """What the reader typed while somebody closed the case or took it back: to copy, until it can be saved again."""
    key = f"draft-{found.case.number}"
    if not _typed(key, found):
        return
    st.warning(forms.plain(say("case.draft_unwritten")))
    st.code(st.session_state[f"{key}-kept"], language=None, wrap_lines=True)
    st.button(say("case.draft_forget"), key=f"{key}-forget", type="tertiary", on_click=_take, args=(key, found.draft))


def _follow(key: str, found: CaseFile) -> None:
    """Where nothing was typed since the last version that was seen, the newest one is what is written in."""
    if not _typed(key, found):
        _take(key, found.draft)


def _typed(key: str, found: CaseFile) -> bool:
    by_version = {draft.version: draft.text for draft in found.drafts}
    base = st.session_state.get(f"{key}-base")
    kept: str = st.session_state.get(f"{key}-kept", "")
    return base is not None and nfc(kept).strip() != by_version.get(base, "")


def _take(key: str, draft: Draft | None) -> None:
    st.session_state[f"{key}-base"] = draft.version if draft else 0
    st.session_state[f"{key}-kept"] = draft.text if draft else ""


def _keep(key: str) -> None:
    st.session_state[f"{key}-kept"] = st.session_state[f"{key}-text"]


def _both(key: str, newest: Draft, say: Words) -> None:
    """Somebody saved while this was being written."""
    who, time = shown.who(newest.by, say), _time(newest, say)
    st.warning(forms.plain(say("case.draft_newer", who=who, n=newest.version, time=time)))
    with st.expander(say("case.draft_theirs", n=newest.version), expanded=True):
        st.caption(forms.plain(say("revisions.legend")))
        st.html(drawn([difference(newest.text, st.session_state[f"{key}-kept"])], say))
    st.button(say("case.draft_take", n=newest.version), key=f"{key}-take", on_click=_take, args=(key, newest))


def _save(key: str, number: str, seen: int) -> None:
    """``seen`` is the newest version that was on the screen: who was shown both may save, who was not is told."""
    text: str = st.session_state[f"{key}-text"]
    st.session_state[f"{key}-kept"] = text

    def act() -> str:
        say = newsroom.words()
        try:
            version = shown.desk().save_draft(number, text, asking.actor(Act.DRAFT_ANSWER, number), based_on=seen)
        except Outdated:
            return ""  # the next drawing shows both
        st.session_state[f"{key}-base"] = version
        return say("case.draft_saved", n=version)

    noting.tried(act)


def _versions(found: CaseFile, say: Words) -> None:
    if not found.drafts:
        st.caption(forms.plain(say("case.draft_none")))
        return
    with st.expander(say("case.versions", n=len(found.drafts))):
        newest_first = found.drafts[::-1]
        for draft, older in zip(newest_first[:SHOWN], [*newest_first[1:], None], strict=False):
            who = shown.who(draft.by, say)
            st.markdown(f"**{forms.plain(say('case.version', n=draft.version, who=who, time=_time(draft, say)))}**")
            st.html(drawn([difference(older.text, draft.text)], say) if older else noting.lines(draft.text, say))


def _time(draft: Draft, say: Words) -> str:
    return forms.clock(draft.at, newsroom.now(), newsroom.house().profile.timezone, say)
