"""The tables of sources: when they are asked, what their hosts want, what people decide (see `tables`)."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, PrimaryKeyConstraint, Table

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

polls = Table(
    "polls",
    METADATA,
    Column("source", Words, primary_key=True),
    Column("next_at", Moment),
    Column("interval", Float, nullable=False),  # seconds
    Column("rhythm", Float, nullable=False),  # seconds; 0: not known
    Column("failures", Integer, nullable=False),
    Column("rests_until", Moment),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
)

hosts = Table(
    "hosts",
    METADATA,
    Column("host", Words, primary_key=True),  # host:port
    Column("rests_until", Moment),
    Column("robots", Words),
    Column("robots_at", Moment),
    Column("day", Words),  # ISO 8601, UTC
    Column("requests", Number, nullable=False),  # of that day
)

proposals = Table(
    "proposals",
    METADATA,
    Column("host", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("country", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("via", Words, nullable=False),
    Column("seen", Number, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("decision", Words, nullable=False),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", Moment),
    Index("proposals_open", "decision", "seen"),
)

checks = Table(
    "checks",
    METADATA,
    Column("outlet", Words, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("report", Words, nullable=False),  # JSON
)

# Lists that a backfill has read to their end; without them it goes on where it was cut off.
backfills = Table(
    "backfills",
    METADATA,
    Column("outlet", Words, nullable=False),
    Column("since", Words, nullable=False),  # ISO 8601
    Column("until", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("outlet", "since", "until", "source"),
)
