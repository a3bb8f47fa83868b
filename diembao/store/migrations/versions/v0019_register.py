"""Questions of the press, briefings, calendar: nothing yet."""

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to change so far."""
