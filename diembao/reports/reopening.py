"""A figure of a kept report, opened: its articles as they were, and what has changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from diembao.core.article import Labelled, Role
from diembao.core.errors import IndexAway
from diembao.core.ports import Event
from diembao.reports.checking import asked_again
from diembao.reports.figures import Counted, is_down, read
from diembao.reports.house import House
from diembao.reports.lists import light
from diembao.reports.sidecar import ArticleEntry, FigureEntry, Sidecar, article

SHOWN: Final = 1_000  # articles that are told one by one at a time


class Since(StrEnum):
    """What has become of an article that was counted."""

    SAME = "same"
    RELABELLED = "relabelled"
    EDITED = "edited"  # its outlet changed its words
    WITHDRAWN = "withdrawn"  # its page was taken down
    GONE = "gone"  # it is not in the record any more
    CAME = "came"  # it was not counted then, and would be now


@dataclass(frozen=True, slots=True)
class Opened:
    """An article as it was counted (``then``; of one that came since, as it is), and what is otherwise ``now``: field
    → (then, now).
    """

    then: ArticleEntry
    since: tuple[Since, ...]
    now: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Reopened:
    """A page of it. ``count`` is the number that stands in the report, ``listed`` how many articles it rests on and
    ``articles`` those of the page, the newest first; ``values`` are stories, outlets, cases or requests where those
    were counted, each with its name as it was then. ``now`` is what the same question finds today; None: it is not
    asked of the index, or the index is away. ``new`` articles have come to it since, ``came`` are those of the page.
    """

    figure: FigureEntry
    count: int
    listed: int
    articles: tuple[Opened, ...]
    values: tuple[tuple[str, str], ...]
    now: int | None
    new: int
    came: tuple[Opened, ...]

    @property
    def longest(self) -> int:
        """Of its three lists, which are paged together."""
        return max(self.listed, self.new, len(self.figure.now.values or ()))


def reopen(house: House, kept: Sidecar, number: int, *, offset: int = 0, limit: int = SHOWN) -> Reopened | None:
    """The page that begins behind ``offset`` of each of its lists. None: the report has no such figure."""
    figure = next((each for each in kept.figures if each.number == number), None)
    if figure is None:
        return None
    frozen = {each.id: each for each in kept.articles}
    ids = [each for each in figure.now.ids if each in frozen]
    ids.sort(key=lambda each: frozen[each].at, reverse=True)
    page = slice(offset, offset + limit)
    current = {item.article.id: item for item in read(house.store, ids[page])}
    looking = _Looking(house, ids[page])
    articles = tuple(looking.opened(frozen[each], current.get(each)) for each in ids[page])
    values = tuple(_named(house, kept, figure, (figure.now.values or ())[page]))
    now, new = _now(house, kept, figure)
    return Reopened(figure, figure.now.count, len(ids), articles, values, now, len(new), _came(house, new[page]))


def _named(house: House, kept: Sidecar, figure: FigureEntry, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Stories by the title of their first article that was no copy; outlets by theirs; what has a number by that."""
    titles: dict[str, str] = {}
    if figure.counted is Counted.STORIES:
        for each in sorted(kept.articles, key=lambda x: (x.role == Role.COPY.value, x.at)):
            titles.setdefault(each.story, each.title)
    for value in values:
        outlet = house.outlets.get(value) if figure.counted is Counted.OUTLETS else None
        yield value, outlet.name if outlet else titles.get(value, "" if figure.counted is Counted.STORIES else value)


class _Looking:
    """Articles as they were against what they are."""

    def __init__(self, house: House, ids: Sequence[str]) -> None:
        self.store, self.province = house.store, house.profile.id
        self.down = house.store.with_entry(Event.WITHDRAWN, ids)  # once, or still

    def opened(self, then: ArticleEntry, item: Labelled | None) -> Opened:
        if item is None:
            return Opened(then, (Since.GONE,), {})
        now = ArticleEntry.model_validate(article(item, self.province))
        changed = {name: (getattr(then, name), getattr(now, name)) for name in FIELDS if _differs(then, now, name)}
        return Opened(then, tuple(self._since(then, changed)) or (Since.SAME,), changed)

    def _since(self, then: ArticleEntry, changed: Mapping[str, Any]) -> Iterator[Since]:
        if then.id in self.down and is_down(self.store, then.id):
            yield Since.WITHDRAWN
        if changed.keys() & _WORDS:
            yield Since.EDITED
        if changed.keys() - _WORDS:
            yield Since.RELABELLED


_WORDS: Final = frozenset({"title", "revision"})
FIELDS: Final = (*sorted(_WORDS), "relevance", "stance", "by_person", "themes", "role", "story", "language")


def _differs(then: ArticleEntry, now: ArticleEntry, name: str) -> bool:
    before, after = getattr(then, name), getattr(now, name)
    return set(before) != set(after) if name == "themes" else before != after


def _now(house: House, kept: Sidecar, figure: FigureEntry) -> tuple[int | None, Sequence[str]]:
    """What the question finds today, and the ids of the articles that are new to it."""
    try:
        found = asked_again(house, figure, kept.zone)
    except IndexAway:
        return None, ()
    if found is None:
        return None, ()
    count, ids = found
    return count, sorted(set(ids) - set(figure.now.ids))


def _came(house: House, ids: Sequence[str]) -> tuple[Opened, ...]:
    entries = (ArticleEntry.model_validate(article(item, house.profile.id)) for item in read(house.store, ids))
    return tuple(Opened(each, (Since.CAME,), {}) for each in entries)


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """Of all articles of a report: ``counts`` by what has become of them, ``changed`` the newest that are not the same,
    at most `SHOWN`.
    """

    articles: int
    counts: Mapping[Since, int]
    changed: tuple[Opened, ...]


def changed_since(house: House, kept: Sidecar) -> ChangedSince:
    """Which of its articles are not any more what they were."""
    ids = [each.id for each in kept.articles]
    current = {item.article.id: item for item in light(house.store, ids)}
    looking = _Looking(house, ids)
    opened = [looking.opened(each, current.get(each.id)) for each in reversed(kept.articles)]
    counts = Counter(since for each in opened for since in each.since)
    changed = [each for each in opened if each.since != (Since.SAME,)]
    return ChangedSince(len(ids), counts, tuple(changed[:SHOWN]))
