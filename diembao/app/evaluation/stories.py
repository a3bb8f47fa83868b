"""`eval stories`: are articles about one event put together, and strangers kept apart?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from classifier.quality import b_cubed, pairs, pairs_across
from diembao.app.evaluation.records import Moment, Name, Record, Step, Text, Words, read, refuse_repeats
from diembao.core.article import Article, DateFrom, Role, TextFrom
from diembao.core.settings import Settings
from diembao.pipeline.wiring import Installation

LANGUAGE: Final = "vi"  # of an article that does not say its own


class Told(Record):
    cluster_id: Name
    doc_id: Name
    title: Text
    body: Words
    published: Moment = None
    outlet: Words = ""
    language: Words = ""


def load(path: Path) -> list[Told]:
    docs = read(path, Told)
    refuse_repeats(path, (one.doc_id for one in docs), "doc_id")
    return docs


def measure(docs: Sequence[Told], home: Path, now: datetime, step: Step, worst: int = 0) -> dict[str, Any]:
    """All documents at once, as if they were the coverage of one province. ``home`` is any folder: nothing is
    written there. The table is of pairs of documents.
    """
    grouper = Installation(Settings(home=home)).grouper
    placed = {place.article_id: place for place in grouper.group([_article(one, now) for one in docs])}
    true = [one.cluster_id for one in docs]
    said = [placed[one.doc_id].story for one in docs]
    copies = sum(place.role == Role.COPY for place in placed.values())
    step(len(docs))
    return {
        "n": len(docs),
        "clusters": len(set(true)),
        "stories": len(set(said)),
        "b3": asdict(b_cubed(true, said)),
        "pairs": asdict(pairs(true, said)),
        "across": asdict(pairs_across(true, said, [one.language or LANGUAGE for one in docs])),
        "copies": copies,
        "distinct_texts": len(docs) - copies,
        "confusion": _of_pairs(true, said),
        **({"worst": _worst(docs, said)[:worst]} if worst else {}),
    }


def _of_pairs(true: Sequence[str], said: Sequence[str]) -> dict[str, dict[str, int]]:
    both, events, stories = (
        sum(n * (n - 1) // 2 for n in Counter(groups).values()) for groups in (zip(true, said, strict=True), true, said)
    )
    others = len(true) * (len(true) - 1) // 2 - events
    return {
        "same event": {"one story": both, "apart": events - both},
        "two events": {"one story": stories - both, "apart": others - (stories - both)},
    }


def _worst(docs: Sequence[Told], said: Sequence[str]) -> list[dict[str, Any]]:
    """Documents whose story holds most strangers and misses most of their event, the worst first."""
    events, stories = Counter(one.cluster_id for one in docs), Counter(said)
    both = Counter((one.cluster_id, story) for one, story in zip(docs, said, strict=True))
    found = []
    for row, (one, story) in enumerate(zip(docs, said, strict=True), start=1):
        met = both[one.cluster_id, story]
        strangers, missed = stories[story] - met, events[one.cluster_id] - met
        if strangers or missed:
            told = {"row": row, "doc_id": one.doc_id, "title": one.title, "event": one.cluster_id, "story": story}
            found.append(
                {**told, "strangers": strangers, "missed": missed, "f1": 2 * met / (2 * met + strangers + missed)}
            )
    return sorted(found, key=lambda wrong: (wrong["f1"], wrong["row"]))


def _article(one: Told, now: datetime) -> Article:
    """An outlet that is not named counts as one of its own: copies are told between outlets only."""
    return Article(
        id=one.doc_id,
        url=f"https://set.invalid/{one.doc_id}",
        outlet=one.outlet or f"of {one.doc_id}",
        title=one.title,
        lead="",
        text=one.body,
        text_from=TextFrom.PAGE,
        language=one.language or LANGUAGE,
        published_at=one.published,
        published_from=DateFrom.FEED if one.published else DateFrom.NONE,
        seen_at=now,
    )
