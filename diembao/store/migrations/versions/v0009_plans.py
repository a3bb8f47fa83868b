"""Plans: progress of tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "task_progress",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("province", TEXT, nullable=False),
        sa.Column("task", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("share", sa.Integer()),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("task_progress_by_task", "task_progress", ["province", "task", "at"])
