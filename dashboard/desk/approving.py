"""The second person: approval of the statement, its issue, and the documents that left."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import asking, noting, retracting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import Case, CaseFile, CaseState
from diembao.core.statement import RECIPIENTS, Issue
from diembao.plan.answers import Answers, answers
from diembao.response import issuing, titles
from diembao.response.statements import Leaving, Statements, approved

_MEDIA: Final = "application/octet-stream"


def known() -> Answers:
    return answers(newsroom.house().plan_folder, newsroom.house().profile)


def statements() -> Statements:
    return Statements(newsroom.house().store, known())


def form_name(form: str, say: Words) -> str:
    found = known().forms.get(form)
    if found is None:
        return form or say("statement.form_none")
    return found.name if say.language == "vi" else found.name_en


def show(found: CaseFile, say: Words) -> None:
    waits = found.case.state is CaseState.APPROVAL
    if not (waits or found.issues):
        return
    parts.heading(say("approve"))
    if waits and not approved(found):
        _approval(found, say)
    elif waits:
        _approved(found, say)
    for issue in found.issues[::-1]:
        _issued(found.case, issue, say)
        retracting.show(found, issue, say)


def _approval(found: CaseFile, say: Words) -> None:
    version = found.draft.version if found.draft else 0
    st.info(forms.plain(say("approve.waits", n=version)))
    warn(found, say)
    if asking.allowed(Act.APPROVE_ANSWER, found.case):
        st.button(
            say("approve.do", n=version),
            key="approve",
            type="primary",
            on_click=_approve,
            args=(found.case, version),
        )


def warn(found: CaseFile, say: Words) -> None:
    """What is to be looked at again before the answer goes on."""
    for each in titles.warnings(newsroom.house().store, found):
        st.warning(f"{forms.plain(forms.in_language(each, say))}.", icon=":material/warning:")


def _approve(seen: Case, version: int) -> None:
    def act() -> str:
        statements().approve(seen, version, asking.actor(Act.APPROVE_ANSWER, seen.number))
        return newsroom.words()("approve.done", n=version)

    noting.tried(act)


def _approved(found: CaseFile, say: Words) -> None:
    zone, last = newsroom.house().profile.timezone, found.decisions[-1]
    who, time = shown.who(last.by, say), forms.moment(last.at, zone)
    st.success(forms.plain(say("approve.approved", who=who, n=last.version, time=time)))
    if not asking.allowed(Act.ISSUE_ANSWER, found.case):
        return
    key, forms_known = f"issue-{found.case.number}", list(known().forms)
    wanted = found.draft.form if found.draft else forms_known[0]
    with st.form(f"{key}-form", enter_to_submit=False):  # nothing is issued by a key pressed in a field
        st.caption(forms.plain(say("issue.help")))
        st.selectbox(
            say("issue.channel"),
            forms_known,
            index=forms_known.index(wanted) if wanted in forms_known else 0,
            format_func=lambda each: form_name(each, say),
            key=f"{key}-channel",
        )
        st.text_area(say("issue.recipients"), key=f"{key}-to", max_chars=RECIPIENTS, height=70)
        st.number_input(say("issue.registered"), 1, 999_999, value=None, key=f"{key}-number")
        st.form_submit_button(say("issue.do"), type="primary", on_click=_issue, args=(found.case, key))


def _issue(seen: Case, key: str) -> None:
    """The documents are made of what is approved now; if it changes meanwhile, nothing is issued."""

    def act() -> str:
        asked, house = st.session_state, newsroom.house()
        by = asking.actor(Act.ISSUE_ANSWER, seen.number)
        leaving = Leaving(asked[f"{key}-channel"], asked.get(f"{key}-to") or "", asked.get(f"{key}-number"))
        made = issuing.of_case(house.store, house.profile, known(), seen, leaving, now=by.now)
        statements().issue(seen, leaving, made, by)
        return newsroom.words()("issue.done")

    noting.tried(act)


def _issued(case: Case, issue: Issue, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    who, time, name = shown.who(issue.by, say), forms.moment(issue.at, zone), form_name(issue.channel, say)
    told = say("issue.line", n=issue.version, form=name, to=issue.recipients, who=who, time=time)
    st.markdown(forms.plain(told))
    with st.container(horizontal=True, gap="small"):
        for ending in issue.documents:
            st.download_button(
                ending.removeprefix(".").upper(),
                data=newsroom.later(partial(_document, case.number, issue.number, ending)),
                file_name=f"{case.number}-{issue.number}{ending}",
                mime=_MEDIA,
                key=f"issued-{issue.number}{ending}",
                icon=":material/download:",
            )


def _document(number: str, issue: int, ending: str) -> bytes:
    """Asked again when it is taken."""
    asking.actor(Act.READ_CASE, number)
    return statements().document(number, issue, ending) or b""
