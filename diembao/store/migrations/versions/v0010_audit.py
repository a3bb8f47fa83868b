"""What was turned away: where it came from, for a while. The audit log, which is for ever, names it by number."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
# SQLite's REPLACE deletes without asking the trigger on deletion; PostgreSQL has nothing of the kind.
NO_REPLACING = (
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END"
)


def upgrade() -> None:
    op.create_table(
        "refusals",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("refusals_by_time", "refusals", ["at"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(NO_REPLACING)
