"""What leaves of a case: its packet, made while it is sent, and the page for a leader."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import evidence, forms, newsroom, parts
from dashboard.desk import asking
from dashboard.register import acting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.case import CaseFile
from diembao.core.questions import QuestionQuery
from diembao.core.statement import ExhibitKind
from diembao.paper import pdf
from diembao.reports import brief

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PACKET = "/api/v1/cases/{number}/packet"


def show(found: CaseFile, say: Words) -> None:
    """In a container of its own: printed only where there is more to it than buttons."""
    with st.container(key="papers"):
        _shown(found, say)


def _shown(found: CaseFile, say: Words) -> None:
    parts.heading(say("papers"))
    _questions(found, say)
    kinds = ((".docx", _DOCX), (".pdf", "application/pdf")) if pdf.is_there() else ((".docx", _DOCX),)
    with st.container(horizontal=True, gap="small"):
        for ending, media in kinds:
            st.download_button(
                say("papers.brief", kind=ending.removeprefix(".").upper()),
                data=newsroom.later(partial(_brief, found.case.number, ending)),
                file_name=f"{brief.stem(found, newsroom.now(), newsroom.house().profile.timezone)}{ending}",
                mime=media,
                icon=":material/description:",
                help=say("papers.brief_help"),
                key=f"papers-brief{ending}",
            )
    if len(kinds) == 1:
        st.caption(forms.plain(say("papers.no_pdf")))
    if not asking.allowed(Act.EXPORT_EVIDENCE, found.case):
        return
    # The browser shows how far it is; the file is made while it is sent, so nothing waits in this process's memory.
    # Of the province that is shown: without it the API takes the first.
    address = f"{_PACKET.format(number=found.case.number)}?province={newsroom.house().profile.id}"
    with st.container(horizontal=True, gap="small"):
        st.link_button(say("papers.packet"), address, icon=":material/folder_zip:", help=say("papers.packet_help"))
        to = f"{address}&outside=true"
        st.link_button(say("papers.outside"), to, icon=":material/outbox:", help=say("papers.outside_help"))
    files = sum(each.kind is ExhibitKind.FILE for each in found.exhibits) + len(found.filed)
    told = say("papers.holds", n=forms.number(len(found.coverage), say), m=forms.number(files, say))
    st.caption(forms.plain(told))
    evidence.key(say)


def _brief(number: str, ending: str) -> bytes:
    """Asked again when it is taken."""
    asking.actor(Act.READ_CASE, number)
    house = newsroom.house()
    found = house.store.case_file(number)
    if found is None:
        return b""
    made = brief.make(house, found, newsroom.now(), with_pdf=ending == ".pdf")
    return made.pdf or b"" if ending == ".pdf" else made.docx


def _questions(found: CaseFile, say: Words) -> None:
    """Of the press, that this case is about."""
    _, asked = newsroom.house().store.questions(QuestionQuery(case=found.case.number))
    for question in asked:
        if acting.on_question(Act.READ_QUESTION, question):
            shown.link(question.number, say("papers.question", number=question.number))
