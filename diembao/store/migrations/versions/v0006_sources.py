"""Sources: rhythms, budgets, proposals, checks, backfills."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "polls",
        sa.Column("source", TEXT, nullable=False),
        sa.Column("next_at", MOMENT),
        sa.Column("interval", sa.Float(), nullable=False),
        sa.Column("rhythm", sa.Float(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("rests_until", MOMENT),
        sa.Column("etag", TEXT, nullable=False),
        sa.Column("last_modified", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_table(
        "hosts",
        sa.Column("host", TEXT, nullable=False),
        sa.Column("rests_until", MOMENT),
        sa.Column("robots", TEXT),
        sa.Column("robots_at", MOMENT),
        sa.Column("day", TEXT),
        sa.Column("requests", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("host"),
    )
    op.create_table(
        "proposals",
        sa.Column("host", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("country", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.Column("seen", NUMBER, nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("decision", TEXT, nullable=False),
        sa.Column("decided_by", TEXT, nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.PrimaryKeyConstraint("host"),
    )
    op.create_index("proposals_open", "proposals", ["decision", "seen"])
    op.create_table(
        "checks",
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("report", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("outlet"),
    )
    op.create_table(
        "backfills",
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("since", TEXT, nullable=False),
        sa.Column("until", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("outlet", "since", "until", "source"),
    )
