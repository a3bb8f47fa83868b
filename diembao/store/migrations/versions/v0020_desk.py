"""Where a case came from and what came of it, people in charge, mentions, proposals turned down, requests done once."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name, default in (("origin", "'article'"), ("outcome", "''"), ("people", "''")):
        op.add_column("cases", sa.Column(name, TEXT, nullable=False, server_default=sa.text(default)))
    for name in ("once", "asked"):
        op.add_column("case_log", sa.Column(name, TEXT))
    op.create_index("case_log_once", "case_log", ["once"], unique=True)
    op.create_table(
        "case_mentions",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("case", TEXT, sa.ForeignKey("cases.number"), nullable=False),
        sa.Column("note", NUMBER, sa.ForeignKey("case_notes.id"), nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("seen_at", MOMENT),
    )
    op.create_index("case_mentions_of_account", "case_mentions", ["account", "seen_at"])
    op.create_index("case_mentions_of_case", "case_mentions", ["case"])
    op.create_table(
        "case_dismissals",
        *(sa.Column(name, TEXT, nullable=False) for name in ("province", "ground")),
        sa.Column("article_id", TEXT, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("province", "ground", "article_id"),
    )
