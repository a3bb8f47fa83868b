"""An installation from its backup, in an empty home and an empty database.

A mark (`home.RESTORING`) stands in the home until all is there and on the disk; with it no program opens the home, and
a restore that was broken off is run again. It tells what the second run does like the first one, so that a database
that has all of the first one's rows already is taken as it is. The record goes to its place last, in one move.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from diembao.core.accounts import CONSOLE
from diembao.core.alert import Fate
from diembao.core.bulk import LINEAGE
from diembao.core.errors import DiembaoError, Misconfigured, WrongUse
from diembao.core.settings import load
from diembao.pipeline.backup import FILES, MANIFEST, RECORD, Manifest, Show, need_room, reach_disk
from diembao.pipeline.backup_check import verify
from diembao.pipeline.belongings import KEYS
from diembao.pipeline.home import RESTORING
from diembao.store import copying, schema, snapshot
from diembao.store.database import Database
from diembao.store.dialects import Sqlite, dialect
from diembao.store.record import SqlStore

_FRESH: Final = "restoring.db"  # the record on its way, in the home
_LOCK: Final = "restoring.lock"
MOST_WAITING: Final = 100_000  # messages that are counted


@dataclass(frozen=True, slots=True)
class Restored:
    """``waiting`` messages of the outbox leave when the installation is started."""

    manifest: Manifest
    store: str
    waiting: int


@dataclass(frozen=True, slots=True)
class _Course:
    """What every run for one backup does alike: ``backup`` is the SHA-256 of its manifest, ``at`` an ISO moment."""

    backup: str
    at: str
    lineage: str

    @property
    def source(self) -> str:
        """How the copy in a database names where it came from."""
        return f"the backup {self.backup[:16]}"


def restore(folder: Path, home: Path, *, now: Callable[[], datetime], show: Show, key: str = "") -> Restored:
    """The record goes where the environment says (`DIEMBAO_STORE__URL`), else into the home. An older one is brought up
    to date. Until all is there, no program opens the home; one that was broken off is begun anew.

    Raises:
        WrongUse: the home or the database holds something; this is no backup; another restore is at work here.
        Misconfigured: the backup is of a newer program; there is no room, no way to write.
        DiembaoError: it is not as it was written.
    """
    found = verify(folder, key=key, show=show)
    if not found.good:
        raise DiembaoError("; ".join(found.problems[:5]))
    manifest = found.manifest
    if manifest.schema > schema.HEAD:
        raise Misconfigured(
            f"{folder} was made by a newer version of Điểm Báo (schema {manifest.schema}, this program knows"
            f" {schema.HEAD}): update the program"
        )
    with _alone(home):
        course = _begin(home, hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest(), now())
        url = load(home).store_url
        _look_at_place(url, home, course, manifest)
        _bring_files(folder, home, manifest)
        _look_at_settings(home, url)
        fresh = home / _FRESH
        shutil.copyfile(folder / RECORD, fresh)
        snapshot.bring_up_to_date(fresh)
        waiting = _enter(fresh, course, manifest)
        _bring_record(fresh, url, course, show)
        reach_disk(home)
        (home / RESTORING).unlink()
    return Restored(manifest, dialect(url).where, waiting)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One restore in a home at a time, and in an empty one."""
    lock = FileLock(home / _LOCK)
    try:
        home.mkdir(parents=True, exist_ok=True)
        _refuse_full(home)
        lock.acquire(timeout=0)
        _refuse_full(home)  # one that was at work may have ended meanwhile
        yield
        (home / _LOCK).unlink()
    except Timeout:
        raise WrongUse(f"đang có một lần khôi phục vào {home} (a restore is at work in {home} right now)") from None
    except OSError as error:
        raise Misconfigured(
            f"không ghi được {error.filename or home}: {error.strerror or error}"
            f" ({error.filename or home} cannot be written: {error.strerror or error})"
        ) from error
    finally:
        lock.release()


def _refuse_full(home: Path) -> None:
    if not (home / RESTORING).exists() and any(each.name != _LOCK for each in home.iterdir()):
        raise WrongUse(f"{home} đã có dữ liệu; chỉ khôi phục vào thư mục trống ({home} is not empty)")


def _begin(home: Path, backup: str, now: datetime) -> _Course:
    """Of one that was broken off nothing is left but its mark."""
    marker = home / RESTORING
    course = _left(marker, backup) or _Course(backup, now.isoformat(), secrets.token_hex(8))
    if not marker.exists():
        marker.touch()
    for each in home.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        elif each.name not in {RESTORING, _LOCK}:
            each.unlink()
    fresh = home / f"{RESTORING}.new"
    fresh.write_text(json.dumps(asdict(course)), encoding="utf-8")
    fresh.replace(marker)
    reach_disk(home)
    return course


def _left(marker: Path, backup: str) -> _Course | None:
    """What an earlier run of the same backup did."""
    try:
        course = _Course(**json.loads(marker.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return course if course.backup == backup else None


def _look_at_place(url: str, home: Path, course: _Course, manifest: Manifest) -> None:
    """Before anything is copied; of a server's database the copy says it."""
    need_room(home, manifest.size)
    kind = dialect(url)
    if not isinstance(kind, Sqlite):
        return
    kind.path.parent.mkdir(parents=True, exist_ok=True)
    need_room(kind.path.parent, manifest.files[RECORD].bytes)
    journal = kind.path.with_name(f"{kind.path.name}-wal")
    mine = kind.path.exists() and snapshot.is_untouched(kind.path, course.source)
    if not mine and (kind.path.exists() or journal.exists()):
        raise WrongUse(f"{kind.path} có sẵn rồi; kho được khôi phục vào chỗ trống ({kind.path} is there already)")


def _bring_files(folder: Path, home: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        if name == RECORD:
            continue
        target = home / Path(name).relative_to(FILES)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(folder / name, target)
        if target.relative_to(home).parts[0] == KEYS:
            target.chmod(0o600)


def _look_at_settings(home: Path, url: str) -> None:
    """They can be read, and open the record that is restored."""
    if load(home).store_url != url:
        raise WrongUse("cấu hình trong bản sao lưu chỉ tới kho khác (its settings name the record of another place)")


def _enter(fresh: Path, course: _Course, manifest: Manifest) -> int:
    """In the audit log of what is restored; how many messages wait there."""
    with closing(SqlStore(f"sqlite:///{fresh}")) as store:
        store.set_fact(LINEAGE, course.lineage)  # who followed what is lost since has to hear of it
        facts = {"made_at": manifest.made_at, "schema": manifest.schema, "head": manifest.head}
        at = datetime.fromisoformat(course.at)
        store.note(CONSOLE.actor, "backup.restore", "backup", where=CONSOLE.where, now=at, **facts)
        return len(store.deliveries((Fate.WAITING,), limit=MOST_WAITING))


def _bring_record(fresh: Path, url: str, course: _Course, show: Show) -> None:
    """It is a copy that nobody has opened: one that is run again may take its place."""
    kind = dialect(url)
    if isinstance(kind, Sqlite):
        snapshot.mark_whole(fresh, course.source)
        beside = kind.path.with_name(f"{kind.path.name}.{RESTORING}")
        shutil.move(fresh, beside)  # which copies it onto another disk: half of it would bear the name
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(kind.path)
        return
    done = 0
    with closing(Database(f"sqlite:///{fresh}")) as here, closing(copying.Target(url, course.source)) as there:
        total = 2 * copying.size(here)

        def step(more: int) -> None:
            nonlocal done
            done += more
            show("Kho", done, total)

        copying.copy(here, there, step)
    fresh.unlink()
