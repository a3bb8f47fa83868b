"""The wrong answers of `eval judge`, the surest first: what to read in order to mend their causes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from diembao.core.article import Kind, Label

_MISSED = 0.5  # how wrong it is to name nothing: the machine says no chance for what it did not name


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of one item; ``stance`` is empty where the item is not about the province."""

    title: str
    relevance: str
    themes: frozenset[str]
    stance: str


def wrong_answers(
    truths: Sequence[Truth], said: Sequence[Sequence[Label]], province: str, house: str
) -> list[dict[str, Any]]:
    """``row`` counts from 1, as lines of a file do; ``score`` is the machine's own for what it said."""
    found = [
        {"row": row, "title": truth.title, **wrong}
        for row, (truth, labels) in enumerate(zip(truths, said, strict=True), start=1)
        for wrong in (
            *_relevance(truth, labels, province),
            *_themes(truth, labels, house),
            *_stance(truth, labels, house),
        )
    ]
    return sorted(found, key=lambda wrong: (-wrong["score"], wrong["row"]))


def _relevance(truth: Truth, labels: Sequence[Label], province: str) -> Iterator[dict[str, Any]]:
    for label in labels:
        if label.kind is Kind.RELEVANCE and label.about == province and label.key != truth.relevance:
            yield _told("relevance", truth.relevance, label)


def _themes(truth: Truth, labels: Sequence[Label], house: str) -> Iterator[dict[str, Any]]:
    named = {label.key: label for label in labels if label.kind is Kind.THEME and label.about == house}
    for key in sorted(named.keys() - truth.themes):
        yield _told("theme", None, named[key])
    for key in sorted(truth.themes - named.keys()):
        yield {"kind": "theme", "true": key, "said": None, "score": _MISSED, "why": ""}


def _stance(truth: Truth, labels: Sequence[Label], house: str) -> Iterator[dict[str, Any]]:
    for label in labels:
        if label.kind is Kind.STANCE and label.about == house and truth.stance and label.key != truth.stance:
            yield _told("stance", truth.stance, label)


def _told(kind: str, true: str | None, label: Label) -> dict[str, Any]:
    return {"kind": kind, "true": true, "said": label.key, "score": label.score, "why": label.why}
