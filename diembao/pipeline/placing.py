"""An article as it is grouped, and its place in a story as labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diembao.core.article import Article, Kind, Label, Labelled
from diembao.core.ports import Placed

# What a reader sees as the reason of a headline.
HEADLINE = "tựa trung tâm nhất của chuyện, bản mới nhất"


def in_its_language(item: Labelled) -> Article:
    """Its outlet may have declared another one."""
    found = item.key(Kind.LANGUAGE)
    return replace(item.article, language=found) if found else item.article


def headed(labels: Sequence[Label]) -> list[tuple[str, int, str]]:
    return [(label.key, label.revision, label.by) for label in labels if label.kind is Kind.HEADLINE]


def story_labels(article: Article, place: Placed | None, version: str) -> list[Label]:
    if place is None:
        return []
    shared = {"article_id": article.id, "revision": article.revision, "score": place.score, "by": f"model:{version}"}
    labels = [
        Label(kind=Kind.STORY, key=place.story, why=place.why, **shared),  # type: ignore[arg-type]  # mixed values
        Label(kind=Kind.ROLE, key=place.role, why=place.why, **shared),  # type: ignore[arg-type]
    ]
    if place.headline:
        shared["score"] = 1.0
        labels.append(Label(kind=Kind.HEADLINE, key=place.story, why=HEADLINE, **shared))  # type: ignore[arg-type]
    return labels
