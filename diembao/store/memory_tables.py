"""Tables of the answer memory. Matches are the machine's and may be made anew; what people say of them is never
changed, only ended. They are in the list of `tables`: a change needs a migration.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

memory_matches = Table(
    "memory_matches",
    METADATA,
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("claim", Integer, nullable=False),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("province", Words, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("passage", Words, nullable=False),
    Column("shared", Words, nullable=False),  # JSON: a list of texts
    Column("differs", Words, nullable=False),  # JSON: a list of [what, in the claim, in the coverage]
    Column("at", Moment, nullable=False),  # first found
    Column("version", Words, nullable=False),
    PrimaryKeyConstraint("case", "claim", "article_id"),
    Index("memory_matches_of_article", "article_id"),
    Index("memory_matches_by_time", "province", "at"),
)

memory_verdicts = Table(
    "memory_verdicts",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("claim", Integer, nullable=False),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("verdict", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Words, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", Words),
    Index("memory_verdicts_of_case", "case", "claim"),
)
