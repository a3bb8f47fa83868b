"""The table of what people say of stories. Never changed, only ended."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

story_ties = Table(
    "story_ties",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("other_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("together", Boolean, nullable=False),
    Column("by", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", Words),
    Index("story_ties_of_article", "article_id", "ended_at"),
    Index("story_ties_of_other", "other_id", "ended_at"),
)
