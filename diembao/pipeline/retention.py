"""How long what was received is kept, as the settings say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from diembao.core.accounts import Hand
from diembao.core.retention import Kept, Limits, Over
from diembao.pipeline.wiring import Installation


def limits(house: Installation, now: datetime) -> Limits:
    chosen = house.settings.retention
    days = (chosen.pages_days, chosen.other_pages_days, chosen.aside_days)
    return Limits(*(now - timedelta(days=each) for each in days))


def what_is_over(house: Installation, now: datetime) -> list[Over]:
    """By kind; nothing is changed."""
    return _by_kind(house.record.pages_over(limits(house, now)))


def let_go(house: Installation, now: datetime, by: Hand) -> list[Over]:
    """What was dropped, by kind."""
    return _by_kind(house.record.drop_pages(limits(house, now), actor=by.actor, where=by.where, now=now))


def _by_kind(parts: Iterable[Over]) -> list[Over]:
    found = {kind: Over(kind) for kind in Kept}
    for part in parts:
        before = found[part.kind]
        sums = (before.pages + part.pages, before.bytes + part.bytes, before.needed + part.needed)
        found[part.kind] = Over(part.kind, *sums)
    return list(found.values())
