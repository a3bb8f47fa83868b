"""Feeds that are read for facts; issued statements that were retracted."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "fact_feeds",
        sa.Column("province", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        *(sa.Column(name, MOMENT) for name in ("since", "asked_at", "read_at", "new_at", "next_at")),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("etag", TEXT, nullable=False),
        sa.Column("last_modified", TEXT, nullable=False),
        sa.Column("read_as", TEXT, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("counts", TEXT, nullable=False),
        sa.Column("aside", TEXT, nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("province", "name"),
    )
    op.add_column("case_issues", sa.Column("retracted_at", MOMENT))
    for name in ("retracted_by", "retracted_why"):
        op.add_column("case_issues", sa.Column(name, TEXT, nullable=False, server_default=sa.text("''")))
    op.add_column("case_issues", sa.Column("successor", sa.Integer()))
