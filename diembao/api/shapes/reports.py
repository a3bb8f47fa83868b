"""Reports that are kept, their figures opened again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from pydantic import BaseModel, Field

from diembao.api.shapes.common import Next, example
from diembao.core.reports import ReportState
from diembao.reports.figures import Counted
from diembao.reports.reopening import Since
from diembao.reports.schedule import Round

_REPORT: Final[dict[str, Any]] = {
    "number": 7,
    "kind": "weekly",
    "about": "gia-lai",
    "name": "2026-W47",
    "from": "2026-11-13",
    "to": "2026-11-19",
    "title": "Tổng hợp dư luận báo chí về tỉnh Gia Lai tuần 47 năm 2026",
    "version": 1,
    "state": "draft",
    "made_at": "2026-11-20T01:00:00Z",
    "made_by": "person:7",
    "signed_at": None,
    "signed_by": "",
    "registered": None,
}
_FIGURE: Final[dict[str, Any]] = {
    "number": 1,
    "name": "Bài về tỉnh",
    "counted": "articles",
    "count": 57,
    "last": 60,
    "mean": 41.25,
    "query": "liên_quan:(có OR một_phần)",
}
_DUE: Final[dict[str, Any]] = {
    "round": "annual",
    "name": "Báo cáo năm",
    "before": "2026-11-15",
    "days_left": 12,
    "from": "2025-11-01",
    "to": "2026-10-31",
    "draft_at": "2026-11-01T00:00:00Z",
    "source": "Kế hoạch 78/KH-UBND, mục IV",
}
_PARAGRAPH: Final[dict[str, Any]] = {
    "section": "overview",
    "paragraph": 1,
    "version": 2,
    "text": "Tuần qua báo chí tập trung vào khắc phục bão.",
    "by": "person:7",
    "at": "2026-11-20T02:00:00Z",
}
_ARTICLE: Final[dict[str, Any]] = {
    "id": "0f8b1c2d3e4a5b6c",
    "url": "https://example.vn/nuoc-thai-song-con.html",
    "outlet": "bao-gia-lai",
    "title": "Nước thải trại heo chảy ra sông Côn",
    "at": "2026-11-19T06:00:00+07:00",
    "stance": "critical",
    "themes": ["environment-climate"],
    "since": ["relabelled"],
    "changed": {"stance": ["critical", "neutral"]},
}


class KeptReport(BaseModel):
    """`about` is the province it tells of, `name` its period; `registered` is the number that the registry gave."""

    model_config = example(**_REPORT)
    number: int
    kind: str
    about: str
    name: str
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    title: str
    version: int
    state: ReportState
    made_at: datetime
    made_by: str
    signed_at: datetime | None
    signed_by: str
    registered: int | None


class KeptReports(BaseModel):
    """The latest period first."""

    model_config = example(total=1, reports=[_REPORT], next=None)
    total: int
    reports: list[KeptReport]
    next: Next


class ReportDue(BaseModel):
    """`before` is the day before which the plan wants it, `draft_at` when its draft is made by itself; null: never."""

    model_config = example(**_DUE)
    round: Round
    name: str
    before: date | None
    days_left: int | None
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    draft_at: datetime | None
    source: str


class ReportSchedule(BaseModel):
    """The soonest first."""

    model_config = example(province="gia-lai", due=[_DUE], next=None)
    province: str
    due: list[ReportDue]
    next: Next


class KeptFigure(BaseModel):
    """`last` is that of the period before and `mean` that of those before it; null where nothing is compared."""

    model_config = example(**_FIGURE)
    number: int
    name: str
    counted: Counted
    count: int
    last: int | None
    mean: float | None
    query: str


class ReportParagraph(BaseModel):
    """What a person wrote in a section."""

    model_config = example(**_PARAGRAPH)
    section: str
    paragraph: int
    version: int
    text: str
    by: str
    at: datetime | None


class KeptReportWhole(KeptReport):
    model_config = example(**_REPORT, figures=[_FIGURE], paragraphs=[_PARAGRAPH])
    figures: list[KeptFigure]
    paragraphs: list[ReportParagraph]


class CountedArticle(BaseModel):
    """An article as it was counted; `since` says what has become of it, `changed` gives each field then and now."""

    model_config = example(**_ARTICLE)
    id: str
    url: str
    outlet: str
    title: str
    at: datetime
    stance: str
    themes: list[str]
    since: list[Since]
    changed: dict[str, list[Any]]


class CountedValue(BaseModel):
    """A story, outlet, case or request; `name` is what it was called then, empty where nobody knows."""

    model_config = example(id="0f8b1c2d3e4a5b6c", name="Nước thải trại heo chảy ra sông Côn")
    id: str
    name: str


class ReopenedFigure(KeptFigure):
    """`listed` articles were counted, `articles` are those of this page; `values` is what was counted where that is no
    article; `now` is what the same question finds today, `new` how many articles have come to it, `came` those of this
    page. `next` reads on in all three.
    """

    model_config = example(
        **_FIGURE, listed=57, articles=[_ARTICLE], values=[], now=56, new=0, came=[], next="WyIxYTJiM2M0ZCIsMjBd"
    )
    listed: int
    articles: list[CountedArticle]
    values: list[CountedValue]
    now: int | None
    new: int
    came: list[CountedArticle]
    next: Next
