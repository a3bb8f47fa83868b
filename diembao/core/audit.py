"""The audit log: what was done, by whom, when, from where; each row sealed with the one before it.

A row never holds a person's name or mail address: actors are numbers (``person:7``), addresses are `unnamed`, so that
an account can be erased and the chain stays whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from json import JSONEncoder
from typing import Final, Protocol

# What the first row is sealed with.
START: Final = ""

_encode: Final = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class AuditRow:
    """``at`` is ISO 8601 in UTC, ``detail`` a JSON object; both exactly as they were sealed."""

    number: int
    at: str
    actor: str
    act: str
    subject: str
    detail: str
    where: str
    digest: str


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """``rows`` were read; ``broken`` is the number of the first row that does not fit, and ``why``."""

    rows: int
    head: int
    digest: str
    broken: int | None = None
    why: str = ""


def seal(previous: str, number: int, fields: Sequence[str]) -> str:
    """SHA-256 (hex) over the row before, the number and (at, actor, act, subject, detail, where)."""
    return hashlib.sha256(_encode([previous, number, *fields]).encode()).hexdigest()


def detail_of(values: Mapping[str, object]) -> str:
    """What is to be sealed, always in the same order."""
    return _encode({name: values[name] for name in sorted(values)})


def unnamed(address: str) -> str:
    """What stands for a mail address in the log: whoever knows the address finds its rows; the log tells it nobody."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:12] if address else ""


class AuditLog(Protocol):
    """The part of the store that shows the log. Rows are written by whatever does the act, in its own transaction."""

    def note(self, actor: str, act: str, subject: str = "", *, where: str, now: datetime, **detail: object) -> None:
        """An act that changes nothing else in the store (a download)."""

    def noted(
        self, actor: str, act: str, subject: str = "", *, where: str, now: datetime, **detail: object
    ) -> AbstractContextManager[None]:
        """An act on a file of the office, done inside: its row stays only if that goes well. Nothing else of the store
        may be written inside.
        """

    def audit(
        self, *, before: int | None = None, limit: int = 100, actor: str = "", act: str = "", subject: str = ""
    ) -> Sequence[AuditRow]:
        """Newest first. ``act`` may be the beginning of one (``account.``)."""

    def audit_in_order(self) -> Iterator[AuditRow]:
        """All of it, oldest first."""

    def audit_acts(self) -> Sequence[str]:
        """Every kind of act in the log."""

    def check_audit(self) -> AuditCheck:
        """Read all of it and find the first row that was changed, taken out or put in."""
