"""Tables of claims, evidence, approvals and issues of cases. They are in the list of `tables`: a change needs a
migration.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, text

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

case_claims = Table(
    "case_claims",
    METADATA,
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("quote", Words, nullable=False),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("url", Words, nullable=False),
    Column("response", Words, nullable=False),  # SHA-256 of the page, or ""
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("verdict", Words, nullable=False),  # "" before a person gave one
    Column("why", Words, nullable=False),
    Column("marked_by", Words, nullable=False),
    Column("marked_at", Moment),
    Column("first", Integer, nullable=False, server_default=text("0")),  # revision
    PrimaryKeyConstraint("case", "number"),
    Index("case_claims_of_article", "article_id"),
)

# Files lie in `responses`, under their SHA-256.
case_exhibits = Table(
    "case_exhibits",
    METADATA,
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("claim", Integer, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("case", "number"),
)

case_decisions = Table(
    "case_decisions",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("approved", Boolean, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Words, nullable=False),
    Index("case_decisions_of_case", "case"),
)

case_issues = Table(
    "case_issues",
    METADATA,
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("channel", Words, nullable=False),
    Column("recipients", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("documents", Words, nullable=False),  # JSON: SHA-256 by ending
    Column("registered", Integer),
    # Once it was retracted: when, by whom, why; and the issue that holds in its place, where one was named.
    Column("retracted_at", Moment),
    Column("retracted_by", Words, nullable=False, server_default=text("''")),
    Column("retracted_why", Words, nullable=False, server_default=text("''")),
    Column("successor", Integer),
    PrimaryKeyConstraint("case", "number"),
)
