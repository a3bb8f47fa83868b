"""What stands on several parts of *Báo cáo*: states, notes, files to take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, people
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.errors import DiembaoError, Outdated, Refused
from diembao.core.reports import Report, ReportState
from diembao.paper import pdf
from diembao.paper.docx import MEDIA
from diembao.reports import keeping, sidecar
from diembao.reports.keeping import Kept

_NOTE: Final = "report-note"
_COLOURS: Final = {ReportState.DRAFT: "blue", ReportState.SIGNED: "green"}


def badges(report: Report, say: Words) -> str:
    state = say("reports.draft") if report.state is ReportState.DRAFT else say("reports.signed")
    version = f":gray-badge[{forms.plain(say('reports.version', n=report.version))}]" if report.version > 1 else ""
    return f":{_COLOURS[report.state]}-badge[{forms.plain(state)}] {version}".strip()


def made(each: Report, say: Words) -> str:
    """By whom and when; signed by whom and when; its number."""
    zone, now = newsroom.house().profile.timezone, newsroom.now()
    said = [
        say("reports.about", who=_who(each.made_by, say), time=forms.clock(each.made_at, now, zone, say)),
        say("reports.signed_by", who=_who(each.signed_by, say), time=forms.clock(each.signed_at, now, zone, say))
        if each.signed_at
        else "",
        say("reports.registered", n=each.registered) if each.registered else "",
    ]
    return " · ".join(filter(None, said))


def _who(actor: str, say: Words) -> str:
    return people.shown(actor, people.name_of(actor), say)


def tried(act: Callable[[], str]) -> bool:
    """Do it; what it returns is said on the next drawing, or why it could not be."""
    say = newsroom.words()
    try:
        told, done = act(), True
    except Outdated:
        told, done = say("reports.outdated"), False
    except Refused:
        told, done = say("error.rights_lost"), False
    except DiembaoError as error:
        told, done = forms.in_language(str(error), say), False
    st.session_state[_NOTE] = done, told
    return done


def note(say: Words) -> None:
    done, told = st.session_state.pop(_NOTE, (True, ""))
    with st.container():
        if told:
            (st.success if done else st.warning)(forms.plain(forms.in_language(told, say)))


def downloads(kept: Kept, say: Words) -> None:
    name = keeping.stem(kept.report)
    number = kept.report.number
    for kind, ending, media, make in (
        ("DOCX", ".docx", MEDIA, _docx),
        *([("PDF", ".pdf", "application/pdf", _pdf)] if pdf.is_there() else []),
        ("JSON", sidecar.ENDING, "application/json", _figures),
    ):
        st.download_button(
            say("reports.download", kind=kind),
            data=newsroom.later(lambda make=make: make(number)),  # type: ignore[misc]  # each its own
            file_name=f"{name}{ending}",
            mime=media,
            key=f"report-{kind}",
            icon=":material/download:",
        )
    if not pdf.is_there():
        st.caption(forms.plain(say("reports.no_pdf")))


def _read(number: int) -> Kept:
    """As it stands when it is taken, by whom may read it then."""
    newsroom.acting(Act.READ_REPORT)
    kept = keeping.read(newsroom.house(), number)
    if kept is None:
        raise newsroom.refused(Act.READ_REPORT)
    return kept


def _docx(number: int) -> bytes:
    house = newsroom.house()
    return keeping.document(house, _read(number), public_url=house.settings.web.public_url)


def _pdf(number: int) -> bytes:
    return pdf.convert(_docx(number))


def _figures(number: int) -> bytes:
    kept = _read(number)
    return sidecar.file(kept.figures, f"{keeping.stem(kept.report)}.docx", _docx(number))
