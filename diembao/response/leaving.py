"""Which alerts leave together, where the moments are known: what the outbox does as they come, told beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from diembao.response.alerts import Going
from diembao.response.outbox import GATHER, STORM


def messages(going: Iterable[Going]) -> list[tuple[datetime, Sequence[Going]]]:
    """What one recipient of one subscription gets, and when; the earliest first."""
    every = sorted(going, key=_leaves)
    held = [each for each in every if each.held_until is not None]
    found = [(at, [*some]) for at, some in groupby(held, key=_leaves)]
    found += _gathered([each for each in every if each.held_until is None])
    return sorted(found, key=lambda message: message[0])


def _leaves(each: Going) -> datetime:
    return each.held_until or each.alert.at


def _gathered(alone: Sequence[Going]) -> Iterator[tuple[datetime, list[Going]]]:
    """One by one, but for storms."""
    start = 0
    while start < len(alone):
        until = alone[start].alert.at + GATHER
        near = [each for each in alone[start:] if each.alert.at <= until]
        if len(near) > STORM:
            yield until, near
            start += len(near)
        else:
            yield alone[start].alert.at, [alone[start]]
            start += 1
