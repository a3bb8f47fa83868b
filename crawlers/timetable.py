"""When each source is asked again, and what each host wants, remembered from run to run.

The interval follows the outlet's own rhythm: half the usual time between its last articles, but never shorter than
`crawl.interval` and never longer than `crawl.max_interval`. While nothing new comes it grows, up to four times that;
when something does, it is back. A Cache-Control or Expires puts it off. A source that fails is asked less and less
often, down to once a day, and never given up; a server that named a time is left alone until then, in later runs too.

What is noted is kept in batches: a run that is killed asks a few sources again, no more. A rest is kept at once.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from crawlers.listed import Feed
from diembao.core.errors import Retry
from diembao.core.settings_crawl import CrawlSettings
from diembao.core.sourcing import Host, Poll, Sourcing

BATCH = 50  # sources and hosts in one transaction
LATEST = 20  # articles that say what an outlet's rhythm is
GROWTH, MOST_GROWTH = 1.25, 4.0  # of the interval while nothing new comes; at night a daily paper is silent for hours
LONGEST = timedelta(days=1)  # between two tries of a source that fails
MOST_FAILURES = 10  # counted; twice as long each time is a day long before
JITTER = 0.25  # of a pause after a failure, more or less: hosts that fail together do not come back together
_PAUSE = re.compile(r"^\s*(?:crawl-delay|request-rate)\s*:", re.IGNORECASE | re.MULTILINE)
ROBOTS_KEPT = timedelta(days=1)  # RFC 9309 asks for no longer


class Timetable:
    """Of one run. ``chance`` gives numbers from 0 to 1."""

    def __init__(
        self, store: Sourcing, settings: CrawlSettings, now: Callable[[], datetime], chance: Callable[[], float]
    ) -> None:
        self._store = store
        self._settings = settings
        self._now = now
        self._chance = chance
        self._polls: dict[str, Poll] = {}
        self._hosts: dict[str, Host] = {}
        self._asked: dict[str, Poll] = {}
        self._visited: dict[str, Host] = {}

    # -- sources

    def look_up(self, sources: Sequence[str]) -> None:
        """Read what is remembered of these in one go."""
        self._polls.update(self._store.polls(sources))

    def poll(self, source: str) -> Poll:
        return self._polls.get(source) or Poll(source)

    def is_due(self, source: str) -> bool:
        """By its rhythm, to the nearest run."""
        due = self.poll(source).next_at
        return due is None or due <= self._now() + timedelta(seconds=self._settings.interval / 2)

    def refuse_rest(self, source: str) -> None:
        """Raises:
        Retry: "resting": its server asked to be left alone for longer than until now.
        """
        until = self.poll(source).rests_until
        if until is not None and until > self._now():
            raise Retry("resting", after=(until - self._now()).total_seconds())

    def was_read(self, source: str, feed: Feed, *, new: int, fresh_for: float) -> None:
        """``new`` entries among those of the feed; its server calls the answer fresh for so many seconds."""
        before = self.poll(source)
        rhythm = _rhythm(feed) or before.rhythm
        interval = self._within(rhythm)
        if not new:
            most = self._within(rhythm * MOST_GROWTH)
            interval = min(max(before.interval, interval) * GROWTH, most) if before.interval else interval
        pause = max(interval, min(fresh_for, self._settings.longest_interval))
        next_at = self._now() + timedelta(seconds=pause)
        self._note(replace(before, next_at=next_at, interval=interval, rhythm=rhythm, failures=0, rests_until=None))

    def failed(self, source: str, after: float | None) -> None:
        """``after``: the seconds its server asked for."""
        before = self.poll(source)
        failures = min(before.failures + 1, MOST_FAILURES)
        usual = timedelta(seconds=before.interval or self._settings.interval)
        pause = min(usual * 2**failures, LONGEST) * (1 + JITTER * (2 * self._chance() - 1))
        asked = None if not after else self._now() + timedelta(seconds=after)
        next_at = max(self._now() + pause, asked or self._now())
        self._note(replace(before, next_at=next_at, failures=failures, rests_until=asked))

    def keep_validators(self, child: str, etag: str, last_modified: str) -> None:
        """Of a sitemap that an index names."""
        self._note(replace(self.poll(child), etag=etag, last_modified=last_modified))

    # -- hosts

    def rests_until(self, host: str) -> datetime | None:
        return self._host(host).rests_until

    def rest(self, host: str, until: datetime) -> None:
        """Kept at once: a run that is killed must not forget it."""
        self._hosts[host] = replace(self._host(host), rests_until=until)
        self._store.keep_timetable((), [Host(host, rests_until=until)])

    def robots(self, host: str) -> str | None:
        """The text of its robots.txt, not older than a day; None: it has to be asked for."""
        known = self._host(host)
        young = known.robots_at is not None and known.robots_at > self._now() - ROBOTS_KEPT
        return known.robots if young else None

    def keep_robots(self, host: str, text: str) -> None:
        """At once where it asks for a pause: whoever comes after one that is killed keeps to it as well."""
        now = self._now()
        self._hosts[host] = replace(self._host(host), robots=text, robots_at=now)
        self._visit(replace(self._visited.get(host, Host(host)), robots=text, robots_at=now))
        if _PAUSE.search(text):
            self.close()

    def spend(self, host: str) -> None:
        """One more request.

        Raises:
            Retry: "budget": that was the last of today.
        """
        now = self._now().astimezone(UTC)
        known = self._host(host)
        spent = known.requests if known.day == now.date() else 0
        if spent >= self._settings.daily_requests:
            midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
            raise Retry("budget", after=(midnight - now).total_seconds())
        self._hosts[host] = replace(known, day=now.date(), requests=spent + 1)
        waiting = self._visited.get(host, Host(host))
        more = waiting.requests + 1 if waiting.day in (None, now.date()) else 1
        self._visit(replace(waiting, day=now.date(), requests=more))

    def backfilled(self, outlet: str, since: date, until: date) -> frozenset[str]:
        return self._store.backfilled(outlet, since, until)

    def keep_backfilled(self, outlet: str, since: date, until: date, source: str) -> None:
        self._store.keep_backfilled(outlet, since, until, source, now=self._now())

    def hold(self, host: str) -> bool:
        """Be the only process at a host. What another one noted of it is read then."""
        if not self._store.hold(host):
            return False
        self._hosts.pop(host, None)
        return True

    def let_go(self, host: str) -> None:
        self._store.let_go(host)

    def close(self) -> None:
        """Keep what is not kept yet."""
        polls, hosts = list(self._asked.values()), list(self._visited.values())
        self._asked.clear()
        self._visited.clear()
        self._store.keep_timetable(polls, hosts)

    def _host(self, host: str) -> Host:
        if host not in self._hosts:
            known, noted = self._store.host(host), self._visited.get(host)
            self._hosts[host] = _together(known, noted) if noted else known
        return self._hosts[host]

    def _within(self, rhythm: float) -> float:
        return min(max(rhythm, self._settings.interval), self._settings.longest_interval)

    def _note(self, poll: Poll) -> None:
        self._polls[poll.source] = self._asked[poll.source] = poll
        self._keep_if_many()

    def _visit(self, host: Host) -> None:
        self._visited[host.host] = host
        self._keep_if_many()

    def _keep_if_many(self) -> None:
        if len(self._asked) + len(self._visited) > BATCH:
            self.close()


def _together(known: Host, noted: Host) -> Host:
    """What the store knows and what is not there yet."""
    before = known.requests if known.day == noted.day else 0
    robots = noted if noted.robots is not None else known
    return replace(
        known,
        robots=robots.robots,
        robots_at=robots.robots_at,
        day=noted.day or known.day,
        requests=before + noted.requests,
    )


def _rhythm(feed: Feed) -> float:
    """Half the median time between its latest articles, in seconds; 0 where fewer than three have a time."""
    times = _latest(entry.published_at for entry in feed.entries)
    if len(times) < 3:
        return 0.0
    return statistics.median((later - earlier).total_seconds() for earlier, later in pairwise(times)) / 2


def _latest(times: Iterable[datetime | None]) -> list[datetime]:
    return sorted(when for when in times if when is not None)[-LATEST:]
