"""The register as text for a person at the command line."""

from __future__ import annotations

from datetime import date, datetime

from diembao.core.briefings import Briefing, Point
from diembao.core.foreseen import Matter, tasks_of
from diembao.core.questions import Question
from diembao.pipeline.evidence import names_of
from diembao.pipeline.wiring import Installation
from diembao.response.briefings import STATES
from diembao.response.questions import NAMES


def told(house: Installation, question: Question, now: datetime) -> str:
    """One question in two lines."""
    names = names_of(house)
    late = " (TRỄ)" if question.late(now) else ""
    due = f"hạn {names.at(question.due_at)}{late}" if question.due_at and not question.state.answered else ""
    outlet, unit = names.outlet(question.asker.outlet), names.unit(question.unit) if question.unit else ""
    parts = [question.number, NAMES[question.state][0], outlet, unit, due, question.case]
    return f"{' · '.join(part for part in parts if part)}\n    {' '.join(question.text.split())}"


def meeting(house: Installation, found: Briefing) -> str:
    """One briefing in one line."""
    names = names_of(house)
    parts = [str(found.number), names.at(found.at), STATES[found.state][0], found.place, found.title]
    return " · ".join(part for part in parts if part)


def point(house: Installation, found: Point, today: date) -> str:
    """What is to be done, by whom, how far it is."""
    due = f"hạn {found.due:%d/%m/%Y}" if found.due else ""
    late = "TRỄ" if found.late(today) else ""
    how = f"xong: {found.result}" if found.done_at else found.progress
    parts = [f"việc {found.number}", found.text, names_of(house).unit(found.unit), due, late, how]
    return "  " + " · ".join(part for part in parts if part)


def matter(house: Installation, found: Matter, today: date) -> str:
    """When it is next, and what is to be prepared."""
    coming = found.next(today)
    days = f"{coming.start:%d/%m/%Y} – {coming.end:%d/%m/%Y}" if coming else "đã qua"
    head = f"{found.number} · {days}{' · hằng năm' if found.yearly else ''} · {found.title}"
    names = names_of(house)
    lines = [
        f"    [{'x' if each.done else ' '}] việc {each.task.number}, trước {each.due:%d/%m/%Y}: {each.task.what}"
        + (f" ({names.unit(each.task.unit)})" if each.task.unit else "")
        for each in (tasks_of(found, coming) if coming else ())
    ]
    return "\n".join([head, *lines])
