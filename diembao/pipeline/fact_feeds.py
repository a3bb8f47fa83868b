"""Official information that is fetched: the feeds of ministries and units that the settings name (`[[facts.feeds]]`).

    settings ─▶ robots.txt, guard, pace (crawlers/fetch.py) ─▶ feed ─▶ rows (`handing_in`) ─▶ facts of a kit

A feed is read as outlets' feeds are: no address inside the office, bounded in size and time, redirects checked, asked
for by its ETag and Last-Modified, which are kept after its facts. What fails is told by its fate and tried again, later
each time, at least once a day; a feed is never given up. ``python -m diembao.pipeline.fact_feeds HOME`` reads what is
due: Scrapy's reactor starts once in a process.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import structlog

from diembao.core.article import Outlet
from diembao.core.background import Background
from diembao.core.errors import DiembaoError, Misconfigured, RecordAway, Refused, Retry, SetAside, WrongUse
from diembao.core.fact_feeds import ASIDE, Aside, FactFeed, Listing, Outcome
from diembao.core.kits import Handed, Taken
from diembao.core.logs import load_and_log, to_standard_error
from diembao.core.settings_facts import FactFeedSettings
from diembao.core.shortage import is_shortage
from diembao.pipeline import children
from diembao.pipeline.beside import Beside
from diembao.pipeline.handing_in import Unread, Usual, feed_limits, feed_rows
from diembao.pipeline.sourcing import errand_of
from diembao.pipeline.wiring import Installation, open_installation

if TYPE_CHECKING:
    from crawlers.fetch import Fetcher, Reply

log = structlog.get_logger()

DAY: Final = timedelta(days=1)  # between two tries of a feed that fails, at the longest, if it is not read more seldom
LONGEST: Final = timedelta(minutes=20)  # for all that are due at once
# An answer of an entry's that would take a reader of the facts into the office's own network.
_INSIDE: Final = "địa chỉ bên trong mạng cơ quan", "an address inside the office"


@dataclass(frozen=True, slots=True)
class Named:
    """A feed of the settings, and the province whose facts it brings, as that sees the installation."""

    house: Installation
    chosen: FactFeedSettings

    def known(self) -> FactFeed:
        """What is remembered of it; at another address it is asked for anew."""
        found = next((each for each in self.house.store.fact_feeds() if each.name == self.chosen.name), None)
        return found if found and found.url == self.chosen.url else FactFeed(self.chosen.name, self.chosen.url)

    @property
    def read_as(self) -> str:
        """Changes where the same answer would give other facts."""
        told = self.chosen.model_dump_json(exclude={"name", "url", "every"})
        return hashlib.sha256(told.encode()).hexdigest()[:12]


def named(house: Installation) -> Sequence[Named]:
    """All feeds of the settings.

    Raises:
        Misconfigured: one names a kit that its province has not.
    """
    return [
        _checked(Named(house.of(each.province or house.watched[0]), each)) for each in house.whole.settings.facts.feeds
    ]


def _checked(feed: Named) -> Named:
    kits = [kit.id for kit in feed.house.profile.kits]
    if feed.chosen.kit not in kits:
        raise Misconfigured(
            f"facts.feeds: “{feed.chosen.name}” ghi kit = “{feed.chosen.kit}”, tỉnh {feed.house.profile.id} không có;"
            f" có: {', '.join(kits)} (there is no kit '{feed.chosen.kit}')"
        )
    return feed


def due(house: Installation, now: datetime) -> Sequence[Named]:
    """Those whose time has come, or whose settings have changed."""
    return [each for each in named(house) if _is_due(each, now)]


def _is_due(feed: Named, now: datetime) -> bool:
    known = feed.known()
    if known.next_at is None or known.next_at <= now or (known.read_as and known.read_as != feed.read_as):
        return True
    return known.next_at > now + max(timedelta(seconds=feed.chosen.every), DAY)  # the clock was set back


def fetch(house: Installation, feeds: Sequence[Named], now: Callable[[], datetime]) -> Sequence[tuple[Named, FactFeed]]:
    """Read these now, each on its own; what is known of each afterwards. Once in a process.

    Raises:
        Refused: the machine may not collect. RecordAway: the record cannot be written now.
    """
    house.asks(Background.COLLECT)
    done: dict[str, FactFeed] = {}

    async def of_host(fetcher: Fetcher, its: Sequence[Named]) -> None:
        for each in its:  # one at a time, as everywhere
            done[each.chosen.name] = await _read(fetcher, each, now)

    async def read(fetcher: Fetcher) -> None:
        await asyncio.gather(*(of_host(fetcher, its) for its in _by_host(feeds)))

    if feeds:
        errand_of(house, now, read)
    return [(each, done[each.chosen.name]) for each in feeds]


def _by_host(feeds: Sequence[Named]) -> Iterable[Sequence[Named]]:
    from crawlers.identity import host_port

    found: dict[str, list[Named]] = defaultdict(list)
    for each in feeds:
        found[host_port(each.chosen.url)].append(each)
    return found.values()


def only(house: Installation, names: Sequence[str]) -> Sequence[Named]:
    """Those of these names; all where none is named.

    Raises:
        WrongUse: there is none of a name, or none at all.
    """
    every = named(house)
    known = [each.chosen.name for each in every]
    if not known:
        raise WrongUse("chưa có [[facts.feeds]] nào trong diembao.toml (no [[facts.feeds]] in diembao.toml)")
    stray = next((name for name in names if name not in known), None)
    if stray is not None:
        told = ", ".join(known)
        raise WrongUse(f"không có nguồn dữ kiện “{stray[:40]}”; có: {told} (there is no feed '{stray[:40]}': {told})")
    return [each for each in every if not names or each.chosen.name in names]


# -- one feed


async def _read(fetcher: Fetcher, feed: Named, now: Callable[[], datetime]) -> FactFeed:
    known, moment = feed.known(), now()
    known = replace(known, since=known.since or moment, asked_at=moment)
    try:
        reply = await fetcher.get(
            feed.chosen.url, max_bytes=feed.house.settings.crawl.max_feed_bytes, headers=_conditions(feed, known)
        )
        found = None if reply.status == 304 else _rows(feed, reply, known, moment)
    except RecordAway:
        raise
    except Exception as error:  # a fault of ours in one feed must not keep the others from being read
        if is_shortage(error):
            raise
        done = _failed(feed, known, error, moment)
    else:
        done = _taken(feed, known, found, reply, moment)
    feed.house.store.keep_fact_feed(done)
    log.info("facts-fetched", feed=done.name, outcome=done.outcome.value, why=done.why, **done.counts)
    return done


def _conditions(feed: Named, known: FactFeed) -> Mapping[str, str]:
    from crawlers.sources import ACCEPT

    same = known.read_as == feed.read_as
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if same else {}
    return {"Accept": ACCEPT} | {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class _Rows:
    good: Sequence[Handed]
    named: frozenset[str]
    aside: Sequence[Aside]
    whole: bool


def _rows(feed: Named, reply: Reply, known: FactFeed, now: datetime) -> _Rows:
    """Raises:
    SetAside: it is no feed, lists nothing any more, or takes too long to read. Refused: "size". WrongUse: too much.
    """
    from crawlers.feeds import parse
    from crawlers.limit import time_limit
    from crawlers.sources import READ_TIME

    chosen, profile = feed.chosen, feed.house.profile
    sender = Outlet(chosen.name, chosen.source, "", chosen.language, chosen.url, timezone=profile.timezone)
    with time_limit(READ_TIME, "the feed"):
        found = parse(reply.body, chosen.url, sender, now, feed_limits(), content_type=reply.content_type, at=reply.url)
    if found.children:
        raise SetAside("no feed: an index of sitemaps")
    if known.entries and not found.entries and not found.refused:
        raise SetAside(f"empty: it lists nothing, and listed {known.entries} entries before")
    usual = Usual(chosen.kit, chosen.source, chosen.language, chosen.days, profile.timezone)
    good: list[Handed] = []
    aside: list[Aside] = []
    names = set[str]()
    for row in feed_rows(found, usual, now):
        ref = row.ref if isinstance(row, Unread) else row[1].ref
        names.add(ref)
        if isinstance(row, Unread):
            aside.append(Aside(ref, row.why))
        elif _leads_inside(row[1].fact.url, feed.house.settings.crawl.allow_private):
            vi, en = _INSIDE
            aside.append(Aside(ref, f"{row[1].fact.url[:80]}: {vi} ({en})"))
        else:
            good.append(row[1])
    return _Rows(good, frozenset(names), aside, found.whole)


def _leads_inside(url: str, allowed: Sequence[str]) -> bool:
    """By the address as it is written: nobody follows it but a reader, by a click."""
    from urllib.parse import urlsplit

    from crawlers.guard import is_inside
    from crawlers.identity import host_port

    return is_inside(urlsplit(url).hostname or "") and host_port(url) not in allowed


def _taken(feed: Named, known: FactFeed, rows: _Rows | None, reply: Reply, now: datetime) -> FactFeed:
    chosen, house = feed.chosen, feed.house
    today = now.astimezone(ZoneInfo(house.profile.timezone)).date()
    listing = Listing() if rows is None else Listing(rows.good, rows.named, whole=chosen.complete and rows.whole)
    received, ended = house.store.take_listing(chosen.name, chosen.kit, listing, today, now)
    well = replace(
        known,
        read_at=now,
        next_at=now + timedelta(seconds=chosen.every),
        outcome=Outcome.UNCHANGED if rows is None else Outcome.READ,
        why="",
        failures=0,
        read_as=feed.read_as,
    )
    if rows is None:
        return well
    refused = [Aside(one.ref, back.why) for one, back in zip(rows.good, received, strict=True) if back.why]
    counts = Counter(back.taken.value for back in received if not back.why)
    counts["aside"] = len(rows.aside) + len(refused)
    full = any(back.full for back in received)
    again = full or not rows.whole  # next time all of it is to be sent, not "unchanged"
    new = counts[Taken.ADDED] + counts[Taken.REPLACED] + ended > 0
    return replace(
        well,
        new_at=now if new else known.new_at,
        etag="" if again else _kept(reply.etag),
        last_modified="" if again else _kept(reply.last_modified),
        entries=len(rows.good) + len(rows.aside),
        counts={**counts, "ended": ended},
        aside=tuple([*rows.aside, *refused][:ASIDE]),
        full=full,
    )


def _kept(validator: str) -> str:
    from crawlers.sources import MAX_VALIDATOR

    return validator if len(validator) <= MAX_VALIDATOR else ""


def _failed(feed: Named, known: FactFeed, error: Exception, now: datetime) -> FactFeed:
    failures = known.failures + 1
    usual = timedelta(seconds=feed.chosen.every)
    pause = min(usual * 2 ** min(failures, 10), max(usual, DAY))
    outcome, why, after = _fate(error)
    asked = now + timedelta(seconds=after or 0.0)
    return replace(known, next_at=max(now + pause, asked), outcome=outcome, why=why[:500], failures=failures)


def _fate(error: Exception) -> tuple[Outcome, str, float | None]:
    match error:
        case Retry():
            return Outcome.RETRY, str(error), error.after
        case Refused():
            return Outcome.REFUSED, error.reason, None
        case SetAside() | WrongUse():
            return Outcome.ASIDE, str(error), None
    return Outcome.ASIDE, f"fault: {error!r}", None


# -- beside the steps


class FactFetching(Beside):
    """Starts the process when a feed is due. What is wrong in the settings is told at the start.

    Raises:
        Misconfigured: a feed names a kit that its province has not.
    """

    module, failed, longest = "diembao.pipeline.fact_feeds", "facts-not-fetched", LONGEST

    def __init__(self, house: Installation) -> None:
        super().__init__(house)
        _ = named(house)

    def waits(self, now: datetime) -> bool:
        return bool(due(self.house, now))


def as_json(feed: Named, known: FactFeed) -> dict[str, Any]:
    chosen = feed.chosen
    times = {name: getattr(known, name) for name in ("asked_at", "read_at", "new_at", "next_at")}
    return {
        "name": chosen.name,
        "province": feed.house.profile.id,
        "kit": chosen.kit,
        "source": chosen.source,
        "url": chosen.url,
        **{name: at.isoformat() if at else None for name, at in times.items()},
        "outcome": known.outcome.value if known.asked_at else None,
        "why": known.why,
        "failures": known.failures,
        "entries": known.entries,
        "counts": dict(known.counts),
        "aside": [{"entry": each.entry, "why": each.why} for each in known.aside],
        "full": known.full,
    }


def every(house: Installation) -> Iterator[tuple[Named, FactFeed]]:
    """Each feed of the settings with what is known of it."""
    return ((each, each.known()) for each in named(house))


def main() -> int:
    """A child of the loop's."""
    to_standard_error()
    children.follow_parent()
    try:
        with open_installation(load_and_log(Path(sys.argv[1]))) as house:
            fetch(house, due(house, datetime.now(UTC)), lambda: datetime.now(UTC))
    except DiembaoError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
