"""Is a backup what was written? Answered from its folder alone."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from diembao.core.errors import Misconfigured, RecordDamaged, WrongUse
from diembao.pipeline.backup import FILES, FORMAT, KEY, MANIFEST, RECORD, SIGNATURE, Manifest, Member, Show, member
from diembao.pipeline.home import RESTORING
from diembao.response.signing import fingerprint, fits
from diembao.store import snapshot

_MB: Final = 1_000_000
_OURS: Final = ("diembao.db", RESTORING)
LARGEST: Final = 2**62  # bytes of a file, rows of a table
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


class _Said(BaseModel):
    """A manifest but for its files, whose names may be no text at all."""

    model_config = ConfigDict(strict=True, extra="forbid")
    made_at: Annotated[str, AfterValidator(lambda told: datetime.fromisoformat(told).isoformat())]
    made_by: Annotated[str, AfterValidator(lambda told: shown(told, 100))]
    schema_: Annotated[str, Field(alias="schema", pattern=r"^[0-9]{4}$")]
    head: Annotated[int, Field(ge=0, le=LARGEST)]
    rows: dict[str, Annotated[int, Field(ge=0, le=LARGEST)]]
    secrets: list[Annotated[str, AfterValidator(lambda told: shown(told, 100))]]
    keys: bool
    key: Annotated[str, AfterValidator(lambda told: shown(told, 100))]
    format: str


def _manifest(folder: Path, told: bytes) -> Manifest:
    try:
        said: dict[str, Any] = json.loads(told)
        if said["format"] != FORMAT:
            raise WrongUse(
                f"{folder} là bản sao lưu loại khác: '{shown(str(said['format']), 40)}'"
                " (it is a backup of another kind)"
            )
        files = {_checked(name): _one(each) for name, each in said.pop("files").items()}
        plain = _Said.model_validate(said)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise WrongUse(
            f"không đọc được {folder / MANIFEST}: '{shown(where, 100)}' không đúng dạng"
            f" ({folder / MANIFEST} cannot be read: '{shown(where, 100)}' is not what it should be)"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WrongUse(
            f"không đọc được {folder / MANIFEST}: {shown(str(error), 300)}"
            f" ({folder / MANIFEST} cannot be read: {shown(str(error), 300)})"
        ) from error
    return Manifest(**{**plain.model_dump(exclude={"schema_"}), "schema": plain.schema_, "files": files})


def _one(said: Mapping[str, Any]) -> Member:
    digest, size = said["sha256"], said["bytes"]
    if not isinstance(digest, str) or type(size) is not int or not 0 <= size <= LARGEST:
        msg = "a file's SHA-256 or size is none"
        raise ValueError(msg)
    return Member(digest, size)


def shown(told: str, most: int = 200) -> str:
    """For a terminal: whatever is no sign of a script is written out, and what is too long is cut."""
    plain = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in told[:most])
    return plain if len(told) <= most else f"{plain}…"


def _checked(name: str) -> str:
    """Nothing outside of the folder is ever read or, by a restore, written; nor what stands beside a record, or marks
    a home.
    """
    parts = PurePosixPath(name).parts
    outside = parts[:1] != (FILES,) or len(parts) < 2 or ".." in parts or "\\" in name or "\0" in name
    if name != RECORD and (outside or parts[1].startswith(_OURS)):
        msg = f"'{shown(name, 100)}' is no file of a backup"
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
            yield f"{shown(name)}: thiếu hoặc không đọc được (is missing or cannot be read)"
        elif found != told:
            yield f"{shown(name)}: không như lúc ghi (is not as it was written)"
        done += told.bytes
        show("Kiểm tra (MB)", done // _MB, manifest.size // _MB)
    if RECORD not in manifest.files:
        yield f"{RECORD}: không có trong danh sách (is not in the manifest)"
    known = {*manifest.files, MANIFEST, SIGNATURE, KEY}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name not in known:
            yield f"{shown(name)}: không thuộc bản sao lưu (is of no backup)"


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
    except (OSError, ValueError):  # such as a name that no file can have
        return None


def _record(folder: Path, manifest: Manifest) -> Iterator[str]:
    try:
        taken = snapshot.look(folder / RECORD)
    except (Misconfigured, RecordDamaged) as error:
        yield str(error)
        return
    if (taken.schema, taken.head, dict(taken.rows)) != (manifest.schema, manifest.head, dict(manifest.rows)):
        yield f"{RECORD}: không phải là kho mà bản kê nói tới (holds other rows than the manifest says)"
