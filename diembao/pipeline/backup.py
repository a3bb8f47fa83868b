"""A backup: a folder that holds an installation as it stood at one moment, and proves that it is whole.

record.db        the record, as one SQLite file whatever it is in (`store.snapshot`)
files/…          what else belongs to the home (`belongings`); settings without secrets
manifest.json    when, by what, which schema, rows by table, SHA-256 and size of each file
manifest.sig     its ed25519 signature by the installation's key; key.pem: the public half

It is written under another name beside its place and moved there when all of it has reached the disk, the manifest
last: what was broken off never looks whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Final

from filelock import FileLock, Timeout

from diembao.core.accounts import CONSOLE
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.settings import FILE, Settings
from diembao.pipeline.belongings import Cleaned, cleaned, files_of
from diembao.response.signing import signer
from diembao.store import schema, snapshot
from diembao.store.dialects import Sqlite, dialect
from diembao.store.record import SqlStore

FORMAT: Final = "diembao-backup-1"
RECORD, FILES = "record.db", "files"
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "key.pem"
_LOCK: Final = "being-written.lock"
_PIECE: Final = 1 << 20
_MB: Final = 1_000_000

Show = Callable[[str, int, int], None]  # of what, how much is done of how much


@dataclass(frozen=True, slots=True)
class Member:
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """``secrets`` are settings that were left out, ``keys`` whether the private keys are in it, ``key`` the
    fingerprint of the one that signed it.
    """

    made_at: str
    made_by: str
    schema: str
    head: int
    rows: Mapping[str, int]
    files: Mapping[str, Member]
    secrets: Sequence[str]
    keys: bool
    key: str
    format: str = FORMAT

    @property
    def size(self) -> int:
        return sum(each.bytes for each in self.files.values())


def write(
    settings: Settings, out: Path, *, now: Callable[[], datetime], show: Show, with_keys: bool = False
) -> Manifest:
    """Raises:
    WrongUse: there is something at ``out``, or another backup is being written there.
    Misconfigured: there is nothing to back up, no room, no way to write; the record is damaged.
    """
    with _in_place(out.absolute()) as folder:
        _refuse_too_small(settings, folder)
        made_at = now().astimezone(UTC).isoformat(timespec="seconds")
        taken = snapshot.take(settings.store_url, folder / RECORD, lambda done, of: show("Kho", done, of))
        key, clean = (
            signer(settings.home),
            _settings(settings),
        )  # of a home that is one: where there is none, none is made
        _copy_all(settings, folder / FILES, clean, show, with_keys=with_keys)
        manifest = Manifest(
            made_at=made_at,
            made_by=f"diembao {version('diembao')}",
            schema=taken.schema,
            head=taken.head,
            rows=taken.rows,
            files=dict(_members(folder)),
            secrets=clean.left_out if clean else (),
            keys=with_keys,
            key=key.fingerprint,
        )
        told = json.dumps(asdict(manifest), indent=1).encode() + b"\n"  # in ASCII: a name of a file may be no UTF-8
        (folder / KEY).write_bytes(key.public_pem)
        (folder / SIGNATURE).write_bytes(base64.b64encode(key.sign(told)) + b"\n")
        reach_disk(folder)
        (folder / MANIFEST).write_bytes(told)
    if taken.schema == schema.HEAD:  # an older record is left as it is
        with closing(SqlStore(settings.store_url)) as store:
            facts = {"folder": out.name, "schema": taken.schema, "keys": with_keys}
            facts |= {"bytes": manifest.size, "made_at": made_at}
            store.note(CONSOLE.actor, "backup.make", "backup", where=CONSOLE.where, now=now(), **facts)
    return manifest


@contextmanager
def _in_place(out: Path) -> Iterator[Path]:
    """A folder beside the place, moved there at the end."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WrongUse(f"{out} đã có dữ liệu; xin đặt tên khác ({out} holds something: name another folder)")
    folder = out.with_name(f"{out.name}.unfinished")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK)
        lock.acquire(timeout=0)
    except Timeout:
        raise WrongUse(f"đang có một lần sao lưu vào {out} (a backup is being written to {out} right now)") from None
    except OSError as error:
        raise Misconfigured(
            f"không tạo được {folder}: {error.strerror} ({folder} cannot be made: {error.strerror})"
        ) from error
    try:
        _clear(folder)  # of one that was killed
        yield folder
        reach_disk(folder)
        (folder / _LOCK).unlink()
        folder.rename(out)
    except OSError as error:
        raise Misconfigured(
            f"không ghi được {out}: {error.strerror or error} ({out} cannot be written: {error.strerror or error})"
        ) from error
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _clear(folder: Path) -> None:
    for each in folder.iterdir():
        if each.is_dir():
            shutil.rmtree(each)
        elif each.name != _LOCK:
            each.unlink()


def _refuse_too_small(settings: Settings, folder: Path) -> None:
    kind = dialect(settings.store_url)
    files = sum((settings.home / each).stat().st_size for each in files_of(settings))
    record = kind.path.stat().st_size if isinstance(kind, Sqlite) and kind.path.exists() else 0
    need_room(folder, files + record)


def need_room(folder: Path, size: int) -> None:
    """Raises:
    Misconfigured: there is no room for so many bytes.
    """
    free = shutil.disk_usage(folder).free
    if size > free:
        need = size // _MB + 1
        raise Misconfigured(
            f"{folder.parent}: cần {need} MB, còn {free // _MB} MB (it takes {need} MB, there are {free // _MB} free)"
        )


def _settings(settings: Settings) -> Cleaned | None:
    path = settings.home / FILE
    return cleaned(path.read_text(encoding="utf-8")) if path.exists() else None


def _copy_all(settings: Settings, there: Path, clean: Cleaned | None, show: Show, *, with_keys: bool) -> None:
    there.mkdir()
    if clean:
        (there / FILE).write_text(clean.text, encoding="utf-8")
    names = files_of(settings, with_keys=with_keys)
    for done, name in enumerate(names, start=1):
        target = there / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            shutil.copy2(settings.home / name, target)
        except FileNotFoundError:  # an alert that was read meanwhile, a head that made room: it is no longer there
            target.unlink(missing_ok=True)
        show("Tệp", done, len(names))


def _members(folder: Path) -> Iterator[tuple[str, Member]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != _LOCK:
            with path.open("rb") as file:
                yield path.relative_to(folder).as_posix(), member(file)


def member(file: IO[bytes]) -> Member:
    """What the manifest says of a file."""
    seal, size = hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        seal.update(piece)
        size += len(piece)
    return Member(seal.hexdigest(), size)


def reach_disk(folder: Path) -> None:
    """All of it, before something is said to be whole."""
    for path in [folder, *folder.rglob("*")]:
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
