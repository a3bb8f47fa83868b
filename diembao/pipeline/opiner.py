"""The process that asks the language model, beside the worker, only where `opinion.url` is set.

It ends with the worker, and by itself where a setting must change; then it is tried again after `LATER`.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Self

import structlog
from filelock import FileLock, Timeout

from diembao.core.errors import Misconfigured, RecordDamaged, Retry
from diembao.core.logs import load_and_log, to_standard_error
from diembao.pipeline import children
from diembao.pipeline.opining import answer, open_asking, want
from diembao.pipeline.wiring import Installation, open_installation

log = structlog.get_logger()

PAUSE: Final = 1.0  # seconds between two looks where nothing is to be done
LATER: Final = timedelta(minutes=10)
WHY: Final = "opinion-stopped"  # the fact that says why nothing is asked; empty: it is
MISCONFIGURED: Final = 3


class Opiner:
    """The worker's: keeps the process going where a model is set. Waits for nothing."""

    def __init__(self, house: Installation) -> None:
        self._house = house
        self.child: subprocess.Popen[bytes] | None = None
        self._not_before: datetime | None = None

    def look(self, now: datetime) -> None:
        if not self._house.settings.opinion.on:
            return
        if self.child is not None:
            code = self.child.poll()
            if code is None:
                return
            log.warning("opinions-stopped", code=code)
            self.child, self._not_before = None, now + LATER
        if self._not_before is None or now >= self._not_before:
            self.child = children.start("diembao.pipeline.opiner", [str(self._house.settings.home)])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.child is not None:
            children.stop(self.child)


async def work(house: Installation, now: Callable[[], datetime], busy: Callable[[], bool] = lambda: True) -> None:
    """While ``busy``.

    Raises:
        Misconfigured: a setting must change. Retry: the record cannot be written now.
    """
    asking, not_before = open_asking(house), now()
    await asking.endpoint.where()
    while busy():
        wanted = want(house, now())
        waits = await answer(house, asking, now) if now() >= not_before else not_before
        not_before = waits or now()
        if waits and not wanted:
            await asyncio.sleep(PAUSE)


def main(home: Path, clock: Callable[[], datetime]) -> int:
    """One of a home; a second one ends at once."""
    with open_installation(load_and_log(home)) as house, suppress(Timeout), FileLock(home / "opinion.lock", timeout=0):
        house.record.set_fact(WHY, "")
        try:
            asyncio.run(work(house, clock))
        except RecordDamaged as error:  # nothing is written any more, not even that
            log.warning("record-damaged", why=str(error))
            return MISCONFIGURED
        except Misconfigured as error:
            house.record.set_fact(WHY, str(error))
            log.warning("opinions-misconfigured", why=str(error))
            return MISCONFIGURED
        except Retry as error:
            log.warning("opinions-broke-off", why=str(error))
            return 1
    return 0


def stopped_by(house: Installation) -> str:
    """Why nothing is asked; empty: it is."""
    return house.record.fact(WHY) or ""


if __name__ == "__main__":
    from diembao.pipeline.worker import utc_now

    to_standard_error()
    children.follow_parent()
    sys.exit(main(Path(sys.argv[1]), utc_now))
