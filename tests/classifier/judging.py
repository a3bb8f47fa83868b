"""Articles, labels and a profile for the tests of taggers."""

from __future__ import annotations

import datetime as dt

from diembao.core.article import Article, DateFrom, Kind, Label, TextFrom
from diembao.plan.reader import Profile

NOW = dt.datetime(2026, 11, 20, 6, 0, tzinfo=dt.UTC)

PROFILE = Profile(
    id="gia-lai",
    name="Gia Lai",
    name_en="Gia Lai",
    areas=("binh-dinh",),
    units={},
    groups={},
    tasks=(),
    fields={},
    places=(),
)


def article(title: str, lead: str = "", text: str = "", language: str = "vi", **changes: object) -> Article:
    """One article of outlet "bao", first seen at NOW; the id is the title's unless given."""
    given: dict[str, object] = {
        "id": title[:40],
        "url": "https://bao.example/1",
        "outlet": "bao",
        "title": title,
        "lead": lead,
        "text": text,
        "text_from": TextFrom.PAGE,
        "language": language,
        "published_at": NOW,
        "published_from": DateFrom.FEED,
        "seen_at": NOW,
    }
    return Article(**{**given, **changes})  # type: ignore[arg-type]  # the tests name the fields


def relevance(key: str = "yes", about: str = "gia-lai") -> Label:
    return Label("x", Kind.RELEVANCE, key, about)
