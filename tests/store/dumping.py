"""Small dumps of records as released versions left them, for `test_older`.

After a release: `python -m tests.store.dumping HOME/diembao.db > tests/store/dumps/<schema>.json`, of a demo
home (nothing of a real office): a few articles with all that hangs on them, a few rows of every other table, a made-up
row where a table is empty. Whoever came in is blanked.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Connection,
    DateTime,
    Float,
    Insert,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    insert,
    select,
)

FOLDER: Final = Path(__file__).with_name("dumps")
ARTICLES, OTHERS = 3, 4  # rows
BLANKED: Final = {
    "accounts": {"name": "tai-khoan-{n}", "likeness": "tai khoan {n}", "shown": "Tài khoản {n}", "password": "x"},
    "sessions": {"digest": "d{n}", "address": "127.0.0.1", "agent": "x"},
    "tries": {"name": "d{n}", "address": "127.0.0.1"},
    "refusals": {"address": "127.0.0.1", "path": "/x"},
    "keys": {"digest": "d{n}", "name": "khóa {n}"},
    "links": {"digest": "d{n}"},
    "runs": {"by": "up"},
    "outbox": {"receipt": "alerts"},
}

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def tables_of(connection: Connection) -> list[Table]:
    """As they are there; what hangs on others comes after them."""
    known = MetaData()
    known.reflect(connection)
    return [table for table in known.sorted_tables if table.name != "alembic_version"]


def rows_of(connection: Connection, table: Table) -> list[Row]:
    """As a dump has them, in the order of their keys."""
    found = connection.execute(select(table).order_by(*table.primary_key)).mappings()
    return [{name: _told(value) for name, value in row.items()} for row in found]


def load(connection: Connection, rows: Rows) -> None:
    for table in tables_of(connection):
        if found := rows.get(table.name):
            connection.execute(insert(table), [_typed(table, row) for row in found])


def trimmed(connection: Connection) -> Rows:
    kept: Rows = {}
    tables = {table.name: table for table in tables_of(connection)}
    articles = _articles(connection, tables)
    pages = {row["response"] for row in rows_of(connection, tables["revisions"]) if row["article_id"] in articles}
    wanted = {"articles": ("id", articles), "responses": ("digest", pages)}
    for name, table in tables.items():
        column, values = wanted.get(name, ("article_id", articles if "article_id" in table.c else None))
        every = rows_of(connection, table)
        chosen = [row for row in every if values is None or row[column] in values]
        chosen = [row for row in chosen if _hangs_together(table, row, kept)]
        kept[name] = _blanked(name, chosen if values else chosen[:OTHERS]) or [_made_up(table, kept)]
    return kept


def _articles(connection: Connection, tables: Mapping[str, Table]) -> set[str]:
    """Those that most hangs on come first."""
    names = [name for name in ("case_claims", "case_coverage", "alerts") if name in tables]
    found = [row["article_id"] for name in names for row in rows_of(connection, tables[name])]
    found += [row["id"] for row in rows_of(connection, tables["articles"])]
    return set(list(dict.fromkeys(found))[:ARTICLES])


def _hangs_together(table: Table, row: Row, kept: Rows) -> bool:
    return all(
        row[key.parent.name] is None
        or key.column.table is table
        or row[key.parent.name] in {other[key.column.name] for other in kept[key.column.table.name]}
        for key in table.foreign_keys
    )


def _blanked(name: str, rows: Sequence[Row]) -> list[Row]:
    if name == "facts":
        return [row | {"value": "x"} if "secret" in row["name"] else row for row in rows]
    instead = BLANKED.get(name, {})
    texts = [{key: text.format(n=n) for key, text in instead.items()} for n in range(len(rows))]
    return [
        row | {key: value for key, value in text.items() if key in row} for row, text in zip(rows, texts, strict=True)
    ]


def _made_up(table: Table, kept: Rows) -> Row:
    named = {key.parent.name: kept[key.column.table.name][0][key.column.name] for key in table.foreign_keys}
    return {column.name: named.get(column.name, made_up_value(column.type)) for column in table.c}


def made_up_value(kind: object) -> object:
    if isinstance(kind, DateTime):
        return "2026-11-20T08:00:00+00:00"
    if isinstance(kind, LargeBinary):
        return base64.b64encode(b"x").decode()
    return False if isinstance(kind, Boolean) else 1 if isinstance(kind, Integer | Float) else "x"


def made_up(table: Table, **values: Any) -> Insert:
    """A row of which only these columns matter; bytes are to be among them."""
    row = {column.name: made_up_value(column.type) for column in table.c}
    moment = datetime(2026, 11, 20, 8, tzinfo=UTC)
    return insert(table).values(
        {**{name: moment if name.split("_")[-1] == "at" else value for name, value in row.items()}, **values}
    )


def _told(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _typed(table: Table, row: Row) -> Row:
    return {name: None if value is None else _value(table.c[name].type, value) for name, value in row.items()}


def _value(kind: object, value: Any) -> Any:
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return bool(value) if isinstance(kind, Boolean) else value


if __name__ == "__main__":
    with create_engine(f"sqlite:///{sys.argv[1]}").connect() as opened:
        told = trimmed(opened)
    lines = (f"{json.dumps(name)}: {json.dumps(rows, ensure_ascii=False)}" for name, rows in told.items())
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")
