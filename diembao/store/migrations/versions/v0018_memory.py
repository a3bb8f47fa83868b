"""Answers that are remembered: matches of new coverage with answered claims, and what people say of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def _of_an_article() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("case", TEXT, sa.ForeignKey("cases.number"), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("article_id", TEXT, sa.ForeignKey("articles.id"), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "memory_matches",
        *_of_an_article(),
        sa.Column("province", TEXT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("passage", "shared", "differs")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("case", "claim", "article_id"),
    )
    op.create_index("memory_matches_of_article", "memory_matches", ["article_id"])
    op.create_index("memory_matches_by_time", "memory_matches", ["province", "at"])
    op.create_table(
        "memory_verdicts",
        sa.Column("id", NUMBER, nullable=False),
        *_of_an_article(),
        *(sa.Column(name, TEXT, nullable=False) for name in ("verdict", "by")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by", TEXT),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("memory_verdicts_of_case", "memory_verdicts", ["case", "claim"])
