"""The versions of a statement: the newest to be read, all of its languages side by side, and what two of them differ
in, whichever two.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.desk import approving, noting, shown
from dashboard.difference import difference
from dashboard.revisions import drawn
from dashboard.texts import Words
from diembao.core.case import CaseFile, CaseState, Draft
from diembao.core.statement import Decision
from diembao.response.statements import NAMES

# No version: what the first one is compared with.
NOTHING: Final = 0


def show(found: CaseFile, say: Words) -> None:
    if not found.drafts:
        st.caption(forms.plain(say("case.draft_none")))
        return
    awaited = found.case.state is CaseState.APPROVAL
    with st.expander(say("case.versions", n=len(found.drafts)), expanded=awaited):
        by_number = {draft.version: draft for draft in found.drafts}
        old, new = _chosen(found, say)
        _told(found, by_number[new], say)
        before, after = by_number.get(old), by_number[new]
        with st.container(key="version-texts"):
            for language in dict.fromkeys((*after.wording.languages, *(before.wording.languages if before else ()))):
                _said(before, after, language, say)


def _chosen(found: CaseFile, say: Words) -> tuple[int, int]:
    """Which version is read, and which one it is compared with."""
    key, numbers = f"version-{found.case.number}", [draft.version for draft in found.drafts][::-1]
    newest = numbers[0]
    held = all(f"{key}-{which}" in st.session_state for which in ("new", "old"))  # let go of with the screen
    if not held or st.session_state.get(f"{key}-of") != newest:  # another version since: that one is to be read
        st.session_state[f"{key}-of"] = st.session_state[f"{key}-new"] = newest
        st.session_state[f"{key}-old"] = NOTHING
    with st.container(horizontal=True, gap="small"):
        st.selectbox(
            say("version.read"), numbers, format_func=lambda n: _named(found, n, say), key=f"{key}-new", width=300
        )
        new: int = st.session_state[f"{key}-new"]
        older = [NOTHING, *(n for n in numbers if n != new)]
        if st.session_state[f"{key}-old"] not in older:
            st.session_state[f"{key}-old"] = NOTHING
        st.selectbox(
            say("version.beside"),
            older,
            format_func=lambda n: _named(found, n, say) if n else say("version.nothing"),
            key=f"{key}-old",
            width=300,
        )
    return st.session_state[f"{key}-old"], new


def _named(found: CaseFile, number: int, say: Words) -> str:
    draft = next(each for each in found.drafts if each.version == number)
    return say("case.version", n=number, who=shown.who(draft.by, say), time=_time(draft, say))


def _told(found: CaseFile, draft: Draft, say: Words) -> None:
    """Its form, and what became of it."""
    facts = [approving.form_name(draft.form, say)]
    facts += [_decided(each, say) for each in found.decisions if each.version == draft.version]
    st.caption(forms.plain(" · ".join(each for each in facts if each)))


def _decided(each: Decision, say: Words) -> str:
    who = shown.who(each.by, say)
    return say("version.approved", who=who) if each.approved else say("version.back", who=who, reason=each.reason)


def _said(before: Draft | None, after: Draft, language: str, say: Words) -> None:
    """Its title, text and speaker; beside another version, what of them differs."""
    with st.container(gap=None):
        st.caption(NAMES[language])
        new = after.wording.said(language)
        if before is not None:
            old = before.wording.said(language)
            pairs = ((old.title, new.title), (old.text, new.text), (old.speaker, new.speaker))
            st.html(drawn([difference(*pair) for pair in pairs], say))
            return
        st.markdown(f"**{forms.plain(new.title or say('version.no_title'))}**")
        st.html(noting.lines(new.text, say))
        speaker = new.speaker or say("version.no_speaker")
        st.caption(forms.plain(say("version.speaker", who=speaker)))


def _time(draft: Draft, say: Words) -> str:
    return forms.clock(draft.at, newsroom.now(), newsroom.house().profile.timezone, say)
