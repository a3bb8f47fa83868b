"""A statement has a title of its own, each of its languages a title and who speaks; a claim its first revision.

Versions from before have no title: they are shown under their case's, as they left.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for name, default in (("title", "''"), ("titles", "'{}'"), ("speakers", "'{}'")):
        op.add_column("case_drafts", sa.Column(name, TEXT, nullable=False, server_default=sa.text(default)))
    op.add_column("case_claims", sa.Column("first", sa.Integer(), nullable=False, server_default=sa.text("0")))
