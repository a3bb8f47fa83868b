"""What the record need not keep any longer goes once a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from diembao.core.accounts import Hand
from diembao.pipeline.retention import let_go
from diembao.pipeline.wiring import Installation
from diembao.response.questions import forget

MACHINE: Final = Hand("machine", "machine")


def prune_once_a_day(house: Installation, now: datetime) -> None:
    today = now.date().isoformat()
    if house.store.fact("pruned") != today:
        house.store.prune(now)
        house.store.prune_people(now)
        forget(house.record, now, timedelta(days=house.settings.questions.contact_days))
        house.record.prune_opinions(now - timedelta(days=house.settings.opinion.keep_days))
        if house.settings.retention.automatic:
            let_go(house, now, MACHINE)
        house.store.set_fact("pruned", today)
