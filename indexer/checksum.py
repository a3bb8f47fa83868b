"""Are tantivy's files as they were written? Each ends with a footer that holds the CRC-32 of what stands before it.

tantivy itself looks only at the footer's version: what a broken disk has changed it answers from, or falls over.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from diembao.core.shortage import is_shortage

_END: Final = struct.Struct("<II")  # length of the footer, and a number by which it is known
_MAGIC: Final = 1337
_CHUNK: Final = 1 << 20  # bytes read at a time


def damaged(folder: Path) -> list[str]:
    """Names of the committed files that are not as they were written, or cannot be read.

    Raises:
        OSError: the machine has no file handle left to read them with.
    """
    return sorted(file.name for file in _committed(folder) if not _is_whole(file))


def _committed(folder: Path) -> Iterator[Path]:
    """The files of the segments that the last commit names: others may be half written just now."""
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        deletes = {each["segment_id"].replace("-", ""): each["deletes"] for each in segments}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if is_shortage(error):
            raise
        yield folder / "meta.json"
        return
    for file in folder.iterdir():
        segment, _, kind = file.name.partition(".")
        if segment in deletes and (not kind.endswith("del") or kind == f"{_opstamp(deletes[segment])}.del"):
            yield file


def _opstamp(deletes: object) -> object:
    return deletes.get("opstamp") if isinstance(deletes, dict) else None


def _is_whole(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            size = opened.seek(0, 2)
            opened.seek(size - _END.size)
            length, magic = _END.unpack(opened.read(_END.size))
            body = size - _END.size - length
            opened.seek(body)
            told = json.loads(opened.read(length))["crc"]
            opened.seek(0)
            found = 0
            while body > 0:
                part = opened.read(min(_CHUNK, body))
                found = zlib.crc32(part, found)
                body -= len(part) or body
    except FileNotFoundError:  # merged into another meanwhile; what is missing, opening tells
        return True
    except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
        if is_shortage(error):
            raise
        return False
    return bool(magic == _MAGIC and found == told)
