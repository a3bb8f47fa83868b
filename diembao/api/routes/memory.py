"""Answer memory and effect: what an article repeats, what repeats a case's answer, what coverage did after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from fastapi import FastAPI, Request

from diembao.api import casework, frame, shapes
from diembao.api.deeds import Number, case_of, no_case
from diembao.api.frame import ArticleId, Frame
from diembao.api.gate import visitor_of
from diembao.api.rights import Act, NotAllowed
from diembao.core.case import CaseQuery
from diembao.core.memory import Judged, MatchQuery
from diembao.response import memory as judging
from diembao.response import memory_json
from diembao.response.effect import effect_of
from diembao.response.effect_json import as_json

LISTED: Final = 200


def add(app: FastAPI, its: Frame) -> None:
    store = its.house.store

    @app.get(
        "/v1/articles/{article_id}/answers",
        summary="What it repeats that was answered already",
        response_model=shapes.ArticleAnswers,
    )
    def answers(request: Request, article_id: ArticleId) -> Any:  # noqa: ANN401 (or a problem)
        if store.article(article_id) is None:
            return frame.no_article(article_id)
        found = memory_json.told(store, MatchQuery(articles=(article_id,)), limit=LISTED)
        seen = _readable(its, request, {match.case for match, _ in found})
        told = [memory_json.as_json(match, claim) for match, claim in found if match.case in seen]
        return {"article": article_id, "answers": sorted(told, key=lambda each: -each["score"])}

    @app.get(
        "/v1/cases/{number}/matches",
        summary="Coverage that repeats what its statement answers",
        response_model=shapes.CaseMatches,
    )
    def matches(request: Request, number: Number) -> Any:  # noqa: ANN401 (or a problem)
        if case_of(its, request, number) is None:
            return no_case(number)
        found = memory_json.told(store, MatchQuery(case=number), limit=LISTED)
        return {"case": number, "matches": [memory_json.as_json(match, claim) for match, claim in found]}

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

    @app.get(
        "/v1/cases/{number}/effect",
        summary="What coverage did after its answer, as long before as after",
        response_model=shapes.CaseEffect,
    )
    def effect(request: Request, number: Number) -> Any:  # noqa: ANN401 (or a problem)
        found = store.case_file(number) if case_of(its, request, number) else None
        if found is None:
            return no_case(number)
        profile = its.house.profile
        return as_json(number, effect_of(store, found, profile.id, profile.timezone, its.now()))


def _readable(its: Frame, request: Request, numbers: Iterable[str]) -> set[str]:
    """Those of these cases that the visitor may read."""
    _, found = its.house.store.cases(CaseQuery(numbers=tuple(numbers)), limit=LISTED)
    who = visitor_of(request)
    return {case.number for case in found if casework.allowed(its.house, who, Act.READ_CASE, case)}
