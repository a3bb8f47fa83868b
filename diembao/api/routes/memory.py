"""Answer memory and effect: what an article repeats, what repeats a case's answer, what coverage did after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from fastapi import FastAPI, Request

from diembao.api import casework, cursors, frame, shapes
from diembao.api.cursors import Cursor, Limit, Place
from diembao.api.deeds import Number, case_of, no_case
from diembao.api.frame import ArticleId, Frame
from diembao.api.gate import visitor_of
from diembao.api.rights import Act, NotAllowed
from diembao.core.case import CaseQuery
from diembao.core.memory import Judged, MatchPlace, MatchQuery
from diembao.response import memory as judging
from diembao.response import memory_json
from diembao.response.effect import effect_of
from diembao.response.effect_json import as_json

LISTED: Final = 200
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


def add(app: FastAPI, its: Frame) -> None:
    _add_answers(app, its)
    _add_matches(app, its)
    _add_effect(app, its)


def _add_answers(app: FastAPI, its: Frame) -> None:
    store = its.house.store

    @app.get(
        "/v1/articles/{article_id}/answers",
        summary="What it repeats that was answered already",
        response_model=shapes.ArticleAnswers,
    )
    def answers(request: Request, article_id: ArticleId, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401 (or a problem)
        if store.article(article_id) is None:
            return frame.no_article(article_id)
        question = f"answers:{article_id}"
        place = cursors.read(question, cursor, "isi")
        found = memory_json.told(store, MatchQuery(articles=(article_id,)), limit=LISTED)
        seen = _readable(its, request, {match.case for match, _ in found})
        page, following = cursors.behind((each for each in found if each[0].case in seen), _surest, place, limit)
        return {
            "article": article_id,
            "answers": [memory_json.as_json(match, claim) for match, claim in page],
            "next": cursors.write(question, following) if following else None,
        }


def _add_matches(app: FastAPI, its: Frame) -> None:
    store = its.house.store

    @app.get(
        "/v1/cases/{number}/matches",
        summary="Coverage that repeats what its statement answers",
        response_model=shapes.CaseMatches,
    )
    def matches(request: Request, number: Number, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401 (or a problem)
        if case_of(its, request, number) is None:
            return no_case(number)
        question = f"matches:{number}"
        place = _place(cursors.read(question, cursor, "isis"))
        found = store.matches(MatchQuery(case=number, behind=place), limit=limit + 1)
        page = found[:limit]
        told = memory_json.with_claims(store, page)
        return {
            "case": number,
            "matches": [memory_json.as_json(match, claim) for match, claim in told],
            "next": cursors.write(question, _written(page[-1].place)) if len(found) > limit else None,
        }

    @app.post(
        "/v1/cases/{number}/matches",
        summary="Say of a match whether it repeats the claim; said anew, the word before ends",
        response_model=shapes.Match,
    )
    def judged(request: Request, number: Number, said: shapes.Judging) -> Any:  # noqa: ANN401 (or a problem)
        case, who = case_of(its, request, number), visitor_of(request)
        if case is None:
            return no_case(number)
        if not casework.allowed(its.house, who, Act.WORK_CASE, case):
            raise NotAllowed(Act.WORK_CASE)
        judged = Judged(number, said.claim, said.article, said.judged, who.actor, its.now(), said.why)
        judging.judge(store, judged, where=who.where)
        asked = MatchQuery(articles=(said.article,), case=number, refused=True)
        found = memory_json.told(store, asked, limit=LISTED)
        return next(memory_json.as_json(*each) for each in found if each[0].claim == said.claim)


def _add_effect(app: FastAPI, its: Frame) -> None:
    @app.get(
        "/v1/cases/{number}/effect",
        summary="What coverage did after its answer, as long before as after",
        response_model=shapes.CaseEffect,
    )
    def effect(request: Request, number: Number) -> Any:  # noqa: ANN401 (or a problem)
        found = its.house.store.case_file(number) if case_of(its, request, number) else None
        if found is None:
            return no_case(number)
        profile = its.house.profile
        return as_json(number, effect_of(its.house.store, found, profile.id, profile.timezone, its.now()))


def _surest(each: memory_json.Told) -> tuple[int | str, ...]:
    """By how far from sure, in billionths."""
    match, _ = each
    return round((1 - match.repeat.score) * 10**9), match.case, match.claim


def _written(place: MatchPlace) -> Place:
    """A chance and a moment come back as they were: neither is rounded."""
    return (place.at - EPOCH) // MICROSECOND, repr(place.score), place.claim, place.article_id


def _place(written: Place | None) -> MatchPlace | None:
    if written is None:
        return None
    at, score, claim, article_id = written
    try:
        return MatchPlace(EPOCH + int(at) * MICROSECOND, float(score), int(claim), str(article_id))
    except (ValueError, OverflowError) as error:
        raise cursors.wrong() from error


def _readable(its: Frame, request: Request, numbers: Iterable[str]) -> set[str]:
    """Those of these cases that the visitor may read."""
    _, found = its.house.store.cases(CaseQuery(numbers=tuple(numbers)), limit=LISTED)
    who = visitor_of(request)
    return {case.number for case in found if casework.allowed(its.house, who, Act.READ_CASE, case)}
