"""How much there is, how fresh it is, and what a person should look at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from fastapi import FastAPI

from diembao.api import shapes
from diembao.api.frame import Frame
from diembao.core.errors import IndexAway
from diembao.core.ledger import Run
from diembao.pipeline.fact_health import FeedTrouble, feed_troubles
from diembao.pipeline.health import SilentOutlet, health_of
from diembao.pipeline.wiring import Installation

# Steps of the pipeline whose bookmarks are told.
STEPS: Final = ("judge", "group", "join", "index", "alert", "remember", "encode")
# A message that was refused is told for so long, as in `diembao status`.
REFUSED: Final = timedelta(days=7)


def add(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get("/v1/health", summary="How much there is, and how fresh", response_model=shapes.Health)
    def health() -> dict[str, Any]:
        return _health(house)

    @app.get(
        "/v1/status",
        summary="The same, with outlets that are silent and what waits for a person",
        response_model=shapes.Status,
    )
    def status() -> dict[str, Any]:
        found = health_of(house, its.now())
        return _health(house) | {
            "outlets": len(house.crawled),
            "silent": [_silent(each) for each in found.outlets],
            "quarantined": len(house.store.quarantine()),
            "facts": [_trouble(each) for each in feed_troubles(house, its.now()) if each.province == house.profile.id],
            "undelivered": len(house.store.undelivered(its.now() - REFUSED)),
        }


def _trouble(feed: FeedTrouble) -> dict[str, str]:
    return {"feed": feed.name, "kit": feed.kit, "why": feed.vi, "why_en": feed.en}


def _silent(outlet: SilentOutlet) -> dict[str, Any]:
    return {"outlet": outlet.outlet, "silence": outlet.silence.value, "since": outlet.since, "why": outlet.why}


def _health(house: Installation) -> dict[str, Any]:
    run = next(iter(house.store.runs(1)), None)
    head, marks = house.store.marks()
    return {
        "status": "ok",
        "province": house.profile.id,
        "articles": house.store.size(),
        "log_head": head,
        "bookmarks": {step: marks.get(step, 0) for step in _steps(house)},
        "index": _index(house),
        "last_run": run and _run(run),
    }


def _run(run: Run) -> dict[str, Any]:
    times = {"started_at": run.started_at, "ended_at": run.ended_at}
    return {"run": run.counts.run, "by": run.by, **times, "counts": run.counts.as_json()}


def _steps(house: Installation) -> list[str]:
    return [step for step in STEPS if step != "encode" or house.settings.classifier.encoder != "none"]


def _index(house: Installation) -> dict[str, Any]:
    """Null, and why: it cannot be asked now."""
    try:
        return {"articles": house.index.size(), "position": house.index.position(), "away": None, "away_en": None}
    except IndexAway as error:
        why = str(error)
        return {"articles": None, "position": None, "away": f"Bản tìm kiếm tạm không hỏi được: {why}", "away_en": why}
