"""Claims, evidence, statements in several languages, approvals and issues of cases."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def text(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, TEXT, nullable=False) for name in names]


def of_case() -> sa.Column[Any]:
    return sa.Column("case", TEXT, sa.ForeignKey("cases.number"), nullable=False)


def count(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def at() -> sa.Column[Any]:
    return sa.Column("at", MOMENT, nullable=False)


def upgrade() -> None:
    op.add_column("cases", sa.Column("approved", sa.Integer(), nullable=False, server_default=sa.text("0")))
    for name, default in (("form", "''"), ("speaker", "''"), ("others", "'{}'")):
        op.add_column("case_drafts", sa.Column(name, TEXT, nullable=False, server_default=sa.text(default)))

    op.create_table(
        "case_claims",
        of_case(),
        *count("number"),
        *text("quote"),
        sa.Column("article_id", TEXT, sa.ForeignKey("articles.id"), nullable=False),
        *count("revision"),
        *text("url", "response", "by"),
        at(),
        *text("verdict", "why", "marked_by"),
        sa.Column("marked_at", MOMENT),
        sa.PrimaryKeyConstraint("case", "number"),
    )
    op.create_index("case_claims_of_article", "case_claims", ["article_id"])
    op.create_table(
        "case_exhibits",
        of_case(),
        *count("number", "claim"),
        *text("kind", "name", "value"),
        *count("size"),
        *text("media", "by"),
        at(),
        sa.PrimaryKeyConstraint("case", "number"),
    )
    op.create_table(
        "case_decisions",
        sa.Column("id", NUMBER, primary_key=True),
        of_case(),
        *count("version"),
        sa.Column("approved", sa.Boolean(), nullable=False),
        *text("by"),
        at(),
        *text("reason"),
    )
    op.create_index("case_decisions_of_case", "case_decisions", ["case"])
    op.create_table(
        "case_issues",
        of_case(),
        *count("number", "version"),
        *text("channel", "recipients", "by"),
        at(),
        *text("documents"),
        sa.Column("registered", sa.Integer()),
        sa.PrimaryKeyConstraint("case", "number"),
    )
