"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# By code points everywhere, as Python sorts: a server's own order may be a dictionary's, and changes with its system.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("text_from", TEXT, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("published_offset", sa.Integer()),
        sa.Column("published_from", TEXT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("sorted_at", MOMENT, nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("revised_at", MOMENT),
        sa.Column("twin", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("articles_by_outlet", "articles", ["outlet", "stored_at"])
    op.create_index("articles_by_time", "articles", ["sorted_at", "id"])
    op.create_index("articles_twins", "articles", ["outlet", "twin"])
    op.create_table(
        "bookmarks",
        sa.Column("step", TEXT, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("step"),
    )
    op.create_table(
        "facts",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "leases",
        sa.Column("step", TEXT, nullable=False),
        sa.Column("first", NUMBER, nullable=False),
        sa.Column("last", NUMBER, nullable=False),
        sa.Column("worker", TEXT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("step", "first"),
    )
    op.create_table(
        "responses",
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "runs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("seen", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sources",
        sa.Column("source", TEXT, nullable=False),
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("etag", TEXT, nullable=False),
        sa.Column("last_modified", TEXT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", MOMENT),
        sa.Column("failure", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_table(
        "alerts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("subscription", TEXT, nullable=False),
        sa.Column("story", TEXT, nullable=False),
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subscription", "story", name="alerts_once"),
    )
    op.create_index("alerts_by_time", "alerts", ["at"])
    op.create_index("alerts_unsent", "alerts", ["sent_at", "id"])
    op.create_table(
        "entries",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("summary", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("published_offset", sa.Integer()),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("outcome", TEXT),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("article_id", TEXT),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", MOMENT),
        sa.Column("run", NUMBER),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("entries_by_outcome", "entries", ["outcome", "last_seen"])
    op.create_index("entries_pending", "entries", ["pending", "first_seen"])
    op.create_table(
        "labels",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("about", TEXT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("given_by", TEXT, nullable=False),
        sa.Column("by_person", sa.Boolean(), nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by", TEXT),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("labels_of_article", "labels", ["article_id", "ended_at", "kind", "about"])
    stories = sa.text("kind = 'story' AND ended_at IS NULL")
    op.create_index("labels_stories", "labels", ["key"], sqlite_where=stories, postgresql_where=stories)
    op.create_table(
        "log",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("event", TEXT, nullable=False),
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "owed",
        sa.Column("run", NUMBER, nullable=False),
        sa.Column("entry", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"]),
        sa.PrimaryKeyConstraint("run", "entry"),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("entry", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("response", TEXT),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("of_source", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["response"], ["responses.digest"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("entry", "source", name="quarantine_once"),
    )
    op.create_index("quarantine_by_source", "quarantine", ["source"])
    op.create_table(
        "revisions",
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("lead", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("response", TEXT),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"]),
        sa.ForeignKeyConstraint(["response"], ["responses.digest"]),
        sa.PrimaryKeyConstraint("article_id", "number"),
    )
    op.create_table(
        "sightings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("run", NUMBER, nullable=False),
        sa.Column("entry", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("article_id", TEXT),
        sa.ForeignKeyConstraint(["run"], ["runs.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("run", "entry", "source", "n", name="sightings_once"),
    )
    op.create_table(
        "tallies",
        sa.Column("run", NUMBER, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("n", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"]),
        sa.PrimaryKeyConstraint("run", "outcome"),
    )
