"""Tables of the plan: what people report of its tasks."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

task_progress = Table(
    "task_progress",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("task", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("share", Integer),  # per cent
    Column("note", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Words, nullable=False, server_default=""),  # an ISO date, or ""
    Column("document", Words, nullable=False, server_default=""),
    Index("task_progress_by_task", "province", "task", "at"),
)
