"""One feed of facts, read: a conditional request, its entries as rows, facts of a kit, and what is remembered of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import structlog

from diembao.core.article import Outlet
from diembao.core.errors import RecordAway, RecordDamaged, Refused, Retry, SetAside, WrongUse
from diembao.core.fact_feeds import ASIDE, Aside, FactFeed, Listing, Outcome
from diembao.core.kits import Handed, Received, Taken
from diembao.core.settings_facts import FactFeedSettings
from diembao.core.shortage import is_shortage
from diembao.pipeline.handing_in import INSIDE, Unread, Usual, feed_limits, feed_rows, leads_inside
from diembao.pipeline.wiring import Installation

if TYPE_CHECKING:
    from crawlers.fetch import Fetcher, Reply

log = structlog.get_logger()

DAY: Final = timedelta(days=1)  # between two tries of a feed that fails, at the longest, if it is not read more seldom


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


async def read_feed(fetcher: Fetcher, feed: Named, now: Callable[[], datetime]) -> FactFeed:
    """Whatever happens, it is remembered; what is known of the feed then.

    Raises:
        RecordAway: it is us, not the feed.
    """
    known, moment = feed.known(), now()
    known = replace(known, since=known.since or moment, asked_at=moment)
    if known.read_as != feed.read_as:  # what was unchanged would give other facts now
        known = replace(known, read_as=feed.read_as, etag="", last_modified="")
    try:
        reply = await fetcher.get(
            feed.chosen.url, max_bytes=feed.house.settings.crawl.max_feed_bytes, headers=_conditions(known)
        )
        found = None if reply.status == 304 else _rows(feed, reply, known, moment)
    except (RecordAway, RecordDamaged):
        raise
    except Exception as error:  # a fault of ours in one feed must not keep the others from being read
        if is_shortage(error):
            raise
        done = _failed(feed, known, error, moment)
        feed.house.store.keep_fact_feed(done)
    else:
        done = _taken(feed, known, found, reply, moment)
    log.info("facts-fetched", feed=done.name, outcome=done.outcome.value, why=done.why, **done.counts)
    return done


def _conditions(known: FactFeed) -> Mapping[str, str]:
    from crawlers.sources import ACCEPT

    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {"Accept": ACCEPT} | {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class _Rows:
    good: Sequence[Handed]
    named: frozenset[str]
    aside: Sequence[Aside]
    again: bool  # all of it is to be sent next time, not "unchanged"
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
    names, again = set[str](), not found.whole
    for row in feed_rows(found, usual, now):
        ref = row.ref if isinstance(row, Unread) else row[1].ref
        names.add(ref)
        if isinstance(row, Unread):
            aside.append(Aside(ref, row.why))
            again = again or row.later
        elif leads_inside(row[1].fact.url, feed.house.settings.crawl.allow_private):
            vi, en = INSIDE
            aside.append(Aside(ref, f"{row[1].fact.url[:80]}: {vi} ({en})"))
        else:
            good.append(row[1])
    return _Rows(good, frozenset(names), aside, again, found.whole)


def _taken(feed: Named, known: FactFeed, rows: _Rows | None, reply: Reply, now: datetime) -> FactFeed:
    chosen, house = feed.chosen, feed.house
    today = now.astimezone(ZoneInfo(house.profile.timezone)).date()
    listing = Listing() if rows is None else Listing(rows.good, rows.named, whole=chosen.complete and rows.whole)
    well = replace(
        known,
        read_at=now,
        next_at=now + timedelta(seconds=chosen.every),
        outcome=Outcome.UNCHANGED if rows is None else Outcome.READ,
        why="",
        failures=0,
    )

    def told(received: Sequence[Received], ended: int) -> FactFeed:
        return well if rows is None else _brought(well, rows, reply, received, ended)

    return house.store.take_listing(chosen.name, chosen.kit, listing, today, now, told)


def _brought(well: FactFeed, rows: _Rows, reply: Reply, received: Sequence[Received], ended: int) -> FactFeed:
    refused = [Aside(one.ref, back.why) for one, back in zip(rows.good, received, strict=True) if back.why]
    counts = Counter(back.taken.value for back in received if not back.why)
    counts["aside"] = len(rows.aside) + len(refused)
    full = any(back.full for back in received)
    again = full or rows.again
    new = counts[Taken.ADDED] + counts[Taken.REPLACED] + ended > 0
    return replace(
        well,
        new_at=well.read_at if new else well.new_at,
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
