"""What a subscription would have sent in the last days, before it is kept: with the code that sends.

Articles come in the order in which they were seen, each with the size that its story had by then. What is not known
any more is left out: labels and stories are those of today, and so are the words of the query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from diembao.core.article import Kind, Labelled, Role
from diembao.core.ports import SortBy
from diembao.core.query import Bool, Range
from diembao.core.subscription import Rhythm, Subject, Subscription
from diembao.pipeline.replaying import Counted, replay
from diembao.pipeline.telling import is_fresh
from diembao.pipeline.wiring import Installation
from diembao.response.alerts import Going, Telling, story_of, tree_of
from diembao.response.heard import Heard
from diembao.response.leaving import messages

DAYS: Final = 14
# Articles that are looked at, the newest: a subscription that matches more is told by the number that do.
LOOKED: Final = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """``articles`` matched in all, of which the ``looked`` newest were gone through. ``messages`` are those to one
    recipient, the earliest first, each with its moment. ``counted`` in their place: what is told by a count.
    """

    days: int
    articles: int
    looked: int
    messages: tuple[tuple[datetime, Sequence[Going]], ...]
    counted: Counted | None = None

    @property
    def number(self) -> int:
        """Of messages, to one recipient."""
        return len(self.counted.rings if self.counted else self.messages)

    @property
    def stories(self) -> int:
        return len({each.alert.story for _, told in self.messages for each in told})


def can_preview(subscription: Subscription) -> bool:
    """Is it told by articles? What notes tell is not replayed."""
    return subscription.subject is not Subject.MENTIONS


def preview(house: Installation, subscription: Subscription, now: datetime, *, days: int = DAYS) -> Preview:
    """Raises:
    IndexAway: the searchable copy does not answer.
    """
    if not can_preview(subscription):
        return Preview(days, 0, 0, ())
    if subscription.rhythm in {Rhythm.SPIKE, Rhythm.SILENCE}:
        return _counted(house, subscription, now, days)
    subscription, start = replace(subscription, since=None), now - timedelta(days=days)
    total, found = _matching(house, subscription, start, now)
    sizes = _Sizes(house, found)
    telling, heard = Telling(house.profile.id, house.profile.timezone), Heard()
    going: list[Going] = []
    for item in sorted(found, key=lambda each: each.article.seen_at):
        at = item.article.seen_at
        if is_fresh(item, at):
            going += telling.tell([(subscription, item)], heard, sizes.by(item, at), at)
    return Preview(days, total, len(found), tuple(messages(going)))


def _counted(house: Installation, subscription: Subscription, now: datetime, days: int) -> Preview:
    query = tree_of(subscription, now, house.vocabulary.once())
    found = replay(house, subscription, query, now, days)
    articles = sum(each.seen for each in found.bars)
    return Preview(days, articles, articles, (), found)


def _matching(
    house: Installation, subscription: Subscription, start: datetime, now: datetime
) -> tuple[int, Sequence[Labelled]]:
    """How many articles were seen in these days that match, and the newest of them."""
    if subscription.subject is Subject.CASE:
        case = house.store.case_file(subscription.key)
        covered = {each.article_id: each.at for each in case.coverage if start <= each.at} if case else {}
        found = [
            replace(item, article=replace(item.article, seen_at=covered[item.article.id]))
            for item in house.store.articles([*covered][-LOOKED:])
        ]
        return len(covered), found
    tree = tree_of(subscription, now, house.vocabulary.once())
    hits = house.index.search(Bool(must=(tree, Range("seen", start, now))), sort=SortBy.NEWEST, limit=LOOKED)
    return hits.total, house.store.articles([hit.id for hit in hits.hits])


class _Sizes:
    """How large stories were at a moment of the past."""

    def __init__(self, house: Installation, items: Sequence[Labelled]) -> None:
        stories = {story for item in items if (story := item.key(Kind.STORY))}
        members = house.store.story_members(sorted(stories))
        rows = {row.article.id: row for row in house.store.rows([each for ids in members.values() for each in ids])}
        self._members = {story: [rows[each] for each in ids if each in rows] for story, ids in members.items()}

    def by(self, item: Labelled, at: datetime) -> Mapping[str, tuple[int, int]]:
        there = [each for each in self._members.get(item.key(Kind.STORY) or "", ()) if each.article.seen_at <= at]
        roles = Counter(each.key(Kind.ROLE) == Role.COPY.value for each in there)
        return {story_of(item): (len(there), roles[False])}
