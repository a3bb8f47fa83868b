"""Briefing kits: official facts with their source and how long they hold."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "kit_facts",
        sa.Column("id", NUMBER, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("province", "kit", "language", "text", "source", "url")),
        *(sa.Column(name, TEXT, nullable=False) for name in ("start", "end", "by")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("kit_facts_of_kit", "kit_facts", ["province", "kit"])
