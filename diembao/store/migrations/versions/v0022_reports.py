"""Reports that are kept: what the machine counted, what people wrote, what was signed."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("number", NUMBER, nullable=False),
        *(
            sa.Column(name, TEXT, nullable=False)
            for name in ("province", "kind", "about", "name", "first", "last", "title")
        ),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("version", "edition")),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", TEXT, nullable=False),
        sa.Column("registered", sa.Integer()),
        sa.Column("signed_at", MOMENT),
        *(sa.Column(name, TEXT, nullable=False) for name in ("signed_by", "document")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("province", "kind", "about", "name", "version", name="reports_once"),
    )
    op.create_table(
        "report_paragraphs",
        sa.Column("report", NUMBER, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("paragraph", "version")),
        *(sa.Column(name, TEXT, nullable=False) for name in ("section", "text", "by")),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.number"]),
        sa.PrimaryKeyConstraint("report", "paragraph", "version"),
    )
