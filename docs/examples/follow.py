"""A copy of Điểm Báo's articles in an SQLite file, kept current. Python 3.9 or newer, nothing to install.

    DIEMBAO_KEY=dbk_… python follow.py https://diembao.example.gov.vn/api/v1 copy.db

Each call brings the copy to where the record is now; call it as often as you like (cron, a timer). It may be stopped
at any moment: the next call goes on where it was. Every article is told whole, with its labels, whenever something
became of it: what is told replaces what was there. One that was taken down by its outlet has `withdrawn_at`.
"""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import sys
import urllib.request
from collections.abc import Callable, Iterator

# An address and its parameters → the lines of the answer, and the position to which they lead.
Ask = Callable[[str], "tuple[Iterator[bytes], int]"]


def asking(api: str, key: str) -> Ask:
    def ask(path: str) -> tuple[Iterator[bytes], int]:
        headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "gzip"}
        answer = urllib.request.urlopen(urllib.request.Request(api + path, headers=headers), timeout=60)
        return iter(gzip.GzipFile(fileobj=answer)), int(answer.headers["Diembao-Position"])

    return ask


def follow(copy: sqlite3.Connection, ask: Ask) -> int:
    """How many articles were told. What was read before a break is kept."""
    copy.execute("CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, told TEXT NOT NULL)")
    copy.execute("CREATE TABLE IF NOT EXISTS position (log INTEGER NOT NULL)")
    since = copy.execute("SELECT max(log) FROM position").fetchone()[0] or 0
    lines, position = ask(f"/bulk/articles?since={since}&text=true")
    told = 0
    try:
        for line in lines:
            article = json.loads(line)
            copy.execute("REPLACE INTO articles VALUES (?, ?)", (article["id"], line.decode()))
            told += 1
            since = article["log"]  # they come in the order of this number
        since = position
    finally:
        copy.execute("DELETE FROM position")
        copy.execute("INSERT INTO position VALUES (?)", (since,))
        copy.commit()
    return told


if __name__ == "__main__":
    print(follow(sqlite3.connect(sys.argv[2]), asking(sys.argv[1], os.environ["DIEMBAO_KEY"])))
