"""A real door on a store of its own, with clocks that a test moves."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from diembao.api.accounts import Caller
from diembao.api.door import Door, open_door
from diembao.api.rights import Visitor
from diembao.api.sessions import FRESH, PLAIN_COOKIE
from diembao.core.accounts import CONSOLE, Account, Grant, Hand, Role
from diembao.core.settings import Settings, load
from diembao.store.record import SqlStore
from tests.dashboard.entering import PASSWORD, cheap

PROVINCE = "gia-lai"
HERE = Caller("192.0.2.7", "Mozilla/5.0 (Windows NT 10.0) Firefox/140")
NONE = ""
WRONG = "sai rồi nhé"
NEW = "câu mới cũng khó đoán"
BY = Hand("person:1", "session:1")


@functools.cache
def _empty() -> bytes:
    """A database whose tables are made: making them takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        SqlStore(f"sqlite:///{path}").close()
        return path.read_bytes()


def start_empty(home: Path) -> None:
    (home / "diembao.db").write_bytes(_empty())


@dataclass
class Clock:
    """Both clocks of a door: the calendar, and the one that only counts."""

    time: datetime = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
    passed: float = field(default=0.0)

    def now(self) -> datetime:
        return self.time

    def count(self) -> float:
        return self.passed

    def wait(self, **kwargs: float) -> None:
        step = timedelta(**kwargs)
        self.time += step
        self.passed += step.total_seconds()


@dataclass
class Doors:
    store: SqlStore
    settings: Settings
    clock: Clock
    door: Door

    @classmethod
    @contextmanager
    def at(cls, home: Path, **web: Any) -> Iterator[Doors]:
        clock, settings = Clock(), load(home)
        settings = settings.model_copy(update={"web": settings.web.model_copy(update=web)})
        start_empty(home)
        store = SqlStore(settings.store_url)
        try:
            yield cls(store, settings, clock, cls.opened(store, settings, clock))
        finally:
            store.close()

    @staticmethod
    def opened(store: SqlStore, settings: Settings, clock: Clock) -> Door:
        return open_door(store, settings, PROVINCE, hasher=cheap(), now=clock.now, clock=clock.count)

    def other_process(self) -> Door:
        """The same installation, as another process sees it."""
        return self.opened(self.store, self.settings, self.clock)

    def add(self, name: str, *grants: Grant | Role, password: str = PASSWORD) -> int:
        given = [each if isinstance(each, Grant) else Grant(each) for each in grants or (Role.OFFICER,)]
        return self.door.accounts.add(
            name, "Nguyễn Thị Lan", given, password=password, by=CONSOLE, now=self.clock.now()
        )

    def account(self, name: str) -> Account | None:
        return next((each for each in self.store.accounts() if each.name == name), None)

    def enter(self, name: str, *grants: Grant | Role) -> str:
        """The value of a cookie; the account is made where there is none."""
        account = self.account(name)
        number = account.number if account else self.add(name, *grants)
        opened = self.door.accounts.let_in(number, HERE, how="password", now=self.clock.now())
        return self.door.sessions.cookie(opened.token)

    def cookie(self, name: str, *grants: Grant | Role) -> str:
        return f"{PLAIN_COOKIE}={self.enter(name, *grants)}"

    def visitor(self, cookie: str) -> Visitor:
        return self.door.sessions.visitor(cookie)

    def end_sessions(self, name: str) -> None:
        """By somebody else, in another process: known here when the answer of before is old."""
        account = self.account(name)
        assert account is not None
        for session in self.store.sessions(account.number, self.clock.now()):
            self.store.end_session(session.number, by=CONSOLE, now=self.clock.now())
        self.clock.passed += FRESH


def sign_in(doors: Doors, name: str = "lan", password: str = PASSWORD, caller: Caller = HERE) -> str:
    opened = doors.door.accounts.sign_in(name, password, caller, now=doors.clock.now())
    return doors.door.sessions.cookie(opened.token)


def acts(doors: Doors) -> list[str]:
    return [row.act for row in reversed(doors.store.audit())]
