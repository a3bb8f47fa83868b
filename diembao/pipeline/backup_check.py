"""Is a backup what was written? Answered from its folder alone."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from diembao.core.errors import Misconfigured, WrongUse
from diembao.pipeline.backup import FILES, FORMAT, KEY, MANIFEST, RECORD, SIGNATURE, Manifest, Member, Show, member
from diembao.response.signing import fingerprint, fits
from diembao.store import snapshot

_MB: Final = 1_000_000
MAX_MANIFEST, MAX_SMALL = 100_000_000, 10_000  # bytes of manifest.json (half a million files); of signature and key


@dataclass(frozen=True, slots=True)
class Verdict:
    """``problems`` is empty where the backup is as it was written."""

    manifest: Manifest
    problems: tuple[str, ...]

    @property
    def good(self) -> bool:
        return not self.problems


def verify(folder: Path, *, key: str = "", show: Show) -> Verdict:
    """``key``: the fingerprint that it must be signed by; without it, by the one that it brings.

    Raises:
        WrongUse: this is no backup, or one that was broken off.
    """
    told = _read(folder / MANIFEST, MAX_MANIFEST)
    if told is None:
        raise WrongUse(
            f"{folder} không phải là bản sao lưu trọn vẹn: thiếu {MANIFEST} (this is no whole backup: it was broken"
            " off, or is another folder)"
        )
    manifest = _manifest(folder, told)
    problems = [*_signature(folder, told, manifest, key), *_files(folder, manifest, show)]
    if not problems:
        problems = [*_record(folder, manifest)]
    return Verdict(manifest, tuple(problems))


def _read(path: Path, most: int) -> bytes | None:
    try:
        if not path.is_file():  # one that never ends would be read for ever
            return None
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError:
        return None
    return data if len(data) <= most else None


def _manifest(folder: Path, told: bytes) -> Manifest:
    try:
        said: dict[str, Any] = json.loads(told)
        if said["format"] != FORMAT:
            raise WrongUse(f"{folder} is a backup of another kind: '{str(said['format'])[:40]}'")
        files = {_checked(name): Member(**each) for name, each in said["files"].items()}
        return Manifest(**{**said, "files": files, "rows": dict(said["rows"])})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongUse(f"{folder / MANIFEST} cannot be read: {error}") from error


def _checked(name: str) -> str:
    """Nothing outside of the folder is ever read or, by a restore, written."""
    parts = PurePosixPath(name).parts
    if name != RECORD and (parts[:1] != (FILES,) or len(parts) < 2 or ".." in parts or "\\" in name or "\0" in name):
        msg = f"'{name[:100]}' is no file of a backup"
        raise ValueError(msg)
    return name


def _signature(folder: Path, told: bytes, manifest: Manifest, key: str) -> Iterator[str]:
    pem, signed = _read(folder / KEY, MAX_SMALL), _read(folder / SIGNATURE, MAX_SMALL)
    if pem is None or signed is None:
        yield f"thiếu {KEY} hoặc {SIGNATURE} (its signature is missing)"
        return
    try:
        brought = fingerprint(pem)
        if not fits(pem, base64.b64decode(signed), told):
            yield f"{MANIFEST} không như lúc ký (is not as it was signed)"
    except (WrongUse, binascii.Error) as error:
        yield f"{KEY}, {SIGNATURE}: {error}"
        return
    if brought != manifest.key:
        yield f"{KEY} không phải là khóa đã ký (is another key than the one that the manifest names)"
    if key and key.strip().lower() != brought.lower():
        yield f"ký bằng khóa khác: {brought} (signed with another key)"


def _files(folder: Path, manifest: Manifest, show: Show) -> Iterator[str]:
    done = 0
    for name, told in manifest.files.items():
        found = _member(folder, name, told.bytes)
        if found is None:
            yield f"{name}: thiếu hoặc không đọc được (is missing or cannot be read)"
        elif found != told:
            yield f"{name}: không như lúc ghi (is not as it was written)"
        done += told.bytes
        show("Kiểm tra (MB)", done // _MB, manifest.size // _MB)
    if RECORD not in manifest.files:
        yield f"{RECORD}: không có trong danh sách (is not in the manifest)"
    known = {*manifest.files, MANIFEST, SIGNATURE, KEY}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name not in known:
            yield f"{name[:200]}: không thuộc bản sao lưu (is of no backup)"


def _member(folder: Path, name: str, size: int) -> Member | None:
    """None: there is no such file here. One of another size is not read to its end, which it may not have."""
    path = folder / name
    try:
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            return None
        if path.stat().st_size != size:
            return Member("", path.stat().st_size)
        with path.open("rb") as file:
            return member(file)
    except OSError:
        return None


def _record(folder: Path, manifest: Manifest) -> Iterator[str]:
    try:
        taken = snapshot.look(folder / RECORD)
    except Misconfigured as error:
        yield str(error)
        return
    if (taken.schema, taken.head, dict(taken.rows)) != (manifest.schema, manifest.head, dict(manifest.rows)):
        yield f"{RECORD}: không phải là kho mà bản kê nói tới (holds other rows than the manifest says)"
