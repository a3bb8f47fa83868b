"""Things that waited for a person, read again by the rules of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from diembao.core.article import Outlet
from diembao.core.errors import Refused, SetAside, WrongUse
from diembao.core.ledger import Entry, Outcome, Sighting
from diembao.core.ports import Quarantined
from diembao.pipeline.wiring import Installation

if TYPE_CHECKING:
    from crawlers.desk import Desk
    from crawlers.fetch import Reply


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of one: no ``outcome`` where there is nothing to read again, or where a source could be read. Of
    that: its ``entries``, and how many of their pages the next run reads (``to_read``).
    """

    aside: Quarantined
    outcome: Outcome | None
    reason: str = ""
    entries: int | None = None
    to_read: int = 0


def replay(house: Installation, asides: Sequence[Quarantined], now: datetime, by: str) -> list[Replayed]:
    """Each on the books of one run of its own, beside any that is going on."""
    run = house.store.begin_run(now, by=f"replay: {by}", beside=True)
    try:
        return [_replayed(house, aside, run, now, by) for aside in asides]
    finally:
        house.store.end_run(run, now)


def _replayed(house: Installation, aside: Quarantined, run: int, now: datetime, by: str) -> Replayed:
    from crawlers.desk import Desk
    from crawlers.replay import kept_reply

    outlet = house.outlets.get(aside.outlet)
    body = house.store.response(aside.response) if aside.response else None
    if outlet is None or body is None:
        why = "the outlet is not in the catalogue" if outlet is None else "no bytes were kept: it can only be dropped"
        return Replayed(aside, None, why)
    desk = Desk(house.settings.crawl, {outlet.id: outlet}, house.store, house.prefilter, run, lambda: now)
    reply = kept_reply(aside.url, body, house.store.hops(aside.entry, aside.response))
    done = (
        _source_again(desk, outlet, aside, reply) if aside.of_source else _page_again(house, desk, outlet, aside, reply)
    )
    if done.outcome is Outcome.REFUSED:  # a rule of ours says no: nobody has to look
        house.store.drop(aside.id, by=by, why=f"refused:{done.reason}", now=now)
    return done


def _page_again(house: Installation, desk: Desk, outlet: Outlet, aside: Quarantined, reply: Reply) -> Replayed:
    from crawlers.replay import replay_page

    entry, first_seen = _entry_of(house, aside)
    return Replayed(aside, *replay_page(desk, outlet, entry, reply, first_seen))


def _source_again(desk: Desk, outlet: Outlet, aside: Quarantined, reply: Reply) -> Replayed:
    from crawlers.replay import replay_source
    from crawlers.sources import fate

    try:
        found = replay_source(desk, outlet, aside.source, reply, aside.at)
    except (Refused, SetAside) as error:
        outcome, reason, _ = fate(error)
        sighting = Sighting(desk.run, aside.source, aside.entry, outlet.id, aside.url, outcome, reason, desk.now())
        desk.ledger.source_failed(sighting, now=desk.now(), response=reply.body, replayed=True)
        return Replayed(aside, outcome, reason)
    return Replayed(aside, None, "", found.entries, found.to_read)


def _entry_of(house: Installation, aside: Quarantined) -> tuple[Entry, datetime]:
    """What its source said of it; a page that was visited again has the words we had."""
    listed = house.store.listed(aside.entry)
    if listed and listed[0].source == aside.source:
        return listed[0], min(listed[1], aside.at)
    item = house.store.article(aside.entry)
    if item is not None:
        article = item.article
        words = (article.title, article.lead, article.text, article.published_at)
        return Entry(article.id, article.url, article.outlet, aside.source, *words), article.seen_at
    return Entry(aside.entry, aside.url, aside.outlet, aside.source, ""), aside.at


def waiting_of(house: Installation, number: int) -> Quarantined:
    """Raises:
    WrongUse: nothing of this number waits.
    """
    found = house.store.quarantined(number)
    if found is None:
        raise WrongUse(f"nothing with the number {number} waits in quarantine; see `diembao quarantine list`")
    return found
