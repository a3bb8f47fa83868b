"""kill -9 between any two steps of a day's work, on SQLite and on PostgreSQL: nothing lost, at most one mail twice.

    python -m benchmarks.survival.storm [--kills 200] [--store sqlite|postgresql] [--articles 10] [--seed 1]

A day is worked in stages: a record of an earlier version is migrated; then, in an office of its own, crawl, judge,
group, index, alert, send, report. Each stage is a process that is killed at a call or return, drawn by lot, of our code
or of the database's driver; the next one goes on. After the last crash one whole run settles what is left. Then the
books must balance, every article, label, alert and report must be there as in a day that nobody disturbed, the index
must equal the record, and no more mails may have come twice than there were kills.

Prints one JSON object; ends with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Protocol, Self

from benchmarks.survival import office
from benchmarks.survival.lives import COUNT, MIGRATE, MIGRATED, SETTLE, WEIGH, Lives
from tests.crawlers.newsroom import Newsroom
from tests.response import mailserver
from tests.response.mailserver import Mailbox

STAGES: Final = (MIGRATE, *office.STAGES)
A_DAY: Final = 3 * len(STAGES)  # kills
NEW, OLD = "new_record", "old_record"
NOTHING_KNOWN: Final[Mapping[str, int]] = MappingProxyType({})


class Databases(Protocol):
    """Each gives an address."""

    def make(self, name: str) -> str:
        """A new, empty one."""

    def copy(self, old: str, name: str) -> str: ...


@dataclass(frozen=True)
class Files:
    """SQLite's."""

    folder: Path

    def make(self, name: str) -> str:
        self.folder.mkdir(exist_ok=True)
        return f"sqlite:///{self.folder / name}.db"

    def copy(self, old: str, name: str) -> str:
        shutil.copy(self.folder / f"{old}.db", self.folder / f"{name}.db")
        return self.make(name)


class OfPostgres:
    """A server of the tests'."""

    def __init__(self) -> None:
        from tests.store.server import running

        self._server = running()

    def make(self, name: str) -> str:
        return self._server.make(name)

    def copy(self, old: str, name: str) -> str:
        return self._server.make(name, f"TEMPLATE {old}")


@dataclass
class Outcome:
    """``wrong`` are sentences: what is lost, doubled or unlike the calm day. ``twice`` counts mails that came again."""

    kills: dict[str, int] = field(default_factory=dict)
    days: int = 0
    articles: int = 0
    mails: int = 0
    twice: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def killed(self) -> int:
        return sum(self.kills.values())


class Storm(AbstractContextManager["Storm"]):
    """One engine, one seed. ``steps`` are those of stages that need not be counted: to count takes four times as long
    as the work.
    """

    def __init__(
        self, folder: Path, databases: Databases, articles: int, seed: int, steps: Mapping[str, int] = NOTHING_KNOWN
    ) -> None:
        self._folder, self._databases, self._lot = folder, databases, random.Random(seed)
        self._articles, self._known, self._held = articles, steps, ExitStack()
        self._room, self._box = Newsroom(), Mailbox()
        self.outcome = Outcome()

    def __enter__(self) -> Self:
        enter = self._held.enter_context
        enter(self._room.open())
        office.pages(self._room, self._articles)
        self._mail = enter(mailserver.serving(self._box))
        office.migrate(self._databases.make(NEW))  # once; the days begin with copies
        office.older(self._databases.make(OLD))
        calm = self._home("calm")
        self._lives = enter(Lives(calm))
        self._steps = {name: self._counted(name, str(calm)) for name in office.STAGES}
        self._calm = self._settled(calm, 0)
        old = self._databases.copy(OLD, "calm_old")
        self._steps[MIGRATE] = self._counted(MIGRATE, old)
        self._rows = self._lives.live(MIGRATED, old)[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def blow(self, kills: int) -> Outcome:
        """So many kills, spread over the stages of as many days as that takes."""
        while (left := kills - self.outcome.killed) > 0:
            self._day([STAGES[-1 - n % len(STAGES)] for n in range(min(left, A_DAY))])  # the first take the longest
        return self.outcome

    def _day(self, killed: list[str]) -> None:
        self.outcome.days += 1
        name = f"day{self.outcome.days}"
        home, before = self._home(name), self.outcome.killed
        old = self._databases.copy(OLD, f"{name}_old")
        for stage in STAGES:
            self._stage(stage, old if stage == MIGRATE else str(home), killed.count(stage))
        if self._lives.live(MIGRATED, old)[1] != self._rows:
            self.outcome.wrong.append(f"{name}: the migrated record has other rows")
        found = self._settled(home, self.outcome.killed - before)
        self.outcome.wrong += [f"{name}: {part} differ" for part in found if found[part] != self._calm[part]]
        shutil.rmtree(home)

    def _counted(self, stage: str, where: str) -> int:
        said = self._lives.live(stage, where, 0 if stage in self._known else COUNT)[1]
        return self._known.get(stage, said)

    def _stage(self, stage: str, where: str, times: int) -> None:
        """Killed so often, then left alone; the migration's end is what looks at it."""
        for _ in range(times):
            dead, _said = self._lives.live(stage, where, self._lot.randint(1, self._steps[stage]))
            self.outcome.kills[stage] = self.outcome.kills.get(stage, 0) + dead
        if stage != MIGRATE:
            self._lives.live(stage, where)

    def _settled(self, home: Path, kills: int) -> dict[str, Any]:
        """What is there after one more run; what came twice or is wrong goes into the outcome."""
        self._lives.live(SETTLE, str(home))
        found = self._lives.live(WEIGH, str(home))[1]
        came = Counter([*(str(mail["Message-ID"]) for _, mail in self._box.arrived), *found["folder"]])
        self._box.arrived.clear()
        twice = came.total() - len(came)
        self.outcome.wrong += [f"{home.name}: {each}" for each in found["wrong"]]
        if len(came) != found["carried"]:
            self.outcome.wrong.append(f"{home.name}: {found['carried']} messages sent, {len(came)} came")
        if twice > kills:
            self.outcome.wrong.append(f"{home.name}: {twice} messages twice after {kills} kills")
        self.outcome.articles += len(found["told"]["labels"])
        self.outcome.mails += len(came)
        self.outcome.twice += twice
        told: dict[str, Any] = found["told"]
        return told

    def _home(self, name: str) -> Path:
        home = self._folder / name
        office.furnish(home, self._room, self._mail, self._databases.copy(NEW, name))
        return home


def storm(
    folder: Path,
    kills: int,
    *,
    store: str = "sqlite",
    articles: int = 10,
    seed: int = 1,
    steps: Mapping[str, int] = NOTHING_KNOWN,
) -> Outcome:
    databases = OfPostgres() if store == "postgresql" else Files(folder / "records")
    with Storm(folder, databases, articles, seed, steps) as blowing:
        return blowing.blow(kills)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--articles", type=int, default=10)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = storm(Path(folder), given.kills, store=given.store, articles=given.articles, seed=given.seed)
    print(json.dumps({"store": given.store, **asdict(found), "seconds": round(time.perf_counter() - began)}, indent=1))
    sys.exit(bool(found.wrong))


if __name__ == "__main__":
    main()
