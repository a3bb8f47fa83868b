"""Which entry of the log is an article's last, without reading all of it: for copies that follow."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("log_of_article", "log", ["article_id", "number"])
