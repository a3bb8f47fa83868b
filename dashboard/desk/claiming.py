"""Claims of the press in a case: quoted, with evidence, marked by a named officer."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting, quoting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import CaseFile
from diembao.core.errors import WrongUse
from diembao.core.statement import Claim, Exhibit, ExhibitKind, Verdict
from diembao.response import files
from diembao.response.claims import NAME, WHY

# Characters of a title under a claim.
TITLE: Final = 90
_COLOURS: Final = {None: "gray", Verdict.ACCURATE: "green", Verdict.INACCURATE: "orange"}


def show(found: CaseFile, say: Words) -> None:
    parts.heading(say("claims"))
    works = asking.allowed(Act.WORK_CASE, found.case) and not found.case.state.ended
    if not found.claims:
        st.caption(forms.plain(say("claims.none")))
    for claim in found.claims:
        _claim(found, claim, say, works=works)
    if works and found.coverage:
        quoting.show(found, say)


def verdict_name(verdict: Verdict | None, say: Words) -> str:
    return say(f"claims.verdict.{verdict.value}") if verdict else say("claims.open")


def _claim(found: CaseFile, claim: Claim, say: Words, *, works: bool) -> None:
    zone = newsroom.house().profile.timezone
    badge = shown.badge(_COLOURS.get(claim.verdict, "blue"), verdict_name(claim.verdict, say))
    with st.container(border=True, key=f"claim-{claim.number}"):
        st.markdown(f"**[#{claim.number}]** {badge}  \n“{forms.plain(claim.quote)}”")
        who, time = shown.who(claim.by, say), forms.moment(claim.at, zone)
        _source(claim, say)
        told = "claims.from" if claim.first == claim.revision else "claims.from_first"
        st.caption(forms.plain(say(told, revision=claim.revision, first=claim.first, who=who, time=time)))
        if claim.marked_at is not None:
            told = say(
                "claims.marked",
                who=shown.who(claim.marked_by, say),
                time=forms.moment(claim.marked_at, zone),
                why=claim.why,
            )
            st.markdown(forms.plain(told))
        for exhibit in found.exhibits:
            if exhibit.claim == claim.number:
                _exhibit(found, exhibit, say)
        if works:
            with st.container(horizontal=True, gap="small"):
                _attaching(found.case.number, claim, say)
                if asking.allowed(Act.MARK_CLAIM, found.case):
                    _marking(found.case.number, claim, say)


def _source(claim: Claim, say: Words) -> None:
    """The article, on whose screen its packet of evidence is."""
    item = newsroom.house().store.article(claim.article_id)
    if item is not None:
        outlet = newsroom.house().outlet_name(item.article.outlet)
        title = forms.shortened(item.article.title, TITLE)
        parts.open_link(item, forms.plain(say("claims.source", outlet=outlet, title=title)))


def _exhibit(found: CaseFile, exhibit: Exhibit, say: Words) -> None:
    if exhibit.kind is ExhibitKind.FILE:
        # Never shown inside the page: it is somebody's file.
        st.download_button(
            forms.plain(say("claims.download", name=exhibit.name)),
            data=newsroom.later(lambda: _bytes(found.case.number, exhibit.number)),
            file_name=exhibit.name,
            mime="application/octet-stream",
            key=f"exhibit-{exhibit.number}",
            icon=":material/attach_file:",
            type="tertiary",
        )
    elif exhibit.kind is ExhibitKind.LINK:
        # As it is, to copy: never a link to follow from here.
        st.caption(forms.plain(exhibit.name))
        st.code(exhibit.value, language=None, wrap_lines=True)
    else:
        st.markdown(forms.plain(f"{exhibit.value}: {exhibit.name}"))


def _bytes(number: str, exhibit: int) -> bytes:
    """Asked again when it is taken."""
    asking.actor(Act.READ_CASE, number)
    found = quoting.claims().exhibit_file(number, exhibit)
    return found[1] if found else b""


def _attaching(number: str, claim: Claim, say: Words) -> None:
    key = f"attach-{number}-{claim.number}"
    with st.popover(say("claims.attach")), st.form(f"{key}-form", border=False, clear_on_submit=False):
        st.text_input(say("claims.attach.document"), key=f"{key}-document", max_chars=100)
        st.text_input(say("claims.attach.link"), key=f"{key}-link", max_chars=2000)
        st.text_input(say("claims.attach.name"), key=f"{key}-name", max_chars=NAME)
        largest = files.LARGEST // 1_000_000
        st.file_uploader(
            say("claims.attach.file", n=largest), type=list(files.ENDINGS), max_upload_size=largest, key=f"{key}-file"
        )
        st.form_submit_button(say("claims.attach.do"), on_click=_attach, args=(number, claim.number, key))


def _attach(number: str, claim: int, key: str) -> None:
    def act() -> str:
        asked, say = st.session_state, newsroom.words()
        by = asking.actor(Act.WORK_CASE, number)
        name, file = asked.get(f"{key}-name") or "", asked.get(f"{key}-file")
        document, link = ((asked.get(f"{key}-{field}") or "").strip() for field in ("document", "link"))
        if not (document or link or file is not None):
            raise WrongUse(say("claims.attach.nothing"))
        if file is not None:  # first: it is what is refused most often, and then nothing is attached
            quoting.claims().attach_file(number, claim, file.name, file.getvalue(), by)
        if link:
            quoting.claims().attach_link(number, claim, link, name, by)
            asked[f"{key}-link"] = ""
        if document:
            quoting.claims().attach_document(number, claim, document, name, by)
        asked[f"{key}-document"] = asked[f"{key}-name"] = ""
        return say("claims.attached", n=claim)

    noting.tried(act)


def _marking(number: str, claim: Claim, say: Words) -> None:
    key = f"mark-{number}-{claim.number}"
    with st.popover(say("claims.verdict")), st.form(f"{key}-form", border=False):
        st.caption(forms.plain(say("claims.mark_help")))
        st.radio(
            say("claims.verdict"),
            list(Verdict),
            index=list(Verdict).index(claim.verdict) if claim.verdict else None,
            format_func=lambda each: verdict_name(each, say),
            key=f"{key}-verdict",
        )
        st.text_area(say("claims.why"), key=f"{key}-why", max_chars=WHY)
        st.form_submit_button(say("claims.mark"), on_click=_mark, args=(number, claim.number, key))


def _mark(number: str, claim: int, key: str) -> None:
    def act() -> str:
        asked, say = st.session_state, newsroom.words()
        chosen = asked.get(f"{key}-verdict")
        if chosen is None:
            raise WrongUse(f"{say('claims.verdict')}: {say('claims.open')}")
        by = asking.actor(Act.MARK_CLAIM, number)
        quoting.claims().mark(number, claim, Verdict(chosen), asked.get(f"{key}-why") or "", by)
        return say("claims.marked_done", n=claim)

    noting.tried(act)
