"""The text of a report: what the machine says, what people wrote in it, and signing it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard import forms, newsroom, parts, people
from dashboard.reports import charting, shown
from dashboard.texts import Words
from diembao.api.rights import Act
from diembao.core.reports import TEXT, ReportState, Written
from diembao.paper.letter import Block, Chart, Heading, Paragraph, Table
from diembao.paper.letter import Words as Said
from diembao.reports import keeping
from diembao.reports.keeping import Kept
from diembao.reports.parts import APPENDIX, Section, home, moved, roomy

# Blocks of a section, rows of a table that are shown; the document has all.
BLOCKS, ROWS = 60, 40


def sections(kept: Kept, say: Words) -> None:
    may = kept.report.state is ReportState.DRAFT and newsroom.opens(Act.MAKE_REPORT)
    for section in roomy(kept.sections):
        if section.name != APPENDIX:
            _section(kept, section, say, may=may)


def _section(kept: Kept, section: Section, say: Words, *, may: bool) -> None:
    own = [each for each in kept.written if home(each.section, kept.sections) == section.name]
    if not (own or section.blocks or may):
        return
    with st.expander(section.heading, expanded=bool(own) or section.name in {"overview", "silence"}):
        for each in own:
            _paragraph(kept, each, say, may=may)
        if may:
            _form(kept, Written(section.name, ""), say("reports.write"), say)
        for block in section.blocks[:BLOCKS]:
            _block(block, _address(kept, say))


# -- what people wrote


def _paragraph(kept: Kept, each: Written, say: Words, *, may: bool) -> None:
    house = newsroom.house()
    with st.container(border=True, key=f"written-{each.paragraph}", gap="small"):
        if heading := moved(each.section, kept.sections):
            st.caption(forms.plain(say("reports.moved", heading=heading)))
        for line in each.text.split("\n"):
            st.markdown(forms.plain(line))
        st.caption(forms.plain(_by(each, say)))
        if may:
            _form(kept, each, say("reports.edit", n=each.paragraph), say)
    if each.version > 1:
        with st.expander(say("reports.history")):
            for old in house.store.written(kept.report.number, history=True):
                if old.paragraph == each.paragraph and old.version < each.version:
                    st.caption(forms.plain(f"{_by(old, say)}: {old.text or say('reports.took_out')}"))


def _by(each: Written, say: Words) -> str:
    zone, now = newsroom.house().profile.timezone, newsroom.now()
    time = forms.clock(each.at, now, zone, say) if each.at else ""
    return say("reports.by", who=people.shown(each.by, people.name_of(each.by), say), time=time)


def _form(kept: Kept, told: Written, label: str, say: Words) -> None:
    """``told`` is what was read: its version is asked for again when it is saved."""
    # A newer version gets a box of its own: what stands in it was read, never what stood there before.
    key = f"write-{kept.report.number}-{told.section}-{told.paragraph}-{told.version}"
    if typed := st.session_state.get(_typed(kept.report.number, told)):
        st.caption(forms.plain(say("reports.typed")))
        st.code(typed, language=None, wrap_lines=True)
    with st.popover(label, icon=":material/edit:"), st.form(f"{key}-form", border=False):
        st.text_area(say("reports.text"), value=told.text, key=f"{key}-text", max_chars=TEXT, height=160)
        st.form_submit_button(say("reports.save"), on_click=_save, args=(kept.report.number, told, key))
        if told.paragraph:
            st.form_submit_button(say("reports.drop"), on_click=_drop, args=(kept.report.number, told))


def _save(number: int, told: Written, key: str) -> None:
    """What could not be saved stays, beside the box of the version that was faster."""
    typed = st.session_state.get(f"{key}-text") or ""
    if not _write(number, Written(told.section, typed, told.paragraph, told.version)):
        st.session_state[_typed(number, told)] = typed
        return
    st.session_state.pop(_typed(number, told), None)
    if not told.paragraph:
        st.session_state[f"{key}-text"] = ""


def _drop(number: int, told: Written) -> None:
    _write(number, Written(told.section, "", told.paragraph, told.version))


def _typed(number: int, told: Written) -> str:
    return f"typed-{number}-{told.section}-{told.paragraph}"


def _write(number: int, told: Written) -> bool:
    def act() -> str:
        hand = newsroom.acting(Act.MAKE_REPORT)
        newsroom.house().store.write_paragraph(number, told, hand, newsroom.now())
        return newsroom.words()("reports.saved")

    return shown.tried(act)


# -- what the machine says


def _address(kept: Kept, say: Words) -> str:
    """Of this report, up to the number of a figure."""
    return f"?{urlencode({'so': kept.report.number, **parts.language_in_address(say)})}&s="


def _block(block: Block, address: str) -> None:
    match block:
        case Heading():
            st.markdown(f"**{forms.plain(block.text)}**")
        case Paragraph():
            st.markdown(_said(block.words, address))
        case Table():
            st.caption(forms.plain(block.caption))
            st.markdown(_table(block, address))
        case Chart():
            _chart(block, address)


def _said(said: Said, address: str) -> str:
    return "".join(_span(each.text, each.link, address, bold=each.bold) for each in said)


def _span(text: str, link: str, address: str, *, bold: bool) -> str:
    """The mark of a figure (#S12) opens it."""
    shown_ = forms.plain(text)
    lead, tail = " " * text[:1].isspace(), " " * (text[-1:].isspace() and len(text) > 1)
    if link.startswith("#S"):
        return f"{lead}[{shown_}]({address}{link[2:]}){tail}"
    return f"{lead}**{shown_}**{tail}" if bold and shown_ else f"{lead}{shown_}{tail}"


def _chart(block: Chart, address: str) -> None:
    """With its numbers as a table, for who cannot see it or wants them."""
    say = newsroom.words()
    st.altair_chart(charting.drawn(block, say), alt="".join(each.text for each in block.caption), width="stretch")
    st.caption(_said(block.caption, address))
    names = [forms.plain(each.name) for each in block.series]
    lines = [["", *names], [":---", *("---:" for _ in names)]]
    for at, category in enumerate(block.categories):
        lines.append([forms.plain(category), *(forms.number(each.values[at], say) for each in block.series)])
    with st.expander(say("reports.chart_table")):
        st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


def _table(block: Table, address: str) -> str:
    cells = [[_said(cell, address).replace("|", "\\|") for cell in row] for row in block.rows[:ROWS]]
    rule = ["---:" if letter == "r" else ":---" for letter in block.align]
    lines = [[forms.plain(each) for each in block.head], rule, *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# -- signing


def signing(kept: Kept, say: Words) -> None:
    if kept.report.state is not ReportState.DRAFT or not newsroom.opens(Act.SIGN_REPORT):
        return
    with st.container(border=True, key="report-signing"):
        st.markdown(f"**{forms.plain(say('reports.sign'))}**")
        st.caption(forms.plain(say("reports.sign_help")))
        with st.form("report-sign", border=False):
            st.number_input(say("reports.number"), min_value=1, max_value=99_999, value=None, key="report-registered")
            st.checkbox(say("reports.read_it"), key="report-read")
            st.form_submit_button(say("reports.sign_now"), on_click=_sign, args=(kept,), icon=":material/draw:")


def _sign(kept: Kept) -> None:
    def act() -> str:
        say = newsroom.words()
        hand = newsroom.acting(Act.SIGN_REPORT)
        house = newsroom.house()
        keeping.sign(
            house,
            kept,
            hand,
            newsroom.now(),
            number=st.session_state.get("report-registered"),
            public_url=house.settings.web.public_url,
        )
        return say("reports.done")

    if not st.session_state.get("report-read"):
        shown.tried(lambda: newsroom.words()("reports.not_read"))
        return
    shown.tried(act)
