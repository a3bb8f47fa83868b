"""Coverage outside of what we read: asked for at the finders, found again at the outlets themselves.

The order of rules for each find: social networks are passed over · an outlet that is not in the catalogue is proposed
to a person, never added · an address that we have is known · one that we do not have is asked for · where only a title
is known, the outlet's own feeds and sitemaps are read for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawlers.belonging import outlet_of
from crawlers.charset import decode
from crawlers.dates import Reading
from crawlers.desk import Books
from crawlers.fetch import Fetcher
from crawlers.finders import GDELT_PAUSE, Find, Question, finds
from crawlers.identity import host_port, identify
from crawlers.listed import Limits
from crawlers.networks import is_not_read
from crawlers.sitemaps import fresh
from crawlers.sources import fate, parsed
from diembao.core.article import Outlet
from diembao.core.errors import Refused, Retry, SetAside
from diembao.core.ledger import Entry, Outcome
from diembao.core.settings_crawl import CrawlSettings
from diembao.core.sourcing import Proposal
from diembao.core.text import fold

MAX_ANSWER = 5_000_000  # bytes
LOOK_BACK = timedelta(days=7)  # in an outlet's own sources
MOST_LOOKED = 50  # outlets whose own sources are read for titles in one look; they are asked for each day anyway
ASKED_BY = "discovery:"


@dataclass(slots=True)
class Discovered:
    """What came of it. ``failures`` are questions that were not answered, with the reason."""

    found: int = 0
    known: int = 0
    asked: int = 0
    proposed: int = 0
    not_found: int = 0
    passed_over: int = 0
    failures: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Search:
    """One discovery: whose it is, and what it writes."""

    settings: CrawlSettings
    outlets: Sequence[Outlet]
    store: Books
    now: Callable[[], datetime]


async def discover(desk: Search, fetcher: Fetcher, asked: Iterable[Question]) -> Discovered:
    """Ask these questions, one after the other, and sort what is found."""
    result = Discovered()
    every: list[Find] = []
    for question in asked:
        if question.via == "gdelt":
            fetcher.pace.ask(host_port(question.url), GDELT_PAUSE)
        try:
            every += await _answer(desk, fetcher, question)
        except (Retry, Refused, SetAside) as error:
            result.failures[f"{question.via} {question.language}"] = fate(error)[1]
    result.found = len(every)
    strange, by_address, by_title = _sorted(desk, every, result)
    result.proposed = desk.store.propose(_proposals(strange), now=desk.now())
    _ask(desk, by_address, result)
    for number, (outlet, wanted) in enumerate(by_title.values()):
        if number < MOST_LOOKED:
            await _look_for(desk, fetcher, outlet, wanted, result)
        else:
            result.not_found += len(wanted)
    return result


async def _answer(desk: Search, fetcher: Fetcher, question: Question) -> list[Find]:
    reply = await fetcher.get(question.url, max_bytes=MAX_ANSWER)
    return finds(question, decode(reply.body, reply.content_type), Reading(UTC, question.language, (), desk.now()))


def _sorted(
    desk: Search, every: Iterable[Find], result: Discovered
) -> tuple[list[Find], list[tuple[Outlet, Find]], dict[str, tuple[Outlet, list[Find]]]]:
    strange: list[Find] = []
    by_address: list[tuple[Outlet, Find]] = []
    by_title: dict[str, tuple[Outlet, list[Find]]] = {}
    for find in every:
        outlet = outlet_of(find.url or f"https://{find.site}/", desk.outlets)
        if is_not_read(find.url or f"https://{find.site}/") or is_not_read(f"https://{find.site}/"):
            result.passed_over += 1
        elif outlet is None:
            strange.append(find)
        elif find.url:
            by_address.append((outlet, find))
        else:
            by_title.setdefault(outlet.id, (outlet, []))[1].append(find)
    return strange, by_address, by_title


def _proposals(strange: Iterable[Find]) -> list[Proposal]:
    """One for each host, with the last article that named it."""
    of_host: dict[str, list[Find]] = defaultdict(list)
    for find in strange:
        of_host[find.site].append(find)
    return [
        Proposal(host, last.name or host, last.language, last.country, last.url, last.title, last.via, len(its))
        for host, its in of_host.items()
        for last in its[-1:]
    ]


def _ask(desk: Search, wanted: Iterable[tuple[Outlet, Find]], result: Discovered) -> None:
    entries: dict[str, Entry] = {}
    for outlet, find in wanted:
        url, key = identify(find.url)
        entries[key] = Entry(key, url, outlet.id, ASKED_BY + find.via, find.title, published_at=find.published)
    _ask_for(desk, entries.values(), result)


def _ask_for(desk: Search, entries: Iterable[Entry], result: Discovered) -> None:
    """Those whose page was never read: new to us, or left out by their feed's few words."""
    listed = list(entries)
    known = desk.store.known([entry.id for entry in listed])
    for entry in listed:
        before = known.get(entry.id)
        if before is not None and (before.pending or before.outcome is not Outcome.NOT_ABOUT):
            result.known += 1
        else:
            desk.store.ask_for(entry, now=desk.now())
            result.asked += 1


async def _look_for(desk: Search, fetcher: Fetcher, outlet: Outlet, wanted: Sequence[Find], result: Discovered) -> None:
    """By their titles, in what the outlet itself lists."""
    left = {_folded(find.title): find for find in wanted}
    found: list[Entry] = []
    for source in outlet.sources:
        if not left:
            break
        for entry in await _entries(desk, fetcher, outlet, source):
            find = left.pop(_folded(entry.title), None)
            if find is not None:
                found.append(entry)
    _ask_for(desk, found, result)
    result.not_found += len(left)


async def _entries(desk: Search, fetcher: Fetcher, outlet: Outlet, source: str) -> list[Entry]:
    """What a source lists now, with the sitemaps of an index; nothing where it cannot be read: runs tell of that."""
    limits = Limits(desk.settings.max_entries, LOOK_BACK)
    entries: list[Entry] = []
    try:
        feed = await parsed(fetcher, desk.settings, outlet, source, limits, desk.now())
        entries += feed.entries
        for child in fresh(feed.children, desk.now()):
            entries += (await parsed(fetcher, desk.settings, outlet, child.url, limits, desk.now())).entries
    except (Retry, Refused, SetAside):
        return entries
    return entries


def _folded(title: str) -> str:
    """Without case, marks and signs: finders change all of them."""
    return "".join(filter(str.isalnum, fold(title)))
