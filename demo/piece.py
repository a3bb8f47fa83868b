"""What an article of the newsroom is: the records that the copy desk reads from demo/articles."""

from __future__ import annotations

from dataclasses import dataclass

from demo.datelines import Dateline

_THEMES = """
    policy-communication labour-migration province-brand culture-heritage tourism trade-investment agriculture-ocop
    laos-partners asean foreign-press overseas-vietnamese environment-climate digital-transformation human-rights
    security-order sea-islands ethnic-minorities resources-training"""
THEMES = frozenset(_THEMES.split())
RELEVANCE = frozenset({"yes", "part", "no"})
STANCES = frozenset({"positive", "neutral", "critical", "na"})
ROLES = frozenset({"original", "follow-up", "correction"})
CLAIMS = frozenset({"", "wrong", "answer"})


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful press officer would say of the article."""

    gialai: str
    binhdinh: str
    themes: tuple[str, ...]
    stance: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article in one state, placeholders not yet filled in."""

    title: str
    lead: str
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One article as written. `edit` is (minutes after start, the words from then on)."""

    slug: str
    language: str
    outlet: str
    when: Dateline
    words: Words
    section: str
    truth: Truth
    story: str = ""
    role: str = "original"
    claim: str = ""
    fault: str = ""
    edit: tuple[int, Words] | None = None
    copy_of: str = ""  # the slug of the original
    edited_copy: bool = False  # not word for word
