"""Briefing kits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from pydantic import BaseModel, Field

from diembao.api.shapes.common import LABEL, Next, example
from diembao.core.fact_feeds import Outcome
from diembao.core.kits import Holds, Taken
from diembao.pipeline.handing_in import Line as HandedFact

__all__ = [
    "Fact",
    "FactFeed",
    "Facts",
    "HandedFact",
    "HandedIn",
    "Kit",
    "KitWhole",
    "Kits",
    "ReceivedFact",
    "Searching",
]

_KIT: Final[dict[str, Any]] = {
    "id": "human-rights",
    "vi": "Quyền con người",
    "en": "Human rights",
    "theme": "human-rights",
    "unit": "so-vhttdl",
    "tasks": ["4.1"],
    "languages": ["vi", "en"],
    "searches": [{"name": "Quyền con người", "query": "chủ_đề:human-rights -liên_quan:không"}],
    "count": 1,
}
_FACT: Final[dict[str, Any]] = {
    "number": 12,
    "language": "vi",
    "text": "Tỷ lệ bao phủ bảo hiểm y tế năm 2025 là 95 %.",
    "source": "Báo cáo của UBND tỉnh",
    "url": "https://gialai.example.vn/bao-cao",
    "from": "2026-01-01",
    "to": "2026-12-31",
    "holds": "now",
    "by": "person:7",
    "at": LABEL["at"],
}


_RECEIVED: Final[dict[str, Any]] = {
    "line": 1,
    "taken": "added",
    "number": 12,
    "reason": None,
    "reason_en": None,
}


_COUNTS: Final = {each.value: int(each is Taken.ADDED) for each in Taken}


class Searching(BaseModel):
    name: str
    query: str


class Fact(BaseModel):
    """`holds` is of today, in the province's time; `from` and `to` are days, both included."""

    model_config = example(**_FACT)
    number: int
    language: str
    text: str
    source: str
    url: str
    start: date | None = Field(alias="from")
    end: date | None = Field(alias="to")
    holds: Holds
    by: str
    at: datetime | None


_FEED: Final = {
    "name": "bo-y-te",
    "source": "Bộ Y tế",
    "days": 30,
    "every": 21600.0,
    "read_at": "2026-11-22T03:00:00Z",
    "outcome": "read",
    "why": "",
    "failures": 0,
    "entries": 20,
    "counts": {"added": 1, "unchanged": 18, "aside": 1, "ended": 0},
}


class ReceivedFact(BaseModel):
    """What became of a row; `number` is that of the fact that was added, ended, or stands."""

    model_config = example(**_RECEIVED)
    line: int
    taken: Taken
    number: int | None
    reason: str | None
    reason_en: str | None


class HandedIn(BaseModel):
    """`counts` by what became of the rows; `rows` in their order."""

    model_config = example(
        kit="human-rights", counts={each.value: int(each is Taken.ADDED) for each in Taken}, rows=[_RECEIVED]
    )
    kit: str
    counts: dict[str, int]
    rows: list[ReceivedFact]


class Kit(BaseModel):
    """`unit` answers for its theme; `tasks` are those of the plan that have it; `count` is how many facts stand."""

    model_config = example(**_KIT)
    id: str
    vi: str
    en: str
    theme: str
    unit: str
    tasks: list[str]
    languages: list[str]
    searches: list[Searching]
    count: int


class Kits(BaseModel):
    """In the order of the profile."""

    model_config = example(kits=[_KIT], next=None)
    kits: list[Kit]
    next: Next


class FactFeed(BaseModel):
    """A feed that is read for facts: an entry holds `days` from its date (0: no end), and it is read again after
    `every` seconds. `outcome` (null: not asked yet) is of the latest reading, `entries` and `counts` of the last one
    with content; but for `ended` the counts add up to the entries.
    """

    model_config = example(**_FEED)
    name: str
    source: str
    days: int
    every: float
    read_at: datetime | None
    outcome: Outcome | None
    why: str
    failures: int
    entries: int
    counts: dict[str, int]


class KitWhole(Kit):
    model_config = example(**_KIT, facts=[_FACT], feeds=[_FEED])
    facts: list[Fact]
    feeds: list[FactFeed]


class Facts(BaseModel):
    model_config = example(kit="human-rights", facts=[_FACT], next=None)
    kit: str
    facts: list[Fact]
    next: Next
