"""Which places among the workers this process is in: the foreman's, and the one where stories are made. Each is one
process's at a time, until it ends, however it ends, or hangs (`store.turns`).

Whoever is in one says so as often as a worker says that it is alive, beside all work: a long batch silences nobody.
"""

from __future__ import annotations

import asyncio
from typing import Final

from diembao.core.errors import Retry
from diembao.core.ports import Store
from diembao.pipeline.foreman import PLACE
from diembao.pipeline.jobs import STORIES_PLACE
from diembao.store.turns import BEAT


class Places:
    """Of one process, while it is connected. ``steps``: it does them, and so wants to make stories too."""

    def __init__(self, record: Store, *, steps: bool) -> None:
        self._record, self._steps = record, steps
        self.leads = False
        self.groups = asyncio.Event()

    async def beat(self) -> None:
        """Whatever else goes on.

        Raises:
            Retry: as `take`.
        """
        while True:
            await asyncio.sleep(BEAT)
            await self.take()

    async def take(self) -> None:
        """Those that are free, and those of who hangs; or say that this process is alive in them.

        Raises:
            Retry: the record is away, or this process was silent and has lost what it had: it begins anew.
        """
        if self._steps and await self._makes_stories():
            self.groups.set()
        self.leads = await asyncio.to_thread(self._record.keep, PLACE)

    async def check(self) -> None:
        """Before stories are made.

        Raises:
            Retry: another process makes them.
        """
        if not await self._makes_stories():
            raise Retry(_LOST)

    async def _makes_stories(self) -> bool:
        held = await asyncio.to_thread(self._record.keep, STORIES_PLACE)
        if self.groups.is_set() and not held:
            raise Retry(_LOST)
        return held


_LOST: Final = (
    "tiến trình này đã im lặng quá lâu, tiến trình khác lập chuyện thay"
    " (was silent for too long: another process makes the stories)"
)
