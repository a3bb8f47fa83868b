"""Where an installation's bytes lie, how they grow, and when it was last kept elsewhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.accounts import CONSOLE
from diembao.core.audit import AuditRow
from diembao.core.storage import Done, Pages
from diembao.pipeline.backup_check import Verdict
from diembao.pipeline.belongings import files_of
from diembao.pipeline.wiring import Installation

MONTHS: Final = 6
FEW: Final = 4  # backups that tell how often there is one
SOONEST, LATEST = timedelta(hours=26), timedelta(days=8)  # a daily one with its length; a weekly one with a day
MADE, CHECKED = "backup.make", "backup.verify"


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes. ``evidence`` is a part of ``record``; ``index`` and ``vectors`` are None where a server has them;
    ``free`` of ``disk`` is the disk of the home, None where it cannot be asked.
    """

    record: int
    evidence: Pages
    index: int | None
    vectors: int | None
    files: int
    free: int | None
    disk: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """``first`` is its beginning in the province's zone; articles that came and the bytes of their pages."""

    first: datetime
    came: Pages


@dataclass(frozen=True, slots=True)
class Kept:
    """The last backup that this installation made: the moment that it holds, its folder's name and bytes (0: a program
    of before did not say).
    """

    at: datetime
    folder: str
    bytes: int
    keys: bool


@dataclass(frozen=True, slots=True)
class Check:
    """The last check that was noted: of which folder, made when, and how many problems it had."""

    at: datetime
    folder: str
    made_at: str
    problems: int


def held(house: Installation) -> Held:
    settings, record = house.settings, house.record
    embedded = settings.index.engine == "embedded"
    disk = None
    with suppress(OSError):
        disk = shutil.disk_usage(settings.home)
    return Held(
        record.record_bytes(),
        record.pages_kept(),
        folder_bytes(settings.index_path) if embedded else None,
        folder_bytes(settings.vectors_path) if embedded else None,
        sum(_bytes(settings.home / name) for name in files_of(settings, with_keys=True)),
        disk.free if disk else None,
        disk.total if disk else None,
    )


def folder_bytes(path: Path) -> int:
    """Of all files below; one that goes away meanwhile counts as nothing."""
    return sum(map(_bytes, path.rglob("*"))) if path.is_dir() else _bytes(path)


def _bytes(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size if path.is_file() else 0
    return 0


def growth(house: Installation, now: datetime) -> Sequence[Month]:
    """The last months, this one with what it has so far."""
    first = now.astimezone(ZoneInfo(house.profile.timezone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    bounds = [first]
    while len(bounds) < MONTHS:
        bounds.append((bounds[-1] - timedelta(days=1)).replace(day=1))
    bounds.reverse()
    found = house.record.grown([*bounds, now])
    return [Month(at, came) for at, came in zip(bounds, found, strict=True)]


def last_backup(house: Installation) -> Kept | None:
    return next(iter(_backups(house, 1)), None)


def late_backup(house: Installation, now: datetime) -> Kept | None:
    """The last one, where another should have followed: half as long again as the longest pause between the last few,
    a day and two hours at least, and whatever the rhythm a week and a day. Where there never was one, nobody is asked
    for one.
    """
    few = _backups(house, FEW)
    pauses = [later.at - earlier.at for later, earlier in pairwise(few)]
    patience = min(max(SOONEST, 1.5 * max(pauses)), LATEST) if pauses else LATEST
    return few[0] if few and now - few[0].at > patience else None


def _backups(house: Installation, most: int) -> list[Kept]:
    """As the audit log has them, the newest first."""
    return [_kept(row) for row in house.record.audit(act=MADE, limit=most)]


def _kept(row: AuditRow) -> Kept:
    told = json.loads(row.detail)
    size, keys = int(told.get("bytes", 0)), bool(told.get("keys"))
    return Kept(_when(str(told.get("made_at", row.at))), str(told.get("folder", "")), size, keys)


def last_check(house: Installation) -> Check | None:
    row = next(iter(house.record.audit(act=CHECKED, limit=1)), None)
    if row is None:
        return None
    told = json.loads(row.detail)
    return Check(_when(row.at), str(told["folder"]), str(told["made_at"]), int(told["problems"]))


def note_check(house: Installation, folder: str, found: Verdict, now: datetime) -> None:
    facts = {"folder": folder, "made_at": found.manifest.made_at, "problems": len(found.problems)}
    house.record.note(CONSOLE.actor, CHECKED, "backup", where=CONSOLE.where, now=now, **facts)


def since(house: Installation, at: datetime) -> Done:
    """What a disk that dies now takes along, were that backup all that is left."""
    return house.record.done_since(at)


def _when(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(UTC)
