"""The words every room speaks: outlet, article, revision, label.

All are frozen: a change is a new revision or a new label, never an edit. Times are aware
``datetime`` values; texts are NFC.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class DateFrom(StrEnum):
    """Where a publication time was read (its provenance)."""

    FEED = "feed"
    JSON_LD = "json-ld"
    META = "meta"
    PAGE_TEXT = "page-text"
    URL = "url"
    NONE = "none"


class TextFrom(StrEnum):
    """Whether the text is the page's own or the feed's (the page was refused)."""

    PAGE = "page"
    FEED = "feed"


class Kind(StrEnum):
    """Kinds of labels. A new judgement adds a kind, never a field."""

    LANGUAGE = "language"
    PLACE = "place"
    RELEVANCE = "relevance"
    THEME = "theme"
    STANCE = "stance"
    STORY = "story"
    ROLE = "role"  # of an article within its story
    EXTENT = "extent"  # only a part of the article is here (`core.reading.Extent`); none for a whole one
    FORM = "form"  # a live report, a gallery, a film (`core.reading.Form`); none for a plain article
    HEADLINE = "headline"  # its title is the one that the story is told by; the key is the story
    THEME_YES = "theme-yes"  # a person's word on one theme alone: it is one of the article's; the key is the theme
    THEME_NO = "theme-no"  # it is none of the article's
    # What a language model thinks (`core.opinion`): beside the house's own judgement, never in its place.
    SECOND_RELEVANCE = "second-relevance"
    SECOND_THEME = "second-theme"
    SECOND_STANCE = "second-stance"


class Relevance(StrEnum):
    """Is the article about the province? ``part``: one of several places."""

    YES = "yes"
    PART = "part"
    NO = "no"


class Stance(StrEnum):
    """How the article presents the province; ``abstain`` where the machine does not know."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    CRITICAL = "critical"
    ABSTAIN = "abstain"


class Role(StrEnum):
    """What an article is within its story."""

    ORIGINAL = "original"
    COPY = "copy"
    FOLLOW_UP = "follow-up"
    CORRECTION = "correction"


# Characters of a text that a list reads: what a row quotes stands in the first pages of a text, and lists are drawn at
# every click.
LISTED = 20_000

# A person may say "none of the themes"; it is written as a label of this key, so that
# it outranks the machine's themes like any other correction.
NO_THEME = "none"


# A person's words on single themes: what the machine, or a person before, said of the other themes stands.
ONE_THEME = (Kind.THEME_YES, Kind.THEME_NO)
# What the heads learn from.
TAUGHT = (Kind.THEME, *ONE_THEME, Kind.STANCE)


@dataclass(frozen=True, slots=True)
class Outlet:
    """One entry of the catalogue (docs/outlets.md). ``fetch`` is "all" or "prefilter"; ``delay`` is in seconds.

    ``articles`` are examples of its articles' addresses, ``channels`` ids of its own YouTube channels, ``archive``
    what only a backfill reads, {year}, {month} and {day} in it filled in.
    """

    id: str
    name: str
    country: str
    language: str
    home: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    archive: tuple[str, ...] = ()
    timezone: str = "Asia/Ho_Chi_Minh"
    fetch: str = "prefilter"
    kind: str = "national"
    date_formats: tuple[str, ...] = ()
    delay: float | None = None
    note: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Every address that is asked for what is new."""
        channels = (f"https://www.youtube.com/feeds/videos.xml?channel_id={channel}" for channel in self.channels)
        return (*self.feeds, *self.sitemaps, *self.listings, *channels)


@dataclass(frozen=True, slots=True)
class Article:
    """What an outlet published at one URL, in its current revision.

    ``published_at`` is None when nothing trustworthy gave a time; ``published_from`` says where
    it was read. ``language`` is the outlet's declared language until a label says otherwise.
    ``response`` is the content address (SHA-256, hex) of the bytes it was read from.
    """

    id: str
    url: str
    outlet: str
    title: str
    lead: str
    text: str
    text_from: TextFrom
    language: str
    published_at: datetime | None
    published_from: DateFrom
    seen_at: datetime
    revision: int = 1
    revised_at: datetime | None = None
    response: str | None = None

    @property
    def when(self) -> datetime:
        """The time to sort by: published, or first seen where that is unknown."""
        return self.published_at or self.seen_at


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an article's words. Revision 1 is the first one seen."""

    article_id: str
    number: int
    title: str
    lead: str
    text: str
    seen_at: datetime
    response: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One judgement on one article.

    ``about`` is the province it speaks of ("" for language, story and role). ``score`` is 0–1.
    ``by`` is ``rules``, ``model:<version>`` or ``person:<account>``. ``why`` is what a person can
    check. ``revision`` is the revision it was made on. ``at`` is filled in by the store.
    """

    article_id: str
    kind: Kind
    key: str
    about: str = ""
    revision: int = 1
    score: float = 1.0
    by: str = "rules"
    why: str = ""
    at: datetime | None = None

    @property
    def by_person(self) -> bool:
        return self.by.startswith("person:")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with the labels in force, as screens, index and alerts see it."""

    article: Article
    labels: tuple[Label, ...] = field(default=())

    def keys(self, kind: Kind, about: str = "") -> tuple[str, ...]:
        """The keys in force of one kind, in the order of their scores; "none" is left out."""
        found = [x for x in self.labels if x.kind is kind and x.about == about]
        if len(found) > 1:
            found.sort(key=lambda x: (-x.score, x.key))
        return tuple([x.key for x in found if not (kind is Kind.THEME and x.key == NO_THEME)])

    def key(self, kind: Kind, about: str = "") -> str | None:
        """The one key of a kind that has one (relevance, stance, language, story)."""
        return next(iter(self.keys(kind, about)), None)

    def look_again(self, label: Label) -> bool:
        """A person judged an earlier revision: the label stands, and asks for another look."""
        return label.by_person and label.revision < self.article.revision


def article_id(canonical_url: str) -> str:
    """16 hex digits of SHA-256 of the canonical URL: 64 bits, no clash expected below 10⁸ articles."""
    return hashlib.sha256(canonical_url.encode()).hexdigest()[:16]


def is_article_id(text: str) -> bool:
    return re.fullmatch("[0-9a-f]{16}", text) is not None


def in_force(labels: Iterable[Label]) -> tuple[Label, ...]:
    """The labels that count, in the order given: for each (kind, about) a person's, where there are any, else the
    machine's. A person's word on one theme adds that theme to the others, or takes it away.
    """
    given = tuple(labels)
    words = {(label.about, label.key): label for label in given if label.kind in ONE_THEME}
    settled = {(label.kind, label.about) for label in given if label.by_person and not _named_alone(label, words)}
    if not settled:
        return given
    standing = tuple(label for label in given if label.by_person or (label.kind, label.about) not in settled)
    return _with_single_themes(standing, words) if words else standing


_Words = dict[tuple[str, str], Label]


def _named_alone(label: Label, words: _Words) -> bool:
    """Is this what a word on one theme came to, when labels in force are asked once more?"""
    word = words.get((label.about, label.key))
    return label.kind is Kind.THEME and word is not None and word.kind is Kind.THEME_YES and word.by == label.by


def _with_single_themes(standing: Iterable[Label], words: _Words) -> tuple[Label, ...]:
    given = {about for about, key in words if words[about, key].kind is Kind.THEME_YES}
    others = tuple(
        label
        for label in standing
        if label.kind is not Kind.THEME
        or ((label.about, label.key) not in words and not (label.key == NO_THEME and label.about in given))
    )
    named = (replace(word, kind=Kind.THEME) for word in words.values() if word.kind is Kind.THEME_YES)
    return (*others, *named)
