"""The tables of reports. Paragraphs are added, never changed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, PrimaryKeyConstraint, Table, UniqueConstraint

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

reports = Table(
    "reports",
    METADATA,
    Column("number", Number, primary_key=True),
    Column("province", Words, nullable=False),  # whose office made it
    Column("kind", Words, nullable=False),
    Column("about", Words, nullable=False),  # the province that it tells of
    Column("name", Words, nullable=False),
    Column("first", Words, nullable=False),  # ISO dates
    Column("last", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("registered", Integer),
    Column("signed_at", Moment),
    Column("signed_by", Words, nullable=False),
    Column("document", Words, nullable=False),  # SHA-256 of what was signed, "" before
    Column("content", LargeBinary, nullable=False),  # zlib
    UniqueConstraint("province", "kind", "about", "name", "version", name="reports_once"),
)

report_paragraphs = Table(
    "report_paragraphs",
    METADATA,
    Column("report", Number, ForeignKey("reports.number"), nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("section", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("report", "paragraph", "version"),
)
