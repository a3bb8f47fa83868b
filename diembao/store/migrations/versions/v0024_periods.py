"""Until when a task of the plan is done and by which document it is shown; files that go with a message."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for name in ("until", "document"):
        op.add_column("task_progress", sa.Column(name, TEXT, nullable=False, server_default=sa.text("''")))
    op.create_table(
        "message_papers",
        sa.Column("message", NUMBER, sa.ForeignKey("messages.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("media", TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("message", "number"),
    )
