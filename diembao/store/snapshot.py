"""The record as one file, as it stood at one moment, while others write: an SQLite database, whatever the record is in.

SQLite: its own online backup. PostgreSQL: the rows of one repeatable-read transaction (`copying`).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, inspect
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.exc import StatementError

from diembao.core.errors import Misconfigured, RecordDamaged, WrongUse
from diembao.store import copying, schema
from diembao.store.database import Database
from diembao.store.dialects import BUSY_SECONDS, Sqlite, dialect
from diembao.store.tables import METADATA

Show = Callable[[int, int], None]  # how much is done of how much

PAGES: Final = 2048  # of a file at a time: 8 MB

# What a record has none of: the audit log's triggers alone are ours.
_STRANGE: Final = (
    "SELECT 1 FROM sqlite_master WHERE type = 'view' OR (type = 'trigger' AND substr(name, 1, 9) <> 'audit_no_')"
)
_VERSION: Final = re.compile(r"[0-9]{4}")
_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file holds: its schema, its rows by table, the last number of its log."""

    schema: str
    rows: Mapping[str, int]
    head: int


class _Seen(Database):
    """A database that is looked at and stays as it is."""

    version: str

    def _open(self) -> None:
        with self.reading() as connection:
            self.version = schema.standing(connection, self.where).version


def version_of(url: str) -> str:
    """The schema of a record, which is not brought up to date; "": nothing is there.

    Raises:
        Misconfigured: it cannot be opened, or is of another program.
    """
    kind = dialect(url)
    if isinstance(kind, Sqlite) and not kind.path.exists():
        return ""
    with closing(_Seen(url)) as found:
        return found.version


def take(url: str, path: Path, show: Show) -> Taken:
    """Write the record into a new file. What is committed later is not in it, and nobody waits.

    Raises:
        Misconfigured: there is no record, or it is damaged; it is of a newer schema than this program's or, on
            PostgreSQL, of an older one.
    """
    version, kind = version_of(url), dialect(url)
    if not version:
        raise Misconfigured(f"{kind.where}: chưa có dữ liệu gì để sao (there is nothing to back up)")
    if version > schema.HEAD:
        raise Misconfigured(
            f"{kind.where} do bản Điểm Báo mới hơn tạo, lược đồ {version}, chương trình này biết {schema.HEAD}:"
            f" cập nhật chương trình ({kind.where} was made by a newer version of Điểm Báo (schema {version}, this"
            f" program knows {schema.HEAD}): update the program)"
        )
    if isinstance(kind, Sqlite):
        with _fates(kind):
            _online(kind.path, path, show)
    else:
        _rows_of(url, version, path, show)
    with _fates(Sqlite.of(path)):
        _stand_alone(path)
    return look(path)


def look(path: Path) -> Taken:
    """What a file holds that nobody writes to.

    Raises:
        Misconfigured: it is no record.
    """
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    none = Misconfigured(f"{path} không phải là kho của Điểm Báo ({path} is no record of Điểm Báo)")
    try:
        with _fates(Sqlite.of(path)), closing(sqlite3.connect(address, uri=True)) as found:
            names = [name for (name,) in found.execute(_TABLES)]
            if not {"alembic_version", "log"} <= set(names) or found.execute(_STRANGE).fetchone():
                raise none
            quoted = [(name, name.replace('"', '""')) for name in names]
            rows = {name: int(found.execute(f'SELECT count(*) FROM "{each}"').fetchone()[0]) for name, each in quoted}  # noqa: S608 (its own names)
            version = found.execute("SELECT version_num FROM alembic_version").fetchone()
            (head,) = found.execute("SELECT coalesce(max(number), 0) FROM log").fetchone()
    except sqlite3.Error as error:  # of something else's tables
        raise none from error
    if version is None or not _VERSION.fullmatch(str(version[0])):
        raise none
    del rows["alembic_version"]
    return Taken(str(version[0]), rows, int(head))


def bring_up_to_date(path: Path) -> None:
    """A record in a file that nobody else has open.

    Raises:
        Misconfigured: it does not have the tables that its schema has.
    """
    broken = f"{path} bị hỏng: các bảng không đúng lược đồ ({path} is damaged: its tables are not those of its schema)"
    try:
        with closing(Database(f"sqlite:///{path}")) as record, record.reading() as connection:
            there = {table: {each["name"] for each in columns} for table, columns in _columns(connection)}
    except StatementError as error:
        raise Misconfigured(broken) from error
    if any(not {each.name for each in table.c} <= there.get(table.name, set()) for table in METADATA.sorted_tables):
        raise Misconfigured(broken)


def mark_whole(path: Path, source: str) -> None:
    """A record in a file that nobody has opened since it was made: a copy, until somebody does."""
    with closing(Database(f"sqlite:///{path}")) as there, there.writing() as connection:
        schema.mark.create(connection)
        connection.execute(insert(schema.mark).values(source=source, whole="yes"))


def is_untouched(path: Path, source: str) -> bool:
    """Is this file such a copy, of this source?"""
    try:
        with closing(copying.Target(f"sqlite:///{path}", source)):
            return True
    except (WrongUse, Misconfigured, RecordDamaged):
        return False


def _columns(connection: Connection) -> Iterator[tuple[str, Sequence[ReflectedColumn]]]:
    for (_, name), columns in inspect(connection).get_multi_columns().items():
        yield str(name), columns


def _online(source: Path, path: Path, show: Show) -> None:
    """One snapshot, held from the first page to the last: without it, every write of another process would make the
    backup begin again.
    """
    with (
        closing(sqlite3.connect(source, timeout=BUSY_SECONDS, isolation_level=None)) as here,
        closing(sqlite3.connect(path)) as there,
    ):
        here.execute("BEGIN")
        here.execute(_TABLES).fetchall()
        here.backup(there, pages=PAGES, progress=lambda _, left, total: show(total - left, total))


def _rows_of(url: str, version: str, path: Path, show: Show) -> None:
    if version != schema.HEAD:
        where = dialect(url).where
        raise Misconfigured(
            f"{where} có lược đồ {version}: sao lưu bằng chương trình của bản ấy, hoặc pg_dump"
            f" ({where} is of schema {version}: back it up with the program that it belongs to, or with pg_dump)"
        )
    done = 0
    target_url = f"sqlite:///{path}"
    with closing(Database(url)) as source, closing(copying.Target(target_url, source.where)) as target:
        total = 2 * copying.size(source)

        def step(more: int) -> None:
            nonlocal done
            done += more
            show(min(done, total), total)

        copying.copy(source, target, step)
    Database(target_url).close()  # opened, it is no copy any more


def _stand_alone(path: Path) -> None:
    """No journal beside it; and looked through, so that damage is found while there still is an older, good backup."""
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode = DELETE")
        (said,) = made.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise RecordDamaged(str(path), str(said))


@contextmanager
def _fates(kind: Sqlite) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        fate = kind.fate(error)
        if fate is None:
            raise
        raise fate from error
