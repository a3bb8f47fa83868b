"""When a reader was here last: a visit ends after half an hour without a look."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from diembao.pipeline.wiring import Installation

APART: Final = timedelta(minutes=30)
# A look is written down once a minute, not at every click.
WRITTEN_EVERY: Final = timedelta(minutes=1)
_LOOKED, _SINCE = "visit.looked", "visit.since"


def last_visit(house: Installation, reader: str, now: datetime) -> datetime | None:
    """The end of this reader's visit before this one; None: there was none. Notes that they are here."""
    looked, since = _time(house, reader, _LOOKED), _time(house, reader, _SINCE)
    if looked is not None and now - looked > APART:
        since = looked
        house.store.remember(reader, _SINCE, since.isoformat())
    if looked is None or now - looked > WRITTEN_EVERY:
        house.store.remember(reader, _LOOKED, now.isoformat())
    return since


def _time(house: Installation, reader: str, name: str) -> datetime | None:
    text = house.store.remembered(reader, name)
    return datetime.fromisoformat(text) if text else None
