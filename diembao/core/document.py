"""What the index knows of an article, and the fields a query may name.

A document is derived: the index may be deleted and made again from the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import chain

from diembao.core.article import Kind, Labelled
from diembao.core.provinces import PROVINCIAL, Viewed


class Shape(StrEnum):
    """How a field is indexed: analysed text, exact keywords, or a time."""

    TEXT = "text"
    KEYWORD = "keyword"
    TIME = "time"


# Every field an index holds, the same on all engines. `text` searches title, lead and body;
# `published` is the time of publication, or of first sight where that is unknown.
# `relevance`, `place`, `theme` and `stance` are those of the province that asks (`core.provinces`).
FIELDS: dict[str, Shape] = {
    "id": Shape.KEYWORD,
    "text": Shape.TEXT,
    "title": Shape.TEXT,
    "outlet": Shape.KEYWORD,
    "country": Shape.KEYWORD,
    "language": Shape.KEYWORD,
    "relevance": Shape.KEYWORD,
    "place": Shape.KEYWORD,
    "theme": Shape.KEYWORD,
    "stance": Shape.KEYWORD,
    "story": Shape.KEYWORD,
    "role": Shape.KEYWORD,
    "published": Shape.TIME,
    "seen": Shape.TIME,
}


@dataclass(frozen=True, slots=True)
class Document:
    """One article for the index; ``keywords`` holds the values of each keyword field but ``id``.

    ``version`` is the head of the log before the article was read: of two writers of one article, the one who read
    it later is right.
    """

    id: str
    title: str
    lead: str
    text: str
    published: datetime
    seen: datetime
    keywords: dict[str, tuple[str, ...]] = field(default_factory=dict)
    version: int = 0


def document(item: Labelled, *, provinces: Sequence[Viewed], country: str, version: int = 0) -> Document:
    """The document of an article for an installation that watches these provinces."""
    article = item.article
    held = [each.keywords(item) for each in provinces]
    keywords = {
        "outlet": (article.outlet,),
        "country": (country,) if country else (),
        "language": item.keys(Kind.LANGUAGE) or (article.language,),
        **{name: tuple(chain.from_iterable(each[name] for each in held)) for name in PROVINCIAL},
        "story": item.keys(Kind.STORY),
        "role": item.keys(Kind.ROLE),
    }
    texts = article.title, article.lead, article.text
    return Document(article.id, *texts, article.when, article.seen_at, keywords, version)
