"""A disk of our own (a file, mounted by loop) that becomes full, or broken so that the kernel makes it read-only.

    python -m benchmarks.survival.disk [--times 60] [--rounds 3] [--articles 4] [--seed 1]

- full, by lot: the stages of a day (see `storm`), each first with no room at all, then with a little more each time
  until it gets through; ``--times`` so often a stage met a full disk. Whatever it says must be a passing failure.
- full, under the program: `diembao run` and `diembao web` go on while the disk is full, ``--rounds`` times.
- read-only: a fault of the file system under `diembao run`; the disk is mended, and the program started again.

In the end nothing may be missing, doubled or wrong. Needs root, mkfs.ext4 and loop devices. Prints one JSON object;
ends with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager, closing, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

from benchmarks.survival import office
from benchmarks.survival.lives import BrokeOff
from benchmarks.survival.storm import Files, Storm
from benchmarks.survival.trial import Running, Trial, begun
from diembao.core.article import Kind
from diembao.core.errors import Retry

SIZE: Final = 96_000_000  # bytes of the disk
PASSING: Final = ("Retry", "IndexAway", "RecordAway")
FAILED: Final = "run-failed"  # what the loop's log says of a passing failure
STEP: Final = 150_000  # bytes; a stage gets through when it has some of these


class Disk(AbstractContextManager["Disk"]):
    """Mounted at ``path``."""

    def __init__(self, folder: Path) -> None:
        self._image, self.path = folder / "disk.img", folder / "disk"

    def __enter__(self) -> Self:
        self.path.mkdir()
        with self._image.open("wb") as image:
            image.truncate(SIZE)
        _told("mkfs.ext4", "-q", "-b", "4096", "-m", "0", str(self._image))  # the size of the memory's pages
        self._mount()
        return self

    def __exit__(self, *_: object) -> None:
        _told("umount", str(self.path))

    def _mount(self) -> None:
        _told("mount", "-o", "loop,errors=remount-ro", str(self._image), str(self.path))

    def fill(self, left: int) -> None:
        """But for so many bytes."""
        self.free()
        os.sync()  # what was written lately has no blocks yet
        there = os.statvfs(self.path)
        with suppress(OSError), self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, there.f_bavail * there.f_frsize - left))

    def free(self) -> None:
        self._ballast.unlink(missing_ok=True)

    @property
    def _ballast(self) -> Path:
        return self.path / "ballast"

    def breaks(self) -> None:
        """As after a fault of the medium: from now on everything is refused."""
        device = _told("findmnt", "-n", "-o", "SOURCE", str(self.path)).strip()
        Path(f"/sys/fs/ext4/{Path(device).name}/trigger_fs_error").write_text("1", encoding="ascii")

    def mended(self) -> None:
        _told("umount", str(self.path))
        with suppress(subprocess.CalledProcessError):  # 1: it was mended
            _told("e2fsck", "-fy", str(self._image))
        self._mount()


def _told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# -- by lot ----------------------------------------------------------------------------------------


class FullDisk(Storm):
    """Homes and records lie on the disk; ``refusals`` counts what the stages said."""

    def __init__(self, disk: Disk, articles: int, seed: int) -> None:
        super().__init__(disk.path, Files(disk.path / "records"), articles, seed)
        self._disk, self.refusals = disk, dict[str, int]()

    def strike(self, times: int) -> dict[str, Any]:
        """So often at the least."""
        while self.outcome.killed < times:
            self._day([])
            if self.outcome.days > times:
                self.outcome.wrong.append("the disk was never full")
                break
        return {
            "met": self.outcome.kills,
            "said": self.refusals,
            "days": self.outcome.days,
            "messages": self.outcome.mails,
            "twice": self.outcome.twice,
            "wrong": self.outcome.wrong,
        }

    def _stage(self, stage: str, where: str, times: int) -> None:  # noqa: ARG002 (the storm counts kills)
        """First with nobody else at the record, then as beside a web process."""
        self._gets_through(stage, where, 0)
        self._disk.free()
        left = 0
        with closing(self._somebody_reads(where)):
            while not self._gets_through(stage, where, left):
                left += self._lot.randint(1, STEP)
            self._disk.free()

    def _somebody_reads(self, where: str) -> sqlite3.Connection:
        path = where.removeprefix("sqlite:///") if ":" in where else f"{self._disk.path}/records/{Path(where).name}.db"
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return other

    def _gets_through(self, stage: str, where: str, left: int) -> bool:
        self._disk.fill(left)
        try:
            self._lives.live(stage, where)
        except BrokeOff as error:
            kind = error.said.split(":")[0]
            self.outcome.kills[stage] = self.outcome.kills.get(stage, 0) + 1
            self.refusals[kind] = self.refusals.get(kind, 0) + 1
            if kind not in PASSING:
                self.outcome.wrong.append(str(error)[:500])
            return False
        return True


# -- under the program -----------------------------------------------------------------------------


def full(disk: Disk, folder: Path, rounds: int) -> dict[str, Any]:
    """`diembao run` and `diembao web` with a disk that is full again and again, for some seconds each time."""
    with begun(disk.path / "full", folder / "logs-full") as trial:
        trial.publish(4)
        with trial.running("run") as loop, trial.running("web", "--port", "0") as web:
            trial.catch_up()
            back = []
            for _ in range(rounds):
                disk.fill(0)
                trial.publish(2)
                trial.until(partial(_said_more, loop, loop.said().count(FAILED)), "the loop says so")
                _person_writes(trial)
                disk.free()
                back.append(trial.catch_up())
            alive = loop.alive and web.alive
        trial.wrong += [] if alive else ["a process ended by itself"]
        return trial.settled(most_twice=rounds) | {"rounds": rounds, "back_seconds": back, "wrong": trial.wrong}


def _said_more(loop: Running, before: int) -> bool:
    return loop.said().count(FAILED) > before


def _person_writes(trial: Trial) -> None:
    """A correction that cannot be kept is refused in a sentence, not lost."""
    with office.opened(trial.home) as house:
        article = next(iter(house.store.article_ids()))
        try:
            for n in range(50):  # a page of the file may be free yet
                about, told = house.profile.id, "x" * 4000 * n
                house.store.correct(article, Kind.STANCE, about, ["neutral"], by="person:1", why=told, now=office.now())
        except Retry:
            return
    trial.wrong.append("a person's word was taken while the disk was full")


def read_only(disk: Disk, folder: Path) -> dict[str, Any]:
    """`diembao run` on a disk that is read-only from one moment to the next; then again, when it is mended."""
    with begun(disk.path / "broken", folder / "logs-broken") as trial:
        trial.publish(4)
        with trial.running("run") as loop:
            trial.catch_up()
            os.sync()  # what was written half a minute ago is on the medium
            trial.publish(2)
            disk.breaks()
            waited = trial.until(lambda: FAILED in loop.said() or not loop.alive, "the loop says so")
            first = "waits" if loop.alive else f"ended with {loop.process.poll()}"
            loop.kill()
        with trial.running("run") as loop:  # as systemd would
            trial.until(lambda: not loop.alive, "it does not start on a disk that it cannot write")
            again = loop.process.poll(), loop.said().strip().splitlines()[-1:]
        if again[0] != 3 or not again[1]:
            trial.wrong.append(f"started again: {again}")
        disk.mended()
        with trial.running("run"):
            back = trial.catch_up()
        return trial.settled(most_twice=1) | {
            "told_after_seconds": waited,
            "the_loop": first,
            "started_again": again,
            "back_seconds": back,
            "wrong": trial.wrong,
        }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--times", type=int, default=60)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--articles", type=int, default=4)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    if os.geteuid() or not shutil.which("mkfs.ext4"):
        sys.exit("a disk can be made by root, with mkfs.ext4")
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name, Disk(Path(name)) as disk:
        found: dict[str, Any] = {}
        if given.times:
            with FullDisk(disk, given.articles, given.seed) as storm:
                found["full_by_lot"] = storm.strike(given.times)
        found["full"] = full(disk, Path(name), given.rounds)
        found["read_only"] = read_only(disk, Path(name))
    found["seconds"] = round(time.perf_counter() - began)
    print(json.dumps(found, indent=1))
    sys.exit(any(part["wrong"] for part in found.values() if isinstance(part, dict)))


if __name__ == "__main__":
    main()
