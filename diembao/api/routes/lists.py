"""The ledger, counts, what is alike, units, saved searches, claims and statements of all cases."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import FastAPI, Path, Request
from fastapi.responses import JSONResponse

from diembao.api import casework, cursors, frame, problems, shapes
from diembao.api.cursors import Cursor, Limit
from diembao.api.frame import ArticleId, Frame
from diembao.api.gate import visitor_of
from diembao.api.rights import Act
from diembao.api.routes.requests import UnitId
from diembao.api.routes.search import Typed, place_in, read_page, told
from diembao.api.shapes import lists
from diembao.api.trees import tree_of
from diembao.core.bulk import Line, Said
from diembao.core.case import CaseFile
from diembao.core.counts import counted
from diembao.core.ledger import Run
from diembao.pipeline.nearby import similar
from diembao.response.case_json import claim_of, statement_of

RunNumber = Annotated[int, Path(ge=1, le=cursors.LARGEST, examples=[1])]


def add(app: FastAPI, its: Frame) -> None:
    for each in (_add_ledger, _add_counts, _add_similar, _add_units, _add_searches, _add_said, _add_tree):
        each(app, its)


def _add_ledger(app: FastAPI, its: Frame) -> None:
    store = its.house.store

    @app.get("/v1/runs", summary="Runs of the crawler, newest first", response_model=lists.Runs)
    def runs(limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        place = cursors.read("runs", cursor, "i")
        found = store.runs_before(int(place[0]) if place else None, limit + 1)
        page = found[:limit]
        following = cursors.write("runs", [page[-1].counts.run]) if len(found) > limit else None
        return {"runs": [_run(each) for each in page], "next": following}

    @app.get(
        "/v1/runs/{run}/sightings",
        summary="The ledger of a run: what became of each entry of each source",
        response_model=lists.Sightings,
    )
    def sightings(run: RunNumber, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401 (or a problem)
        known = store.runs_before(run + 1, 1) if run < cursors.LARGEST else ()
        if not known or known[0].counts.run != run:
            return _missing("run", f"Không có lượt thu thập {run}.", f"There is no run {run}.")
        place = cursors.read(f"sightings:{run}", cursor, "i")
        found = store.sightings(run, int(place[0]) if place else 0, limit + 1)
        page = found[:limit]
        following = cursors.write(f"sightings:{run}", [page[-1].number]) if len(found) > limit else None
        return {"run": run, "sightings": [_line(each) for each in page], "next": following}


def _run(run: Run) -> dict[str, Any]:
    times = {"started_at": run.started_at, "ended_at": run.ended_at}
    return {"run": run.counts.run, "by": run.by, **times, "counts": run.counts.as_json()}


def _line(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in lists.Sighting.model_fields}


def _add_counts(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get(
        "/v1/counts", summary="How many articles match a query, by day, stance, theme …", response_model=lists.Counts
    )
    def counts(q: Typed = "") -> dict[str, Any]:
        now = its.now()
        found = counted(house.index, house.query(q, now), zone=house.profile.timezone, near=now)
        days = [{"day": day, "stance": stance, "articles": n} for (day, stance), n in sorted(found.days.items())]
        names = ("articles", "texts", "stories", "stances", "themes", "outlets", "countries", "languages")
        return {"q": q, "days": days, **{name: getattr(found, name) for name in names}}


def _add_similar(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get("/v1/articles/{article_id}/similar", summary="The articles that are like it", response_model=lists.Similar)
    def alike(article_id: ArticleId) -> Any:  # noqa: ANN401 (or a problem)
        if house.store.article(article_id) is None:
            return frame.no_article(article_id)
        found = similar(house, article_id)
        near_it = [
            frame.article(house, near.item)
            | {"likeness": near.likeness, "shared": list(near.shared), "same_story": near.same_story}
            for near in found or ()
        ]
        return {"article": article_id, "compared": found is not None, "similar": near_it}


def _add_units(app: FastAPI, its: Frame) -> None:
    profile = its.house.profile

    def as_told(unit: str) -> dict[str, Any]:
        return {
            "id": unit,
            "name": profile.units[unit].name,
            "themes": sorted(theme for theme, its_unit in profile.fields.items() if its_unit == unit),
            "tasks": [task.number for task in profile.tasks if unit in task.lead + task.helping],
        }

    @app.get("/v1/units", summary="Units of today, by id", response_model=lists.UnitsOfPlan)
    def units(limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        place = cursors.read("units", cursor, "s")
        page, last = cursors.behind(profile.units, lambda unit: (unit,), place, limit)
        following = cursors.write("units", last) if last else None
        return {"total": len(profile.units), "units": [as_told(unit) for unit in page], "next": following}

    @app.get("/v1/units/{unit}", summary="A unit", response_model=lists.UnitOfPlan)
    def unit(unit: UnitId) -> Any:  # noqa: ANN401 (or a problem)
        if unit not in profile.units:
            return _missing("unit", f"Không có đơn vị {unit}.", f"There is no unit {unit}.")
        return as_told(unit)


def _add_searches(app: FastAPI, its: Frame) -> None:
    @app.get("/v1/searches", summary="Saved searches, by name", response_model=lists.SavedSearches)
    def searches(limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        place = cursors.read("searches", cursor, "s")
        saved = its.house.store.saved_searches()
        page, last = cursors.behind(saved, lambda each: (each.key,), place, limit)
        kept = [{name: getattr(each, name) for name in ("name", "query", "at")} for each in page]
        return {"searches": kept, "next": cursors.write("searches", last) if last else None}


def _add_said(app: FastAPI, its: Frame) -> None:
    @app.get("/v1/claims", summary="Claims of all cases that may be seen", response_model=lists.CaseClaims)
    def claims(request: Request, limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        found, following = _said(its, request, Said.CLAIM, limit, cursor)
        listed = [
            {"case": file.case.number, **claim_of(claim)}
            for file, numbers in found
            for claim in file.claims
            if claim.number in numbers
        ]
        return {"claims": listed, "next": following}

    @app.get(
        "/v1/statements", summary="Issued statements of all cases that may be seen", response_model=lists.CaseStatements
    )
    def statements(request: Request, limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        found, following = _said(its, request, Said.STATEMENT, limit, cursor)
        listed = [
            {"case": file.case.number, **statement_of(file, issue)}
            for file, numbers in found
            for issue in file.issues
            if issue.number in numbers
        ]
        return {"statements": listed, "next": following}


def _said(
    its: Frame, request: Request, what: Said, limit: int, cursor: str
) -> tuple[list[tuple[CaseFile, set[int]]], str | None]:
    """Cases with the numbers that are of this page, and where the next begins."""
    case, number = cursors.read(what.value, cursor, "si") or ("", 0)
    named = its.house.store.said_behind(what, str(case), int(number), limit + 1)
    page: dict[str, set[int]] = {}
    for each, its_number in named[:limit]:
        page.setdefault(each, set()).add(its_number)
    files = [(its.house.store.case_file(each), numbers) for each, numbers in page.items()]
    who = visitor_of(request)
    seen = [
        (file, numbers)
        for file, numbers in files
        if file and casework.allowed(its.house, who, Act.READ_CASE, file.case)
    ]
    return seen, cursors.write(what.value, named[limit - 1]) if len(named) > limit else None


def _add_tree(app: FastAPI, its: Frame) -> None:
    @app.post("/v1/search", summary="The same as a tree in JSON", response_model=shapes.Search)
    def by_tree(said: lists.TreeSearch) -> dict[str, Any]:
        question = f"tree:{said.sort}:{said.query.model_dump_json(by_alias=True)}"
        query = tree_of(said.query)
        page = read_page(its, query, said.sort, said.limit, place_in(question, said.cursor, said.sort))
        following = cursors.write(question, page.place) if page.place else None
        return told(its, query, page) | {"q": "", "sort": said.sort, "limit": said.limit, "next": following}


def _missing(kind: str, vietnamese: str, english: str) -> JSONResponse:
    return problems.problem(404, vietnamese, english, kind=f"urn:diembao:problem:{kind}")
