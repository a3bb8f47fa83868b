"""Tables of shifts, and of what the screens remember of a reader."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, Table

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

shift_looks = Table(
    "shift_looks",
    METADATA,
    Column("province", Words, nullable=False),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("province", "article_id"),
)

shift_handovers = Table(
    "shift_handovers",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("text", Words, nullable=False),
    Column("taken_by", Words, nullable=False, server_default=""),
    Column("taken_at", Moment),
    Index("shift_handovers_of_province", "province", "id"),
)

reader_memory = Table(
    "reader_memory",
    METADATA,
    Column("actor", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("value", Words, nullable=False),
    PrimaryKeyConstraint("actor", "name"),
)
