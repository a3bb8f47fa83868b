"""While the searchable copy is away, `index` and `alert` wait: their bookmarks stay, everything else goes on.

That they wait is noted in the store, so that `diembao status` and the screens can say since when, and why.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from diembao.core.ports import Store

log = structlog.get_logger()

FACT: Final = "index-away"
# Seconds until it is asked again: twice as many each time.
FIRST, LONGEST = 1.0, 60.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Since when the searchable copy is away, and why; ``wait`` seconds lie between the last try and ``until``."""

    since: datetime
    why: str
    until: datetime
    wait: float


def waiting(store: Store) -> Waiting | None:
    """None: it is there, as far as is known."""
    noted = store.fact(FACT)
    if not noted:
        return None
    found = json.loads(noted)
    since, until = (datetime.fromisoformat(found[name]) for name in ("since", "until"))
    return Waiting(since, found["why"], until, found["wait"])


def note(store: Store, why: str, now: datetime) -> None:
    """It is away: ask again, later each time."""
    before = waiting(store)
    if before is None:
        log.warning("index-away", why=why)
    wait = min(before.wait * 2, LONGEST) if before else FIRST
    since = before.since if before else now
    until = now + timedelta(seconds=wait)
    found = {"since": since.isoformat(), "why": why, "until": until.isoformat(), "wait": wait}
    store.set_fact(FACT, json.dumps(found, ensure_ascii=False))


def over(store: Store) -> None:
    """It is there again."""
    if store.fact(FACT):
        log.info("index-back")
        store.set_fact(FACT, "")
