"""What a source lists, whatever its format: raw items in, entries and named refusals out.

The order of rules, the first that fits: no link · an address that cannot be · cut off in the middle · a podcast ·
too many · too old. None vanishes.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

from crawlers.bylines import without_bylines
from crawlers.dates import Reading, read
from crawlers.identity import identify
from crawlers.plain import line, plain
from diembao.core.article import Outlet
from diembao.core.errors import Refused
from diembao.core.ledger import Entry

# Characters; more than any headline, lead or article needs.
MAX_TITLE, MAX_SUMMARY, MAX_TEXT = 500, 5_000, 200_000
_NEVER = datetime.min.replace(tzinfo=UTC)
_DOUBLED = re.compile(r"^https?://[^/]*?(?=https?://)")  # `https://x.vnhttps://x.vn/a`, as one agency writes


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one source: how many entries, and how old. ``period`` are the first and the last moment of a backfill:
    what is dated outside of it was not asked for, and is no entry; nor is what has no date, unless ``undated``.
    """

    entries: int
    age: timedelta
    period: tuple[datetime, datetime] | None = None
    undated: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry that no rule lets in. ``key`` is its id, or a name for it where it has no address."""

    key: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names; ``changed`` is its lastmod, where there is one."""

    url: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a source says now. ``whole`` is false if it broke off: then it must be read again in full. ``children``
    are the sitemaps of an index.
    """

    entries: tuple[Entry, ...]
    refused: tuple[Refusal, ...]
    whole: bool = True
    children: tuple[Child, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as its format has it: raw strings, the link resolved or empty.

    ``changed`` is when it last changed (a sitemap's lastmod): it says how old an entry is that has no other date, and
    never when it was published.
    """

    link: str = ""
    title: str = ""
    summary: str = ""
    text: str = ""
    dates: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    changed: str = ""
    podcast: bool = False


def sorted_out(
    items: Sequence[Item], source: str, outlet: Outlet, now: datetime, limits: Limits, *, whole: bool
) -> Feed:
    """Entries and refusals, in their order; of entries of one address, the one first that changed last. Where the
    source broke off, its last item is refused: cut-off.
    """
    sorter = _Sorter(source, outlet, Reading.of(outlet, now), limits)
    entries: list[tuple[Entry, Item]] = []
    refused: list[Refusal] = []
    for number, item in enumerate(items):
        found = sorter.entry(item, number, broken=not whole and number == len(items) - 1)
        if isinstance(found, Entry):
            entries.append((found, item))
        elif found is not None:
            refused.append(found)
    return Feed(tuple(_newest_twin_first(entries, sorter)), tuple(refused), whole)


def _newest_twin_first(entries: Sequence[tuple[Entry, Item]], sorter: _Sorter) -> Iterator[Entry]:
    """Whoever reads them takes the first of an address: that must not hang on the order in which a source lists them.
    Of those that say no date, or the same, the first stays the first.
    """
    twins: dict[str, list[tuple[Entry, Item]]] = defaultdict(list)
    for each in entries:
        twins[each[0].id].append(each)
    for its in twins.values():
        if len(its) > 1:  # dates take time to read
            its.sort(key=lambda each: sorter.changed(each[1]), reverse=True)
    following = {key: iter(its) for key, its in twins.items()}
    return (next(following[entry.id])[0] for entry, _ in entries)


@dataclass(frozen=True, slots=True)
class _Sorter:
    source: str
    outlet: Outlet
    how: Reading
    limits: Limits

    def entry(self, item: Item, number: int, *, broken: bool) -> Entry | Refusal | None:
        """None: outside of the period that was asked for."""
        if not item.link:
            return Refusal(self._name(item, number), self.source, "no-link")
        try:
            url, key = identify(_DOUBLED.sub("", item.link.strip()))
        except Refused:
            return Refusal(self._name(item, number), item.link[:MAX_TITLE], "address")
        published = next(filter(None, (read(date, self.how) for date in item.dates)), None)
        when = published or (read(item.changed, self.how) if item.changed else None)
        if self._not_asked_for(when):
            return None
        reason = self._refused(item, when, number, broken=broken)
        return Refusal(key, url, reason) if reason else self._entry(item, url, key, published)

    def changed(self, item: Item) -> datetime:
        """When it says that it changed last; long ago where it says nothing that can be believed."""
        told = (read(date, self.how) for date in (*item.dates, item.changed) if date)
        return max(filter(None, told), default=_NEVER)

    def _not_asked_for(self, when: datetime | None) -> bool:
        period = self.limits.period
        if period is None:
            return False
        return not period[0] <= when < period[1] if when else not self.limits.undated

    def _refused(self, item: Item, when: datetime | None, number: int, *, broken: bool) -> str:
        if broken:
            return "cut-off"
        if item.podcast:
            return "podcast"
        if number >= self.limits.entries:
            return "too-many"
        return "too-old" if when and when < self.how.now - self.limits.age else ""

    def _entry(self, item: Item, url: str, key: str, published: datetime | None) -> Entry:
        title = line(plain(item.title))[:MAX_TITLE]
        summary = line(without_bylines(plain(item.summary[: 4 * MAX_SUMMARY]), item.authors))[:MAX_SUMMARY]
        text = without_bylines(plain(item.text[: 2 * MAX_TEXT]), item.authors)[:MAX_TEXT]
        dates = published.isoformat() if published else item.changed[:MAX_TITLE]
        misdated = "" if published else next(filter(None, (line(date[:MAX_TITLE]) for date in item.dates)), "")
        known_by = digest(title, summary, text, dates)
        return Entry(key, url, self.outlet.id, self.source, title, summary, text, published, known_by, misdated)

    def _name(self, item: Item, number: int) -> str:
        """The same entry has the same name in the next run, wherever it stands then."""
        words = (item.link, item.title, item.summary, *item.dates)
        return "nameless:" + digest(self.source, *(words if any(words) else (str(number),)))


def joined(source: str, link: str) -> str:
    """The link as an address; one that cannot be any comes back as it is, to be refused by its name."""
    try:
        return urljoin(source, link.strip()) if link.strip() else ""
    except ValueError:
        return link


def digest(*parts: str) -> str:
    """Short; changes when a part does."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
