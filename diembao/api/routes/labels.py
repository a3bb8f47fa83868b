"""Labels: what was ever judged of an article; a person's correction, and taking it back."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import FastAPI, Query, Request

from diembao.api import casework, cursors, frame, shapes
from diembao.api.cursors import Cursor, Limit
from diembao.api.frame import ArticleId, Frame
from diembao.api.gate import visitor_of
from diembao.api.rights import Act, Thing, Visitor, require
from diembao.core.article import ONE_THEME, Kind, Labelled
from diembao.core.errors import WrongUse

# Kinds that a person corrects, as on the screens.
CORRECTED: Final = (Kind.RELEVANCE, Kind.STANCE, Kind.THEME, *ONE_THEME)

_THEMES: Final = (Kind.THEME, *ONE_THEME)

About = Annotated[str, Query(max_length=shapes.KEY, description="A province that is judged here; empty: its own")]


def add(app: FastAPI, its: Frame) -> None:
    _add_history(app, its)
    _add_correcting(app, its)


def _add_history(app: FastAPI, its: Frame) -> None:
    store = its.house.store

    @app.get(
        "/v1/articles/{article_id}/labels",
        summary="Every judgement of it, those that have ended too",
        response_model=shapes.History,
    )
    def history(article_id: ArticleId, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401 (or a problem)
        question = f"labels:{article_id}"
        place = cursors.read(question, cursor, "i")
        given = [each for each in store.label_history(article_id) if frame.is_told(its.house, each[0])]
        if not given and store.article(article_id) is None:
            return frame.no_article(article_id)
        page, older = cursors.older(given, place, limit)
        told = [frame.judgement(label) | {"ended_at": ended} for label, ended in page]
        return {"article": article_id, "labels": told, "next": cursors.write(question, [older]) if older else None}


def _add_correcting(app: FastAPI, its: Frame) -> None:
    store = its.house.store

    @app.post(
        "/v1/articles/{article_id}/labels",
        summary="Correct a judgement, in the name of the person whose session or key this is",
        response_model=shapes.InForce,
    )
    def correct(article_id: ArticleId, said: shapes.Correction, request: Request) -> Any:  # noqa: ANN401 (or a problem)
        item = store.article(article_id)
        if item is None:
            return frame.no_article(article_id)
        who, about = visitor_of(request), said.about or its.house.profile.id
        _check(its, who, item, said.kind, about)
        _check_keys(its, said)
        why = said.why.strip()
        store.correct(article_id, said.kind, about, said.keys, by=who.actor, why=why, now=its.now(), where=who.where)
        return _in_force(its, article_id)

    @app.delete(
        "/v1/articles/{article_id}/labels/{kind}",
        summary="Take back what people judged, so that the machine's counts again",
        response_model=shapes.InForce,
    )
    def retract(article_id: ArticleId, kind: Kind, request: Request, about: About = "") -> Any:  # noqa: ANN401
        item = store.article(article_id)
        if item is None:
            return frame.no_article(article_id)
        who, about = visitor_of(request), about or its.house.profile.id
        _check(its, who, item, kind, about)
        store.retract(article_id, kind, about, by=who.actor, now=its.now(), where=who.where)
        return _in_force(its, article_id)


def _check(its: Frame, who: Visitor, item: Labelled, kind: Kind, about: str) -> None:
    """Raises:
    Refused: this visitor may not.
    WrongUse: not a kind that people correct, or nothing is judged about that province here.
    """
    require(who, Act.CORRECT_LABEL, Thing(about, foreign=casework.is_foreign(its.house, item)))
    if kind not in CORRECTED:
        raise WrongUse(
            f"sửa được {', '.join(CORRECTED)}, không phải “{kind}”"
            f" ({', '.join(CORRECTED)} can be corrected, not '{kind}')"
        )
    if about not in its.house.profile.judged:
        raise WrongUse(f"ở đây không đánh giá về tỉnh “{about}” (nothing is judged about '{about}' here)")


def _check_keys(its: Frame, said: shapes.Correction) -> None:
    unknown = [key for key in said.keys if said.kind in _THEMES and key not in its.house.profile.themes]
    if unknown:
        raise WrongUse(f"không có chủ đề “{unknown[0]}” (there is no theme '{unknown[0]}')")


def _in_force(its: Frame, article_id: str) -> dict[str, Any]:
    item = its.house.store.article(article_id)
    return {"article": article_id, "labels": frame.labels(its.house, item) if item else []}
