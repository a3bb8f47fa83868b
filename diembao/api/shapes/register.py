"""Questions of the press, briefings, the calendar. Nobody's name or contact is in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from pydantic import BaseModel

from diembao.api.shapes.common import LABEL, Next, example
from diembao.core.briefings import BriefingState
from diembao.core.foreseen import MatterKind
from diembao.core.questions import How, QuestionState

_QUESTION: Final[dict[str, Any]] = {
    "number": "CH-2026-0007",
    "text": "Nước sông Côn có bị ô nhiễm không?",
    "outlet": "baogialai",
    "received_at": LABEL["at"],
    "how": "mail",
    "due_at": LABEL["at"],
    "late": False,
    "unit": "so-nnmt",
    "state": "answered",
    "reason": None,
    "answer": "Kết quả mẫu nước ngày 20/11 trong ngưỡng cho phép.",
    "statement": None,
    "answered_at": LABEL["at"],
    "published": None,
    "articles": [],
    "case": "VV-2026-0042",
    "briefing": None,
    "version": 4,
}
_POINT: Final[dict[str, Any]] = {
    "number": 5,
    "briefing": 3,
    "text": "Công bố kết quả mẫu nước",
    "unit": "so-nnmt",
    "due": "2026-11-30",
    "late": False,
    "progress": "Đang chờ kết quả",
    "result": None,
    "done_at": None,
    "version": 2,
}
_BRIEFING: Final[dict[str, Any]] = {
    "number": 3,
    "title": "Giao ban báo chí tháng 11",
    "at": LABEL["at"],
    "place": "Phòng họp 2",
    "state": "planned",
    "reason": None,
    "agenda": [
        {
            "title": "Nước sông Côn",
            "unit": "so-nnmt",
            "speaker": "Giám đốc Sở",
            "case": "VV-2026-0042",
            "theme": "environment-climate",
            "papers": [{"name": "bao-cao.pdf", "sha256": "0" * 64, "size": 20480, "media": "application/pdf"}],
        }
    ],
    "version": 2,
}
_MATTER: Final[dict[str, Any]] = {
    "number": 2,
    "title": "Mùa mưa, bão",
    "kind": "storms",
    "start": "2026-09-01",
    "end": "2026-12-31",
    "yearly": True,
    "unit": "so-nnmt",
    "note": "",
    "next": {"start": "2026-09-01", "end": "2026-12-31"},
    "tasks": [{"number": 1, "what": "Lịch trực", "unit": "so-nnmt", "days": 10, "due": "2026-08-22", "done": True}],
    "version": 3,
}


class Question(BaseModel):
    """`statement` names an issued one: case and issue. `answer` is there once a second person approved it."""

    model_config = example(**_QUESTION)
    number: str
    text: str
    outlet: str
    received_at: datetime
    how: How
    due_at: datetime | None
    late: bool
    unit: str | None
    state: QuestionState
    reason: str | None
    answer: str | None
    statement: str | None
    answered_at: datetime | None
    published: str | None
    articles: list[str]
    case: str | None
    briefing: int | None
    version: int


class Questions(BaseModel):
    model_config = example(total=1, questions=[_QUESTION], next=None)
    total: int
    questions: list[Question]
    next: Next


class Paper(BaseModel):
    name: str
    sha256: str
    size: int
    media: str


class AgendaItem(BaseModel):
    title: str
    unit: str | None
    speaker: str
    case: str | None
    theme: str | None
    papers: list[Paper]


class Briefing(BaseModel):
    model_config = example(**_BRIEFING)
    number: int
    title: str
    at: datetime
    place: str
    state: BriefingState
    reason: str | None
    agenda: list[AgendaItem]
    version: int


class Briefings(BaseModel):
    """The latest date first."""

    model_config = example(briefings=[_BRIEFING], next=None)
    briefings: list[Briefing]
    next: Next


class Point(BaseModel):
    """What is to be done after a briefing; `progress` is what was told last, `result` what came of it."""

    model_config = example(**_POINT)
    number: int
    briefing: int
    text: str
    unit: str
    due: date | None
    late: bool
    progress: str
    result: str | None
    done_at: datetime | None
    version: int


class BriefingWhole(Briefing):
    """`points` are its own, `carried` those of earlier briefings that were open when it came."""

    model_config = example(**_BRIEFING, points=[_POINT], carried=[])
    points: list[Point]
    carried: list[Point]


class Occurrence(BaseModel):
    start: date
    end: date


class Preparation(BaseModel):
    number: int
    what: str
    unit: str | None
    days: int
    due: date
    done: bool


class Matter(BaseModel):
    """`next` goes on or comes next (null: it is over); `tasks` are those of that one."""

    model_config = example(**_MATTER)
    number: int
    title: str
    kind: MatterKind
    start: date
    end: date
    yearly: bool
    unit: str | None
    note: str
    next: Occurrence | None
    tasks: list[Preparation]
    version: int


class Calendar(BaseModel):
    model_config = example(matters=[_MATTER], next=None)
    matters: list[Matter]
    next: Next
