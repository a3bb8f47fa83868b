"""The ledger, counts, what is alike, units, saved searches, claims and statements of all cases, queries as trees."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from diembao.api.cursors import LENGTH
from diembao.api.shapes.common import ARTICLE, LABEL, Next, example
from diembao.api.shapes.coverage import Article
from diembao.api.shapes.desk import Claim, Statement
from diembao.api.shapes.state import Run
from diembao.core.ports import SortBy
from diembao.core.query import MAX_DISTANCE
from diembao.pipeline.nearby import Likeness

_RUN: Final[dict[str, Any]] = {
    "run": 12,
    "by": "loop: lan",
    "started_at": LABEL["at"],
    "ended_at": None,
    "counts": {"seen": 1, "stored": 1},
}
_CLAIM: Final[dict[str, Any]] = {
    "number": 1,
    "quote": "Nước sông đổi màu từ đầu tháng.",
    "article": ARTICLE["id"],
    "revision": 1,
    "first_revision": 1,
    "url": ARTICLE["url"],
    "verdict": None,
    "marked_at": None,
}
_UNIT: Final[dict[str, Any]] = {
    "id": "so-vhttdl",
    "name": "Sở Văn hóa, Thể thao và Du lịch",
    "themes": ["tourism"],
    "tasks": ["4.1"],
}


class Runs(BaseModel):
    """Runs of the crawler, newest first; `counts` by outcome add up to what was seen."""

    model_config = example(runs=[_RUN], next=None)
    runs: list[Run]
    next: Next


class Sighting(BaseModel):
    """One line of the ledger: what became of one entry of one source. Lines are pruned in time, counts are not."""

    number: int
    source: str
    entry: str
    outcome: str
    reason: str
    at: datetime
    article: str | None


class Sightings(BaseModel):
    model_config = example(run=12, sightings=[], next=None)
    run: int
    sightings: list[Sighting]
    next: Next


class Day(BaseModel):
    """Articles of a local day by stance; "" is none."""

    day: date
    stance: str
    articles: int


class Counts(BaseModel):
    """`texts` are articles that are no copies; `stories` are counted one by one up to 3,000 and estimated beyond."""

    model_config = example(
        q="nước thải",
        articles=3,
        texts=2,
        stories=1,
        days=[{"day": "2026-11-21", "stance": "critical", "articles": 3}],
        stances={"critical": 3},
        themes={"environment-climate": 3},
        outlets={"bao-gia-lai": 3},
        countries={"VN": 3},
        languages={"vi": 3},
    )
    q: str
    articles: int
    texts: int
    stories: int
    days: list[Day]
    stances: dict[str, int]
    themes: dict[str, int]
    outlets: dict[str, int]
    countries: dict[str, int]
    languages: dict[str, int]


class Alike(Article):
    """`shared` are places and figures that both name; `same_story`: it tells of the same event."""

    model_config = example(**ARTICLE, likeness="close", shared=["Tây Sơn"], same_story=False)
    likeness: Likeness
    shared: list[str]
    same_story: bool


class Similar(BaseModel):
    """The nearest first. `compared` is false where it has no vector yet."""

    model_config = example(article=ARTICLE["id"], compared=True, similar=[])
    article: str
    compared: bool
    similar: list[Alike]


class UnitOfPlan(BaseModel):
    """`themes` are those it answers for, `tasks` those it leads or helps with."""

    model_config = example(**_UNIT)
    id: str
    name: str
    themes: list[str]
    tasks: list[str]


class UnitsOfPlan(BaseModel):
    """By id."""

    model_config = example(total=1, units=[_UNIT], next=None)
    total: int
    units: list[UnitOfPlan]
    next: Next


class SavedSearch(BaseModel):
    """`lưu:name` in a query stands for it."""

    name: str
    query: str
    at: datetime


class SavedSearches(BaseModel):
    model_config = example(searches=[{"name": "Cảng", "query": '"cảng Quy Nhơn"', "at": LABEL["at"]}], next=None)
    searches: list[SavedSearch]
    next: Next


class CaseClaim(Claim):
    model_config = example(**_CLAIM, case="VV-2026-0042")
    case: str


class CaseClaims(BaseModel):
    """By case and number. A page may hold fewer than were asked for although there is a next."""

    model_config = example(claims=[{**_CLAIM, "case": "VV-2026-0042"}], next=None)
    claims: list[CaseClaim]
    next: Next


class CaseStatement(Statement):
    case: str


class CaseStatements(BaseModel):
    """As `CaseClaims`."""

    model_config = example(statements=[], next=None)
    statements: list[CaseStatement]
    next: Next


# -- a query as a tree


class _Node(BaseModel):
    model_config = ConfigDict(extra="forbid")


Words = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=40)]


class AllOf(_Node):
    """Everything."""

    all: Literal[True]


class TextOf(_Node):
    """All these words of an analysed field (`title`, `text`), in any order."""

    field: Name
    words: Words


class PhraseOf(_Node):
    field: Name
    phrase: Words


class PrefixOf(_Node):
    field: Name
    prefix: Words


class NearOf(_Node):
    """Two phrases with at most `distance` words between them."""

    field: Name
    near: Annotated[list[Words], Field(min_length=2, max_length=2)]
    distance: int = Field(ge=0, le=MAX_DISTANCE)


class TermsOf(_Node):
    """A field of keys (`outlet`, `theme`, `stance`, `country` …) with one of these values."""

    field: Name
    values: Annotated[list[Words], Field(min_length=1, max_length=100)]


class RangeOf(_Node):
    """A field of times (`published`, `seen`) in [from, to)."""

    field: Name
    start: datetime | None = Field(None, alias="from")
    end: datetime | None = Field(None, alias="to")


Leaf = AllOf | NearOf | PhraseOf | PrefixOf | TermsOf | TextOf | RangeOf


class GroupOf(_Node):
    """All of `must`, one of `should` where there are any, none of `must_not`."""

    must: list[Leaf] = Field([], max_length=20)
    should: list[Leaf] = Field([], max_length=20)
    must_not: list[Leaf] = Field([], max_length=20)


class TreeOf(_Node):
    """The same, of leaves and groups of leaves; what is deeper can be typed (`q`)."""

    must: list[Leaf | GroupOf] = Field([], max_length=20)
    should: list[Leaf | GroupOf] = Field([], max_length=20)
    must_not: list[Leaf | GroupOf] = Field([], max_length=20)


class TreeSearch(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "query": {
                        "must": [
                            {"field": "text", "phrase": "sông Côn"},
                            {"field": "stance", "values": ["critical"]},
                            {"field": "published", "from": "2026-11-01T00:00:00+07:00"},
                        ]
                    },
                    "sort": "newest",
                }
            ]
        },
    )
    query: TreeOf
    sort: SortBy = SortBy.SCORE
    limit: int = Field(20, ge=1, le=100)
    cursor: str = Field("", max_length=LENGTH)
