"""Requests to units and the clock: nothing yet."""

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to change so far."""
