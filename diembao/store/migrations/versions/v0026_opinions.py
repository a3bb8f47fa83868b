"""What a language model is asked, says and costs: a queue, answers that are kept, days, gists, outlines."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def _words(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, TEXT, nullable=False) for name in names)


def _numbers(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in names)


def upgrade() -> None:
    op.create_table(
        "opinion_queue",
        *_words("subject", "task", "province"),
        *_numbers("revision"),
        *_words("state"),
        *_numbers("tries"),
        sa.Column("until", MOMENT),
        *_words("why"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("subject", "task", "province"),
    )
    op.create_index("opinion_queue_by_state", "opinion_queue", ["state", "until"])
    op.create_table(
        "opinion_answers",
        *_words("key", "text", "model"),
        *_numbers("tokens_in", "tokens_out"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "opinion_costs",
        *_words("day", "model"),
        *_numbers("questions", "kept", "tokens_in", "tokens_out"),
        sa.Column("cost", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("day", "model"),
    )
    op.create_table(
        "opinion_gists",
        sa.Column("article_id", TEXT, sa.ForeignKey("articles.id"), nullable=False),
        *_words("province", "language"),
        *_numbers("revision"),
        *_words("model", "sentences", "passage", "told"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("verdict", TEXT),
        *_words("text", "by"),
        sa.Column("judged_at", MOMENT),
        *_words("why"),
        sa.PrimaryKeyConstraint("article_id", "province", "language", "revision"),
    )
    op.create_table(
        "opinion_outlines",
        sa.Column("case", TEXT, sa.ForeignKey("cases.number"), nullable=False),
        *_words("province", "model", "lines"),
        *_numbers("dropped", "articles"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("case"),
    )
