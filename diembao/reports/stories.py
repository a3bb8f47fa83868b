"""The main stories of a period: the largest by distinct texts, told by what their own outlets say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from diembao.core.article import Kind, Labelled, Role
from diembao.core.headlines import Headline, headlines, language
from diembao.core.query import Terms
from diembao.reports.figures import Book, Figure
from diembao.reports.house import OWN
from diembao.reports.lists import is_copy
from diembao.response.gists import accepted_gists

STORIES: Final = 10
FEWEST_STORIES: Final = 5  # told also where each has but one article
EARLIEST: Final = 20  # articles of a story among which the original is looked for
LEADS: Final = 3  # articles whose leads tell a story


@dataclass(frozen=True, slots=True)
class Story:
    """``items`` are those of the period, the earliest first, without their texts; ``first`` is the story's original,
    which may be from before; ``headline`` tells it in one line; ``leads`` are the articles that tell it in their own
    words, whole; ``whole`` counts its articles in all time, ``whole_texts`` those of them that are no copies.
    """

    figure: Figure
    first: Labelled
    headline: Headline
    items: tuple[Labelled, ...]
    leads: tuple[Labelled, ...]
    whole: int
    whole_texts: int

    @property
    def texts(self) -> int:
        return sum(not is_copy(item) for item in self.items)


def stories(book: Book, items: Sequence[Labelled], critical: frozenset[str]) -> Iterable[Story]:
    """``items``: all of the period, the earliest first; ``critical``: ids of those that are."""
    groups: dict[str, list[Labelled]] = {}
    for item in items:
        if story := item.key(Kind.STORY):
            groups.setdefault(story, []).append(item)
    chosen = sorted(groups, key=lambda story: _size(groups[story]), reverse=True)[:STORIES]
    large = [story for story in chosen if len(groups[story]) > 1]
    for story in large if len(large) >= FEWEST_STORIES else chosen[:FEWEST_STORIES]:
        yield _story(book, story, groups[story], critical)


def _story(book: Book, story: str, items: Sequence[Labelled], critical: frozenset[str]) -> Story:
    store = book.house.store
    members = store.story_members([story])[story]
    earliest = store.articles(members[:EARLIEST]) or items
    first = next((item for item in earliest if item.key(Kind.ROLE) == Role.ORIGINAL.value), earliest[0])
    told = headlines(store, [story]).get(story) or Headline(first)
    whole, texts = store.story_sizes([story])[story]
    figure = book.add(f"Chuyện: {told.title}", Terms("story", (story,)))
    return Story(figure, first, told, tuple(items), _leads(book, first, items, critical), whole, texts)


def _leads(book: Book, first: Labelled, items: Sequence[Labelled], critical: frozenset[str]) -> tuple[Labelled, ...]:
    """The original, then the newest that is critical, then the newest: each of another outlet, none a copy. Those in
    our language first, and one other at most: of these the one whose gist was accepted.
    """
    newest = [item for item in reversed(items) if not is_copy(item)]
    ordered = [first, *(x for x in newest if x.article.id in critical), *newest]
    once: dict[str, Labelled] = {}
    for item in ordered:
        once.setdefault(item.article.outlet, item)
    own = [item for item in once.values() if language(item) == OWN]
    foreign = [item for item in once.values() if language(item) != OWN]
    told = accepted_gists(book.house.store, foreign, OWN)
    foreign.sort(key=lambda item: item.article.id not in told)
    chosen = [*own, *foreign[:1]][:LEADS]
    return tuple(book.house.store.articles([item.article.id for item in chosen]))


def _size(items: Sequence[Labelled]) -> tuple[int, int, datetime]:
    return sum(not is_copy(item) for item in items), len(items), items[-1].article.when
