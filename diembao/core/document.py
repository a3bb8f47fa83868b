"""What the index knows of an article, and the fields a query may name.

A document is derived: the index may be deleted and made again from the store.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from diembao.core.article import Kind, Labelled


class Shape(StrEnum):
    """How a field is indexed: analysed text, exact keywords, or a time."""

    TEXT = "text"
    KEYWORD = "keyword"
    TIME = "time"


# Every field an index holds, the same on all engines. `text` searches title, lead and body;
# `published` is the time of publication, or of first sight where that is unknown.
# `relevance`, `theme` and `stance` are those about the installation's province.
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


def document(item: Labelled, *, province: str, country: str, version: int = 0) -> Document:
    """The document of an article for an installation that watches ``province`` (a profile id)."""
    article = item.article
    keywords = {
        "outlet": (article.outlet,),
        "country": (country,) if country else (),
        "language": item.keys(Kind.LANGUAGE) or (article.language,),
        "relevance": item.keys(Kind.RELEVANCE, province),
        "place": tuple(x.about for x in item.labels if x.kind is Kind.RELEVANCE and x.key != "no"),
        "theme": item.keys(Kind.THEME, province),
        "stance": item.keys(Kind.STANCE, province),
        "story": item.keys(Kind.STORY),
        "role": item.keys(Kind.ROLE),
    }
    texts = article.title, article.lead, article.text
    return Document(article.id, *texts, article.when, article.seen_at, keywords, version)
