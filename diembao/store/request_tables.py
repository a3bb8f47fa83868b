"""Tables of requests to units, of the office's mail addresses, and of the messages that the desk sends. They are in
the list of `tables`: a change needs a migration.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

case_requests = Table(
    "case_requests",
    METADATA,
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("unit", Words, nullable=False),
    Column("unit_name", Words, nullable=False),
    Column("question", Words, nullable=False),
    Column("claims", Words, nullable=False),  # numbers, separated by spaces
    Column("letter", Words, nullable=False),
    Column("letter_date", Words, nullable=False),  # an ISO date, or ""
    Column("asked_by", Words, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("waits", Boolean, nullable=False),
    Column("address", Words, nullable=False),
    Column("link", Integer, nullable=False),  # the version that holds; the link itself is kept nowhere
    Column("link_until", Moment),
    Column("reminders", Integer, nullable=False),
    Column("reminded_at", Moment),
    Column("warned", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Column("through", Words, nullable=False),  # "" before it is answered
    PrimaryKeyConstraint("case", "number"),
    Index("case_requests_by_unit", "unit", "state"),
    Index("case_requests_by_state", "state", "asked_at"),
)

# Files lie in `responses`, under their SHA-256.
case_filed = Table(
    "case_filed",
    METADATA,
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("request", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media", Words, nullable=False),
    PrimaryKeyConstraint("case", "request", "number"),
)

office_addresses = Table(
    "office_addresses",
    METADATA,
    Column("province", Words, nullable=False),
    Column("who", Words, nullable=False),  # a unit of the profile, or a role
    Column("address", Words, nullable=False),
    PrimaryKeyConstraint("province", "who"),
)

# What the desk sends that is no alert.
messages = Table(
    "messages",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("case", Words, nullable=False),  # of the signed link that it brings, or ""
    Column("request", Integer, nullable=False),
    Column("link", Integer, nullable=False),
    Column("page", Words, nullable=False),
    UniqueConstraint("province", "key", name="messages_once"),
)

# What goes with a message: number 0 is its own HTML, the others are files.
message_papers = Table(
    "message_papers",
    METADATA,
    Column("message", Number, ForeignKey("messages.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", Words, nullable=False),
    Column("media", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("message", "number"),
)
