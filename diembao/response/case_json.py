"""Cases as data, for the command line and the API. Moments are aware, in UTC."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from diembao.core.case import Case, CaseFile, CaseLine, Covered, Draft
from diembao.core.statement import Claim, Issue, standing
from diembao.response.statements import answered, unmarked

# Articles and lines of the log that are told of one case where nobody pages.
SHOWN: Final = 100


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
        "planned_at": case.planned_at,
        "paused_at": case.paused_at,
        "late": case.late(now),
        "reason": case.reason or None,
        "articles": case.articles,
        "changed_at": case.changed_at,
        "version": case.version,
        "origin": case.origin.value,
        "outcome": case.outcome.value if case.outcome else None,
    }


def public(found: CaseFile, now: datetime) -> dict[str, Any]:
    """What may be read by who is not of the desk: neither notes nor drafts, and nobody's name; of coverage and log
    the newest `SHOWN`.
    """
    return summary(found.case, now) | {
        "coverage": [covered(each) for each in found.coverage[-SHOWN:]],
        "claims": [claim_of(claim) for claim in found.claims],
        "statements": [statement_of(found, issue) for issue in found.issues],
        "log": [_line(line) for line in found.log[-SHOWN:]],
    }


def whole(found: CaseFile, now: datetime) -> dict[str, Any]:
    """Everything, for the desk itself."""
    case = found.case
    return public(found, now) | {
        "coverage": [covered(each) for each in found.coverage],
        "opened_by": case.opened_by,
        "holder": case.holder or None,
        "people": list(case.details.people),
        "log": [_line(line) | {"by": line.by, "facts": dict(line.facts)} for line in found.log],
        "notes": [asdict(note) for note in found.notes],
        "drafts": [draft_of(draft) for draft in found.drafts],
        "claims": [claim_of(x) | {"by": x.by, "why": x.why, "marked_by": x.marked_by or None} for x in found.claims],
        "exhibits": [asdict(each) for each in found.exhibits],
        "decisions": [asdict(each) for each in found.decisions],
    }


def covered(each: Covered) -> dict[str, Any]:
    return {"article": each.article_id, "published": each.published, "at": each.at, "joined": _joined(each)}


def draft_of(draft: Draft) -> dict[str, Any]:
    return asdict(draft) | {"answers": list(answered(draft))}


def claim_of(claim: Claim) -> dict[str, Any]:
    """What the press said, and what the office says of it."""
    return {
        "number": claim.number,
        "quote": claim.quote,
        "article": claim.article_id,
        "revision": claim.revision,
        "first_revision": claim.first,
        "url": claim.url,
        "verdict": claim.verdict.value if claim.verdict else None,
        "marked_at": claim.marked_at,
    }


def statement_of(found: CaseFile, issue: Issue) -> dict[str, Any]:
    """An issued one, as it left. Who wrote and approved stays at the desk."""
    draft = next(each for each in found.drafts if each.version == issue.version)
    texts = {"vi": draft.text, **draft.others}
    return {
        "number": issue.number,
        "channel": issue.channel,
        "recipients": issue.recipients,
        "registered": issue.registered,
        "at": issue.at,
        "title": draft.title or found.case.details.title,
        "titles": dict(draft.titles),
        "speaker": draft.speaker,
        "speakers": dict(draft.speakers),
        "answers": list(answered(draft)),
        "texts": {language: unmarked(text) for language, text in texts.items()},
        "documents": dict(issue.documents),
        "retracted": _retracted(found, issue),
    }


def _retracted(found: CaseFile, issue: Issue) -> dict[str, Any] | None:
    if issue.retracted is None:
        return None
    instead = standing(found.issues)
    return {"at": issue.retracted.at, "why": issue.retracted.why, "successor": instead.number if instead else None}


def _line(line: CaseLine) -> dict[str, Any]:
    return {"act": line.act.value, "at": line.at}


def _joined(covered: Covered) -> str:
    return "by-person" if covered.by.startswith("person:") else "by-story"
