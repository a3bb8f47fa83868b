"""Facts that other systems hand in: who did, and what each is called there."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for name in ("sender", "ref"):
        op.add_column("kit_facts", sa.Column(name, TEXT, nullable=False, server_default=sa.text("''")))
    op.create_index("kit_facts_of_sender", "kit_facts", ["sender", "ref"])
