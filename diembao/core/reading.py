"""What reading a page told beside its words: how much of the article it is, its dates by source, its editions.

Judgements among it become labels (`Kind.EXTENT`, `Kind.FORM`); the rest is kept as it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from diembao.core.article import DateFrom
from diembao.core.ledger import Hop


class Extent(StrEnum):
    """How much of an article we have."""

    WHOLE = "whole"
    STUB = "stub"  # what an outlet shows before its paywall
    PART = "part"  # of an article on several pages one or more could not be read


class Form(StrEnum):
    """What a page is; its text is made by other rules (`crawlers.forms`)."""

    ARTICLE = "article"
    LIVE = "live"  # a report that grows while something happens
    GALLERY = "gallery"  # pictures, whose captions are the text
    VIDEO = "video"  # a film, whose description is the text


@dataclass(frozen=True, slots=True)
class DateSaid:
    """One source's time of publication. ``refused``: it cannot be (the future, before the web), and is not used."""

    where: DateFrom
    at: datetime
    raw: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """The same article in another language, as its page names it; ``id`` is that of the canonical ``url``."""

    id: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class Further:
    """The answer with a further page of an article."""

    body: bytes
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """``dates`` is empty where the sources agree; else all that they say, the one that is used first."""

    extent: Extent = Extent.WHOLE
    why: str = ""  # of the extent, in words that a person can check
    form: Form = Form.ARTICLE
    dates: tuple[DateSaid, ...] = ()
    editions: tuple[Edition, ...] = ()
    further: tuple[Further, ...] = ()


PLAIN = Reading()


@dataclass(frozen=True, slots=True)
class Twin:
    """Two articles that one of their pages calls one article in two languages."""

    article: str
    other: str
    language: str  # of the other


class Readings(Protocol):
    """The part of the store that keeps what pages said of themselves."""

    def dates_said(self, article_id: str) -> Sequence[DateSaid]:
        """As the latest reading of its page found them; none where the sources agree."""

    def twins(self, ids: Iterable[str]) -> Sequence[Twin]:
        """Of these articles, both ways, where both are in the store; in the order of ids."""
