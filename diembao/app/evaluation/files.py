"""One file of a set, as a crawl would meet it: bounded in size and time, and its faults are its own."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawlers.limit import time_limit
from diembao.app.evaluation.records import opened
from diembao.core.errors import Refused, SetAside

SECONDS = 15.0  # for one file; a long one takes a tenth


@contextmanager
def apart(what: str) -> Iterator[None]:
    """Work on one file.

    Raises:
        SetAside: whatever went wrong with it; the word before the colon is the reason to count.
    """
    try:
        with time_limit(SECONDS, what):
            yield
    except SetAside:
        raise
    except Refused as error:
        raise SetAside(f"{error.reason}: {error}") from error
    except Exception as error:  # as in a crawl: a fault in one file must not end the rest
        raise SetAside(f"fault {type(error).__name__}: {error}") from error


def content(path: Path, limit: int) -> bytes:
    """The bytes of a file, unpacked where its name ends in .gz.

    Raises:
        SetAside: it cannot be read, or has more than ``limit`` bytes.
    """
    try:
        with opened(path) as data:
            found = data.read(limit + 1)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise SetAside(f"unreadable: {error}") from error
    if len(found) > limit:
        raise SetAside(f"size: more than {limit} bytes")
    return found


def reason(error: SetAside) -> str:
    """The word to count it by."""
    return str(error).partition(":")[0][:80]
