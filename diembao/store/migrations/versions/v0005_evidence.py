"""Evidence: requests and answers as they were sent, revisits, withdrawn pages, settled quarantine, arrivals."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "exchanges",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("item", TEXT, nullable=False),
        sa.Column("response", TEXT),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("hops", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["response"], ["responses.digest"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("exchanges_of_item", "exchanges", ["item", "response"])
    op.create_table(
        "revisits",
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("visited_at", MOMENT, nullable=False),
        sa.Column("not_before", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("gone_at", MOMENT),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"]),
        sa.PrimaryKeyConstraint("article_id"),
    )
    op.create_index("revisits_gone", "revisits", ["gone_at"])
    op.create_table(
        "withdrawals",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("gone_at", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("returned_at", MOMENT),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("withdrawals_of_article", "withdrawals", ["article_id"])
    op.create_table(
        "arrivals",
        sa.Column("slot", MOMENT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("n", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("slot", "source"),
    )
    op.create_index("entries_by_arrival", "entries", ["first_seen"])
    op.add_column("runs", sa.Column("by", TEXT, nullable=False, server_default=""))
    op.add_column("quarantine", sa.Column("settled", TEXT))
    op.add_column("quarantine", sa.Column("settled_at", MOMENT))
    op.add_column("quarantine", sa.Column("settled_by", TEXT))
    op.add_column("quarantine", sa.Column("settled_why", TEXT))
