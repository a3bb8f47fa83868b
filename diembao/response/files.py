"""Files that are attached as evidence: which kinds, how large, what they are called.

A file is looked at by its own bytes, never by its name alone; it is kept as it came, under its SHA-256, never run, and
given back only as a download. A document of an office is unpacked once, in pieces that are thrown away, to see that it
holds no more than it says.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from diembao.core.errors import WrongUse
from diembao.core.text import nfc

# Bytes of one file; files, links and documents of one claim, and of one case.
LARGEST: Final = 10_000_000
OF_CLAIM, OF_CASE = 20, 100
NAME: Final = 120  # characters
# What a document of an office may unpack to, and of how many parts it is made: more is a bomb.
UNPACKED, PARTS = 200_000_000, 3_000


@dataclass(frozen=True, slots=True)
class Checked:
    name: str
    media: str


def checked(name: str, data: bytes) -> Checked:
    """A file that may be attached.

    Raises:
        WrongUse: empty, too large, of a kind that is not taken, or not what its name says.
    """
    kept = _name(name)
    ending = f".{kept.rpartition('.')[2].lower()}" if "." in kept else ""
    if not data:
        raise WrongUse(f"Tệp “{kept}” trống (The file '{kept}' is empty)")
    if len(data) > LARGEST:
        raise WrongUse(
            f"Tệp “{kept}” lớn hơn {LARGEST // 1_000_000} MB (The file '{kept}' is larger than"
            f" {LARGEST // 1_000_000} MB)"
        )
    kind = _KINDS.get(ending)
    if kind is None:
        known = ", ".join(_KINDS)
        raise WrongUse(f"Chỉ nhận tệp {known}; không nhận “{kept}” (Only these are taken: {known}; not '{kept}')")
    media, fits = kind
    if not fits(data):
        raise WrongUse(
            f"“{kept}” không phải là tệp {ending} như tên của nó ('{kept}' is not the {ending} that its name says)"
        )
    return Checked(kept, media)


def _name(given: str) -> str:
    """The last part of a path, on one line, without what turns letters around."""
    last = nfc(given).replace("\\", "/").rpartition("/")[2]
    shown = "".join(each for each in last if each.isprintable() and unicodedata.category(each) != "Cf")
    shown = " ".join(shown.split()).lstrip(".")
    if not shown:
        raise WrongUse("Tệp không có tên (The file has no name)")
    stem, dot, ending = shown.rpartition(".")
    return shown if len(shown) <= NAME else f"{stem[: NAME - len(ending) - 1]}{dot}{ending}"[:NAME]


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(starts)


def _office(folder: str) -> Callable[[bytes], bool]:
    def fits(data: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                parts = opened.infolist()
                small = len(parts) <= PARTS and sum(part.file_size for part in parts) <= UNPACKED
                # Read in pieces, so that a part which unpacks to more than it says is found out.
                if not small or opened.testzip() is not None:
                    return False
        except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError):  # locked, or packed as we cannot
            return False
        names = {part.filename for part in parts}
        whole = "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)
        # A macro runs on whoever opens the download.
        return whole and not any(name.lower().endswith("vbaproject.bin") for name in names)

    return fits


def _plain(data: bytes) -> bool:
    try:
        return "\x00" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
_KINDS: Final[Mapping[str, tuple[str, Callable[[bytes], bool]]]] = {
    ".pdf": ("application/pdf", _begins(b"%PDF-")),
    ".png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    ".jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".docx": (f"{_OPEN_XML}.wordprocessingml.document", _office("word/")),
    ".xlsx": (f"{_OPEN_XML}.spreadsheetml.sheet", _office("xl/")),
    ".txt": ("text/plain", _plain),
}
ENDINGS: Final = tuple(each.removeprefix(".") for each in _KINDS)
