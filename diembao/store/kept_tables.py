"""Tables of what is kept to show others: how a page was asked for, whether it is still there, how much came when.

Of the same METADATA as `tables`.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

# One row for each answer that was kept. `item` is an article's or an entry's id: what is set aside may become
# an article later. `hops` is JSON, packed by zstd (`exchanges`).
exchanges = Table(
    "exchanges",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("item", Words, nullable=False),
    Column("response", Words, ForeignKey("responses.digest")),
    Column("at", Moment, nullable=False),
    Column("hops", LargeBinary, nullable=False),
    Index("exchanges_of_item", "item", "response"),
)

# Where an article stands in the plan of visits (`core.revisits`); no row: it was not visited again yet.
revisits = Table(
    "revisits",
    METADATA,
    Column("article_id", Words, ForeignKey("articles.id"), primary_key=True),
    Column("step", Integer, nullable=False),  # visits of the plan that are done or over
    Column("visited_at", Moment, nullable=False),
    Column("not_before", Moment),  # after a passing failure
    Column("attempts", Integer, nullable=False),  # that failed since the last visit
    Column("gone_at", Moment),  # first 404 or 410 since the page was last there
    Index("revisits_gone", "gone_at"),
)

# An article that was taken down. Rows are never deleted: one that came back has an end.
withdrawals = Table(
    "withdrawals",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("gone_at", Moment, nullable=False),  # the first time it was not there
    Column("at", Moment, nullable=False),  # the time that settled it
    Column("status", Words, nullable=False),  # status-404 or status-410
    Column("returned_at", Moment),
    Index("withdrawals_of_article", "article_id"),
)

# Entries first seen in a quarter of a day (UTC), for each source: what silence is measured against.
arrivals = Table(
    "arrivals",
    METADATA,
    Column("slot", Moment, nullable=False),
    Column("source", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("n", Number, nullable=False),
    PrimaryKeyConstraint("slot", "source"),
)
