"""Which of a batch's articles are told to whom, in one province."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from diembao.core.article import Labelled
from diembao.core.document import Document
from diembao.core.query import Query
from diembao.core.subscription import Subscription
from diembao.pipeline.hearing import still_told
from diembao.pipeline.wiring import Installation
from diembao.response.alerts import Going, Heard, Telling, all_subscriptions, matches, read, story_of

# On a first pass over two weeks of coverage nobody wants two weeks of alerts.
ALERT_AGE: Final = timedelta(days=2)


def is_fresh(item: Labelled, now: datetime) -> bool:
    """Is it new enough to be told?"""
    return item.article.when >= now - ALERT_AGE


def standing(house: Installation) -> list[Subscription]:
    """The subscriptions of this province, but for those whose owner may not be told (any more)."""
    return still_told(house, all_subscriptions(house.settings.alerts, house.store.subscriptions()))


def going(
    house: Installation,
    fresh: Sequence[Labelled],
    ready: Sequence[Document],
    sizes: Mapping[str, tuple[int, int]],
    now: datetime,
) -> list[Going]:
    """``ready`` are the same articles as an index holds them, ``sizes`` the articles and distinct texts of stories."""

    def find(queries: Sequence[Query]) -> Sequence[Sequence[str]]:
        return house.matcher.matching(ready, [house.viewed.query(each) for each in queries])

    asked, words = standing(house), house.vocabulary.once()
    found = matches(asked, fresh, find, now, words=words, of_case=of_case(house))
    items = [item for _, item in found]
    heard = Heard(house.store.told_of([item.article.id for item in items], [story_of(item) for item in items]))
    telling = Telling(house.profile.id, house.profile.timezone, lambda each: read(each, now, words))
    return telling.tell(found, heard, sizes, now)


def of_case(house: Installation) -> Callable[[str], Collection[str]]:
    """The ids of a case's coverage; each case is read once."""

    @cache
    def covered(number: str) -> Collection[str]:
        found = house.store.case_file(number)
        return frozenset(each.article_id for each in found.coverage) if found else frozenset()

    return covered
