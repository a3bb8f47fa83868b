"""Tables of what people ask for again and again (part of `tables`)."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from diembao.store.columns import Moment, Words
from diembao.store.tables import METADATA

subscriptions = Table(
    "subscriptions",
    METADATA,
    Column("province", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("query", Words, nullable=False),
    Column("addresses", Words, nullable=False),  # separated by spaces
    Column("at", Moment, nullable=False),
)

# What somebody keeps under a name. The key is the name without marks, capitals and spaces.
saved_searches = Table(
    "saved_searches",
    METADATA,
    Column("province", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("query", Words, nullable=False),
    Column("version", Integer, nullable=False),  # of the query language
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
)
