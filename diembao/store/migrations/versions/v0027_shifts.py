"""Shifts: what was looked through, what is handed over; what the screens remember of a reader."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "shift_looks",
        sa.Column("province", TEXT, nullable=False),
        sa.Column("article_id", TEXT, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("province", "article_id"),
    )
    op.create_table(
        "shift_handovers",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("province", TEXT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("taken_by", TEXT, nullable=False, server_default=""),
        sa.Column("taken_at", MOMENT),
    )
    op.create_index("shift_handovers_of_province", "shift_handovers", ["province", "id"])
    op.create_table(
        "reader_memory",
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("actor", "name"),
    )
