"""Alerts leave through an outbox, one row for each recipient; subscriptions are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("alerts", sa.Column("sentence", TEXT, nullable=False, server_default=""))
    op.add_column("alerts", sa.Column("published_at", MOMENT))
    op.drop_index("alerts_unsent", "alerts")
    op.create_table(
        "subscriptions",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("query", TEXT, nullable=False),
        sa.Column("addresses", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("alert_id", NUMBER, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("bundle", NUMBER),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("error", TEXT, nullable=False),
        sa.Column("taken_by", TEXT),
        sa.Column("taken_until", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("alert_id", "channel", "address", name="outbox_once"),
    )
    op.create_index("outbox_due", "outbox", ["state", "not_before"])
    op.create_index("outbox_bundles", "outbox", ["bundle"])
    # What was queued before goes where everything went: into the folder.
    op.execute(
        "INSERT INTO outbox (alert_id, channel, address, state, attempts, not_before, error, settled_at)"
        " SELECT id, 'folder', '', CASE WHEN sent_at IS NULL THEN 'waiting' ELSE 'sent' END, 0, at, '', sent_at"
        " FROM alerts ORDER BY id"
    )
