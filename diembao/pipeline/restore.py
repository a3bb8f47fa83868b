"""An installation from its backup, in an empty home and an empty database."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from diembao.core.accounts import CONSOLE
from diembao.core.alert import Fate
from diembao.core.bulk import LINEAGE
from diembao.core.errors import DiembaoError, Misconfigured, WrongUse
from diembao.core.settings import load
from diembao.pipeline.backup import FILES, RECORD, Manifest, Show
from diembao.pipeline.backup_check import verify
from diembao.pipeline.belongings import KEYS
from diembao.pipeline.home import RESTORING
from diembao.store import copying, schema
from diembao.store.database import Database
from diembao.store.dialects import Sqlite, dialect
from diembao.store.record import SqlStore

_FRESH: Final = "restoring.db"  # the record on its way, in the home
MOST_WAITING: Final = 100_000  # messages that are counted


@dataclass(frozen=True, slots=True)
class Restored:
    """``waiting`` messages of the outbox leave when the installation is started."""

    manifest: Manifest
    store: str
    waiting: int


def restore(folder: Path, home: Path, *, now: Callable[[], datetime], show: Show, key: str = "") -> Restored:
    """The record goes where the environment says (`DIEMBAO_STORE__URL`), else into the home. An older one is brought up
    to date. Until all is there, no program opens the home; one that was broken off is begun anew.

    Raises:
        WrongUse: the home or the database holds something; this is no backup.
        Misconfigured: the backup is of a newer program.
        DiembaoError: it is not as it was written.
    """
    found = verify(folder, key=key, show=show)
    if not found.good:
        raise DiembaoError("; ".join(found.problems[:5]))
    if found.manifest.schema > schema.HEAD:
        raise Misconfigured(
            f"{folder} was made by a newer version of Điểm Báo (schema {found.manifest.schema}, this program knows"
            f" {schema.HEAD}): update the program"
        )
    _begin(home)
    url = load(home).store_url
    _bring_files(folder, home, found.manifest)
    fresh = home / _FRESH
    shutil.copyfile(folder / RECORD, fresh)
    SqlStore(f"sqlite:///{fresh}").close()  # brought up to date
    _bring_record(fresh, url, f"the backup of {found.manifest.made_at}", show)
    waiting = _entered(url, found.manifest, now())
    (home / RESTORING).unlink()
    return Restored(found.manifest, dialect(url).where, waiting)


def _begin(home: Path) -> None:
    marker = home / RESTORING
    try:
        home.mkdir(parents=True, exist_ok=True)
        if any(home.iterdir()) and not marker.exists():
            raise WrongUse(f"{home} đã có dữ liệu; chỉ khôi phục vào thư mục trống ({home} is not empty)")
        marker.touch()
        for each in home.iterdir():  # of one that was broken off
            if each.is_dir():
                shutil.rmtree(each)
            elif each != marker:
                each.unlink()
    except OSError as error:
        raise Misconfigured(f"{home} cannot be written: {error.strerror or error}") from error


def _bring_files(folder: Path, home: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        if name == RECORD:
            continue
        target = home / Path(name).relative_to(FILES)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(folder / name, target)
        if target.relative_to(home).parts[0] == KEYS:
            target.chmod(0o600)


def _bring_record(fresh: Path, url: str, source: str, show: Show) -> None:
    kind = dialect(url)
    if isinstance(kind, Sqlite):
        if kind.path.exists():
            raise WrongUse(f"{kind.path} có sẵn rồi; kho được khôi phục vào chỗ trống ({kind.path} is there already)")
        kind.path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(fresh, kind.path)
        return
    done = 0
    with closing(Database(f"sqlite:///{fresh}")) as here, closing(copying.Target(url, source)) as there:
        total = 2 * copying.size(here)

        def step(more: int) -> None:
            nonlocal done
            done += more
            show("Kho", done, total)

        copying.copy(here, there, step)
    fresh.unlink()


def _entered(url: str, manifest: Manifest, now: datetime) -> int:
    """In the audit log of what was restored; how many messages wait there."""
    with closing(SqlStore(url)) as store:
        store.set_fact(LINEAGE, secrets.token_hex(8))  # who followed what is lost since has to hear of it
        facts = {"made_at": manifest.made_at, "schema": manifest.schema, "head": manifest.head}
        store.note(CONSOLE.actor, "backup.restore", "backup", where=CONSOLE.where, now=now, **facts)
        return len(store.deliveries((Fate.WAITING,), limit=MOST_WAITING))
