"""The tables. A change here needs a migration in `migrations/versions` (a test compares the two).

Moments are UTC. What only SQLite or only PostgreSQL understands stands in `dialects`, not here.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    false,
    text,
)

from diembao.store.columns import Moment, Number, Words

METADATA = MetaData()

# -- articles: `number` is the order in which they were stored, `sorted_at` is published or else seen
articles = Table(
    "articles",
    METADATA,
    Column("number", Number, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("url", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("text_from", Words, nullable=False),
    Column("published_at", Moment),
    Column("published_offset", Integer),  # seconds east of UTC
    Column("published_from", Words, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("sorted_at", Moment, nullable=False),
    Column("stored_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("revised_at", Moment),
    Column("twin", Words, nullable=False),  # digest of title and text; "" where there is no text
    Index("articles_twins", "outlet", "twin"),
    Index("articles_by_time", "sorted_at", "id"),
    Index("articles_by_outlet", "outlet", "stored_at"),
)

responses = Table(
    "responses",
    METADATA,
    Column("digest", Words, primary_key=True),  # SHA-256 of the bytes as received, hex
    Column("size", Number, nullable=False),  # bytes as received
    Column("packed", LargeBinary, nullable=False),  # zstd
)

revisions = Table(
    "revisions",
    METADATA,
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Words, nullable=False),
    Column("lead", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("words", Words, nullable=False),  # digest of title, lead and text
    Column("seen_at", Moment, nullable=False),
    Column("response", Words, ForeignKey("responses.digest")),
    PrimaryKeyConstraint("article_id", "number"),
)

# -- labels: never changed, only ended
labels = Table(
    "labels",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("kind", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("about", Words, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("given_by", Words, nullable=False),
    Column("by_person", Boolean, nullable=False),
    Column("why", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", Words),  # the person who corrected or took it back
    Index("labels_of_article", "article_id", "ended_at", "kind", "about"),
    # Only a hint: without the condition (on another database) it is larger, and serves as well.
    Index("labels_stories", "key", sqlite_where=text("kind = 'story' AND ended_at IS NULL")),
)

# -- the log, its leases and bookmarks
log = Table(
    "log",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=False),  # without gaps
    Column("event", Words, nullable=False),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index("log_of_article", "article_id", "number"),
)

leases = Table(
    "leases",
    METADATA,
    Column("step", Words, nullable=False),
    Column("first", Number, nullable=False),
    Column("last", Number, nullable=False),
    Column("worker", Words, nullable=False),
    Column("until", Moment, nullable=False),
    Column("finished", Boolean, nullable=False),
    PrimaryKeyConstraint("step", "first"),
)

bookmarks = Table(
    "bookmarks",
    METADATA,
    Column("step", Words, primary_key=True),
    Column("number", Number, nullable=False),
)

# -- the ledger
runs = Table(
    "runs",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("seen", Number, nullable=False),
    Column("by", Words, nullable=False, server_default=""),  # who did it: a command, an account
)

sources = Table(
    "sources",
    METADATA,
    Column("source", Words, primary_key=True),
    Column("outlet", Words, nullable=False),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("read_at", Moment),  # last read well
    Column("failures", Integer, nullable=False),  # since then
    Column("failed_at", Moment),
    Column("failure", Words, nullable=False),
)

entries = Table(
    "entries",
    METADATA,
    Column("id", Words, primary_key=True),
    Column("url", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("text", Words, nullable=False),  # kept while the page is still to be read
    Column("published_at", Moment),
    Column("published_offset", Integer),  # seconds east of UTC
    Column("digest", Words, nullable=False),
    Column("outcome", Words),
    Column("reason", Words, nullable=False),
    Column("article_id", Words, ForeignKey("articles.id")),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("pending", Boolean, nullable=False),
    Column("turn", Integer, nullable=False),  # in its source's list: pages are read in that order
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment),
    Column("run", Number),  # the run that took it up last
    Index("entries_pending", "pending", "first_seen"),
    Index("entries_by_outcome", "outcome", "last_seen"),
    Index("entries_by_arrival", "first_seen"),
)

# An entry that a run has seen and not yet answered for: at any moment
# runs.seen = sightings of the run + what it owes.
owed = Table(
    "owed",
    METADATA,
    Column("run", Number, ForeignKey("runs.id"), nullable=False),
    Column("entry", Words, nullable=False),
    Column("source", Words, nullable=False),
    PrimaryKeyConstraint("run", "entry"),
)

sightings = Table(
    "sightings",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("run", Number, ForeignKey("runs.id"), nullable=False),
    Column("entry", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("n", Integer, nullable=False),  # 0; 1, 2 … where one source brings an entry again
    Column("outcome", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("article_id", Words),
    UniqueConstraint("run", "entry", "source", "n", name="sightings_once"),
)

# Sightings of a run by outcome, counted in the same transaction, so that books can be
# balanced after the sightings themselves were pruned.
tallies = Table(
    "tallies",
    METADATA,
    Column("run", Number, ForeignKey("runs.id"), nullable=False),
    Column("outcome", Words, nullable=False),
    Column("n", Number, nullable=False),
    PrimaryKeyConstraint("run", "outcome"),
)

quarantine = Table(
    "quarantine",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("entry", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("response", Words, ForeignKey("responses.digest")),
    Column("at", Moment, nullable=False),
    Column("of_source", Boolean, nullable=False),  # a feed that could not be read, not a page
    Column("settled", Words),  # dropped by a person; what was read after all is no longer here
    Column("settled_at", Moment),
    Column("settled_by", Words),
    Column("settled_why", Words),
    UniqueConstraint("entry", "source", name="quarantine_once"),
    Index("quarantine_by_source", "source"),
)

# -- what goes out, and small facts
alerts = Table(
    "alerts",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("subscription", Words, nullable=False),
    Column("story", Words, nullable=False),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("title", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("sent_at", Moment),  # to the first of its recipients
    Column("sentence", Words, nullable=False),
    Column("published_at", Moment),
    Column("articles", Number, nullable=False, server_default="1"),  # of the story when it was told
    Column("texts", Number, nullable=False, server_default="1"),  # those of them that are no copies
    Column("news", Words, nullable=False, server_default="first"),
    Column("turn", Words, nullable=False, server_default=""),  # which of this news of the story
    Column("stance", Words, nullable=False, server_default=""),  # the article's, when it was told
    Column("language", Words, nullable=False, server_default="vi"),
    UniqueConstraint("province", "subscription", "story", "news", "turn", name="alerts_once"),
    Index("alerts_by_time", "at"),
    Index("alerts_by_story", "story"),
    Index("alerts_by_article", "article_id"),
)

# One row for each alert or message and recipient. Rows of one bundle (the id of its first row) leave as one message.
outbox = Table(
    "outbox",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("alert_id", Number, ForeignKey("alerts.id")),
    Column("message_id", Number, ForeignKey("messages.id", name="outbox_message")),
    Column("channel", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("bundle", Number),
    Column("state", Words, nullable=False),  # `core.alert.Fate`
    Column("attempts", Integer, nullable=False),  # that failed
    Column("not_before", Moment, nullable=False),
    Column("held", Boolean, nullable=False, server_default=false()),  # until then, to leave with what is held too
    Column("error", Words, nullable=False),  # of the last one
    Column("taken_by", Words),
    Column("taken_until", Moment),
    Column("settled_at", Moment),
    Column("tries", Integer, nullable=False, server_default="0"),  # of those that failed, its own
    Column("receipt", Words, nullable=False, server_default=""),  # what the other side answered
    Column("seen_at", Moment),  # by the person, on the dashboard
    UniqueConstraint("alert_id", "channel", "address", name="outbox_once"),
    UniqueConstraint("message_id", "channel", "address", name="outbox_message_once"),
    Index("outbox_due", "state", "not_before"),
    Index("outbox_settled", "settled_at"),
    Index("outbox_bundles", "bundle"),
    Index("outbox_to", "channel", "address", "seen_at"),
)

facts = Table(
    "facts",
    METADATA,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)
