"""Vụ việc: one case, its clock, its next step, articles, notes, the drafted answer and its log."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.desk import approving, asking, claiming, details, drafting, moving, noting, reading, shown
from dashboard.texts import Words
from diembao.api.rights import Act as Rights
from diembao.core.case import Act, Case, CaseFile, CaseLine, CaseState, Covered
from diembao.core.desk import Outcome
from diembao.core.statement import Verdict
from diembao.plan.workdays import work_days
from diembao.response.cases import NOTE

NUMBER: Final = re.compile(r"VV-(?:[A-Z]{1,4}-)?\d{4}-\d{4,9}", re.ASCII)
# Lines of the log, notes and characters of a note that are drawn.
LOG_SHOWN, NOTES_SHOWN = 200, 100
# Fields of a change, in the words of the screen.
_FIELDS: Final = {
    "title": "case.title",
    "unit": "case.unit",
    "helping": "case.helping",
    "task": "case.task",
    "priority": "case.priority",
    "themes": "theme",
}
# Acts of which the log tells a number: of the version, of the claim.
_NUMBERED: Final = {
    Act.DRAFTED: "version",
    Act.APPROVED: "version",
    Act.ISSUED: "version",
    Act.CLAIMED: "claim",
    Act.ATTACHED: "claim",
    Act.MARKED: "claim",
}


def show() -> None:
    say = newsroom.words()
    asked = st.query_params.get("id", "")
    found = reading.whole(newsroom.house(), asked) if NUMBER.fullmatch(asked) else None
    if found is not None and asking.allowed(Rights.READ_CASE, found.case):
        _whole(found, newsroom.now(), say)
        return
    parts.title(say("case"))
    if asked:
        st.warning(forms.plain(say("cases.unknown", number=forms.shortened(asked, 40))))
    else:
        st.info(say("case.no_number"))
    st.page_link(parts.screen("cases"), label=say("cases.back"), icon=":material/arrow_back:")


def _whole(found: CaseFile, now: datetime, say: Words) -> None:
    st.page_link(parts.screen("cases"), label=say("cases.back"), icon=":material/arrow_back:")
    _head(found.case, now, say)
    noting.show()
    works = asking.allowed(Rights.WORK_CASE, found.case)
    left, right = st.columns([5, 3], gap="large")
    with left:
        if works:
            moving.show(found.case, say)
        claiming.show(found, say)
        drafting.show(found, say)
        approving.show(found, say)
        _notes(found, say, works=works)
        _coverage(found, now, say, works=works)
    with right:
        _clock(found.case, now, say)
        _about(found.case, say)
        if not found.case.state.ended and asking.allowed(Rights.ASSIGN_CASE, found.case):
            details.edit(found.case, say)
        _log(found, say)


def _head(case: Case, now: datetime, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    parts.title(case.details.title)
    st.markdown(shown.chips(case, now, say))
    told = [
        case.number,
        shown.unit_name(case.details.unit),
        shown.due(case, now, say),
        say("case.opened", time=forms.moment(case.opened_at, zone), who=shown.who(case.opened_by, say)),
        say("case.holder", who=shown.who(case.holder, say)) if case.holder else "",
    ]
    st.markdown(f":gray[{forms.plain(' · '.join(part for part in told if part))}]")
    if case.state.ended:
        state = shown.state_name(case.state, say).capitalize()
        outcome = f" {shown.outcome_name(case.outcome, say).capitalize()}." if case.outcome else ""
        st.info(forms.plain(f"{state}.{outcome} {say('case.ended', reason=case.reason)}"))


def _clock(case: Case, now: datetime, say: Words) -> None:
    """When it is due, and on what grounds; what is not known is said."""
    profile = newsroom.house().profile
    if case.due_at is None or profile.deadlines is None:
        st.caption(forms.plain(say("case.no_due")))
        return
    if case.state.answered:
        st.caption(forms.plain(shown.due_in_full(case.due_at, say)))
        return
    parts.heading(shown.due_in_full(case.due_at, say))
    left = shown.clock(case, now, say)
    if left:
        st.markdown(shown.badge("orange" if case.late(now) else "gray", left))
    checked = "/".join(reversed(profile.deadlines.checked.split("-")))
    told = [say("case.due_source", source=profile.deadlines.source, date=checked)]
    if profile.deadlines.working_days[case.details.priority.value]:
        told.append(say("case.due_hours"))
        year = forms.local(case.due_at, profile.timezone).year
        if year not in work_days().years:
            told.append(say("case.due_year", year=year))
    st.caption(forms.plain(" ".join(told)))


def _about(case: Case, say: Words) -> None:
    profile, about = newsroom.house().profile, case.details
    unit = profile.units.get(about.unit)
    helping = ", ".join(map(shown.unit_name, about.helping)) or say("case.helping_none")
    for name, value, note in (
        ("case.unit", shown.unit_name(about.unit), unit.note if unit else ""),
        ("case.helping", helping, ""),
        ("case.task", shown.task_name(about.task, say), ""),
    ):
        st.markdown(
            f":gray[{forms.plain(say(name))}]  \n{forms.plain(value)}", help=forms.plain(note) if note else None
        )


# -- notes ----------------------------------------------------------------------------------------


def _notes(found: CaseFile, say: Words, *, works: bool) -> None:
    parts.heading(say("case.notes"))
    zone = newsroom.house().profile.timezone
    if not found.notes:
        st.caption(forms.plain(say("case.notes_none")))
    for note in found.notes[::-1][:NOTES_SHOWN]:
        st.caption(forms.plain(f"{shown.who(note.by, say)} · {forms.moment(note.at, zone)}"))
        st.html(noting.lines(note.text, say))
    if not works:
        return
    key = f"note-{found.case.number}"
    with st.form(f"{key}-form", border=False):
        st.text_area(say("case.note"), key=key, max_chars=NOTE, placeholder=say("case.note_help"), height=90)
        st.form_submit_button(say("case.save"), on_click=_note, args=(found.case.number, key))


def _note(number: str, key: str) -> None:
    def act() -> str:
        shown.desk().note(number, st.session_state.get(key) or "", asking.actor(Rights.WORK_CASE, number))
        st.session_state[key] = ""
        return newsroom.words()("case.noted")

    noting.tried(act)


# -- articles -------------------------------------------------------------------------------------


def _coverage(found: CaseFile, now: datetime, say: Words, *, works: bool) -> None:
    parts.heading(say("case.coverage", n=forms.number(len(found.coverage), say)))
    if not found.coverage:
        st.caption(forms.plain(say("case.coverage_none")))
    for covered, row in reading.coverage(newsroom.house(), found.coverage):
        with st.container(key=f"row-covered-{covered.article_id}", horizontal=True, vertical_alignment="center"):
            with st.container(gap=None):
                parts.open_link(row.item, forms.plain(row.item.article.title) or row.item.article.id)
                st.markdown(
                    f"{parts.chips(row.item, newsroom.house().profile.id, say)}  \n"
                    f":gray[{forms.plain(f'{parts.origin(row, now, say)} · {_joined(covered, now, say)}')}]"
                )
            if works and not found.case.state.ended:
                key = f"remove-{covered.article_id}"
                st.button(say("case.remove"), key=key, on_click=_remove, args=(found.case.number, covered.article_id))
    if len(found.coverage) > reading.SHOWN:
        st.caption(forms.plain(say("case.coverage_more", n=reading.SHOWN)))


def _joined(covered: Covered, now: datetime, say: Words) -> str:
    time = forms.clock(covered.at, now, newsroom.house().profile.timezone, say)
    if covered.by.startswith("person:"):
        return say("case.coverage_added", who=shown.who(covered.by, say), time=time)
    return say("case.coverage_joined", time=time)


def _remove(number: str, article_id: str) -> None:
    def act() -> str:
        shown.desk().remove(number, article_id, asking.actor(Rights.WORK_CASE, number))
        return newsroom.words()("case.removed")

    noting.tried(act)


# -- the log --------------------------------------------------------------------------------------


def _log(found: CaseFile, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    parts.heading(say("case.log"))
    for line in found.log[::-1][:LOG_SHOWN]:
        who = shown.who(line.by, say)
        who = say("case.by_console", who=who) if line.facts.get("where") else who
        told = f"{forms.moment(line.at, zone)} · {who}: {_told(line, say)}"
        st.caption(forms.plain(told))
    if len(found.log) > LOG_SHOWN:
        st.caption(forms.plain(say("case.log_more", n=LOG_SHOWN)))


def _told(line: CaseLine, say: Words) -> str:
    facts = line.facts
    if line.act is Act.MOVED:
        told = say("case.act.moved", state=shown.state_name(CaseState(facts["to"]), say))
        if outcome := facts.get("outcome"):
            told = f"{told}: {shown.outcome_name(Outcome(outcome), say)}"
        return f"{told} ({forms.shortened(facts['reason'], 200)})" if facts["reason"] else told
    if line.act is Act.CHANGED:
        changes = [
            f"{say(_FIELDS[name])}: {_change(name, change, say)}" for name, change in facts.items() if name in _FIELDS
        ]
        return say("case.act.changed", what="; ".join(changes))
    if line.act in _NUMBERED:
        verdict = claiming.verdict_name(Verdict(facts["verdict"]), say) if line.act is Act.MARKED else ""
        return say(f"case.act.{line.act.value}", n=facts[_NUMBERED[line.act]], verdict=verdict)
    return say(f"case.act.{line.act.value}", n=len(facts.get("articles", "").split()))


def _change(name: str, change: str, say: Words) -> str:
    """What a field was → what it is, in the words of the screen."""
    if name == "title":
        return forms.shortened(change, 200)
    names = {
        "unit": shown.unit_name,
        "helping": shown.unit_name,
        "themes": lambda key: parts.theme_name(key, say),
        "priority": lambda key: say(f"case.priority.{key}"),
    }
    named = names.get(name, lambda key: key)
    old, _, new = change.partition(" → ")
    return f"{', '.join(map(named, old.split())) or '∅'} → {', '.join(map(named, new.split())) or '∅'}"
