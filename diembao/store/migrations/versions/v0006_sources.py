"""Sources: rhythms, budgets, proposals, checks, backfills."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
