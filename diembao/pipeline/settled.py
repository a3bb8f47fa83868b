"""Since when alerts of `diembao.toml` are asked for: what was seen before one was written there begins no story.

The record remembers the name and query of each, and when a program first worked with it. At the very first look all
that stand there count as old: nobody knows since when.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation

_FACT: Final = "alerts-settled"
_Known = dict[str, tuple[str, str]]  # by name: query, and since when ("": before anybody looked)


def note(house: Installation, now: datetime) -> None:
    """Before anything is read or told."""
    for each in house.every:
        kept = each.store.fact(_fact(each))
        known = _read(kept)
        since = now.isoformat() if kept else ""
        found = {
            alert.name: known[alert.name] if known.get(alert.name, ("", ""))[0] == alert.query else (alert.query, since)
            for alert in each.settings.alerts
        }
        if kept is None or found != known:
            each.store.set_fact(_fact(each), json.dumps(found, ensure_ascii=False))


def since(house: Installation) -> dict[str, datetime]:
    """By name, of those that were written there while somebody looked."""
    known = _read(house.store.fact(_fact(house)))
    return {name: datetime.fromisoformat(at) for name, (_, at) in known.items() if at}


def _fact(house: Installation) -> str:
    return f"{_FACT}:{house.profile.id}"


def _read(kept: str | None) -> _Known:
    return {name: (query, at) for name, (query, at) in json.loads(kept or "{}").items()}
