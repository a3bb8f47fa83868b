"""Questions of the press, briefings and what follows from them, the calendar, the history of each."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
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
    return [sa.Column(name, MOMENT, nullable=False) for name in names]


def maybe(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, MOMENT) for name in names]


def number() -> sa.Column[Any]:
    return sa.Column("id", NUMBER, primary_key=True)


def upgrade() -> None:
    op.create_table(
        "press_questions",
        sa.Column("number", TEXT, primary_key=True),
        *text("province"),
        *count("year", "serial"),
        *text("text", "outlet", "name", "function", "contact"),
        *maybe("erased_at"),
        *moment("received_at"),
        *text("how", "by"),
        *maybe("due_at"),
        *text("unit", "state"),
        *count("stage"),
        *text("reason", "answer", "answer_by", "statement"),
        *maybe("answered_at"),
        *text("published", "articles", "case"),
        sa.Column("briefing", NUMBER, nullable=False),
        *moment("changed_at"),
        *count("version"),
        *text("searched"),
        sa.UniqueConstraint("province", "year", "serial", name="press_questions_once"),
    )
    op.create_index("press_questions_by_due", "press_questions", ["province", "stage", "due_at", "number"])
    op.create_index("press_questions_of_case", "press_questions", ["case"])
    op.create_table(
        "briefings",
        number(),
        *text("province", "title"),
        *moment("at"),
        *text("place", "by", "agenda", "state", "reason"),
        *moment("changed_at"),
        *count("version"),
    )
    op.create_index("briefings_by_time", "briefings", ["province", "at"])
    op.create_table(
        "briefing_points",
        number(),
        *text("province"),
        sa.Column("briefing", NUMBER, nullable=False),
        *text("text", "unit", "by", "due", "progress", "result"),
        *maybe("done_at"),
        *count("version"),
    )
    op.create_index("briefing_points_of_briefing", "briefing_points", ["briefing"])
    op.create_index("briefing_points_of_province", "briefing_points", ["province", "done_at"])
    op.create_table(
        "matters",
        number(),
        *text("province", "title", "kind", "start", "end", "by"),
        sa.Column("yearly", sa.Boolean(), nullable=False),
        *text("unit", "note", "source", "tasks", "standing"),
        *moment("changed_at"),
        *count("version"),
    )
    op.create_index("matters_of_province", "matters", ["province", "standing"])
    op.create_table(
        "register_steps",
        number(),
        *text("province", "subject", "act", "by"),
        *moment("at"),
        *text("facts"),
    )
    op.create_index("register_steps_of_subject", "register_steps", ["subject"])
