"""The record on a PostgreSQL server (psycopg 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, func, select, text
from sqlalchemy.pool import ConnectionPoolEntry

from diembao.core.errors import DiembaoError, Misconfigured, RecordAway, RecordDamaged, SetAside, WrongUse
from diembao.store.dialects import BUSY_SECONDS, WRITING
from diembao.store.pulse import Pulse, ServerPulse
from diembao.store.turns import PROCESS, ServerTurns, Turns

if TYPE_CHECKING:  # the driver is loaded with the engine
    import psycopg

# The oldest version that its makers still mend (November 2026).
OLDEST_SERVER = 14

# Connections of one process: five processes at their limit stay below the server's usual hundred.
SERVER_POOL_SIZE = 5
SERVER_POOL_OVERFLOW = 10

# What each session asks of the server; `options` in the URL outrank it. A statement takes milliseconds, the yearly
# pruning seconds; a migration that needs longer says so itself. A program that was stopped in the midst of
# a transaction must not keep what it locked for longer than a lease lasts; nor may one whose machine or network is
# gone keep its places: a server that is not told otherwise looks after two hours whether anybody is still there, and
# sends an answer again for a quarter of an hour.
SESSION = {
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "25s",
    "statement_timeout": "120s",
    "lock_timeout": f"{BUSY_SECONDS:.0f}s",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
}

# The same of our end, and how long a new connection is waited for: seconds, the last milliseconds. The URL outranks it.
LINK = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}

# Whoever writes lets all others wait: one that was stopped meanwhile does so no longer than a worker may be silent.
_STOPPED = "idle_in_transaction_session_timeout"
_WRITERS_STOPPED = f"SET LOCAL {_STOPPED} = '10s'; "

# The number of our lock among the advisory locks of the database ("DIEMBAO" in ASCII).
WRITERS_LOCK = 0x4449454D42414F

PROGRAM = "diembao"  # how our connections call themselves, before what names their process

_LOCK_WRITERS = f"SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({WRITERS_LOCK})"

_NO_LIMITS = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND split_part(application_name, ' ', 1) = :program"
)


class Postgres:
    """A server. Readers see one snapshot and never wait; writers wait for each other at an advisory lock."""

    def __init__(self, url: URL) -> None:
        if "@" in (url.host or ""):  # a piece of the password would be taken for the host, and be shown
            raise Misconfigured(
                "store.url: trong mật khẩu viết '@' là %40, '/' là %2F, ':' là %3A"
                " (the store's URL: write '@' in a password as %40, '/' as %2F, ':' as %3A)"
            )
        self._url = url.set(drivername="postgresql+psycopg")

    @property
    def where(self) -> str:
        """How messages name this database: never with a password."""
        named = self._url.query.get("host", self._url.host or "")
        host = named if isinstance(named, str) else ", ".join(named)
        port = f":{self._url.port}" if self._url.port else ""
        return (
            f"PostgreSQL database '{self._url.database or self._url.username or ''}' at {host or 'this machine'}{port}"
        )

    def engine(self) -> Engine:
        """An engine whose connections will be set up; nothing is opened yet."""
        try:
            engine = create_engine(
                self._url,
                isolation_level="REPEATABLE READ",  # one snapshot for a reader, however many statements
                connect_args=self._connect_args(),
                pool_size=SERVER_POOL_SIZE,
                max_overflow=SERVER_POOL_OVERFLOW,
                pool_timeout=BUSY_SECONDS,
                pool_pre_ping=True,  # after a restart of the server, connections are made anew without anybody noticing
                use_native_hstore=False,  # no column of that kind: saves a question at each connection
            )
        except ImportError as error:
            raise Misconfigured(
                f"PostgreSQL cần trình điều khiển: pip install 'psycopg[binary]' (PostgreSQL needs its driver: {error})"
            ) from error
        event.listen(engine, "connect", self._check)
        event.listen(engine, "begin", self._lock_writers)
        return engine

    def prepare(self) -> None:
        """Nothing: the server keeps its journal by itself."""

    def fate(self, error: BaseException | None) -> DiembaoError | None:
        """What happens next after a driver's error; None: that is a fault of ours."""
        told = self._told(error)
        if _state(error) in _DAMAGED:
            return RecordDamaged(self.where, told)
        for kind, states, vi, en in _STATES:
            if _state(error).startswith(states):
                return kind(f"{self.where} {vi}: {told} ({self.where} {en}: {told})")
        return self._fate_without_state(error, told)

    def turns(self, engine: Engine) -> Turns:
        """Advisory locks of the server's."""
        return ServerTurns(engine)

    def pulse(self, engine: Engine) -> Pulse:
        """Asked of the server."""
        return ServerPulse(engine)

    def take_time(self, connection: Connection) -> None:
        """Neither for a statement nor for the pauses in which what was read is written elsewhere."""
        connection.exec_driver_sql(_NO_LIMITS)

    def others(self, connection: Connection) -> int:
        """By the name that our connections give themselves; this one is none of them."""
        return int(connection.execute(_OTHERS, {"program": PROGRAM}).scalar_one())

    def count_on(self, connection: Connection, table: Table) -> None:
        """Set the sequence, where the table has one."""
        column = table.autoincrement_column
        if column is not None:
            last = select(func.max(column)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, last)))  # of nothing it is nothing

    def _fate_without_state(self, error: BaseException | None, told: str) -> DiembaoError | None:
        """The driver's own errors, and refusals at the door: those come as text only."""
        import psycopg

        if isinstance(error, psycopg.errors.Error) and error.sqlstate:
            return None
        if isinstance(error, psycopg.DataError):
            return SetAside(f"{self.where} không nhận: {told} ({self.where} does not take this: {told})")
        if isinstance(error, psycopg.ProgrammingError) or any(words in told for words in _TURNED_AWAY):
            return Misconfigured(f"không mở được {self.where}: {told} ({self.where} cannot be opened: {told})")
        if isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
            return RecordAway(f"không tới được {self.where}: {told} ({self.where} cannot be reached: {told})")
        return None

    def _told(self, error: BaseException | None) -> str:
        """What the server or the driver said, on one line, and should it ever hold the password, without it."""
        told = " ".join(str(error).split())
        for password in (self._url.password, self._url.query.get("password")):
            if isinstance(password, str) and password:
                told = told.replace(password, "***")
        return told

    def _connect_args(self) -> dict[str, str | int]:
        options = [*(f"-c {name}={value}" for name, value in SESSION.items()), *self._options]
        ours: dict[str, str | int] = {"application_name": f"{PROGRAM} {PROCESS}", **LINK}
        return {name: value for name, value in ours.items() if name not in self._url.query} | {
            "options": " ".join(options)
        }

    @property
    def _options(self) -> list[str]:
        asked = self._url.query.get("options", "")
        return [asked] if isinstance(asked, str) else list(asked)

    def _lock_writers(self, connection: Connection) -> None:
        """A writer sees what the ones before it have written: its snapshots are taken after the lock."""
        if connection.get_execution_options().get(WRITING):
            told = any(_STOPPED in each for each in self._options)
            connection.exec_driver_sql(_LOCK_WRITERS if told else _WRITERS_STOPPED + _LOCK_WRITERS)

    def _check(self, connection: psycopg.Connection[Any], _record: ConnectionPoolEntry) -> None:
        """The server has told these when the connection was made: no question is asked."""
        version = connection.info.server_version // 10_000
        encoding = connection.info.parameter_status("server_encoding")
        if version >= OLDEST_SERVER and encoding == "UTF8":
            return
        connection.close()
        if version < OLDEST_SERVER:
            raise Misconfigured(
                f"{self.where} là bản {version}: cần bản {OLDEST_SERVER} trở lên"
                f" ({self.where} is of version {version}: it takes {OLDEST_SERVER} or newer)"
            )
        raise Misconfigured(
            f"{self.where} giữ chữ kiểu {encoding}: cần UTF8, CREATE DATABASE … ENCODING 'UTF8'"
            f" ({self.where} keeps text in {encoding}: it takes UTF8)"
        )


def _state(error: BaseException | None) -> str:
    return str(getattr(error, "sqlstate", None) or "")


# What SQLSTATEs (by their beginning) mean to us, the first that fits.
_STATES: tuple[tuple[type[DiembaoError], tuple[str, ...], str, str], ...] = (
    # lost connections, waits that were too long, deadlocks, no room, broken disks, a server that stops or starts
    (
        RecordAway,
        ("08", "25P03", "25P04", "40", "53", "55P03", "57", "58"),
        "lúc này không làm được",
        "does not do this now",
    ),
    (Misconfigured, ("28", "3D", "3F", "42501"), "không cho mở và ghi", "cannot be opened and written"),
    (Misconfigured, ("25006",), "chỉ cho đọc", "is read-only"),
    (WrongUse, ("23",), "không nhận", "does not take this"),
    (SetAside, ("22", "54"), "không nhận", "does not take this"),
)

_DAMAGED = ("XX001", "XX002")  # a page, an index

# What a server says, in English, when it turns somebody away at the door. libpq hands on no SQLSTATE
# there; a server that speaks another language counts as one that cannot be reached.
_TURNED_AWAY = (
    "authentication failed",
    "no password supplied",
    "does not exist",
    "no pg_hba.conf entry",
    "pg_hba.conf rejects",
    "permission denied for database",
    "not permitted to log in",
    "not currently accepting connections",
    "invalid port number",
    "server does not support SSL",
    "certificate",
)
