"""A copy of Điểm Báo's articles in an SQLite file, kept current. Python 3.9 or newer, nothing to install.

    DIEMBAO_KEY=dbk_… python follow.py https://diembao.example.gov.vn/api/v1 copy.db

Each call brings the copy to where the record is now; call it as often as you like (cron, a timer). It may be stopped
at any moment: the next call goes on where it was. Every article is told whole, with its labels, whenever something
became of it: what is told replaces what was there. One that was taken down by its outlet has `withdrawn_at`. Where the
record was restored from a backup since, what it does not hold any more is thrown away, and all is read again.
"""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

# An address and its parameters → the lines of the answer, the position to which they lead, and the mark of the record
# there.
Ask = Callable[[str], "tuple[Iterator[bytes], int, str]"]


class SetBackError(Exception):
    """It is not the record that was followed: it was restored from a backup since."""


def asking(api: str, key: str) -> Ask:
    def ask(path: str) -> tuple[Iterator[bytes], int, str]:
        headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "gzip"}
        try:
            answer = urllib.request.urlopen(urllib.request.Request(api + path, headers=headers), timeout=60)
        except urllib.error.HTTPError as error:
            if error.code == 410:
                raise SetBackError from error
            raise
        told = answer.headers
        return iter(gzip.GzipFile(fileobj=answer)), int(told["Diembao-Position"]), told["Diembao-Record"]

    return ask


def follow(copy: sqlite3.Connection, ask: Ask) -> int:
    """How many articles were told. What was read before a break is kept."""
    copy.execute("CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, told TEXT NOT NULL)")
    copy.execute("CREATE TABLE IF NOT EXISTS position (log INTEGER NOT NULL, record TEXT NOT NULL)")
    since, record = copy.execute("SELECT log, record FROM position").fetchone() or (0, "")
    try:
        lines, position, record = ask(f"/bulk/articles?since={since}&record={record}&text=true")
    except SetBackError:
        with copy:
            copy.execute("DELETE FROM articles")
            copy.execute("DELETE FROM position")
        return follow(copy, ask)
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
        copy.execute("INSERT INTO position VALUES (?, ?)", (since, record))
        copy.commit()
    return told


if __name__ == "__main__":
    print(follow(sqlite3.connect(sys.argv[2]), asking(sys.argv[1], os.environ["DIEMBAO_KEY"])))
