"""Several provinces in one installation: searches, alerts and cases are each one province's."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)

SEARCHES, SUBSCRIPTIONS = "key, name, query, version, by, at", "name, query, addresses, at"
ALERTS = (
    "id, subscription, story, article_id, title, url, outlet, why, at, sent_at, sentence, published_at, articles, texts"
)
OUTBOX = (
    "id, alert_id, channel, address, bundle, state, attempts, not_before, error, taken_by, taken_until, settled_at"
)


def _province() -> sa.Column[str]:
    """Whose what is there already is, the installation says when it opens the record."""
    return sa.Column("province", TEXT, nullable=False, server_default="")


def upgrade() -> None:
    op.add_column("cases", _province())
    op.create_index("cases_of_province", "cases", ["province", "year"])
    if op.get_bind().dialect.name == "sqlite":
        _anew()  # it cannot change a key
    else:
        _altered()


def _altered() -> None:
    for table, keys in (("saved_searches", ["province", "key"]), ("subscriptions", ["province", "name"])):
        op.add_column(table, _province())
        op.drop_constraint(f"{table}_pkey", table)
        op.create_primary_key(f"{table}_pkey", table, keys)
    op.add_column("alerts", _province())
    op.drop_constraint("alerts_once", "alerts")
    op.create_unique_constraint("alerts_once", "alerts", ["province", "subscription", "story"])


def _anew() -> None:
    kept = {"saved_searches": SEARCHES, "subscriptions": SUBSCRIPTIONS, "alerts": ALERTS, "outbox": OUTBOX}
    for table in kept:
        op.execute(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")
    for table in reversed(kept):  # the outbox names alerts
        op.drop_table(table)
    _searches()
    _alerts()
    _outbox()
    for table, columns in kept.items():
        quoted = ", ".join(f'"{name}"' for name in columns.split(", "))
        op.execute(f"INSERT INTO {table} ({quoted}) SELECT {quoted} FROM {table}_before")  # noqa: S608 (names of ours)
        op.drop_table(f"{table}_before")


def _searches() -> None:
    op.create_table(
        "saved_searches",
        _province(),
        *(sa.Column(name, TEXT, nullable=False) for name in ("key", "name", "query")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("province", "key"),
    )
    op.create_table(
        "subscriptions",
        _province(),
        *(sa.Column(name, TEXT, nullable=False) for name in ("name", "query", "addresses")),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("province", "name"),
    )


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", NUMBER, nullable=False),
        _province(),
        *(sa.Column(name, TEXT, nullable=False) for name in ("subscription", "story", "article_id", "title", "url")),
        *(sa.Column(name, TEXT, nullable=False) for name in ("outlet", "why")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("sentence", TEXT, nullable=False, server_default=""),
        sa.Column("published_at", MOMENT),
        *(sa.Column(name, NUMBER, nullable=False, server_default="1") for name in ("articles", "texts")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("province", "subscription", "story", name="alerts_once"),
    )
    op.create_index("alerts_by_time", "alerts", ["at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("alert_id", NUMBER, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("channel", "address")),
        sa.Column("bundle", NUMBER),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("error", TEXT, nullable=False),
        sa.Column("taken_by", TEXT),
        sa.Column("taken_until", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("alert_id", "channel", "address", name="outbox_once"),
    )
    op.create_index("outbox_due", "outbox", ["state", "not_before"])
    op.create_index("outbox_bundles", "outbox", ["bundle"])
