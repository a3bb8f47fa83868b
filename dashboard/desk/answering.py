"""The answer to a request: shown with its files, and filed by whoever may."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import forms, newsroom
from dashboard.desk import noting, shown
from dashboard.texts import Words
from diembao.api import requesting
from diembao.api.rights import Act, NotAllowed
from diembao.api.rights import may as allowed
from diembao.core.case import CaseFile
from diembao.core.requests import Filed, Request, RequestState
from diembao.response import files
from diembao.response.asking import ANSWER, FILES, Answer
from diembao.response.requests import Requests


def requests() -> Requests:
    house = newsroom.house()
    return Requests(house.store, house.profile)


def may(each: Request) -> bool:
    return allowed(newsroom.visitor(), Act.ANSWER_REQUEST, requesting.thing(newsroom.house(), each))


def answer(found: CaseFile, each: Request, say: Words) -> None:
    """What came, or why it is no longer waited for."""
    if each.ended_at is None:
        return
    zone = newsroom.house().profile.timezone
    who, time = shown.who(each.ended_by, say), forms.moment(each.ended_at, zone)
    if each.state is RequestState.WITHDRAWN:
        st.caption(forms.plain(say("requests.withdrawn", who=who, time=time, why=each.reason)))
        return
    through = say(f"requests.through.{each.through.value}") if each.through else ""
    st.caption(forms.plain(say("requests.answered", who=who, time=time, through=through)))
    st.html(noting.lines(each.answer, say))
    for filed in found.filed:
        if filed.request == each.number:
            _file(each, filed, say)


def _file(each: Request, filed: Filed, say: Words) -> None:
    """Never shown inside the page: it is somebody's file."""
    st.download_button(
        forms.plain(say("claims.download", name=filed.name)),
        data=newsroom.later(partial(_bytes, each, filed.number)),
        file_name=filed.name,
        mime="application/octet-stream",
        key=f"filed-{each.case}-{each.number}-{filed.number}",
        icon=":material/attach_file:",
        type="tertiary",
    )


def _bytes(each: Request, filed: int) -> bytes:
    """Asked again when it is taken."""
    if not requesting.seen(newsroom.house(), newsroom.visitor(), each):
        raise newsroom.refused(Act.READ_REQUEST)
    found = requests().file(each.case, each.number, filed)
    return found[1] if found else b""


def ask(each: Request, say: Words) -> None:
    """The form with which it is filed."""
    key = f"answer-{each.case}-{each.number}"
    largest = files.LARGEST // 1_000_000
    with st.popover(say("requests.answer")), st.form(f"{key}-form", border=False):
        st.text_area(say("requests.answer_text"), key=f"{key}-text", max_chars=ANSWER, height=140)
        st.file_uploader(
            say("requests.answer_files", n=FILES, m=largest),
            type=list(files.ENDINGS),
            max_upload_size=largest,
            accept_multiple_files=True,
            key=f"{key}-files",
        )
        st.form_submit_button(say("requests.answer"), type="primary", on_click=_answer, args=(each, key))


def _answer(each: Request, key: str) -> None:
    def act() -> str:
        asked, house = st.session_state, newsroom.house()
        try:
            by, through = requesting.answering(house, newsroom.visitor(), each.case, each.number, newsroom.now())
        except NotAllowed as error:
            raise newsroom.refused(Act.ANSWER_REQUEST) from error
        given = Answer(
            asked.get(f"{key}-text") or "", [(x.name, x.getvalue()) for x in asked.get(f"{key}-files") or ()]
        )
        requests().answer(each.case, each.number, given, by, through)
        asked.pop(f"{key}-text", None)
        return newsroom.words()("requests.answer_done")

    noting.tried(act)
