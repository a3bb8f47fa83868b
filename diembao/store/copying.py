"""A record copied into another database, of whichever kind: one snapshot, of which only what differs is written.

So a copy that was broken off goes on, and one that is made again brings what came meanwhile. While it is not whole the
target bears a mark (`schema.mark`) and no program opens it. Rows keep their numbers, and what counts them goes on
after the last one. Nobody is kept from reading or writing the source.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

import diembao.store.record  # noqa: F401 (with it all tables are in METADATA)
from diembao.core.errors import DiembaoError, Misconfigured, WrongUse
from diembao.store import schema
from diembao.store.case_tables import case_log
from diembao.store.columns import Words
from diembao.store.database import Database
from diembao.store.people_tables import audit
from diembao.store.tables import METADATA, log

Step = Callable[[int], None]  # is told of how many rows more are done
Row = tuple[Any, ...]

# Rows read and written at once: of tables with bytes in them (pages, documents: some ten kB each), and of others.
WITH_BYTES, AT_ONCE = 50, 1000
_ON_ITS_WAY = "~ on its way "  # begins what stands in a row for a moment


@dataclass(frozen=True, slots=True)
class Tally:
    """``digest`` is the SHA-256 of the rows in the order of their keys, the same on every database."""

    rows: int
    digest: str


class Differs(DiembaoError):
    """What was read back is not what was written."""


class Target(Database):
    """A database that a record is copied into: empty, or a copy of the same one."""

    def __init__(self, url: str, source: str) -> None:
        self._source = source
        super().__init__(url)

    def _admit(self, found: schema.Standing) -> None:
        if found.version and found.copied != self._source:
            raise WrongUse(
                f"{self.where} đã có dữ liệu: bản chép cần một nơi trống ({self.where} holds something already: a"
                " copy needs an empty database, or one that this record was copied into and nobody has opened since)"
            )

    def begin(self) -> None:
        with self.writing() as connection:
            schema.mark.create(connection, checkfirst=True)
            connection.execute(delete(schema.mark))
            connection.execute(insert(schema.mark).values(source=self._source, whole=""))

    def count_on(self, table: Table) -> None:
        """The next row gets a number after the last one."""
        with self.writing() as connection:
            self._dialect.count_on(connection, table)

    def finish(self) -> None:
        with self.writing() as connection:
            connection.execute(update(schema.mark).values(whole="yes"))


def copy(source: Database, target: Target, step: Step) -> dict[str, Tally]:
    """Everything that the source holds now; ``step`` is told of each row twice, written and read back.

    Raises:
        Differs: what was read back is not what was written. The target stays marked as not whole.
    """
    target.begin()
    with source.snapshot() as here:
        _refuse_other_times(here, source.where)
        written = bring(here, target, step)
    with target.snapshot() as there:
        back = tallies(there, step)
    for name, tally in written.items():
        if back[name] != tally:
            raise Differs(f"{target.where}: '{name}' holds {back[name].rows} rows, not the {tally.rows} of the source")
    target.finish()
    return written


def come_since(source: Database, copied: Mapping[str, Tally]) -> int:
    """Lines of the logs of articles, of cases and of what was done, that the source has beyond the copied ones."""
    with source.snapshot() as here:
        return sum(
            (here.scalar(select(func.count()).select_from(table)) or 0) - copied[table.name].rows
            for table in (log, audit, case_log)
        )


def size(source: Database) -> int:
    """Rows, all together."""
    with source.snapshot() as here:
        return sum(here.scalar(select(func.count()).select_from(table)) or 0 for table in METADATA.sorted_tables)


def bring(here: Connection, target: Target, step: Step) -> dict[str, Tally]:
    """What is too much goes first, children before what they hang on; then what is missing or else, the other way."""
    tables = METADATA.sorted_tables
    for table in reversed(tables):
        _take_away(here, target, table)
    for table in tables:
        _make_way(here, target, table)
    return {table.name: _bring_table(here, target, table, step) for table in tables}


def tallies(connection: Connection, step: Step) -> dict[str, Tally]:
    found = {}
    for table in METADATA.sorted_tables:
        counting = _Counting()
        for row in _rows(connection, table):
            counting.add(row)
            step(1)
        found[table.name] = counting.tally
    return found


def _refuse_other_times(connection: Connection, where: str) -> None:
    """A program of another version may have opened it since we did."""
    found = schema.standing(connection, where)
    if not found.current:
        raise Misconfigured(
            f"{where} có lược đồ {found.version}, chương trình này biết {schema.HEAD}"
            f" ({where} is of schema {found.version}, this program knows {schema.HEAD})"
        )


def _take_away(here: Connection, target: Target, table: Table) -> None:
    """Rows that the source has no more."""
    keys = list(table.primary_key)
    with target.snapshot() as there:
        if there.execute(select(*keys).limit(1)).first() is None:
            return
        pairs = _beside(_rows(here, table, keys), _rows(there, table, keys))
        strays = (right for left, right in pairs if left is None and right is not None)
        while some := list(islice(strays, AT_ONCE)):
            with target.writing() as connection:
                connection.execute(delete(table).where(_this(table)), [_key_of(row) for row in some])


def _make_way(here: Connection, target: Target, table: Table) -> None:
    """What may stand in one row only may have gone from one to another: a row that gets another value gets a made-up
    one first.
    """
    sets = [list(each.columns) for each in table.constraints if isinstance(each, UniqueConstraint)]
    sets += [list(each.columns) for each in table.indexes if each.unique]
    own, keys = _own_words(sets), list(table.primary_key)
    columns = [*keys, *dict.fromkeys(column for each in sets for column in each)]
    passing = {f"value_{n}": each for n, each in enumerate(own)}
    statement = update(table).where(_this(table)).values({c: bindparam(n) for n, c in passing.items()})
    with target.snapshot() as there:
        if not own or there.execute(select(*keys).limit(1)).first() is None:
            return
        pairs = _beside(_rows(here, table, columns), _rows(there, table, columns), len(keys))
        changed = (left[: len(keys)] for left, right in pairs if left and right and left != right)
        while some := list(islice(changed, AT_ONCE)):
            rows = [dict.fromkeys(passing, f"{_ON_ITS_WAY}{key}") | _key_of(key) for key in some]
            with target.writing() as connection:
                connection.execute(statement, rows)


def _own_words(sets: Sequence[Sequence[Column[Any]]]) -> list[Column[Any]]:
    """Of each set of columns in which no two rows are alike the last one with words, which nothing else names: a number
    of a case is made of its year, and an article's id stays what it is.
    """
    named = {key.column for other in METADATA.tables.values() for key in other.foreign_keys}
    found = [[c for c in each if isinstance(c.type, Words) and c not in named and not c.foreign_keys] for each in sets]
    return list(dict.fromkeys(each[-1] for each in found if each))


def _bring_table(here: Connection, target: Target, table: Table, step: Step) -> Tally:
    counting, width = _Counting(), len(table.primary_key)
    with target.snapshot() as there:
        pairs = _beside(_rows(here, table), _rows(there, table), width)
        while some := list(islice(pairs, _at_once(table))):
            _write(target, table, some)
            ours = [left for left, _ in some if left is not None]
            for row in ours:
                counting.add(row)
            step(len(ours))
    target.count_on(table)
    return counting.tally


def _write(target: Target, table: Table, pairs: Sequence[tuple[Row | None, Row | None]]) -> None:
    columns, width = _columns(table), len(table.primary_key)
    names = [each.name for each in columns]
    fresh = [dict(zip(names, left, strict=True)) for left, right in pairs if left is not None and right is None]
    changed = [left for left, right in pairs if left is not None and right is not None and left != right]
    if not fresh and not changed:
        return
    with target.writing() as connection:
        if changed:
            values = {each.name: bindparam(f"value_{n}", type_=each.type) for n, each in enumerate(columns)}
            rows = [{f"value_{n}": value for n, value in enumerate(row)} | _key_of(row[:width]) for row in changed]
            connection.execute(update(table).where(_this(table)).values(values), rows)
        if fresh:
            connection.execute(insert(table), fresh)


def _this(table: Table) -> ColumnElement[bool]:
    """The row whose key is `_key_of` it."""
    return and_(*(each == bindparam(f"key_{n}", type_=each.type) for n, each in enumerate(table.primary_key)))


def _key_of(key: Sequence[Any]) -> dict[str, Any]:
    return {f"key_{n}": value for n, value in enumerate(key)}


def _columns(table: Table) -> list[Column[Any]]:
    """Those of the key first."""
    return [*table.primary_key, *(each for each in table.c if not each.primary_key)]


def _at_once(table: Table) -> int:
    return WITH_BYTES if any(isinstance(each.type, LargeBinary) for each in table.c) else AT_ONCE


def _rows(connection: Connection, table: Table, columns: Sequence[Column[Any]] = ()) -> Iterator[Row]:
    """In the order of the key, which is the same everywhere; some at a time in memory."""
    asked = select(*(columns or _columns(table))).order_by(*table.primary_key)
    for row in connection.execute(asked, execution_options={"yield_per": _at_once(table)}):
        yield tuple(row)


def _beside(
    left: Iterator[Row], right: Iterator[Row], width: int | None = None
) -> Iterator[tuple[Row | None, Row | None]]:
    """Two lists of rows in the order of their keys, the first ``width`` values, as one."""
    ours, theirs = next(left, None), next(right, None)
    while ours is not None or theirs is not None:
        if theirs is None or (ours is not None and ours[:width] < theirs[:width]):
            yield ours, None
            ours = next(left, None)
        elif ours is None or theirs[:width] < ours[:width]:
            yield None, theirs
            theirs = next(right, None)
        else:
            yield ours, theirs
            ours, theirs = next(left, None), next(right, None)


class _Counting:
    """Rows as they come."""

    def __init__(self) -> None:
        self._rows, self._seal = 0, hashlib.sha256()

    def add(self, row: Row) -> None:
        self._rows += 1
        short = [hashlib.sha256(each).digest() if isinstance(each, bytes) else each for each in row]
        self._seal.update(repr(short).encode("utf-8", "surrogatepass"))

    @property
    def tally(self) -> Tally:
        return Tally(self._rows, self._seal.hexdigest())
