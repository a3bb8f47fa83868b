"""Tables of accounts, of how they come in, and of what was done (see `tables` for how a change is made)."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
)

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

# -- accounts: a row is never deleted, so that a number is never given twice
accounts = Table(
    "accounts",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    Column("likeness", Words, nullable=False, unique=True),  # the same for names that look alike
    Column("shown", Words, nullable=False),
    Column("password", Words, nullable=False),  # argon2id, or "" for those without one
    Column("issuer", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment),  # last came in
    Column("disabled", Boolean, nullable=False),
    Column("erased_at", Moment),
    Index("accounts_of_provider", "issuer", "subject"),
)

grants = Table(
    "grants",
    METADATA,
    Column("account_id", Number, ForeignKey("accounts.id"), nullable=False),
    Column("role", Words, nullable=False),
    Column("province", Words, nullable=False),  # "": every one
    Column("unit", Words, nullable=False),
    PrimaryKeyConstraint("account_id", "role", "province", "unit"),
)

# -- coming in: secrets are kept as SHA-256 of random bytes, never themselves
sessions = Table(
    "sessions",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("digest", Words, nullable=False, unique=True),
    Column("account_id", Number, ForeignKey("accounts.id"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("address", Words, nullable=False),
    Column("agent", Words, nullable=False),
    Column("how", Words, nullable=False),
    Column("ended_at", Moment),
    Index("sessions_of_account", "account_id", "ended_at"),
)

links = Table(
    "links",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("digest", Words, nullable=False, unique=True),
    Column("purpose", Words, nullable=False),
    Column("account_id", Number, ForeignKey("accounts.id")),
    Column("until", Moment, nullable=False),
    Column("used_at", Moment),
)

# Failed sign-ins. `name` is a keyed digest: people type passwords there by mistake.
tries = Table(
    "tries",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("name", Words, nullable=False),
    Column("address", Words, nullable=False),
    Index("tries_by_name", "name", "at"),
    Index("tries_by_address", "address", "at"),
)

# Requests that were turned away, as the audit log names them: where from and to, for a while.
refusals = Table(
    "refusals",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("address", Words, nullable=False),
    Column("path", Words, nullable=False),
    Column("times", Integer, nullable=False),
    Index("refusals_by_time", "at"),
)

# Keys of other systems to the API. `scopes` are acts, separated by spaces.
keys = Table(
    "keys",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("digest", Words, nullable=False, unique=True),
    Column("account_id", Number, ForeignKey("accounts.id"), nullable=False),
    Column("name", Words, nullable=False),
    Column("scopes", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    Index("keys_of_account", "account_id"),
)

# -- what was done: triggers of the database refuse every change and every deletion (`audit`)
audit = Table(
    "audit",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=False),  # without gaps
    Column("at", Words, nullable=False),  # as it was sealed: a database's own times come back differently
    Column("actor", Words, nullable=False),
    Column("act", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Index("audit_by_actor", "actor"),
    Index("audit_by_subject", "subject"),
)
