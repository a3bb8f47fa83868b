"""Of which articles a subscription has heard: they begin no story of their own when stories merge or split."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "heard_articles",
        sa.Column("province", TEXT, nullable=False),
        sa.Column("subscription", TEXT, nullable=False),
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("story", TEXT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("province", "subscription", "article_id"),
    )
    op.create_index("heard_articles_of", "heard_articles", ["article_id"])
    op.create_index("heard_articles_at", "heard_articles", ["at"])
