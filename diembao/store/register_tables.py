"""Tables of the register: questions of the press, briefings and what follows from them, the calendar, the history of
each. They are in the list of `tables`: a change needs a migration.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, UniqueConstraint

from diembao.store.columns import Moment, Number, Words
from diembao.store.tables import METADATA

press_questions = Table(
    "press_questions",
    METADATA,
    Column("number", Words, primary_key=True),  # CH-2026-0007, CH-BN-2026-0007
    Column("province", Words, nullable=False),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("outlet", Words, nullable=False),  # an id of the catalogue, or a name
    Column("name", Words, nullable=False),  # these three are forgotten in time
    Column("function", Words, nullable=False),
    Column("contact", Words, nullable=False),
    Column("erased_at", Moment),
    Column("received_at", Moment, nullable=False),
    Column("how", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("due_at", Moment),
    Column("unit", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("stage", Integer, nullable=False),  # 0: waits, 1: answered, 2: ended
    Column("reason", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Column("answer_by", Words, nullable=False),
    Column("statement", Words, nullable=False),  # VV-2026-0042/1
    Column("answered_at", Moment),
    Column("published", Words, nullable=False),
    Column("articles", Words, nullable=False),  # ids, separated by spaces
    Column("case", Words, nullable=False),
    Column("briefing", Number, nullable=False),  # 0: none
    Column("changed_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Column("searched", Words, nullable=False),  # number, text, answer, outlet, folded; nobody's name
    UniqueConstraint("province", "year", "serial", name="press_questions_once"),
    Index("press_questions_by_due", "province", "stage", "due_at", "number"),
    Index("press_questions_of_case", "case"),
)

briefings = Table(
    "briefings",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("place", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("agenda", Words, nullable=False),  # JSON: items, each with its papers (SHA-256)
    Column("state", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Index("briefings_by_time", "province", "at"),
)

briefing_points = Table(
    "briefing_points",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("briefing", Number, nullable=False),
    Column("text", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("due", Words, nullable=False),  # an ISO date; "": none
    Column("progress", Words, nullable=False),
    Column("result", Words, nullable=False),
    Column("done_at", Moment),
    Column("version", Integer, nullable=False),
    Index("briefing_points_of_briefing", "briefing"),
    Index("briefing_points_of_province", "province", "done_at"),
)

matters = Table(
    "matters",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("start", Words, nullable=False),  # ISO dates
    Column("end", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("yearly", Boolean, nullable=False),
    Column("unit", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("tasks", Words, nullable=False),  # JSON
    Column("standing", Words, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Index("matters_of_province", "province", "standing"),
)

# Lines are added, never changed.
register_steps = Table(
    "register_steps",
    METADATA,
    Column("id", Number, primary_key=True),
    Column("province", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("act", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("facts", Words, nullable=False),  # a JSON object of texts
    Index("register_steps_of_subject", "subject"),
)
