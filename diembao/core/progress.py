"""How far a task of the plan has come, told by people over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


class TaskState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    HELD = "held"  # stands still, and the note says why


@dataclass(frozen=True, slots=True)
class Progress:
    """What ``by`` said of a task at ``at``: ``unit`` is the id of the unit that reports, ``share`` is in per cent
    (None: not said), ``until`` the day by which it was done or is to be (None: not said), ``document`` the number of
    the paper that shows it. Entries are never changed: a later one stands.
    """

    province: str
    task: str
    unit: str
    state: TaskState
    share: int | None
    note: str
    by: str
    at: datetime
    until: date | None = None
    document: str = ""


class ProgressBook(Protocol):
    """The part of the store that keeps progress."""

    def add_progress(self, entry: Progress, *, where: str = "") -> None:
        """``where`` is from where it was told (`core.accounts.Hand`).

        Raises:
            WrongUse: a share outside 0–100, or a note or a document's number longer than `NOTE` and `DOCUMENT`.
        """

    def progress(self, province: str, task: str = "") -> Sequence[Progress]:
        """Entries of a province's plan, of one task where it is named; newest first."""

    def latest_progress(self, province: str) -> Mapping[tuple[str, str], Progress]:
        """What stands: by task and unit."""


# Characters.
NOTE, DOCUMENT = 2000, 100
