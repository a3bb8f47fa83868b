"""Kinds of columns: moments that come back aware, words that every database takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from diembao.core.errors import SetAside, WrongUse

# SQLite counts rows by itself only in a column that is called INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """A point in time, kept in UTC. A naive datetime is refused: nobody knows what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (theirs)
        return None if value is None else in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (theirs)
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """In one step from SQLite's text: a list reads hundreds of these, and three steps were a fifth of its time."""
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


class Words(TypeDecorator[str]):
    """Text from outside, without what no database can hold: NUL and halves of surrogate pairs."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (theirs)
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """The text as the record keeps it."""
    text = str(text)  # a StrEnum as plain text: drivers disagree on what an enum is
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def in_utc(value: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        WrongUse: it has no time zone.
        SetAside: it lies outside of the calendar once moved to UTC (year 1, year 9999).
    """
    if value.tzinfo is None:
        raise WrongUse(f"{value.isoformat()} has no time zone")
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise SetAside(f"{value.isoformat()} is outside of the calendar") from error


def offset_of(value: datetime | None) -> int | None:
    """Seconds east of UTC (old local times are not whole minutes)."""
    offset = None if value is None else value.utcoffset()
    return None if offset is None else int(offset.total_seconds())


def at_offset(value: datetime | None, offset: int | None) -> datetime | None:
    """The moment as it was written, at its own distance from UTC."""
    if value is None or not offset:
        return value
    # By hand: `astimezone` takes eight times as long, and lists read hundreds of these.
    return (value + timedelta(seconds=offset)).replace(tzinfo=_zone(offset))


@cache
def _zone(offset: int) -> timezone:
    return timezone(timedelta(seconds=offset))
