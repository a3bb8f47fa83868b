"""A copy of Điểm Báo's articles in an SQLite file, kept current. Python 3.9 or newer, nothing to install.

    DIEMBAO_KEY=dbk_… python follow.py https://diembao.example.gov.vn/api/v1 copy.db

Each call brings the copy to where the record is now; call it as often as you like (cron, a timer). It may be stopped
at any moment: the next call goes on where it was. Every article is told whole, with its labels, whenever something
became of it: what is told replaces what was there. One that was taken down by its outlet has `withdrawn_at`. Where the
record was restored from a backup since, what it does not hold any more is thrown away, and all is read again.
"""

from __future__ import annotations

import gzip
import http.client
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
WHY = {
    401: "the key is wrong, expired or revoked (ask the administrator), or the address does not end in /api/v1.",
    403: "the key has no scope coverage.read; ask the administrator for one that has.",
    404: "there is no such address; it ends in /api/v1.",
    429: "too often, or two copies are read with this key already; wait a minute.",
}


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


def main(words: list[str], key: str) -> str | None:
    """What went wrong, in a sentence (exit code 1); what was read before it is kept."""
    if len(words) != 2 or not key:
        return "Say where to read and where to keep it: DIEMBAO_KEY=dbk_… python follow.py https://…/api/v1 copy.db"
    api, copy = words
    try:
        print(follow(sqlite3.connect(copy), asking(api, key)))
    except urllib.error.HTTPError as error:
        why = WHY.get(error.code, "try again later; if it stays so, ask the administrator.")
        return f"{api} says {error.code}: {why}"
    except sqlite3.Error as error:
        return f"{copy} cannot be used: {error}."
    except (OSError, EOFError, http.client.HTTPException) as error:
        return f"{api} was not read to its end ({error}); the next call goes on there."
    except (ValueError, TypeError):
        return f"{api} is no address of Điểm Báo's API, or the key has signs that no key has."
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ.get("DIEMBAO_KEY", "")))
