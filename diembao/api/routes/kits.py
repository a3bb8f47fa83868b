"""Briefing kits: official facts with their source, and whether they hold today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Path
from fastapi.responses import JSONResponse

from diembao.api import cursors, problems, shapes
from diembao.api.cursors import Cursor, Limit
from diembao.api.frame import Frame
from diembao.core.fact_feeds import FactFeed
from diembao.core.kits import Fact
from diembao.pipeline.fact_feeds import every
from diembao.pipeline.fact_reading import Named
from diembao.plan.office import Kit

KitId = Annotated[str, Path(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=shapes.KEY, examples=["human-rights"])]


def add(app: FastAPI, its: Frame) -> None:
    @app.get("/v1/kits", summary="Briefing kits, with how many facts each has", response_model=shapes.Kits)
    def kits(limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        facts = its.house.store.facts()
        page, following = cursors.counted("kits", its.house.profile.kits, cursor, limit)
        return {"kits": [_kit(its, each, [x for x in facts if x.kit == each.id]) for each in page], "next": following}

    @app.get("/v1/kits/{kit}", summary="A briefing kit, its facts too", response_model=shapes.KitWhole)
    def kit(kit: KitId) -> Any:  # noqa: ANN401 (a kit or a problem)
        found = next((each for each in its.house.profile.kits if each.id == kit), None)
        if found is None:
            return no_kit(kit)
        facts = its.house.store.facts(kit)
        return _kit(its, found, facts) | {
            "facts": [_fact(its, each) for each in facts],
            "feeds": [_feed(each, known) for each, known in every(its.house) if _is_of(its, each, kit)],
        }

    @app.get("/v1/kits/{kit}/facts", summary="The facts of a kit, by language and number", response_model=shapes.Facts)
    def facts(kit: KitId, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401 (facts or a problem)
        if kit not in {each.id for each in its.house.profile.kits}:
            return no_kit(kit)
        place = cursors.read(f"facts:{kit}", cursor, "si")
        page, following = cursors.behind(
            its.house.store.facts(kit), lambda each: (each.language, each.number), place, limit
        )
        return {
            "kit": kit,
            "facts": [_fact(its, each) for each in page],
            "next": cursors.write(f"facts:{kit}", following) if following else None,
        }


def no_kit(kit: str) -> JSONResponse:
    missing = f"Không có bộ tài liệu {kit}.", f"There is no kit {kit}."
    return problems.problem(404, *missing, kind="urn:diembao:problem:kit")


def _kit(its: Frame, kit: Kit, facts: Sequence[Fact]) -> dict[str, Any]:
    profile = its.house.profile
    return {
        "id": kit.id,
        "vi": kit.vi,
        "en": kit.en,
        "theme": kit.theme,
        "unit": profile.fields[kit.theme],
        "tasks": [task.number for task in profile.tasks if kit.theme in task.themes],
        "languages": list(kit.languages),
        "searches": [{"name": name, "query": query} for name, query in kit.searches],
        "count": len(facts),
    }


def _is_of(its: Frame, feed: Named, kit: str) -> bool:
    return feed.chosen.kit == kit and feed.house.profile.id == its.house.profile.id


def _feed(feed: Named, known: FactFeed) -> dict[str, Any]:
    """Not its address: that may be for the office alone."""
    names = ("read_at", "outcome", "why", "failures", "entries", "counts")
    told = {name: getattr(known, name) for name in names}
    chosen = feed.chosen
    read = {**told, "outcome": known.outcome if known.asked_at else None}
    return {"name": chosen.name, "source": chosen.source, "days": chosen.days, "every": chosen.every, **read}


def _fact(its: Frame, fact: Fact) -> dict[str, Any]:
    today = its.now().astimezone(ZoneInfo(its.house.profile.timezone)).date()
    return {
        "number": fact.number,
        "language": fact.language,
        "text": fact.text,
        "source": fact.source,
        "url": fact.url,
        "from": fact.start,
        "to": fact.end,
        "holds": fact.holds(today),
        "by": fact.by,
        "at": fact.at,
    }
