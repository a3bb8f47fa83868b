"""The tables of cases. Like those of `tables`, and with them in one list: a change needs a migration."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, UniqueConstraint, text

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

cases = Table(
    "cases",
    METADATA,
    Column("number", Words, primary_key=True),  # VV-2026-0042, VV-BN-2026-0007
    Column("province", Words, nullable=False),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("title", Words, nullable=False),
    Column("unit", Words, nullable=False),  # in charge
    Column("themes", Words, nullable=False),  # ids, separated by spaces
    Column("helping", Words, nullable=False),  # units, separated by spaces
    Column("task", Words, nullable=False),
    Column("priority", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("reason", Words, nullable=False),
    Column("holder", Words, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("opened_by", Words, nullable=False),
    Column("due_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Column("approved", Integer, nullable=False, server_default=text("0")),
    Column("origin", Words, nullable=False, server_default=text("'article'")),
    Column("outcome", Words, nullable=False, server_default=text("''")),  # "" before it is closed
    Column("people", Words, nullable=False, server_default=text("''")),  # in charge, separated by spaces
    Column("planned_at", Moment),  # the deadline, had the case never waited for a unit
    Column("paused_at", Moment),  # since when it waits for one
    Column("state_at", Moment),
    UniqueConstraint("year", "serial", name="cases_once"),
    Index("cases_by_due", "ended", "due_at", "number"),
    Index("cases_of_province", "province", "year"),
)

# What a person took out stays as a row, so that the machine does not put it back.
case_coverage = Table(
    "case_coverage",
    METADATA,
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("followed", Boolean, nullable=False),
    Column("removed_by", Words),
    Column("removed_at", Moment),
    PrimaryKeyConstraint("case", "article_id"),
    Index("case_coverage_of_article", "article_id"),
)

case_notes = Table(
    "case_notes",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("text", Words, nullable=False),
    Index("case_notes_of_case", "case"),
)

case_drafts = Table(
    "case_drafts",
    METADATA,
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("text", Words, nullable=False),
    Column("form", Words, nullable=False, server_default=text("''")),
    Column("speaker", Words, nullable=False, server_default=text("''")),
    Column("others", Words, nullable=False, server_default=text("'{}'")),  # JSON: texts by language
    Column("title", Words, nullable=False, server_default=text("''")),
    Column("titles", Words, nullable=False, server_default=text("'{}'")),  # JSON: by language
    Column("speakers", Words, nullable=False, server_default=text("'{}'")),  # JSON: by language
    PrimaryKeyConstraint("case", "version"),
)

# Lines are added, never changed.
case_log = Table(
    "case_log",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("act", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("facts", Words, nullable=False),  # a JSON object of texts
    Column("once", Words),  # whose request it was, where one may be sent again
    Column("asked", Words),  # what was asked then
    Index("case_log_of_case", "case"),
    Index("case_log_once", "once", unique=True),
)

# Who is called in a note, until they have seen it.
case_mentions = Table(
    "case_mentions",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("case", Words, ForeignKey("cases.number"), nullable=False),
    Column("note", Number, ForeignKey("case_notes.id"), nullable=False),
    Column("account", Words, nullable=False),  # person:7
    Column("seen_at", Moment),
    Index("case_mentions_of_account", "account", "seen_at"),
    Index("case_mentions_of_case", "case"),
)

# Stories that were proposed, and of which a person said that they need no case.
case_dismissals = Table(
    "case_dismissals",
    METADATA,
    Column("province", Words, nullable=False),
    Column("ground", Words, nullable=False),
    Column("article_id", Words, ForeignKey("articles.id"), nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Words, nullable=False),
    PrimaryKeyConstraint("province", "ground", "article_id"),
)
