"""Coverage that repeats what was answered, and what coverage did after an answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from diembao.api.shapes.common import Next, example
from diembao.core.memory import Differs, MatchVerdict
from diembao.core.statement import Verdict
from diembao.response.memory import WHY


class Difference(BaseModel):
    """`claim` is what stands in the claim, `coverage` what the article has instead; of a language its code."""

    what: Differs
    claim: str
    coverage: str


_MATCH: Final = {
    "case": "VV-2026-0042",
    "claim": 1,
    "quote": "340 mẫu nước nhiễm asen.",
    "statement": 1,
    "title": "Kết quả lấy mẫu nước sông Côn",
    "issued_at": "2026-11-20T23:40:00Z",
    "verdict": "inaccurate",
    "article": "0f8b1c2d3e4a5b6c",
    "revision": 1,
    "score": 0.93,
    "passage": "Có tới 520 mẫu nước nhiễm asen.",
    "shared": ["Tuy Phước"],
    "differs": [{"what": "number", "claim": "340", "coverage": "520"}],
    "found_at": "2026-11-21T01:05:00Z",
    "judged": None,
    "withdrawn": False,
}


class Match(BaseModel):
    """The machine's proposal that an article repeats a claim that a statement has answered; `score` is a chance, 0 to
    1; `judged` what a person of the office says of it.
    """

    model_config = example(**_MATCH)
    case: str
    claim: int
    quote: str
    statement: int = Field(description="Number of the issue that answers it, within its case")
    title: str = Field(description="Of the statement that answers it")
    issued_at: datetime
    verdict: Verdict | None
    article: str
    revision: int
    score: float
    passage: str
    shared: list[str]
    differs: list[Difference]
    found_at: datetime
    judged: MatchVerdict | None
    withdrawn: bool


class Judging(BaseModel):
    """`refused` holds for the article and its whole story, for ever."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"claim": 1, "article": "0f8b1c2d3e4a5b6c", "judged": "refused", "why": "Nói về sông khác"}]
        },
    )
    claim: int = Field(ge=1, le=10_000)
    article: str = Field(pattern="^[0-9a-f]{16}$")
    judged: MatchVerdict
    why: str = Field("", max_length=WHY)


class ArticleAnswers(BaseModel):
    """The surest first, of the 200 that were found last. Of cases that may be read; refused matches are left out."""

    model_config = example(article="0f8b1c2d3e4a5b6c", answers=[_MATCH], next=None)
    article: str
    answers: list[Match]
    next: Next


class CaseMatches(BaseModel):
    """The latest found first."""

    model_config = example(case="VV-2026-0042", matches=[_MATCH], next=None)
    case: str
    matches: list[Match]
    next: Next


class Side(BaseModel):
    """Coverage of the case in one period; `texts` without copies, `stances` in articles, `critical` in texts."""

    start: datetime
    end: datetime
    articles: int
    texts: int
    stances: dict[str, int]
    critical: int
    corrections: int
    repeats: int


class Ratio(BaseModel):
    """After against before, with its exact 95 % interval; `ratio` is null where nothing was before, `high` where there
    is no bound.
    """

    before: int
    after: int
    ratio: float | None
    low: float
    high: float | None


class DayOf(BaseModel):
    date: date
    stance: str
    articles: int


class CaseEffect(BaseModel):
    """`issue` is null before anything was issued. A ratio is null where there are fewer than ten texts: too few to
    say. A comparison, not a cause.
    """

    model_config = example(case="VV-2026-0042", issue=None, issued_at=None, days=0, weeks=False, before=None,
                           after=None, coverage=None, critical=None, repeats=None, by_day=[])  # fmt: skip
    case: str
    issue: int | None
    issued_at: datetime | None
    days: int
    weeks: bool
    before: Side | None
    after: Side | None
    coverage: Ratio | None
    critical: Ratio | None
    repeats: Ratio | None
    by_day: list[DayOf]
