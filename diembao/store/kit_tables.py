"""The table of briefing kits. Rows are added and ended, never changed."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, text

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

kit_facts = Table(
    "kit_facts",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("kit", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("start", Words, nullable=False),  # ISO dates; "": not limited
    Column("end", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", Words, nullable=False),
    # Who handed it in from another system, and what it is called there; "": a person wrote it here.
    Column("sender", Words, nullable=False, server_default=text("''")),
    Column("ref", Words, nullable=False, server_default=text("''")),
    Index("kit_facts_of_kit", "province", "kit"),
    Index("kit_facts_of_sender", "sender", "ref"),
)
