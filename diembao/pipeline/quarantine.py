"""Things that waited for a person, read again by the rules of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from diembao.core.errors import WrongUse
from diembao.core.ledger import Entry, Outcome
from diembao.core.ports import Quarantined
from diembao.pipeline.wiring import Installation


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of one: ``outcome`` "" where there is nothing to read again."""

    aside: Quarantined
    outcome: Outcome | None
    reason: str


def replay(house: Installation, asides: Sequence[Quarantined], now: datetime, by: str) -> list[Replayed]:
    """Each on the books of one run of its own, beside any that is going on."""
    run = house.store.begin_run(now, by=f"replay: {by}", beside=True)
    try:
        return [_replayed(house, aside, run, now, by) for aside in asides]
    finally:
        house.store.end_run(run, now)


def _replayed(house: Installation, aside: Quarantined, run: int, now: datetime, by: str) -> Replayed:
    from crawlers.desk import Desk
    from crawlers.replay import kept_reply, replay_page

    outlet = house.outlets.get(aside.outlet)
    body = house.store.response(aside.response) if aside.response else None
    if outlet is None or body is None:
        why = "the outlet is not in the catalogue" if outlet is None else "no bytes were kept: it can only be dropped"
        return Replayed(aside, None, why)
    if aside.of_source:
        return Replayed(
            aside, None, "a source: it is read again in the next run, and waits no more once that goes well"
        )
    entry, first_seen = _entry_of(house, aside)
    desk = Desk(house.settings.crawl, {outlet.id: outlet}, house.store, house.prefilter, run, lambda: now)
    reply = kept_reply(entry.url, body, house.store.hops(aside.entry, aside.response))
    outcome, reason = replay_page(desk, outlet, entry, reply, first_seen)
    if outcome is Outcome.REFUSED:  # a rule of ours says no: nobody has to look
        house.store.drop(aside.id, by=by, why=f"refused:{reason}", now=now)
    return Replayed(aside, outcome, reason)


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
