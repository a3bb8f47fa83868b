"""The record moved to another database while the installation runs; which one is opened, the settings say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from diembao.core.accounts import CONSOLE
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.settings import Settings
from diembao.pipeline.backup import Show
from diembao.pipeline.worker import only_worker
from diembao.store import copying, snapshot
from diembao.store.copying import Tally
from diembao.store.database import Database
from diembao.store.dialects import dialect
from diembao.store.record import SqlStore


@dataclass(frozen=True, slots=True)
class Moved:
    """``head`` is the last number of the log that is there; ``behind`` counts the lines of the logs that came since it
    was copied; ``running``: a program is at work on the record, as far as locks and the server tell: of a web process
    on an SQLite file nothing does.
    """

    to: str
    tallies: Mapping[str, Tally]
    head: int
    behind: int
    running: bool


def move(settings: Settings, to: str, *, now: Callable[[], datetime], show: Show) -> Moved:
    """What the record holds now; made again, it brings what came since.

    Raises:
        WrongUse: the target is the record itself, or holds something.
        Misconfigured: there is no record, or a database cannot be opened.
        Differs: what was read back is not what was written.
    """
    url, source = settings.store_url, dialect(settings.store_url).where
    if dialect(to).where == source:
        raise WrongUse(f"{source} đang là kho của cài đặt này ({source} is the record of this installation)")
    if not snapshot.version_of(url):
        raise Misconfigured(f"{source}: chưa có dữ liệu gì để chuyển (there is nothing to move)")
    with closing(copying.Target(to, source)) as there:
        with closing(SqlStore(url)) as store:
            facts = {"to": there.where}
            store.note(CONSOLE.actor, "record.move", "record", where=CONSOLE.where, now=now(), **facts)
        with closing(Database(url)) as here:
            tallies = _copied(here, there, show)
            behind, running = copying.come_since(here, tallies), here.others() > 0
    return Moved(dialect(to).where, tallies, tallies["log"].rows, behind, running or _at_work(settings.home))


def _copied(here: Database, there: copying.Target, show: Show) -> Mapping[str, Tally]:
    total, done = 2 * copying.size(here), 0

    def step(more: int) -> None:
        nonlocal done
        done += more
        show("Chép và so", min(done, total), total)

    return copying.copy(here, there, step)


def _at_work(home: Path) -> bool:
    try:
        with only_worker(home):
            return False
    except WrongUse:
        return True
