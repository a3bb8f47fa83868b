"""The tables of briefing kits. Facts are added and ended, never changed; of a feed there is its latest reading."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, text

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

fact_feeds = Table(
    "fact_feeds",
    METADATA,
    Column("province", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("since", Moment),
    Column("asked_at", Moment),
    Column("read_at", Moment),
    Column("new_at", Moment),
    Column("next_at", Moment),
    Column("outcome", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("read_as", Words, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("counts", Words, nullable=False),  # JSON: how many by what became of them
    Column("aside", Words, nullable=False),  # JSON: [{entry, why}]
    Column("full", Boolean, nullable=False),
    PrimaryKeyConstraint("province", "name"),
)
