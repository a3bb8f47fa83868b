"""A story in one line: by the title that tells it best, with the original's beside it where that is in another
language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diembao.core.article import Article, Kind, Labelled
from diembao.core.record import Store


@dataclass(frozen=True, slots=True)
class Headline:
    """``item`` is the article whose title it is; ``original`` the story's first one, where its language is another."""

    item: Labelled
    original: Labelled | None = None

    @property
    def title(self) -> str:
        return self.item.article.title


def headlines(store: Store, stories: Sequence[str]) -> Mapping[str, Headline]:
    """Of each of these stories that has articles, without their texts. One that was not grouped again since is told by
    its first article.
    """
    heads = store.story_headlines(stories)
    wanted = {*heads.values(), *stories}
    items = {item.article.id: item for item in store.heads(sorted(wanted))}
    return {
        story: _headline(items.get(heads.get(story, "")) or items[story], items.get(story))
        for story in stories
        if heads.get(story, story) in items
    }


def _headline(item: Labelled, first: Labelled | None) -> Headline:
    other = first is not None and language(first) != language(item)
    return Headline(item, first if other else None)


def same_event(nearest: Article) -> str:
    """How the reason begins for which an article is in the story of one in another language: grouping names it."""
    return f"cùng việc với {named(nearest)}"


def named(article: Article) -> str:
    return f"“{article.title[:120]}” ({article.outlet})"


def is_tied(item: Labelled, first: Labelled) -> bool:
    """Was it put into its story for what it shares with this very article, and not with others of the story?"""
    reason = f"{same_event(first.article)}:"
    return any(label.kind is Kind.STORY and label.why.startswith(reason) for label in item.labels)


def language(item: Labelled) -> str:
    return item.key(Kind.LANGUAGE) or item.article.language
