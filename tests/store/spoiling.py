"""A record's file with a damaged page, as a bad disk leaves it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def spoil(path: Path, table: str) -> None:
    """The first page of a table, or of an index, of a file that nobody has open."""
    with closing(sqlite3.connect(path)) as record:
        record.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = record.execute("PRAGMA page_size").fetchone()
        (root,) = record.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with path.open("r+b") as file:
        file.seek(size * (root - 1))
        file.write(b"\xff" * size)
