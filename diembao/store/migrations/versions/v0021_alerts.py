"""What of a story was told, what is held back in the outbox, and subscriptions with their rhythm, channels and owner."""

import json
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        with_outbox_aside(alerts)
    else:
        alerts()
    outbox()
    subscriptions()


def with_outbox_aside(change: Callable[[], None]) -> None:
    """SQLite makes a table anew to change its key, and the outbox names alerts."""
    bind = op.get_bind()
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = 'outbox' AND sql IS NOT NULL ORDER BY type = 'index'"
    statements = bind.execute(sa.text(made)).scalars().all()
    op.execute("CREATE TABLE outbox_before AS SELECT * FROM outbox")
    op.drop_table("outbox")
    change()
    for statement in statements:
        op.execute(statement)
    op.execute("INSERT INTO outbox SELECT * FROM outbox_before")
    op.drop_table("outbox_before")


def alerts() -> None:
    """What was told so far is the first news of its story."""
    with op.batch_alter_table("alerts") as batch:
        batch.add_column(sa.Column("news", TEXT, nullable=False, server_default="first"))
        batch.add_column(sa.Column("turn", TEXT, nullable=False, server_default=""))
        batch.add_column(sa.Column("stance", TEXT, nullable=False, server_default=""))
        batch.add_column(sa.Column("language", TEXT, nullable=False, server_default="vi"))
        batch.drop_constraint("alerts_once", type_="unique")
        batch.create_unique_constraint("alerts_once", ["province", "subscription", "story", "news", "turn"])
    op.create_index("alerts_by_story", "alerts", ["story"])
    op.create_index("alerts_by_article", "alerts", ["article_id"])


def outbox() -> None:
    op.add_column("outbox", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("outbox_settled", "outbox", ["settled_at"])


def subscriptions() -> None:
    """The mail addresses of those that are there become channels; nothing else of them changes."""
    table = op.create_table(
        "subscriptions_next",
        sa.Column("id", NUMBER, primary_key=True),
        *(sa.Column(name, TEXT, nullable=False) for name in ("province", "name", "query", "recipients")),
        *(sa.Column(name, TEXT, nullable=False) for name in ("subject", "key", "rhythm")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("hour", "weekday")),
        *(sa.Column(name, TEXT, nullable=False) for name in ("language", "quiet", "priority")),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("province", "name", name="subscriptions_once"),
    )
    words = (sa.column(name, TEXT) for name in ("province", "name", "query", "addresses"))
    there = op.get_bind().execute(sa.select(sa.table("subscriptions", *words, sa.column("at", MOMENT)))).mappings().all()
    new = {"subject": "query", "key": "", "rhythm": "instant", "hour": 6, "weekday": 0, "language": "vi", "quiet": ""}
    new |= {"priority": "none", "threshold": 1, "owner": "", "paused": False}
    rows = [
        {name: each[name] for name in ("province", "name", "query")}
        | {"recipients": json.dumps([["mail", address] for address in each["addresses"].split()]), "at": each["at"]}
        | new
        for each in there
    ]
    op.bulk_insert(table, rows)
    op.drop_table("subscriptions")
    op.rename_table("subscriptions_next", "subscriptions")
