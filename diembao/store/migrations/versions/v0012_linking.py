"""An alert keeps how large its story was when it was told: articles, and distinct texts among them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("alerts", sa.Column("articles", NUMBER, nullable=False, server_default="1"))
    op.add_column("alerts", sa.Column("texts", NUMBER, nullable=False, server_default="1"))
