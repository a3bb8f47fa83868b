"""Answers that are remembered: nothing yet."""

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to change so far."""
