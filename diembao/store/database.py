"""The connection of the store: transactions that read, transactions that write, errors with a fate."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import StatementError
from sqlalchemy.exc import TimeoutError as NoConnection

from diembao.core.errors import DiembaoError, Retry, WrongUse
from diembao.store import schema
from diembao.store.dialects import WRITING, dialect


class Database:
    """An opened database of the current schema."""

    def __init__(self, url: str) -> None:
        self._dialect = dialect(url)
        self._engine = self._dialect.engine()
        self._writer = self._engine.execution_options(**{WRITING: True})
        self._here = threading.local()
        self._turns = self._dialect.turns(self._engine)
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
    def writing(self) -> Iterator[Connection]:
        """One transaction under the one writer lock: all of it or nothing."""
        if getattr(self._here, "writing", False):
            raise WrongUse("a transaction is open in this thread: write through it, or after it")
        with self._fates(), self._writer.connect() as connection, connection.begin():
            self._here.writing = True
            try:
                yield connection
            finally:
                self._here.writing = False

    def take_turn(self, host: str) -> bool:
        """Be the one process at a host:port; False: another one is."""
        with self._fates():
            return self._turns.take(host)

    def end_turn(self, host: str) -> None:
        with self._fates():
            self._turns.give_back(host)

    def close(self) -> None:
        self._turns.close()
        self._engine.dispose()

    def _open(self) -> None:
        with self.reading() as connection:
            current = schema.is_current(connection, self._dialect.where)
        self._dialect.prepare()
        if not current:
            with self.writing() as connection:
                schema.bring_up_to_date(connection, self._dialect.where)

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
            raise Retry(f"{self._dialect.where}: all connections are in use") from error

    def _fate(self, error: StatementError) -> DiembaoError | None:
        if isinstance(error.orig, DiembaoError):  # raised by a column's type
            return error.orig
        return self._dialect.fate(error.orig)
