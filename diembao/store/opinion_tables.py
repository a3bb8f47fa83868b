"""Tables of what a language model is asked, says and costs. They are in the list of `tables`: a change needs a
migration.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table

from diembao.store.columns import Moment, Words
from diembao.store.tables import METADATA

opinion_queue = Table(
    "opinion_queue",
    METADATA,
    Column("subject", Words, nullable=False),  # an article's id, or a case's number
    Column("task", Words, nullable=False),
    Column("province", Words, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("until", Moment),
    Column("why", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("subject", "task", "province"),
    Index("opinion_queue_by_state", "state", "until"),
)

opinion_answers = Table(
    "opinion_answers",
    METADATA,
    Column("key", Words, primary_key=True),  # SHA-256, hex
    Column("text", Words, nullable=False),
    Column("model", Words, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

opinion_costs = Table(
    "opinion_costs",
    METADATA,
    Column("day", Words, nullable=False),  # ISO
    Column("model", Words, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost", Float, nullable=False),
    PrimaryKeyConstraint("day", "model"),
)

opinion_gists = Table(
    "opinion_gists",
    METADATA,
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("province", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("model", Words, nullable=False),
    Column("sentences", Words, nullable=False),  # JSON: a list of texts
    Column("passage", Words, nullable=False),
    Column("told", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("verdict", Words),  # a person's, as all below
    Column("text", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("judged_at", Moment),
    Column("why", Words, nullable=False),
    PrimaryKeyConstraint("article_id", "province", "language", "revision"),
)

opinion_outlines = Table(
    "opinion_outlines",
    METADATA,
    Column("case", Words, ForeignKey("cases.number"), primary_key=True),
    Column("province", Words, nullable=False),
    Column("model", Words, nullable=False),
    Column("lines", Words, nullable=False),  # JSON: a list of [text, article, quote]
    Column("dropped", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)
