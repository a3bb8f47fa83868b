"""Is a packet of evidence, or of a case, what was signed? Answered from the file alone, which anyone may have made.

Everything is bounded before it is read: the file, its list of entries, each entry by the size that the manifest
gives, all of it together. Nothing is unpacked to disk.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, KeysView, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from diembao.core.errors import WrongUse
from diembao.response.evidence import FORMAT, KEY, MANIFEST, SIGNATURE
from diembao.response.packet import FORMAT as OF_CASE
from diembao.response.signing import fingerprint, fits

MAX_FILE = 2_000_000_000  # bytes of the ZIP; a page is at most 5 MB, a case has up to 5,000 articles
MAX_ENTRIES = 20_000
MAX_LIST = 2_000_000  # bytes of the ZIP's list of entries
MAX_UNPACKED = 20_000_000_000  # bytes, all together
MAX_MANIFEST, MAX_SMALL = 5_000_000, 10_000  # bytes of manifest.json; of signature and key
_PIECE = 1 << 20
_NAME = re.compile(r"(?:[\w-][\w.-]*/)?[\w-][\w.-]*", re.ASCII)
_END = struct.Struct("<4s4H2LH")  # the ZIP's last record
_HEAD = struct.Struct("<4s5H3L2H")  # of an entry
_SIZES_LATER, _RECORD = 0x08, 16  # a flag; bytes of the record that it announces, with its mark
# What zipfile says of entries that are no entries: lying sizes, unknown packing, passwords.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass
class Verdict:
    """``problems`` is empty for a packet that is as it was signed."""

    url: str = ""
    made_at: str = ""
    made_by: str = ""
    key: str = ""
    files: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {"good": self.good, **vars(self)}


def verify(path: Path, *, key: str = "") -> Verdict:
    """What was changed, said plainly. ``key``: the fingerprint that the office publishes; without it the packet is
    checked against the key it brings, which says that nothing was changed since, not who made it.

    Raises:
        WrongUse: the file cannot be opened, or is no packet of evidence at all.
    """
    try:
        with path.open("rb") as file:
            _refuse_hostile(file, path)
            with zipfile.ZipFile(file) as opened:
                found = _Check(opened, key).run()
                found.problems += _strange(file, opened)
                return found
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise WrongUse(f"{path} cannot be opened: {error.strerror}") from error
    except _BROKEN as error:
        raise WrongUse(f"{path} is no ZIP file that can be read: {error}") from error


def _refuse_hostile(file: IO[bytes], path: Path) -> None:
    """Before zipfile reads a list of entries of any length into memory."""
    size = file.seek(0, 2)
    if size > MAX_FILE:
        raise WrongUse(f"{path} has {size} bytes, more than any packet ({MAX_FILE})")
    file.seek(max(0, size - _END.size - 65_535))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise WrongUse(f"{path} is no ZIP file")
    _, _, _, _, entries, length, _, _ = _END.unpack_from(tail, at)
    if entries > MAX_ENTRIES or length > MAX_LIST or b"PK\x06\x07" in tail[max(0, at - 20) : at]:
        raise WrongUse(f"{path} lists more entries than any packet ({MAX_ENTRIES})")
    file.seek(0)


def _strange(file: IO[bytes], opened: zipfile.ZipFile) -> Iterator[str]:
    """Bytes before, between and after the entries and their list: programs that read a ZIP from the front see there
    what was never signed.
    """
    at = 0
    for entry in sorted(opened.infolist(), key=lambda each: each.header_offset):
        if entry.header_offset != at:
            yield f"{abs(entry.header_offset - at)} bytes stand before {entry.filename[:100]} that are of no member"
            return
        at = _end_of(file, entry)
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size))
    last = file.read()
    if opened.start_dir != at or not last.startswith(b"PK\x05\x06"):
        yield "bytes stand before or after the list of entries that are of no member"
        return
    _, _, _, _, _, length, offset, comment = _END.unpack(last)
    if comment or offset != at or at + length + _END.size != size:
        yield "bytes stand beside the list of entries that are of no member"


def _end_of(file: IO[bytes], entry: zipfile.ZipInfo) -> int:
    """Where an entry ends: its header, its bytes and, where its sizes were not known before, a record of them."""
    file.seek(entry.header_offset)
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return -1
    *_, name, extra = _HEAD.unpack(head)
    end = int(entry.header_offset + _HEAD.size + name + extra + entry.compress_size)
    if not entry.flag_bits & _SIZES_LATER:
        return end
    file.seek(end)
    return end + (_RECORD if file.read(4) == b"PK\x07\x08" else _RECORD - 4)


class _Check:
    """One packet."""

    def __init__(self, opened: zipfile.ZipFile, key: str) -> None:
        self._opened = opened
        self._key = key.strip().lower()
        self._left = MAX_UNPACKED
        self._found = Verdict()

    def run(self) -> Verdict:
        names = [entry.filename for entry in self._opened.infolist()]
        if MANIFEST not in names:
            raise WrongUse(f"this is no packet of evidence: it has no {MANIFEST}")
        for name in sorted({name for name in names if names.count(name) > 1}):
            self._say(f"{name[:100]}: is there more than once; the packet was put together again")
        manifest_bytes = self._read(MANIFEST, MAX_MANIFEST)
        manifest = _manifest(manifest_bytes)
        self._check_signature(manifest_bytes, manifest)
        self._check_files(manifest["files"], set(names) - {MANIFEST, SIGNATURE, KEY})
        if self._found.good:
            self._check_archives(manifest["files"].keys())
        return self._found

    def _say(self, problem: str) -> None:
        self._found.problems.append(problem)

    def _check_signature(self, data: bytes, manifest: Mapping[str, Any]) -> None:
        found = self._found
        found.url, found.made_at, found.made_by = (str(manifest.get(k, "")) for k in ("url", "made_at", "made_by"))
        try:
            pem = self._read(KEY, MAX_SMALL)
            signature = base64.b64decode(self._read(SIGNATURE, MAX_SMALL).strip(), validate=True)
            found.key = fingerprint(pem)
            if not fits(pem, signature, data):
                self._say(f"{MANIFEST}: the signature does not fit; it, {SIGNATURE} or {KEY} was changed since")
        except (KeyError, binascii.Error, WrongUse) as error:
            self._say(f"{SIGNATURE}, {KEY}: missing or damaged: {error}")
            return
        if self._key and self._key != found.key.lower():
            self._say(f"{KEY}: signed by another key ({found.key}) than the one you named")
        if manifest.get("key") != found.key:
            self._say(f"{KEY}: the key is not the one that the list of files names")

    def _check_files(self, listed: Mapping[str, Any], there: set[str]) -> None:
        self._found.files = len(listed)
        for name in sorted(there - set(listed)):
            self._say(f"{name[:100]}: was added; it is not part of what was signed")
        for name, told in sorted(listed.items()):
            if name not in there:
                self._say(f"{name[:100]}: is missing")
            elif not self._is_same(name, told):
                self._say(f"{name[:100]}: was changed after it was signed")

    def _is_same(self, name: str, told: Mapping[str, Any]) -> bool:
        digest, size = hashlib.sha256(), 0
        try:
            for piece in self._pieces(name, int(told["bytes"])):
                digest.update(piece)
                size += len(piece)
        except _BROKEN:
            return False
        return (size, digest.hexdigest()) == (told["bytes"], told.get("sha256"))

    def _read(self, name: str, most: int) -> bytes:
        data = b"".join(self._pieces(name, most))
        if len(data) > most:
            raise WrongUse(f"{name} is longer than any packet's ({most} bytes)")
        return data

    def _pieces(self, name: str, most: int) -> Iterator[bytes]:
        """Of one entry, at most one byte more than ``most``: enough to know that it is longer."""
        with self._opened.open(name) as entry:
            left = most + 1
            while left > 0 and (piece := entry.read(min(left, _PIECE))):
                left -= len(piece)
                self._left -= len(piece)
                if self._left < 0:
                    raise WrongUse(f"the packet unpacks to more than {MAX_UNPACKED} bytes")
                yield piece

    def _check_archives(self, names: KeysView[str]) -> None:
        """The WARCs' own digests, and that each holds the bytes that its article's record was made from."""
        for told, archive in _archives(names):
            exchanges = json.loads(self._read(told, MAX_MANIFEST))["exchanges"]
            kept = {each["response"] for each in exchanges}
            if kept and archive not in names:
                self._say(f"{archive}: is missing, though {told} names what it holds")
            elif kept and not kept <= self._held(archive):
                self._say(f"{archive}: does not hold the bytes that {told} names")

    def _held(self, archive: str) -> set[str]:
        with self._opened.open(archive) as file:
            return set(_payloads(file, self._left))


def _archives(names: KeysView[str]) -> list[tuple[str, str]]:
    """What tells of an article, and the WARC beside it."""
    if "article.json" in names:
        return [("article.json", "evidence.warc.gz")]
    told = sorted(name for name in names if name.startswith("articles/") and name.endswith(".json"))
    return [(name, f"{name.removesuffix('.json')}.warc.gz") for name in told]


def _manifest(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
        listed = found["files"] if found["format"] in {FORMAT, OF_CASE} else None
        sizes = [int(told["bytes"]) for told in listed.values()] if isinstance(listed, dict) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WrongUse(f"{MANIFEST} cannot be read: {type(error).__name__}") from error
    if sizes is None:
        raise WrongUse(f"{MANIFEST} is of another kind than {FORMAT} or {OF_CASE}; a newer program may read it")
    if len(sizes) > MAX_ENTRIES or min(sizes, default=0) < 0 or not all(map(_NAME.fullmatch, found["files"])):
        raise WrongUse(f"{MANIFEST} lists what no packet has")
    return dict(found)


def _payloads(file: IO[bytes], most: int) -> Iterator[str]:
    """SHA-256 of what each answer of a WARC file brought."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(file, check_digests="raise"):
            digest = hashlib.sha256()
            while piece := record.raw_stream.read(_PIECE):
                digest.update(piece)
                most -= len(piece)
                if most < 0:
                    raise WrongUse(f"the packet unpacks to more than {MAX_UNPACKED} bytes")
            yield digest.hexdigest()
    except ArchiveLoadFailed as error:
        raise WrongUse(f"evidence.warc.gz does not fit its own checksums: {error}") from error
