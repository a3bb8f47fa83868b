"""Tables of feeds, and of who wants no more of an alert (part of `tables`: a change needs a migration)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, Table

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

# A saved search as a feed, of one person. Its address is made when it is shown, and kept nowhere.
feeds = Table(
    "feeds",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("search", Words, nullable=False),  # its name
    Column("account_id", Number, ForeignKey("accounts.id"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Index("feeds_of_account", "account_id", "province"),
)

# Whom a subscription names, and who has said that they want no more of it.
stopped = Table(
    "stopped",
    METADATA,
    Column("province", Words, nullable=False),
    Column("subscription", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("province", "subscription", "channel", "address"),
)
