"""Cases as data, for the command line and the API. Moments are aware, in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from diembao.core.case import Case, CaseFile, CaseLine, Covered


def summary(case: Case, now: datetime) -> dict[str, Any]:
    about = case.details
    return {
        "number": case.number,
        "title": about.title,
        "state": case.state.value,
        "priority": about.priority.value,
        "unit": about.unit,
        "helping": list(about.helping),
        "themes": list(about.themes),
        "task": about.task or None,
        "opened_at": case.opened_at,
        "due_at": case.due_at,
        "late": case.late(now),
        "reason": case.reason or None,
        "articles": case.articles,
        "changed_at": case.changed_at,
        "version": case.version,
    }


def public(found: CaseFile, now: datetime) -> dict[str, Any]:
    """What may be read by who is not of the desk: neither notes nor drafts, and nobody's name."""
    coverage = [{"article": each.article_id, "at": each.at, "joined": _joined(each)} for each in found.coverage]
    return summary(found.case, now) | {"coverage": coverage, "log": [_line(line) for line in found.log]}


def whole(found: CaseFile, now: datetime) -> dict[str, Any]:
    """Everything, for the desk itself."""
    case = found.case
    return public(found, now) | {
        "opened_by": case.opened_by,
        "holder": case.holder or None,
        "log": [_line(line) | {"by": line.by, "facts": dict(line.facts)} for line in found.log],
        "notes": [{"by": note.by, "at": note.at, "text": note.text} for note in found.notes],
        "drafts": [{"version": x.version, "by": x.by, "at": x.at, "text": x.text} for x in found.drafts],
    }


def _line(line: CaseLine) -> dict[str, Any]:
    return {"act": line.act.value, "at": line.at}


def _joined(covered: Covered) -> str:
    return "by-person" if covered.by.startswith("person:") else "by-story"
