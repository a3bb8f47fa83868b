"""The register as data, for the command line, the API and a table. Moments are aware, in UTC."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from diembao.core.briefings import Briefing, Point
from diembao.core.foreseen import Matter, tasks_of
from diembao.core.questions import Question
from diembao.paper import forms
from diembao.response.questions import NAMES


def public(question: Question, now: datetime) -> dict[str, Any]:
    """Without whoever asked: neither name nor function nor contact."""
    return {
        "number": question.number,
        "text": question.text,
        "outlet": question.asker.outlet,
        "received_at": question.received_at,
        "how": question.how.value,
        "due_at": question.due_at,
        "late": question.late(now),
        "unit": question.unit or None,
        "state": question.state.value,
        "reason": question.reason or None,
        "answer": question.given or None,
        "statement": question.statement or None,
        "answered_at": question.answered_at,
        "published": question.published or None,
        "articles": list(question.articles),
        "case": question.case or None,
        "briefing": question.briefing or None,
        "version": question.version,
    }


def whole(question: Question, now: datetime) -> dict[str, Any]:
    """Everything, for the desk itself."""
    asker = {name: value for name, value in asdict(question.asker).items() if name != "outlet"}
    draft = None if question.given else question.answer or None
    more = {"asker": asker, "erased_at": question.erased_at, "by": question.by, "draft": draft}
    return public(question, now) | more | {"answer_by": question.answer_by or None}


def briefing(found: Briefing) -> dict[str, Any]:
    return {
        "number": found.number,
        "title": found.title,
        "at": found.at,
        "place": found.place,
        "state": found.state.value,
        "reason": found.reason or None,
        "agenda": [
            {
                "title": item.title,
                "unit": item.unit or None,
                "speaker": item.speaker,
                "case": item.case or None,
                "theme": item.theme or None,
                "papers": [{"name": x.name, "sha256": x.value, "size": x.size, "media": x.media} for x in item.papers],
            }
            for item in found.agenda
        ],
        "version": found.version,
    }


def point(found: Point, today: date) -> dict[str, Any]:
    return {
        "number": found.number,
        "briefing": found.briefing,
        "text": found.text,
        "unit": found.unit,
        "due": found.due,
        "late": found.late(today),
        "progress": found.progress,
        "result": found.result or None,
        "done_at": found.done_at,
        "version": found.version,
    }


def matter(found: Matter, today: date) -> dict[str, Any]:
    """``next`` is the occurrence that goes on or comes; its tasks are told with when they are due."""
    coming = found.next(today)
    tasks = tasks_of(found, coming) if coming else ()
    return {
        "number": found.number,
        "title": found.title,
        "kind": found.kind.value,
        "start": found.start,
        "end": found.end,
        "yearly": found.yearly,
        "unit": found.unit or None,
        "note": found.note,
        "next": {"start": coming.start, "end": coming.end} if coming else None,
        "tasks": [
            {
                "number": each.task.number,
                "what": each.task.what,
                "unit": each.task.unit or None,
                "days": each.task.days,
                "due": each.due,
                "done": each.done,
            }
            for each in tasks
        ],
        "version": found.version,
    }


# -- a table of questions ---------------------------------------------------------------------------

HEAD: Final = (
    "Số",
    "Câu hỏi",
    "Cơ quan báo chí",
    "Nhận lúc",
    "Hạn trả lời",
    "Trễ",
    "Đơn vị",
    "Trạng thái",
    "Lý do",
    "Trả lời",
    "Phát ngôn",
    "Trả lời lúc",
    "Đăng ở đâu",
    "Vụ việc",
)


def rows(
    found: Sequence[Question], now: datetime, zone: str, outlet: Callable[[str], str], unit: Callable[[str], str]
) -> list[list[str]]:
    """In the order of `HEAD`; nobody's name, function or contact. ``outlet`` and ``unit`` give names to ids."""

    def moment(at: datetime | None) -> str:
        return forms.moment(at, zone) if at else ""

    return [
        [
            each.number,
            each.text,
            outlet(each.asker.outlet),
            moment(each.received_at),
            moment(each.due_at),
            "trễ" if each.late(now) else "",
            unit(each.unit),
            NAMES[each.state][0],
            each.reason,
            each.given,
            each.statement,
            moment(each.answered_at),
            each.published,
            each.case,
        ]
        for each in found
    ]
