"""Collecting: what pages say of their dates, and of their editions in other languages."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "dates_said",
        sa.Column("article_id", TEXT, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("at_offset", sa.Integer()),
        sa.Column("raw", TEXT, nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "place"),
    )
    op.create_table(
        "editions",
        sa.Column("article_id", TEXT, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("edition", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "edition"),
    )
    op.create_index("editions_by_edition", "editions", ["edition"])
