"""What people do about sources: look at outlets, propose and accept them, ask for a page, go back in time.

All that fetches here runs in this process; Scrapy's reactor starts once in one, so each is done once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diembao.core.accounts import CONSOLE
from diembao.core.article import Outlet
from diembao.core.errors import Misconfigured, Refused, Retry, WrongUse
from diembao.core.ledger import Entry
from diembao.core.sourcing import Decision, Proposal
from diembao.core.text import fold
from diembao.pipeline.wiring import OWN_OUTLETS, Installation

if TYPE_CHECKING:
    from crawlers.checking import Inspector, Offer
    from crawlers.fetch import Fetcher

BY_PERSON = "person"  # the source of what somebody asked for
ASKED = "asked"  # the fact that tells the loop at work: when somebody asked last
WIDE = ("province", "city")  # kinds of places whose names finders are asked for
MOST_NAMES = 6  # in one question; longer ones are refused by some
# One spelling list, several editions; and no others than Vietnamese spellings for Vietnamese.
EDITIONS_OF: Mapping[str, tuple[str, ...]] = {"zh": ("zh-Hans", "zh-Hant"), "vi": ()}


def ask_for(house: Installation, url: str, now: datetime) -> Entry:
    """Put a page on the books, to be read by the next run.

    Raises:
        WrongUse: it is no address that is read; or its outlet is not in the catalogue, and has been proposed.
    """
    from crawlers.belonging import outlet_of
    from crawlers.identity import identify
    from crawlers.networks import NOT_READ, is_not_read

    try:
        address, key = identify(url)
        outlet = outlet_of(url, house.crawled)
    except Refused as error:
        raise WrongUse(str(error)) from error
    if is_not_read(url) or is_not_read(address):
        raise WrongUse(f"{_site(address)}: {NOT_READ}")
    if outlet is None:
        _refuse_inside(house, address)
        proposal = Proposal(_site(address), _site(address), "", "", address, "", BY_PERSON)
        house.store.propose([proposal], now=now)
        raise WrongUse(
            f"{_site(address)} is not in the catalogue; it is proposed now: `diembao outlets accept {_site(address)}`"
        )
    entry = Entry(key, address, outlet.id, BY_PERSON, title="")
    house.store.ask_for(entry, now=now, by=CONSOLE)
    house.store.set_fact(ASKED, now.isoformat())
    return entry


def _refuse_inside(house: Installation, address: str) -> None:
    """No outlet is where nothing is read. A name that cannot be looked up now (offline, behind a proxy) may be one.

    Raises:
        WrongUse: a port or an address that is not connected to.
    """
    import asyncio

    from crawlers.guard import Guard

    try:
        asyncio.run(Guard(house.settings.crawl.allow_private).admit(address))
    except Refused as error:
        raise WrongUse(f"refused: {error.reason}: {error}") from error
    except Retry:
        return


def check(
    house: Installation, outlets: Sequence[Outlet], now: Callable[[], datetime], step: Callable[[int], None]
) -> Mapping[str, Mapping[str, Any]]:
    """Look at outlets; each report is kept as it is there. By outlet."""
    reports: dict[str, Mapping[str, Any]] = {}

    def keep(outlet: Outlet, report: dict[str, Any]) -> None:
        house.store.keep_check(outlet.id, report, now=now())
        reports[outlet.id] = report
        step(1)

    async def look(inspector: Inspector) -> None:
        await inspector.look_at(outlets, keep)

    _inspect(house, now, look)
    return reports


def accept(  # noqa: PLR0913 (what a person says of the outlet)
    house: Installation,
    host: str,
    now: Callable[[], datetime],
    *,
    by: str,
    where: str = CONSOLE.where,
    outlet: str = "",
    name: str = "",
    language: str = "",
    country: str = "",
    feeds: Sequence[str] = (),
) -> tuple[Outlet, Path]:
    """Write a proposed outlet into the home's own catalogue, with the feeds named or those that it offers.

    Raises:
        WrongUse: it was not proposed, offers nothing, or something is missing that only a person knows.
        Misconfigured: the entry would not do; the file is as it was.
    """
    proposal = _proposed(house, host)
    scheme = proposal.url.partition("://")[0] if proposal.url else "https"
    draft = Outlet(
        outlet or _id_of(host), name or proposal.name, country or proposal.country, language or proposal.language,
        f"{scheme}://{host}/", tuple(feeds),
    )  # fmt: skip
    for field, what in (("language", draft.language), ("country", draft.country)):
        if not what or (field == "country" and len(what) != 2):
            raise WrongUse(
                f"chưa rõ {field} của {host}: nêu bằng --{field}"
                f" (the {field} of {host} is not known: say it with --{field})"
            )
    if not feeds:
        draft = _with_offer(house, draft, now, named=bool(name))
    path = house.settings.home / OWN_OUTLETS
    _append(house, path, draft)
    house.store.decide(host, Decision.ACCEPTED, by=by, where=where, now=now())
    return draft, path


def _proposed(house: Installation, host: str) -> Proposal:
    """Raises WrongUse where it was not, or is of a network whose pages are not read."""
    from crawlers.networks import NOT_READ, is_not_read

    every = [each for decision in Decision for each in house.store.proposals(decision)]
    proposal = next((each for each in every if each.host == host), None)
    if proposal is None:
        raise WrongUse(
            f"không có nguồn nào ở '{host}' được đề xuất, xem `diembao outlets proposed`"
            f" (no outlet at '{host}' was proposed)"
        )
    if is_not_read(proposal.url) or is_not_read(f"https://{host}/"):  # proposed by an earlier version
        raise WrongUse(f"{host}: {NOT_READ}")
    return proposal


def _with_offer(house: Installation, draft: Outlet, now: Callable[[], datetime], *, named: bool) -> Outlet:
    from crawlers.checking import offered

    found: list[Offer] = []

    async def look(inspector: Inspector) -> None:
        found.append(await offered(inspector, draft))

    _inspect(house, now, look)
    offer = found[0]
    if not (offer.feeds or offer.sitemaps):
        raise WrongUse(
            f"{draft.home} names no feed or sitemap that holds entries: give one with --feed, or write its entry with "
            "'listings' into outlets.yaml (docs/outlets.md)"
        )
    sitemaps = tuple(offer.sitemaps) if not offer.feeds else ()
    archive = tuple(offer.sitemaps) if offer.feeds else ()
    name = draft.name if named or not offer.name else offer.name
    return replace(draft, name=name, feeds=tuple(offer.feeds), sitemaps=sitemaps, archive=archive)


def _append(house: Installation, path: Path, outlet: Outlet) -> None:
    """At the end of the file, and only if the whole catalogue can still be read with it."""
    import yaml

    from crawlers.catalogue import load

    defaults = Outlet("", "", "", "", "")
    entry = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(outlet).items()
        if value != getattr(defaults, name)
    }
    text = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=1000)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    trial = path.with_suffix(".trial.yaml")
    try:
        trial.write_text(before + ("\n" if before else "") + text, encoding="utf-8")
        named = house.settings.crawl.catalogue
        whole = house.settings.home / Path(named).expanduser() if named else None
        _ = load(trial) if whole == path else load(whole, more=trial)  # it may be the installation's whole catalogue
        trial.replace(path)
    except Misconfigured as error:
        raise Misconfigured(str(error).replace(trial.name, path.name)) from error
    finally:
        trial.unlink(missing_ok=True)


def names(house: Installation) -> Mapping[str, Sequence[str]]:
    """What each language calls the provinces and their cities, those names that mean nothing else."""
    by_language: dict[str, list[str]] = {}
    for place in (place for profile in house.profiles for place in profile.places):
        if place.kind in WIDE and place.sure:
            by_language.setdefault("vi", []).append(place.name)
            for language in ("en", "fr"):
                by_language.setdefault(language, []).append(fold(place.name))
            for language, spellings in place.exonyms.items():
                for edition in EDITIONS_OF.get(language, (language,)):
                    by_language.setdefault(edition, []).extend(spellings[: 2 if language == "zh" else 1])
    return {language: list(dict.fromkeys(every))[:MOST_NAMES] for language, every in by_language.items()}


def _inspect(house: Installation, now: Callable[[], datetime], work: Callable[[Inspector], Any]) -> None:
    from crawlers.checking import Inspector

    async def with_inspector(fetcher: Fetcher) -> None:
        await work(Inspector(fetcher, house.settings.crawl, now, house.language_of))

    errand_of(house, now, with_inspector)


def errand_of(house: Installation, now: Callable[[], datetime], work: Callable[[Fetcher], Any]) -> None:
    import random

    from crawlers.spider import errand
    from crawlers.timetable import Timetable

    errand(house.settings.crawl, Timetable(house.store, house.settings.crawl, now, random.random), now, work)


def _id_of(host: str) -> str:
    import re

    return re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")[:40]


def _site(address: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(address).netloc.removeprefix("www.")


__all__ = ["accept", "ask_for", "check", "errand_of", "names"]
