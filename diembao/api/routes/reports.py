"""Reports that are kept: what they say, and each figure opened again."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Path, Query
from fastapi.responses import Response

from diembao.api import cursors, problems, shapes
from diembao.api.cursors import Cursor, Limit
from diembao.api.frame import Frame
from diembao.core.reports import Report
from diembao.paper.docx import MEDIA
from diembao.reports import keeping, schedule
from diembao.reports.reopening import Opened, reopen
from diembao.reports.sidecar import FigureEntry

ReportNumber = Annotated[int, Path(ge=1, le=2**53, examples=[7])]
FigureNumber = Annotated[int, Path(ge=1, le=100_000, examples=[1])]
Kind = Annotated[Literal["", "weekly", "half-year", "annual", "period"], Query(description="Of this kind alone")]
Year = Annotated[int, Query(ge=0, le=9999, description="Whose period ends in this year; 0: any")]


def add(app: FastAPI, its: Frame) -> None:
    _add_list(app, its)
    _add_one(app, its)
    _add_figure(app, its)
    _add_document(app, its)


def _add_list(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get("/v1/reports", summary="Reports that are kept", response_model=shapes.KeptReports)
    def reports(kind: Kind = "", year: Year = 0, limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        question = f"reports:{kind}:{year}"
        place = cursors.read(question, cursor, "i")
        last = house.store.report(int(place[0])) if place else None
        if place and last is None:
            raise cursors.wrong()
        found = house.store.reports(kind, year=year, after=last, limit=limit + 1)
        page = found[:limit]
        counts = house.store.report_counts().items()
        return {
            "total": sum(n for (its, of), n in counts if kind in {"", its} and year in {0, of}),
            "reports": [_report(each) for each in page],
            "next": cursors.write(question, [page[-1].number]) if len(found) > limit else None,
        }

    @app.get("/v1/reports/schedule", summary="Which reports are due when", response_model=shapes.ReportSchedule)
    def due(limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        now, profile = its.now(), house.profile
        today = now.astimezone(ZoneInfo(profile.timezone)).date()
        page, following = cursors.counted(f"due:{today}", schedule.schedule(profile, now), cursor, limit)
        return {
            "province": profile.id,
            "due": [schedule.as_json(each, today) for each in page],
            "next": following,
        }


def _add_one(app: FastAPI, its: Frame) -> None:
    @app.get(
        "/v1/reports/{report}",
        summary="A report, its figures and what people wrote in it",
        response_model=shapes.KeptReportWhole,
    )
    def report(report: ReportNumber) -> Any:  # noqa: ANN401 (a report or a problem)
        kept = keeping.read(its.house, report)
        if kept is None:
            return _missing(report)
        figures = [_figure(each) for each in kept.sidecar().figures]
        names = ("section", "paragraph", "version", "text", "by", "at")
        paragraphs = [{name: getattr(each, name) for name in names} for each in kept.written]
        return _report(kept.report) | {"figures": figures, "paragraphs": paragraphs}


def _add_figure(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get(
        "/v1/reports/{report}/figures/{figure}",
        summary="A figure of a report: its articles as they were, and what has changed since",
        response_model=shapes.ReopenedFigure,
    )
    def figure(report: ReportNumber, figure: FigureNumber, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401
        question = f"figure:{report}:{figure}"
        place = cursors.read(question, cursor, "i")
        offset = int(place[0]) if place else 0
        kept = keeping.read(house, report)
        found = reopen(house, kept.sidecar(), figure, offset=offset, limit=limit) if kept else None
        if found is None:
            return _missing(report)
        end = offset + limit
        return _figure(found.figure) | {
            "listed": found.listed,
            "articles": [_article(each) for each in found.articles],
            "values": [{"id": value, "name": name} for value, name in found.values],
            "now": found.now,
            "new": found.new,
            "came": [_article(each) for each in found.came],
            "next": cursors.write(question, [end]) if end < found.longest else None,
        }


def _add_document(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get(
        "/v1/reports/{report}/document",
        summary="The report as a DOCX; of a signed one what was signed, byte for byte",
        response_class=Response,
        responses={200: {"content": {MEDIA: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    def document(report: ReportNumber) -> Any:  # noqa: ANN401 (a file or a problem)
        kept = keeping.read(house, report)
        if kept is None:
            return _missing(report)
        made = keeping.document(house, kept, public_url=house.settings.web.public_url)
        named = f'attachment; filename="{keeping.stem(kept.report)}.docx"'
        return Response(made, media_type=MEDIA, headers={"Content-Disposition": named, "Cache-Control": "no-store"})


def _missing(number: int) -> Any:  # noqa: ANN401 (a problem)
    missing = f"Không có báo cáo {number}, hoặc số liệu này.", f"There is no report {number}, or no such figure."
    return problems.problem(404, *missing, kind="urn:diembao:problem:report")


def _report(each: Report) -> dict[str, Any]:
    names = ("number", "kind", "about", "name", "title", "version", "state", "made_at", "made_by")
    signed = ("signed_at", "signed_by", "registered")
    return {"from": each.first, "to": each.last, **{name: getattr(each, name) for name in (*names, *signed)}}


def _figure(each: FigureEntry) -> dict[str, Any]:
    last = each.before[0].count if each.before else None
    told = {name: getattr(each, name) for name in ("number", "name", "counted", "mean")}
    return {**told, "count": each.now.count, "last": last, "query": each.now.query}


def _article(each: Opened) -> dict[str, Any]:
    told = {name: getattr(each.then, name) for name in ("id", "url", "outlet", "title", "at", "stance", "themes")}
    return {**told, "since": each.since, "changed": {name: list(pair) for name, pair in each.now.items()}}
