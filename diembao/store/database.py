"""The connection of the store: transactions that read, transactions that write, errors with a fate."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import StatementError
from sqlalchemy.exc import TimeoutError as NoConnection

from diembao.core.answers import Answers
from diembao.core.errors import DiembaoError, Misconfigured, RecordAway, WrongUse
from diembao.store import schema
from diembao.store.dialects import WRITING, dialect

T = TypeVar("T")

# Answers kept until something is written: those of some twenty screens and as many readers.
KEPT_ANSWERS: Final = 600


class _Here(threading.local):
    """Of one thread: is it in a transaction that writes? Are answers kept, and as of which beat of the database?"""

    writing: bool = False
    steady: bool = False
    beat: Hashable = None


class Database:
    """An opened database of the current schema."""

    def __init__(self, url: str) -> None:
        self._dialect = dialect(url)
        self._engine = self._dialect.engine()
        self._writer = self._engine.execution_options(**{WRITING: True})
        self._here = _Here()
        self._turns, self._pulse = self._dialect.turns(self._engine), self._dialect.pulse(self._engine)
        self._answers = Answers(seconds=math.inf, most=KEPT_ANSWERS, clock=time.monotonic)
        try:
            self._open()
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot, however many statements."""
        with self._fates(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """The same, for as long as it takes."""
        with self.reading() as connection:
            self._dialect.take_time(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction under the one writer lock: all of it or nothing."""
        if self._here.writing:
            raise WrongUse("a transaction is open in this thread: write through it, or after it")
        with self._fates(), self._writer.connect() as connection, connection.begin():
            self._here.writing = True
            try:
                yield connection
            finally:
                self._here.writing = False
        self._here.beat = None

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Within it this thread reads as of one moment, until it writes; see `kept`."""
        before = self._here.steady
        self._here.steady, self._here.beat = True, None
        try:
            yield
        finally:
            self._here.steady, self._here.beat = before, None

    def kept(self, name: str, asked: Hashable, ask: Callable[[], T]) -> T:
        """What ``ask`` reads; or, where this thread reads steadily, what it read before, in whichever thread, where
        nothing was written since.
        """
        if not self._here.steady:
            return ask()
        if self._here.beat is None:
            with self._fates():
                self._here.beat = self._pulse.beat()
        return self._answers.of(name, (self._here.beat, asked), ask)

    def take_turn(self, host: str) -> bool:
        """Be the one process at a host:port; False: another one is."""
        with self._fates():
            return self._turns.take(host)

    def keep_turn(self, place: str) -> bool:
        """Be the one process in a place, and say so."""
        with self._fates():
            return self._turns.keep(place)

    def end_turn(self, host: str) -> None:
        with self._fates():
            self._turns.give_back(host)

    def others(self) -> int:
        """Connections of other programs of ours to it now; 0 where it cannot know."""
        with self.reading() as connection:
            return self._dialect.others(connection)

    def close(self) -> None:
        self._turns.close()
        self._pulse.close()
        self._engine.dispose()

    @property
    def where(self) -> str:
        """How messages name it: never with a password."""
        return self._dialect.where

    def _open(self) -> None:
        with self.reading() as connection:
            found = schema.standing(connection, self.where)
        self._admit(found)
        self._dialect.prepare()
        if not found.current:
            with self.writing() as connection:
                self._dialect.take_time(connection)  # a step may compute for long between two statements
                schema.bring_up_to_date(connection, self.where)

    def _admit(self, found: schema.Standing) -> None:
        """A copy becomes the record of whoever opens it; one that was broken off is no record."""
        if not found.copied:
            return
        if not found.whole:
            raise Misconfigured(
                f"{self.where} là bản chép dở của {found.copied}: chạy lại đúng lệnh `diembao move` ấy trước"
                f" ({self.where} is an unfinished copy of {found.copied}: run the same `diembao move` again first)"
            )
        with self.writing() as connection:
            schema.mark.drop(connection, checkfirst=True)

    @contextmanager
    def _fates(self) -> Iterator[None]:
        try:
            yield
        except StatementError as error:
            fate = self._fate(error)
            if fate is None:
                raise
            raise fate from error
        except NoConnection as error:
            raise RecordAway(
                f"{self._dialect.where}: mọi kết nối đang bận ({self._dialect.where}: all connections are in use)"
            ) from error

    def _fate(self, error: StatementError) -> DiembaoError | None:
        if isinstance(error.orig, DiembaoError):  # raised by a column's type
            return error.orig
        return self._dialect.fate(error.orig)
