"""Backup, verify, restore and move of an installation, timed beside copies by other means, and killed on the way.

    python -m benchmarks.keeping [--articles 10000] [--kills 20] [--seed 1]

A record of made-up articles, each with a page of its own of some ten kB packed. Times are beside `cp` of the same file,
and beside SHA-256 of it. Then `diembao backup`, `restore` and `move` (to PostgreSQL and back) are killed (-9) at random
moments and run again until they end; what comes out is compared with the record, table by table. Prints one JSON
object; ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from diembao.core.article import Kind
from diembao.store import copying
from diembao.store.copying import Tally
from diembao.store.database import Database
from diembao.store.record import SqlStore
from tests.store.making import article, judge, keep, label
from tests.store.server import running

PAGE: Final = 9_000  # bytes that do not pack
AT_ONCE: Final = 250  # articles of one run
ENOUGH: Final = 600  # seconds


def fill(home: Path, articles: int, dice: random.Random) -> None:
    with closing(SqlStore(f"sqlite:///{home / 'diembao.db'}")) as store:
        for start in range(0, articles, AT_ONCE):
            for n in range(start, min(start + AT_ONCE, articles)):
                keep(store, article(f"bài {n}"), response=dice.randbytes(PAGE))
                judge(
                    store, f"bài {n}", *(label(f"bài {n}", Kind.THEME, key) for key in ("ports", "culture", "floods"))
                )


def tallies(url: str) -> Mapping[str, Tally]:
    """Without the audit log, in which every act leaves a row."""
    with closing(Database(url)) as opened, opened.snapshot() as connection:
        found = copying.tallies(connection, lambda _: None)
    return {name: tally for name, tally in found.items() if name != "audit"}


def begun(*words: str | Path, **env: str) -> subprocess.Popen[bytes]:
    as_json = [] if "--help" in words else ["--json"]
    command = [sys.executable, "-m", "diembao.app.cli", *map(str, words), *as_json]
    return subprocess.Popen(command, env=os.environ | env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def done(*words: str | Path, **env: str) -> tuple[float, float]:
    """Seconds of the clock, and of our processor (a server's are not in it)."""
    before, spent = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    child = begun(*words, **env)
    _, complaint = child.communicate(timeout=ENOUGH)
    if child.returncode:
        raise SystemExit(f"{words}: {complaint.decode()}")
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    ours = now.ru_utime + now.ru_stime - spent.ru_utime - spent.ru_stime
    return round(time.perf_counter() - before, 1), round(ours, 1)


def killed(start: Callable[[], subprocess.Popen[bytes]], kills: int, longest: float, dice: random.Random) -> int:
    """Begin it so often, each time ended at a random moment; how many were cut off before their end."""
    cut = 0
    for _ in range(kills):
        child = start()
        try:
            child.communicate(timeout=dice.uniform(0.3, longest))
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            cut += 1
    return cut


def timed(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return round(time.perf_counter() - before, 2)


def hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def measure(folder: Path, articles: int, kills: int, dice: random.Random) -> dict[str, Any]:
    home, server = folder / "home", running()
    home.mkdir()
    fill(home, articles, dice)
    record, here = home / "diembao.db", f"sqlite:///{home / 'diembao.db'}"
    before, there, back = tallies(here), server.make("keeping"), f"sqlite:///{folder}/back.db"
    told: dict[str, Any] = {"articles": articles, "bytes": record.stat().st_size}
    told["rows"] = sum(each.rows for each in before.values())
    told["cp"] = timed(lambda: shutil.copyfile(record, folder / "copy.db"))
    told["sha256"] = timed(lambda: hashed(record))
    told["nothing but starting"] = done("backup", "--help")
    told["backup"] = done("backup", "--home", home, "--out", folder / "b")
    told["verify"] = done("backup", "verify", folder / "b")
    told["restore"] = done("restore", folder / "b", "--home", folder / "c", "--no-index")
    told["move to PostgreSQL"] = done("move", "--home", home, "--to", there)
    told["move again"] = done("move", "--home", home, "--to", there)
    told["backup of PostgreSQL"] = done("backup", "--home", home, "--out", folder / "p", DIEMBAO_STORE__URL=there)
    told["move back"] = done("move", "--home", home, "--to", back, DIEMBAO_STORE__URL=there)
    restored = f"sqlite:///{folder}/c/diembao.db"
    told["same"] = [tallies(each) == before for each in (restored, there, back)]
    return told | storm(folder, before, told, kills, dice)


def storm(
    folder: Path, before: Mapping[str, Tally], told: dict[str, Any], kills: int, dice: random.Random
) -> dict[str, Any]:
    home, url = folder / "home", running().make("stormed")
    acts: dict[str, tuple[Callable[[], subprocess.Popen[bytes]], float]] = {
        "backup": (lambda: begun("backup", "--home", home, "--out", folder / "kb"), told["backup"][0]),
        "restore": (lambda: begun("restore", folder / "b", "--home", folder / "kc", "--no-index"), told["restore"][0]),
        "move": (lambda: begun("move", "--home", home, "--to", url), told["move to PostgreSQL"][0]),
    }
    cut = {name: killed(start, kills, longest, dice) for name, (start, longest) in acts.items()}
    whole = {name: _ended(start()) for name, (start, _) in acts.items()}
    good = _ended(begun("backup", "verify", folder / "kb")) == 0
    same = [tallies(each) == before for each in (f"sqlite:///{folder}/kc/diembao.db", url)]
    return {"killed": cut, "ended": whole, "after kills": {"backup": good, "restore": same[0], "move": same[1]}}


def _ended(child: subprocess.Popen[bytes]) -> int:
    """0, or 2 where an earlier one had come to its end before it was killed."""
    child.communicate(timeout=ENOUGH)
    return child.returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = measure(Path(folder), asked.articles, asked.kills, random.Random(asked.seed))
    print(json.dumps(told, ensure_ascii=False))
    if not all([*told["same"], *told["after kills"].values()]):
        sys.exit(1)


if __name__ == "__main__":
    main()
