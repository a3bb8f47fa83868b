"""Which version of the tables a database has, and the way to the current one (Alembic)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

from diembao.core.errors import Misconfigured

# The newest migration. Written here so that opening a current database does not pay for Alembic
# (0.3 s to import); a test compares it with the migrations.
HEAD = "0031"

MIGRATIONS = Path(__file__).with_name("migrations")

_version = Table("alembic_version", MetaData(), Column("version_num", String(32)))

# What a database bears that is a copy of another one (`copying`): from where, and whether all of it is there. It goes
# when the program first opens the copy as its record. No migration knows it.
mark = Table("copied_from", MetaData(), Column("source", String, nullable=False), Column("whole", String))


@dataclass(frozen=True, slots=True)
class Standing:
    """``version`` is the last migration that ran, "" in an empty database; ``copied`` is where it is a copy from, ""
    where it is none or has been opened since, and then ``whole`` says whether the copy was finished.
    """

    version: str
    copied: str = ""
    whole: bool = True

    @property
    def current(self) -> bool:
        return self.version == HEAD

    @property
    def newer(self) -> bool:
        return self.version > HEAD


def standing(connection: Connection, where: str) -> Standing:
    """Raises:
    Misconfigured: the database holds tables of something else.
    """
    names = inspect(connection).get_table_names()
    if not names:
        return Standing("")
    if _version.name not in names:
        raise Misconfigured(
            f"{where} chứa bảng của chương trình khác: {names[0]}, … (it holds tables of another program)"
        )
    version = connection.scalar(select(_version.c.version_num)) or ""
    row = connection.execute(select(mark)).first() if mark.name in names else None
    return Standing(version) if row is None else Standing(version, row.source, bool(row.whole))


def bring_up_to_date(connection: Connection, where: str) -> None:
    """Run the migrations that are missing (none, if another process was first), in the caller's transaction.

    Raises:
        Misconfigured: the database was made by a newer version of this program.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    found = standing(connection, where)
    if found.newer:  # before Alembic says so in its own words, or takes an older step for a newer one
        raise Misconfigured(
            f"{where} do bản Điểm Báo mới hơn tạo, lược đồ {found.version}, chương trình này biết {HEAD}: cập nhật"
            " chương trình, hoặc khôi phục bản sao lưu trước đó, xem docs/operations.md"
            f" ({where} was made by a newer version of Điểm Báo (schema {found.version}, this program knows {HEAD}):"
            " update the program, or open a backup of before, see docs/operations.md)"
        )
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise Misconfigured(
            f"{where} do bản Điểm Báo mới hơn tạo: cập nhật chương trình"
            f" ({where} was made by a newer version of Điểm Báo: update the program: {error})"
        ) from error
