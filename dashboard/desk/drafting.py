"""The statement being drafted: form, speaker, Vietnamese and other languages; every saved version below it.

What is typed is kept beside the version it began from, also while the reader looks at another screen. When somebody
saves a version in between, both are there and what differs is shown.
"""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import approving, asking, first_text, noting, shown, versions
from dashboard.difference import difference
from dashboard.revisions import drawn
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import CaseFile, CaseState, Draft
from diembao.core.errors import Outdated
from diembao.core.statement import VIETNAMESE
from diembao.core.text import nfc
from diembao.response.gaps import filled
from diembao.response.statements import LANGUAGES, NAMES, SPEAKER, TEXT, TITLE, Wording

# Pixels of the box of one text.
HEIGHT: Final = 300
_EMPTY: Final = Wording("")


def show(found: CaseFile, say: Words) -> None:
    parts.heading(say("case.draft"))
    if found.case.state is CaseState.DRAFTING and asking.allowed(Act.DRAFT_ANSWER, found.case):
        _editor(found, say)
    else:
        st.caption(forms.plain(say("case.draft_closed")))
        _unwritten(found, say)
    versions.show(found, say)


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
    _fields(key, found, say)
    version = (newest.version if newest else 0) + 1
    st.button(
        say("case.draft_save", n=version),
        key=f"{key}-save",
        on_click=_save,
        args=(key, number, newest.version if newest else 0),
    )


def _fields(key: str, found: CaseFile, say: Words) -> None:
    kept: Wording = st.session_state[f"{key}-kept"]
    known = approving.known()
    _put(key, kept)
    st.selectbox(
        say("statement.form"),
        ["", *known.forms],
        format_func=lambda each: approving.form_name(each, say),
        key=f"{key}-form",
        on_change=_keep,
        args=(key,),
        help=forms.plain(say("statement.source", source=known.source, date=f"{known.checked:%d/%m/%Y}")),
    )
    if kept.form and not kept.text.strip():
        st.button(say("statement.begin"), key=f"{key}-begin", type="tertiary", on_click=_begin, args=(key, found))
    st.multiselect(
        say("statement.languages"),
        LANGUAGES,
        format_func=lambda each: NAMES[each],
        placeholder=say("statement.languages_none"),
        key=f"{key}-languages",
        on_change=_keep,
        args=(key,),
        select_all=False,
    )
    # The Vietnamese answer and the others side by side; on a telephone below one another.
    with st.container(key="statement-texts"):
        for language in (VIETNAMESE, *st.session_state[f"{key}-languages"]):
            with st.container(gap="small"):
                _in_language(key, language, found.case.details.title, say)
    st.caption(forms.plain(say("statement.facts")))


def _in_language(key: str, language: str, case: str, say: Words) -> None:
    """The title of the case is shown as a hint alone: it is often the headline of what is answered."""
    st.text_input(
        say("statement.title", language=NAMES[language]),
        key=f"{key}-title-{language}",
        max_chars=TITLE,
        placeholder=say("statement.title_hint", title=case) if language == VIETNAMESE else None,
        on_change=_keep,
        args=(key,),
    )
    st.text_area(
        say("statement.text", language=NAMES[language]),
        key=_text(key, language),
        height=HEIGHT,
        max_chars=TEXT,
        on_change=_keep,
        args=(key,),
    )
    st.text_input(
        say("statement.speaker", language=NAMES[language]),
        key=f"{key}-speaker-{language}",
        max_chars=SPEAKER,
        placeholder=say("statement.speaker_hint"),
        on_change=_keep,
        args=(key,),
    )


def _text(key: str, language: str) -> str:
    return f"{key}-text" if language == VIETNAMESE else f"{key}-{language}"


def _put(key: str, kept: Wording) -> None:
    """What is kept, into the fields."""
    asked = st.session_state
    asked[f"{key}-form"], asked[f"{key}-languages"] = kept.form, list(kept.languages[1:])
    for language in kept.languages:
        said = kept.said(language)
        asked[f"{key}-title-{language}"], asked[_text(key, language)] = said.title, said.text
        asked[f"{key}-speaker-{language}"] = said.speaker


def _keep(key: str) -> None:
    """What is in the fields, as kept; a title or speaker goes where the form's text waits for it."""
    asked = st.session_state
    chosen = asked.get(f"{key}-languages") or ()

    def typed(name: str) -> str:
        return asked.get(name) or ""

    typed_in = Wording(
        typed(_text(key, VIETNAMESE)),
        typed(f"{key}-form"),
        typed(f"{key}-speaker-{VIETNAMESE}"),
        {language: typed(_text(key, language)) for language in chosen},
        typed(f"{key}-title-{VIETNAMESE}"),
        {language: typed(f"{key}-title-{language}") for language in chosen},
        {language: typed(f"{key}-speaker-{language}") for language in chosen},
    )
    asked[f"{key}-kept"] = filled(typed_in)


def _begin(key: str, found: CaseFile) -> None:
    """The form's own text, in each language that has no words yet."""
    kept: Wording = st.session_state[f"{key}-kept"]
    text = first_text.written(found, kept, VIETNAMESE)
    others = {each: words.strip() or first_text.written(found, kept, each) for each, words in kept.others.items()}
    st.session_state[f"{key}-kept"] = replace(kept, text=text, others=others)


def _unwritten(found: CaseFile, say: Words) -> None:
    """What the reader typed while somebody closed the case or took it back: to copy, until it can be saved again."""
    key = f"draft-{found.case.number}"
    if not _typed(key, found):
        return
    kept: Wording = st.session_state[f"{key}-kept"]
    st.warning(forms.plain(say("case.draft_unwritten")))
    for language in kept.languages:
        said = kept.said(language)
        st.code("\n\n".join(filter(None, (said.title, said.text, said.speaker))), language=None, wrap_lines=True)
    st.button(say("case.draft_forget"), key=f"{key}-forget", type="tertiary", on_click=_take, args=(key, found.draft))


def _follow(key: str, found: CaseFile) -> None:
    """Where nothing was typed since the last version that was seen, the newest one is what is written in; a language
    that was chosen and has no words yet stays chosen.
    """
    if not _typed(key, found):
        chosen = st.session_state.get(f"{key}-kept", _EMPTY).languages[1:]
        _take(key, found.draft)
        kept: Wording = st.session_state[f"{key}-kept"]
        st.session_state[f"{key}-kept"] = replace(kept, others={**dict.fromkeys(chosen, ""), **kept.others})


def _typed(key: str, found: CaseFile) -> bool:
    by_version = {draft.version: _wording(draft) for draft in found.drafts}
    base = st.session_state.get(f"{key}-base")
    kept: Wording = st.session_state.get(f"{key}-kept", _EMPTY)
    return base is not None and _plain(kept) != _plain(by_version.get(base, _EMPTY))


def _wording(draft: Draft | None) -> Wording:
    return draft.wording if draft else _EMPTY


def _plain(wording: Wording) -> Wording:
    """As it would be saved."""
    return replace(
        wording,
        text=nfc(wording.text).strip(),
        others={language: nfc(text).strip() for language, text in wording.others.items() if text.strip()},
        title=_line(wording.title),
        titles={language: _line(text) for language, text in wording.titles.items() if text.strip()},
        speaker=_line(wording.speaker),
        speakers={language: _line(text) for language, text in wording.speakers.items() if text.strip()},
    )


def _line(text: str) -> str:
    return " ".join(nfc(text).split())


def _take(key: str, draft: Draft | None) -> None:
    st.session_state[f"{key}-base"] = draft.version if draft else 0
    st.session_state[f"{key}-kept"] = _wording(draft)


def _both(key: str, newest: Draft, say: Words) -> None:
    """Somebody saved while this was being written: every text that differs, side by side."""
    who, time = shown.who(newest.by, say), _time(newest, say)
    kept: Wording = st.session_state[f"{key}-kept"]
    st.warning(forms.plain(say("case.draft_newer", who=who, n=newest.version, time=time)))
    with st.expander(say("case.draft_theirs", n=newest.version), expanded=True):
        st.caption(forms.plain(say("revisions.legend")))
        theirs = _wording(newest)
        if theirs.form != kept.form:
            old, new = (approving.form_name(each.form, say) for each in (theirs, kept))
            st.html(drawn([difference(old, new)], say))
        for language in dict.fromkeys((*theirs.languages, *kept.languages)):
            pairs = zip(astuple(theirs.said(language)), astuple(kept.said(language)), strict=True)
            if differs := [difference(old, new) for old, new in pairs if old != new]:
                st.caption(NAMES[language])
                st.html(drawn(differs, say))
    st.button(say("case.draft_take", n=newest.version), key=f"{key}-take", on_click=_take, args=(key, newest))


def _save(key: str, number: str, seen: int) -> None:
    """``seen`` is the newest version that was on the screen: who was shown both may save, who was not is told."""
    _keep(key)
    wording: Wording = st.session_state[f"{key}-kept"]

    def act() -> str:
        say = newsroom.words()
        by = asking.actor(Act.DRAFT_ANSWER, number)
        try:
            version = approving.statements().save(number, wording, by, based_on=seen)
        except Outdated:
            return ""  # the next drawing shows both
        st.session_state[f"{key}-base"] = version
        return say("case.draft_saved", n=version)

    noting.tried(act)


def _time(draft: Draft, say: Words) -> str:
    return forms.clock(draft.at, newsroom.now(), newsroom.house().profile.timezone, say)
