"""Cases: what is done about a matter, and its log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("title", "unit", "themes", "helping", "task")),
        *(sa.Column(name, TEXT, nullable=False) for name in ("priority", "state")),
        sa.Column("ended", sa.Boolean(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("reason", "holder")),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by", TEXT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("year", "serial", name="cases_once"),
    )
    op.create_index("cases_by_due", "cases", ["ended", "due_at", "number"])
    op.create_table(
        "case_coverage",
        sa.Column("case", TEXT, nullable=False),
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("followed", sa.Boolean(), nullable=False),
        sa.Column("removed_by", TEXT),
        sa.Column("removed_at", MOMENT),
        sa.ForeignKeyConstraint(["case"], ["cases.number"]),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"]),
        sa.PrimaryKeyConstraint("case", "article_id"),
    )
    op.create_index("case_coverage_of_article", "case_coverage", ["article_id"])
    op.create_table(
        "case_notes",
        sa.Column("id", NUMBER, nullable=False),
        *_act("text"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_notes_of_case", "case_notes", ["case"])
    op.create_table(
        "case_drafts",
        sa.Column("version", sa.Integer(), nullable=False),
        *_act("text"),
        sa.PrimaryKeyConstraint("case", "version"),
    )
    op.create_table(
        "case_log",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("act", TEXT, nullable=False),
        *_act("facts"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_log_of_case", "case_log", ["case"])


def _act(what: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Of which case, who, when, and what."""
    return (
        sa.Column("case", TEXT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column(what, TEXT, nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.number"]),
    )
