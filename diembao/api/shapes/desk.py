"""Tasks of the plan and their progress; cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from diembao.api.shapes.common import KEY, LABEL, Next, example
from diembao.core.case import Act, CaseState, Priority
from diembao.core.desk import Origin, Outcome
from diembao.core.progress import DOCUMENT, NOTE, TaskState
from diembao.core.statement import Verdict


class Unit(BaseModel):
    id: str
    name: str


class Progress(BaseModel):
    """What was told of a task; `share` is in per cent, `until` the day by which it was done or is to be, `document` the
    number of the paper that shows it. A later entry of the same unit stands.
    """

    model_config = example(
        unit="so-vhttdl",
        state="running",
        share=40,
        note="Đã ký kế hoạch phối hợp",
        by="person:7",
        at=LABEL["at"],
        until="2026-12-15",
        document="45/KH-SVHTTDL",
    )
    unit: str
    state: TaskState
    share: int | None
    note: str
    by: str
    at: datetime
    until: date | None
    document: str


class Telling(BaseModel):
    """`unit` leads the task or helps with it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"unit": "so-vhttdl", "state": "running", "share": 40, "note": "Đã ký kế hoạch phối hợp"}]
        },
    )
    unit: str = Field(min_length=1, max_length=KEY)
    state: TaskState
    share: int | None = Field(None, ge=0, le=100)
    note: str = Field("", max_length=NOTE)
    until: date | None = None
    document: str = Field("", max_length=DOCUMENT)


class Task(BaseModel):
    """A task of the plan; `progress` is what stands, one entry for each unit that has told."""

    number: str
    group: str
    title: str
    lead: list[Unit]
    helping: list[Unit]
    time: str
    start: int | None
    end: int | None
    expired: bool
    themes: list[str]
    progress: list[Progress]


class Tasks(BaseModel):
    model_config = example(plan="binh-dinh", total=0, tasks=[], next=None)
    plan: str
    total: int
    tasks: list[Task]
    next: Next


class TaskProgress(BaseModel):
    """Newest first."""

    model_config = example(task="4.1", progress=[], next=None)
    task: str
    progress: list[Progress]
    next: Next


CASE: Final = {
    "number": "VV-2026-0042",
    "title": "Nước thải ra sông Côn",
    "state": "verifying",
    "priority": "urgent",
    "unit": "so-nnmt",
    "helping": [],
    "themes": ["environment-climate"],
    "task": None,
    "opened_at": "2026-11-20T23:40:00Z",
    "due_at": "2026-11-21T23:40:00Z",
    "planned_at": "2026-11-21T23:40:00Z",
    "paused_at": None,
    "late": False,
    "reason": None,
    "articles": 3,
    "changed_at": "2026-11-21T01:05:00Z",
    "version": 3,
    "origin": "article",
    "outcome": None,
}


class Case(BaseModel):
    """`unit` is in charge; `late`: open and past its deadline; `planned_at` is the deadline, had the case never waited
    for a unit; `paused_at` since when it waits for one; `outcome` once it is closed, with the `reason`.
    """

    model_config = example(**CASE)
    number: str
    title: str
    state: CaseState
    priority: Priority
    unit: str
    helping: list[str]
    themes: list[str]
    task: str | None
    opened_at: datetime
    due_at: datetime | None
    planned_at: datetime | None
    paused_at: datetime | None
    late: bool
    reason: str | None
    articles: int
    changed_at: datetime | None
    version: int
    origin: Origin
    outcome: Outcome | None


class Cases(BaseModel):
    model_config = example(total=0, cases=[], next=None)
    total: int
    cases: list[Case]
    next: Next


class Covered(BaseModel):
    """`published` is when it was published, or first seen; `at` when it came to the case."""

    article: str
    published: datetime | None
    at: datetime
    joined: str = Field(description="`by-person` or `by-story`")


class Line(BaseModel):
    act: Act
    at: datetime


class Claim(BaseModel):
    """A sentence of an article: `first_revision` brought these words, `revision` is the newest that had them when they
    were quoted. `verdict` is what a named officer of the office says of it, null before.
    """

    number: int
    quote: str
    article: str
    revision: int
    first_revision: int
    url: str
    verdict: Verdict | None
    marked_at: datetime | None


class Retracted(BaseModel):
    """It holds no longer; `successor` is the issue that does, null: none."""

    at: datetime
    why: str
    successor: int | None


class Statement(BaseModel):
    """Issued, as it left, or `retracted` since: `title`, `speaker` of the Vietnamese text, `titles` and `speakers` of
    the other languages, `texts` by language, `answers` the numbers of the claims, `documents` SHA-256 by ending.
    """

    number: int
    channel: str
    recipients: str
    registered: int | None
    at: datetime
    title: str
    titles: dict[str, str]
    speaker: str
    speakers: dict[str, str]
    answers: list[int]
    texts: dict[str, str]
    documents: dict[str, str]
    retracted: Retracted | None


class CaseFile(Case):
    """With its articles, claims, issued statements, and when what was done; notes, drafts and names stay at the desk.
    Of coverage and log the newest `100` are told, oldest first; all articles: `/cases/{number}/articles`.
    """

    model_config = example(
        **CASE,
        coverage=[
            {
                "article": "0f8b1c2d3e4a5b6c",
                "published": "2026-11-20T21:05:00Z",
                "at": "2026-11-20T23:40:00Z",
                "joined": "by-person",
            }
        ],
        claims=[],
        statements=[],
        log=[{"act": "opened", "at": "2026-11-20T23:40:00Z"}],
    )
    coverage: list[Covered]
    claims: list[Claim]
    statements: list[Statement]
    log: list[Line]
