"""Now and then the machine looks at the clocks of cases, at units that have not answered, at what no article tells."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from diembao.pipeline import clocked, unreadable
from diembao.pipeline.wiring import Installation
from diembao.response.reminding import Reminding

# Between two looks: a deadline is a matter of hours.
EVERY: Final = timedelta(minutes=1)


def remind(house: Installation, now: datetime) -> int:
    """Queue what is to be said, where it is time to look; how much that was."""
    whole = house.whole
    if whole.looked_at is not None and whole.looked_at <= now < whole.looked_at + EVERY:
        return 0
    whole.looked_at = now
    return sum(_look(each, now) for each in house.every)


def _look(house: Installation, now: datetime) -> int:
    desk = Reminding(house.store, house.profile).look(now)
    return desk + clocked.tell(house, now) + unreadable.tell(house, now)
