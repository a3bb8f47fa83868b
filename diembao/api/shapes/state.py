"""How much there is, how fresh, and what a person should look at."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from diembao.api.shapes.common import example


class Run(BaseModel):
    """The latest run of the crawler; `counts` by outcome add up to what was seen. `by`: what it was, and who or what
    began it.
    """

    run: int
    by: str
    started_at: datetime
    ended_at: datetime | None
    counts: dict[str, int]


class Copy(BaseModel):
    """The searchable copy; null, and why, where it cannot be asked now."""

    articles: int | None
    position: int | None
    away: str | None
    away_en: str | None


_HEALTH = {
    "status": "ok",
    "province": "gia-lai",
    "articles": 1204,
    "log_head": 3612,
    "bookmarks": {"judge": 3612, "encode": 3612},
    "index": {"articles": 1204, "position": 3612, "away": None, "away_en": None},
    "last_run": None,
}


class Health(BaseModel):
    """`bookmarks` say how far each step has read the log; `log_head` is its end."""

    model_config = example(**_HEALTH)
    status: str
    province: str
    articles: int
    log_head: int
    bookmarks: dict[str, int]
    index: Copy
    last_run: Run | None


class Silent(BaseModel):
    """`silence`: never, failing, unreached or quiet."""

    outlet: str
    silence: str
    since: datetime | None
    why: str


class FeedInTrouble(BaseModel):
    """A feed of facts that is not read, or brings nothing any more."""

    feed: str
    kit: str
    why: str
    why_en: str


class Status(Health):
    """`outlets` are those that are read; `quarantined` and `undelivered` wait for a person."""

    model_config = example(**_HEALTH, outlets=257, silent=[], facts=[], quarantined=0, undelivered=0)
    outlets: int
    silent: list[Silent]
    facts: list[FeedInTrouble]
    quarantined: int
    undelivered: int
