"""Tables of what pages said of themselves: their dates, where they differ, and their editions in other languages."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table

from diembao.store.columns import Moment, Words
from diembao.store.tables import METADATA

# As the latest reading found them; rows only where two places differ.
dates_said = Table(
    "dates_said",
    METADATA,
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("place", Words, nullable=False),  # `core.article.DateFrom`
    Column("turn", Integer, nullable=False),  # the one that is used first
    Column("at", Moment, nullable=False),
    Column("at_offset", Integer),  # seconds east of UTC
    Column("raw", Words, nullable=False),
    Column("refused", Boolean, nullable=False),
    PrimaryKeyConstraint("article_id", "place"),
)

# `edition` is the id of an article that may be here or not.
editions = Table(
    "editions",
    METADATA,
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("edition", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("language", Words, nullable=False),
    PrimaryKeyConstraint("article_id", "edition"),
    Index("editions_by_edition", "edition"),
)
