"""Things that waited for a person, read again by the rules of today."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diembao.core.article import Outlet
from diembao.core.errors import Refused, Retry, SetAside, WrongUse
from diembao.core.ledger import Entry, Outcome, Sighting
from diembao.core.ports import Quarantined
from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation

if TYPE_CHECKING:
    from crawlers.desk import Desk
    from crawlers.fetch import Reply


APART: Final = 120.0  # seconds for a process of its own, its start included; one page has fifteen, one feed forty
WRONG_USE: Final = 2


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
        desk.ledger.source_failed(sighting, now=desk.now(), response=reply.body, asked=False)
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


def replay_apart(home: Path, numbers: Sequence[int], by: str) -> list[dict[str, Any]]:
    """The same in a process of its own, for callers that must not be held up by a page made to be slow: only the main
    thread of a process can end its reading. As `as_json` tells it.

    Raises:
        Retry: it did not come to its end.
        WrongUse: nothing of a number waits.
    """
    command = [sys.executable, "-m", "diembao.pipeline.quarantine", str(home), by, *map(str, numbers)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=APART)  # noqa: S603 (our own module)
    except subprocess.TimeoutExpired:
        raise Retry(f"quá {APART:.0f} giây mà chưa đọc xong (not read within {APART:.0f} s)") from None
    if done.returncode:
        told = " ".join(done.stderr.split())[-300:]
        raise WrongUse(told) if done.returncode == WRONG_USE else Retry(f"không đọc lại được ({told})")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def as_json(done: Replayed) -> dict[str, Any]:
    found = {"id": done.aside.id, "url": done.aside.url, "outcome": done.outcome, "reason": done.reason}
    return found | ({} if done.entries is None else {"entries": done.entries, "to_read": done.to_read})


def main() -> int:
    """Arguments: the home, who asks, numbers."""
    home, by, *numbers = sys.argv[1:]
    try:
        with open_installation(load(Path(home))) as house:
            waiting = [waiting_of(house, int(number)) for number in numbers]
            done = replay(house, waiting, datetime.now(UTC), by)
    except WrongUse as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    sys.stdout.write(json.dumps([as_json(each) for each in done], ensure_ascii=False))
    return 0


def waiting_of(house: Installation, number: int) -> Quarantined:
    """Raises:
    WrongUse: nothing of this number waits.
    """
    found = house.store.quarantined(number)
    if found is None:
        raise WrongUse(
            f"không có mục số {number} đang chờ xem; xem `diembao quarantine list`"
            f" (nothing with the number {number} waits in quarantine; see `diembao quarantine list`)"
        )
    return found


if __name__ == "__main__":
    sys.exit(main())
