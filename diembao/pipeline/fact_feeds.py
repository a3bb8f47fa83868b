"""Official information that is fetched: the feeds of ministries and units that the settings name (`[[facts.feeds]]`).

    settings ─▶ robots.txt, guard, pace (crawlers/fetch.py) ─▶ feed ─▶ rows (`handing_in`) ─▶ facts of a kit

A feed is read as outlets' feeds are: no address inside the office, bounded in size and time, redirects checked, asked
for by its ETag and Last-Modified, which are kept after its facts. What fails is told by its fate and tried again, later
each time, at least once a day; a feed is never given up. ``python -m diembao.pipeline.fact_feeds HOME`` reads what is
due: Scrapy's reactor starts once in a process.
"""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import structlog

from diembao.core.background import Background
from diembao.core.errors import DiembaoError, Misconfigured, WrongUse
from diembao.core.fact_feeds import FactFeed
from diembao.core.logs import load_and_log, to_standard_error
from diembao.pipeline import children
from diembao.pipeline.beside import Beside
from diembao.pipeline.fact_reading import DAY, Named, read_feed
from diembao.pipeline.sourcing import errand_of
from diembao.pipeline.wiring import Installation, open_installation

if TYPE_CHECKING:
    from crawlers.fetch import Fetcher

log = structlog.get_logger()

LONGEST: Final = timedelta(minutes=20)  # for all that are due at once


def named(house: Installation) -> Sequence[Named]:
    """All feeds of the settings.

    Raises:
        Misconfigured: one names a kit that its province has not.
    """
    return [_checked(each) for each in _chosen(house)]


def _chosen(house: Installation) -> Sequence[Named]:
    feeds = house.whole.settings.facts.feeds
    return [Named(house.of(each.province or house.watched[0]), each) for each in feeds]


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


def fetch(
    house: Installation, feeds: Sequence[Named], now: Callable[[], datetime], *, all_the_same: bool = True
) -> Sequence[tuple[Named, FactFeed]]:
    """Read these now, each on its own; what is known of each afterwards. Once in a process. ``all_the_same``: also what
    another process has read while this one waited for its turn at the host.

    Raises:
        Refused: the machine may not collect. RecordAway: the record cannot be written now.
    """
    house.asks(Background.COLLECT)
    done: dict[str, FactFeed] = {}

    async def of_host(fetcher: Fetcher, host: str, its: Sequence[Named]) -> None:
        async with fetcher.turns.at(host):  # of a collector that is there, no feed is told to have failed
            for each in its:  # one at a time, as everywhere
                if all_the_same or _is_due(each, now()):
                    done[each.chosen.name] = await read_feed(fetcher, each, now)

    async def read(fetcher: Fetcher) -> None:
        await asyncio.gather(*(of_host(fetcher, *each) for each in _by_host(feeds)))

    if feeds:
        errand_of(house, now, read)
    return [(each, done[each.chosen.name]) for each in feeds if each.chosen.name in done]


def _by_host(feeds: Sequence[Named]) -> Iterable[tuple[str, Sequence[Named]]]:
    from crawlers.identity import host_port

    found: dict[str, list[Named]] = defaultdict(list)
    for each in feeds:
        found[host_port(each.chosen.url)].append(each)
    return found.items()


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
    """Each feed of the settings with what is known of it; a wrong one too, so that screens show it."""
    return ((each, each.known()) for each in _chosen(house))


def main() -> int:
    """A child of the loop's."""
    to_standard_error()
    children.follow_parent()
    try:
        with open_installation(load_and_log(Path(sys.argv[1]))) as house:
            fetch(house, due(house, datetime.now(UTC)), lambda: datetime.now(UTC), all_the_same=False)
    except DiembaoError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
