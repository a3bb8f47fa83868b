"""Tables of what people ask for again and again (part of `tables`)."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, UniqueConstraint

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

subscriptions = Table(
    "subscriptions",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("query", Words, nullable=False),  # "" where the subject is none
    Column("recipients", Words, nullable=False),  # a JSON list of [channel, address]
    Column("subject", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("rhythm", Words, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("language", Words, nullable=False),
    Column("quiet", Words, nullable=False),  # "22:00-06:00", or none
    Column("priority", Words, nullable=False),
    Column("threshold", Integer, nullable=False),
    Column("owner", Words, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("province", "name", name="subscriptions_once"),
)

# Articles that a subscription asked for and heard of, with the story in which it was told.
heard_articles = Table(
    "heard_articles",
    METADATA,
    Column("province", Words, nullable=False),
    Column("subscription", Words, nullable=False),
    Column("article_id", Words, nullable=False),
    Column("story", Words, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("province", "subscription", "article_id"),
    Index("heard_articles_of", "article_id"),
    Index("heard_articles_at", "at"),
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
