"""What subscriptions were told so far, also where stories have merged, split or changed their members since.

A subscription that was told of a story has heard of every article in it that it asked for: of those that told, and of
those that were silent because the story was known (`HeardOf`). Wherever these are today, their story is no news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from diembao.core.alert import Alert, HeardOf
from diembao.core.article import Labelled
from diembao.response.news import NOTHING_TOLD, Told, both


class Heard:
    """``new`` is what was heard of here, for the record."""

    def __init__(self, alerts: Iterable[Alert] = (), covered: Iterable[HeardOf] = ()) -> None:
        self.new: dict[tuple[str, str], HeardOf] = {}
        self._told: dict[tuple[str, str], Told] = {}  # by subscription and story
        self._stories: defaultdict[str, dict[str, str]] = defaultdict(dict)  # by article, for each subscription
        self._covered: dict[tuple[str, str], HeardOf] = {}
        for each in covered:
            self._cover(each)
        for alert in alerts:
            self.add(alert)

    def add(self, alert: Alert) -> None:
        key = alert.subscription, alert.story
        self._told[key] = self._told.get(key, NOTHING_TOLD).then(alert)
        self._stories[alert.subscription].setdefault(alert.article_id, alert.story)

    def of(self, subscription: str, story: str, article_id: str, members: Collection[str] = ()) -> Told:
        """What it was told of this story of today, by whatever story its members were in then."""
        found = NOTHING_TOLD
        for each in self._roots(subscription, story, article_id, members):
            found = both(found, self._told.get((subscription, each), NOTHING_TOLD))
        return found

    def covers(self, subscription: str, item: Labelled) -> bool:
        """Has it heard of this article, as it stands?"""
        known = self._covered.get((subscription, item.article.id))
        return known is not None and known.revision == item.article.revision

    def cover(self, subscription: str, item: Labelled, story: str, members: Collection[str] = ()) -> None:
        """It has heard of the story, and so of this article."""
        if not self.covers(subscription, item):
            roots = self._roots(subscription, story, item.article.id, members)
            told = next((each for each in roots if (subscription, each) in self._told), story)
            found = HeardOf(subscription, item.article.id, told, item.article.revision)
            self.new[subscription, item.article.id] = found
            self._cover(found)

    def _cover(self, each: HeardOf) -> None:
        self._covered[each.subscription, each.article_id] = each
        self._stories[each.subscription].setdefault(each.article_id, each.story)

    def _roots(self, subscription: str, story: str, article_id: str, members: Collection[str]) -> list[str]:
        """The story itself, and those that its members were told of in."""
        known = self._stories.get(subscription, {})
        there = (root for article, root in known.items() if article == article_id or article in members)
        return list(dict.fromkeys([story, *there]))
