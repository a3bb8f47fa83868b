"""Stories of which the machine thinks that the desk may want a case: it proposes, with the figures that made it do so;
a person opens one, or says that none is needed.

- *critical*: within three days two outlets or more wrote texts of their own that are critical of the province, or a
  person judged one so;
- *growing*: in six hours five articles or more of three outlets or more, and at least twice as many as in the six
  hours before;
- *answered*: within seven days an article said a claim again that was answered, and nobody has said what of it yet.

What any case holds is not proposed (of what says an answered claim again: any open case), nor what a person turned down
on that ground: both follow the story by its articles, wherever it is grouped by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from diembao.core.article import Kind, Labelled, Role, Stance
from diembao.core.counts import by_value
from diembao.core.desk import Ground
from diembao.core.headlines import headlines
from diembao.core.memory import MatchQuery
from diembao.core.ports import SortBy
from diembao.core.query import Bool, Query, Range, Terms
from diembao.pipeline.wiring import Installation
from diembao.response.memory_json import with_claims

CRITICAL_FOR: Final = timedelta(days=3)
OUTLETS: Final = 2
GROWING_IN: Final = timedelta(hours=6)
ARTICLES, GROWING_OUTLETS, TIMES = 5, 3, 2
ANSWERED_FOR: Final = timedelta(days=7)
# Critical articles that are looked at, stories that are looked at, and proposals that are shown.
LOOKED, STORIES, SHOWN = 300, 100, 10


@dataclass(frozen=True, slots=True)
class Proposed:
    """``item`` tells the story: its headline's article. ``n``: critical texts, articles in the last six hours, or those
    that say an answered claim again; ``before``: of the six hours before; ``outlets``: that wrote them.
    """

    ground: Ground
    item: Labelled
    title: str
    n: int
    outlets: int
    before: int = 0


def proposals(house: Installation, now: datetime) -> tuple[Proposed, ...]:
    """Most texts first.

    Raises:
        IndexAway: the articles cannot be searched now.
    """
    found = [*_critical(house, now), *_growing(house, now), *_answered(house, now)]
    free = _free(house, [(ground, story) for ground, story, *_ in found])
    told = headlines(house.store, sorted({story for _, story, *_ in found}))
    made = [
        Proposed(ground, told[story].item, told[story].title, n, outlets, before)
        for ground, story, n, outlets, before in found
        if (ground, story) in free and story in told
    ]
    return tuple(sorted(made, key=lambda each: (-each.n, each.item.article.id)))[:SHOWN]


_Found = tuple[Ground, str, int, int, int]


def _critical(house: Installation, now: datetime) -> list[_Found]:
    asked = _about(now - CRITICAL_FOR, now, Terms("stance", (Stance.CRITICAL.value,)))
    hits = house.index.search(asked, sort=SortBy.NEWEST, limit=LOOKED).hits
    by_story: dict[str, list[Labelled]] = {}
    for item in house.store.rows([hit.id for hit in hits]):
        by_story.setdefault(item.key(Kind.STORY) or item.article.id, []).append(item)
    found: list[_Found] = []
    for story, items in by_story.items():
        own = [item for item in items if item.key(Kind.ROLE) != Role.COPY.value]
        outlets = len({item.article.outlet for item in own})
        if outlets >= OUTLETS or any(_by_person(item, house.profile.id) for item in items):
            found.append((Ground.CRITICAL, story, len(own), outlets, 0))
    return found


def _by_person(item: Labelled, province: str) -> bool:
    return any(
        label.kind is Kind.STANCE and label.about == province and label.by_person and label.key == Stance.CRITICAL.value
        for label in item.labels
    )


def _growing(house: Installation, now: datetime) -> list[_Found]:
    aggs = {"story": _terms("story", STORIES) | {"aggs": {"outlet": _terms("outlet", STORIES)}}}
    buckets = house.index.aggregate(_about(now - GROWING_IN, now), aggs)["story"]["buckets"]
    large = {
        bucket["key"]: (bucket["doc_count"], len(by_value(bucket["outlet"])))
        for bucket in buckets
        if bucket["doc_count"] >= ARTICLES
    }
    if not large:
        return []
    earlier = _about(now - 2 * GROWING_IN, now - GROWING_IN, Terms("story", tuple(sorted(large))))
    before = by_value(house.index.aggregate(earlier, {"story": _terms("story", STORIES)})["story"])
    return [
        (Ground.GROWING, story, n, outlets, before.get(story, 0))
        for story, (n, outlets) in large.items()
        if outlets >= GROWING_OUTLETS and n >= TIMES * before.get(story, 0)
    ]


def _answered(house: Installation, now: datetime) -> list[_Found]:
    matches = house.store.matches(MatchQuery(since=now - ANSWERED_FOR), limit=LOOKED)
    standing = with_claims(house.store, matches)  # what was retracted answers nothing
    waiting = {each.article_id for each, _ in standing if each.verdict is None and not each.withdrawn}
    by_story: dict[str, list[Labelled]] = {}
    for item in house.store.rows(sorted(waiting)):
        by_story.setdefault(item.key(Kind.STORY) or item.article.id, []).append(item)
    return [
        (Ground.ANSWERED, story, len(items), len({item.article.outlet for item in items}), 0)
        for story, items in by_story.items()
        if not house.store.cases_with([item.article.id for item in items])
    ]


def _free(house: Installation, found: Sequence[tuple[Ground, str]]) -> set[tuple[Ground, str]]:
    """Those that no case holds and nobody turned down."""
    members = house.store.story_members(sorted({story for _, story in found}))
    held = house.store.held({each for ids in members.values() for each in ids})
    turned_down: dict[str, set[Ground]] = {}
    for each in house.store.dismissals():
        turned_down.setdefault(each.article_id, set()).add(each.ground)
    return {
        (ground, story)
        for ground, story in found
        if (ground is Ground.ANSWERED or held.isdisjoint(members[story]))
        and ground not in _grounds(members[story], turned_down)
    }


def _grounds(ids: Iterable[str], turned_down: Mapping[str, set[Ground]]) -> set[Ground]:
    return {ground for each in ids for ground in turned_down.get(each, ())}


def _about(start: datetime, end: datetime, *more: Query) -> Query:
    period = Range("published", start, end)
    return Bool(must=(Terms("relevance", ("yes", "part")), period, *more))


def _terms(field: str, size: int) -> dict[str, dict[str, object]]:
    return {"terms": {"field": field, "size": size}}
