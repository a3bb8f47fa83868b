"""Each entry of a feed to its outcome, or to the pages that are to be read.

The order of rules, the first that fits:

1. handled in this run already, from any source → `duplicate-url`; of entries of one address in one list, the one that
   changed last stands for all (crawlers/listed.py), also for one that is refused
2. refused by the source's rules (no-link, address, too-many, too-old, cut-off, podcast) → that; an article that we have
   and that only grew old → `unchanged`
3. waits for its next try → `retry: waiting`
4. known and the same: refused then → refused again, for a day; kept, or set aside → `unchanged`
5. the outlet is read whole, or we have the article, or title and summary may be about a province → its page
6. else `not-about`, or `unchanged` if it was that before and says the same
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawlers.desk import Desk
from crawlers.listed import Feed, Refusal
from crawlers.rules import slug_words
from diembao.core.article import Outlet
from diembao.core.ledger import Entry, KnownEntry, Outcome, Sighting, Validators

ASK_AGAIN = timedelta(days=1)  # for a page that was refused or set aside, while its feed lists it


@dataclass(slots=True)
class Sorted:
    """What `Ledger.source_read` takes."""

    settled: list[Sighting] = field(default_factory=list)
    left_out: list[Entry] = field(default_factory=list)
    pending: list[Entry] = field(default_factory=list)

    def book(
        self,
        desk: Desk,
        outlet: Outlet,
        source: str,
        now: datetime,
        validators: Validators | None = None,
        *,
        kept_at: datetime | None = None,
    ) -> None:
        """On the books of the desk's run."""
        desk.ledger.source_read(
            desk.run,
            source,
            outlet.id,
            settled=self.settled,
            left_out=self.left_out,
            pending=self.pending,
            validators=validators or Validators(),
            now=now,
            kept_at=kept_at,
        )


def sort(feed: Feed, desk: Desk, outlet: Outlet, source: str, now: datetime) -> Sorted:
    """Marks what it takes on in ``desk``."""
    known = desk.ledger.known([*(entry.id for entry in feed.entries), *(each.key for each in feed.refused)])
    result = Sorted()

    def settle(key: str, url: str, outcome: Outcome, reason: str = "") -> None:
        before = known.get(key)
        article = before.article_id if before else None
        result.settled.append(Sighting(desk.run, source, key, outlet.id, url, outcome, reason, now, article))
        desk.handled.add(key)

    taken = {entry.id for entry in feed.entries}
    for refusal in feed.refused:
        if refusal.key in taken:  # its twin's words are the entry's
            again = refusal.key, outlet.id, refusal.url, Outcome.DUPLICATE_URL, "", now
            result.settled.append(Sighting(desk.run, source, *again))
        else:
            settle(refusal.key, refusal.url, *_of_refusal(refusal, known, desk))
    for entry in feed.entries:
        answer = _of_entry(entry, known.get(entry.id), desk, now)
        if answer is not None:
            settle(entry.id, entry.url, *answer)
        elif _to_be_read(entry, known.get(entry.id), desk, outlet):
            result.pending.append(entry)
            desk.handled.add(entry.id)
        elif entry.id in desk.left_out or _is_same(entry, known.get(entry.id)):
            result.settled.append(_left_out_before(entry, desk, source, now))
            desk.left_out.add(entry.id)
        else:
            result.left_out.append(entry)
            desk.left_out.add(entry.id)
    return result


def _of_refusal(refusal: Refusal, known: Mapping[str, KnownEntry], desk: Desk) -> tuple[Outcome, str]:
    before = known.get(refusal.key)
    if refusal.key in desk.handled:
        return Outcome.DUPLICATE_URL, ""
    if before is not None and before.article_id is not None:
        return Outcome.UNCHANGED, ""
    return Outcome.REFUSED, refusal.reason


def _of_entry(entry: Entry, before: KnownEntry | None, desk: Desk, now: datetime) -> tuple[Outcome, str] | None:
    """The outcome that needs no look at the page; None: it may have to be read."""
    if entry.id in desk.handled:
        return Outcome.DUPLICATE_URL, ""
    if before is None:
        return None
    if before.pending:
        return Outcome.RETRY, "waiting"
    if before.digest != entry.digest or before.outcome in (None, Outcome.NOT_ABOUT):
        return None
    if before.outcome not in (Outcome.REFUSED, Outcome.QUARANTINED):
        return Outcome.UNCHANGED, ""
    once_more = (Outcome.REFUSED, before.reason) if before.outcome is Outcome.REFUSED else (Outcome.UNCHANGED, "")
    return None if _a_day_passed(before, now) else once_more


def _a_day_passed(before: KnownEntry, now: datetime) -> bool:
    """Counted from the first sight, so that being listed every quarter of an hour does not put it off for ever."""
    first = before.first_seen or before.last_seen
    return (now - first) // ASK_AGAIN > (before.last_seen - first) // ASK_AGAIN


def _to_be_read(entry: Entry, before: KnownEntry | None, desk: Desk, outlet: Outlet) -> bool:
    if outlet.fetch == "all" or (before is not None and before.article_id is not None):
        return True
    words = entry.title or slug_words(entry.url)
    if not words:  # a number is all the source says of it: only the page can tell
        return True
    return desk.prefilter.may_be_about(words, f"{entry.summary}\n{entry.text}".strip())


def _is_same(entry: Entry, before: KnownEntry | None) -> bool:
    return before is not None and before.digest == entry.digest


def _left_out_before(entry: Entry, desk: Desk, source: str, now: datetime) -> Sighting:
    """In this run by another source, or by this one in an earlier run; the next source may say more of it."""
    outcome = Outcome.DUPLICATE_URL if entry.id in desk.left_out else Outcome.UNCHANGED
    return Sighting(desk.run, source, entry.id, entry.outlet, entry.url, outcome, "", now)
