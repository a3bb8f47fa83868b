"""Requests to units, the office's mail addresses, what the desk sends, and clocks that stand while a unit is asked."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def text(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, TEXT, nullable=False) for name in names]


def count(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def moment(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, MOMENT) for name in names]


def of_case() -> sa.Column[Any]:
    return sa.Column("case", TEXT, sa.ForeignKey("cases.number"), nullable=False)


def upgrade() -> None:
    clocks()
    requests()
    mail()


def clocks() -> None:
    for column in moment("planned_at", "paused_at", "state_at"):
        op.add_column("cases", column)
    op.execute("UPDATE cases SET planned_at = due_at, state_at = changed_at")


def requests() -> None:
    op.create_table(
        "case_requests",
        of_case(),
        *count("number"),
        *text("unit", "unit_name", "question", "claims", "letter", "letter_date", "asked_by"),
        sa.Column("asked_at", MOMENT, nullable=False),
        *moment("due_at"),
        sa.Column("waits", sa.Boolean(), nullable=False),
        *text("address"),
        *count("link"),
        *moment("link_until"),
        *count("reminders"),
        *moment("reminded_at"),
        *count("warned"),
        *text("state"),
        *moment("ended_at"),
        *text("ended_by", "reason", "answer", "through"),
        sa.PrimaryKeyConstraint("case", "number"),
    )
    op.create_index("case_requests_by_unit", "case_requests", ["unit", "state"])
    op.create_index("case_requests_by_state", "case_requests", ["state", "asked_at"])
    op.create_table(
        "case_filed",
        of_case(),
        *count("request", "number"),
        *text("name", "value"),
        *count("size"),
        *text("media"),
        sa.PrimaryKeyConstraint("case", "request", "number"),
    )
    op.create_table(
        "office_addresses",
        *text("province", "who", "address"),
        sa.PrimaryKeyConstraint("province", "who"),
    )


def mail() -> None:
    op.create_table(
        "messages",
        sa.Column("id", NUMBER, primary_key=True),
        *text("province", "key", "subject", "text"),
        sa.Column("at", MOMENT, nullable=False),
        *text("case"),
        *count("request", "link"),
        *text("page"),
        sa.UniqueConstraint("province", "key", name="messages_once"),
    )
    with op.batch_alter_table("outbox") as batch:
        batch.alter_column("alert_id", existing_type=NUMBER, nullable=True)
        batch.add_column(sa.Column("message_id", NUMBER))
        batch.create_foreign_key("outbox_message", "messages", ["message_id"], ["id"])
        batch.create_unique_constraint("outbox_message_once", ["message_id", "channel", "address"])
