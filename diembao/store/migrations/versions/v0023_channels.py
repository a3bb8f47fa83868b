"""Ways out: what the other side answered, tries of a message's own, what a person has seen; feeds, who wants no more."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("outbox", sa.Column("tries", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("outbox", sa.Column("receipt", TEXT, nullable=False, server_default=sa.text("''")))
    op.add_column("outbox", sa.Column("seen_at", MOMENT))
    op.create_index("outbox_to", "outbox", ["channel", "address", "seen_at"])
    op.create_table(
        "feeds",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("province", TEXT, nullable=False),
        sa.Column("search", TEXT, nullable=False),
        sa.Column("account_id", NUMBER, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
    )
    op.create_index("feeds_of_account", "feeds", ["account_id", "province"])
    op.create_table(
        "stopped",
        *(sa.Column(name, TEXT, nullable=False) for name in ("province", "subscription", "channel", "address")),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("province", "subscription", "channel", "address"),
    )
