"""What *Trả lời* reads, and a statement as it stands in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard import forms, newsroom
from dashboard.desk import approving, asking, shown
from dashboard.texts import Words
from diembao.api.casework import case_sight
from diembao.api.rights import Act
from diembao.core.case import Case, CaseQuery
from diembao.core.query import Query
from diembao.core.statement_list import UNISSUED, Stage, StatementLine, StatementQuery
from diembao.pipeline import statement_finding
from diembao.pipeline.wiring import Installation
from diembao.response.statements import unmarked

BEGINNING: Final = 220  # characters of a text, in a list
# What each view shows; `mine` and `approve` are narrowed to the reader besides.
VIEWS: Final[Mapping[str, tuple[Stage, ...]]] = {
    "open": UNISSUED,
    "mine": UNISSUED,
    "approve": (Stage.WAITING,),
    "approved": (Stage.APPROVED,),
    "issued": (Stage.ISSUED,),
    "past": (Stage.REPLACED, Stage.RETRACTED, Stage.DROPPED),
    "all": tuple(Stage),
}
_COLOURS: Final = {
    Stage.DRAFT: "blue",
    Stage.RETURNED: "orange",
    Stage.WAITING: "violet",
    Stage.APPROVED: "violet",
    Stage.ISSUED: "green",
    Stage.RETRACTED: "red",
}


@dataclass(frozen=True, slots=True)
class Page:
    total: int
    lines: tuple[StatementLine, ...]
    cases: Mapping[str, Case]


def query(view: str, unit: str, among: tuple[tuple[str, int], ...] | None) -> StatementQuery:
    """Of what the reader may see; who may approve nothing has nothing to approve."""
    actor, stages = newsroom.visitor().actor, VIEWS[view]
    if view == "approve" and not newsroom.opens(Act.APPROVE_ANSWER):
        among = ()
    return StatementQuery(
        stages,
        (unit,) if unit else (),
        writer=actor if view == "mine" else "",
        reader=actor if view == "approve" else "",
        among=among,
        sight=case_sight(newsroom.house(), asking.sight()),
    )


def page(house: Installation, asked: StatementQuery, offset: int, limit: int) -> Page:
    total, lines = house.store.statement_lines(asked, offset=offset, limit=limit)
    numbers = tuple({line.case for line in lines})
    cases = house.store.cases(CaseQuery(numbers=numbers), limit=len(numbers) or 1)[1]
    return Page(total, tuple(lines), {case.number: case for case in cases})


def counts(house: Installation, asked: StatementQuery) -> int:
    return sum(house.store.statement_counts(asked).values())


def ends(total: int, first: int, shown_here: int, say: Words) -> str:
    """How many, and where there are several pages which are shown."""
    n = forms.number(total, say)
    if shown_here == total:
        return say("statements.total", n=n)
    last = forms.number(first + shown_here, say)
    return say("statements.page", n=n, first=forms.number(first + 1, say), last=last)


def found_by(house: Installation, typed: Query) -> tuple[tuple[str, int], ...]:
    """See `statement_finding`."""
    return statement_finding.found_by(house, typed)


# -- a row ----------------------------------------------------------------------------------------


def row(line: StatementLine, case: Case, now: datetime, say: Words) -> None:
    """Its title, stage, what is late; its case, unit, deadline, who and when; how it begins."""
    with st.container(key=f"row-statement-{line.case}-{line.version}-{line.issue}", gap=None):
        shown.link(case, line.title or say("statements.untitled"))
        st.markdown("  \n".join(_told(line, case, now, say)))


def _told(line: StatementLine, case: Case, now: datetime, say: Words) -> Sequence[str]:
    badges = [shown.badge(_COLOURS.get(line.stage, "gray"), say(f"stage.{line.stage.value}"))]
    due = ""
    if line.stage in UNISSUED:
        badges += [shown.badge("orange", shown.clock(case, now, say))] if case.late(now) else []
        due = " · ".join(
            filter(None, (shown.due(case, now, say), "" if case.late(now) else shown.clock(case, now, say)))
        )
    about = [f"{case.number} {case.details.title}", shown.unit_name(case.details.unit), due]
    saved = "statements.issued" if line.issue else "statements.saved"
    zone = newsroom.house().profile.timezone
    who = say(saved, who=shown.who(line.by, say), time=forms.clock(line.at, now, zone, say))
    form = approving.form_name(line.channel, say) if line.channel else ""
    facts = [say("statements.version", n=line.version), who, form]
    why = "statements.retracted" if line.stage is Stage.RETRACTED else "statements.reason"
    reason = say(why, reason=forms.shortened(line.reason, BEGINNING)) if line.reason else ""
    return [
        " ".join(badges),
        *(f":gray[{forms.plain(' · '.join(filter(None, each)))}]" for each in (about, facts)),
        *filter(None, (forms.plain(reason), forms.plain(forms.shortened(unmarked(line.text), BEGINNING)))),
    ]
