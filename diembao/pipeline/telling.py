"""Which of a batch's articles are told to whom, in one province."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from diembao.core.alert import HeardOf
from diembao.core.article import Labelled
from diembao.core.document import Document
from diembao.core.ports import Writer
from diembao.core.query import Query
from diembao.core.subscription import Subscription
from diembao.pipeline.hearing import still_told
from diembao.pipeline.settled import since
from diembao.pipeline.wiring import Installation
from diembao.response.alerts import Going, Telling, all_subscriptions, matches, read, story_of
from diembao.response.heard import Heard

# On a first pass over two weeks of coverage nobody wants two weeks of alerts.
ALERT_AGE: Final = timedelta(days=2)


def is_fresh(item: Labelled, now: datetime) -> bool:
    """Is it new enough to be told?"""
    return item.article.when >= now - ALERT_AGE


def standing(house: Installation) -> list[Subscription]:
    """The subscriptions of this province, but for those whose owner may not be told (any more)."""
    begun = since(house) if house.settings.alerts else {}
    every = all_subscriptions(house.settings.alerts, house.store.subscriptions())
    return still_told(house, [each if each.id else replace(each, since=begun.get(each.name)) for each in every])


@dataclass(frozen=True, slots=True)
class Said:
    """What is told in a province, and of which articles its subscriptions have heard by that."""

    province: str
    told: Sequence[Going]
    heard: Sequence[HeardOf]

    def queue(self, write: Writer, now: datetime) -> None:
        for each in self.told:
            write.add_alert(each.alert, each.to, held_until=each.held_until)
        write.hear(self.heard, province=self.province, now=now)


def said(
    house: Installation,
    fresh: Sequence[Labelled],
    ready: Sequence[Document],
    sizes: Mapping[str, tuple[int, int]],
    now: datetime,
) -> Said:
    """``ready`` are the same articles as an index holds them, ``sizes`` the articles and distinct texts of stories."""

    def find(queries: Sequence[Query]) -> Sequence[Sequence[str]]:
        return house.matcher.matching(ready, [house.viewed.query(each) for each in queries])

    asked, words = standing(house), house.vocabulary.once()
    found = matches(asked, fresh, find, now, words=words, of_case=of_case(house))
    items = [item for _, item in found]
    stories = {story_of(item) for item in items}
    members = {story: frozenset(ids) for story, ids in house.store.story_members(sorted(stories)).items()}
    heard = _heard(house, {item.article.id for item in items}.union(*members.values()), stories)
    telling = Telling(house.profile.id, house.profile.timezone, lambda each: read(each, now, words), members)
    told = telling.tell(found, heard, sizes, now)
    return Said(house.profile.id, told, list(heard.new.values()))


def _heard(house: Installation, articles: Collection[str], stories: set[str]) -> Heard:
    """By these articles, of these stories, and of those that these articles were told of in."""
    covered = house.store.heard_of(articles)
    told = [*house.store.told_of(articles, stories)]
    earlier = {each.story for each in covered} | {each.story for each in told}
    return Heard([*told, *house.store.told_of((), earlier - stories)] if earlier - stories else told, covered)


def of_case(house: Installation) -> Callable[[str], Collection[str]]:
    """The ids of a case's coverage; each case is read once."""

    @cache
    def covered(number: str) -> Collection[str]:
        found = house.store.case_file(number)
        return frozenset(each.article_id for each in found.coverage) if found else frozenset()

    return covered
