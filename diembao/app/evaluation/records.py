"""The sets to measure on: JSON lines (.gz too), read strictly. What is wrong is told by file and line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, BinaryIO, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from diembao.core.errors import WrongUse
from diembao.core.text import nfc

HOME = ZoneInfo("Asia/Ho_Chi_Minh")  # of a time that names no zone and no outlet
MAX_LINE = 20_000_000  # bytes; a record is an article at most
_ENDLESS = datetime(9000, 1, 1, tzinfo=HOME)  # sets may hold any year: no date in them is "the future"

Step = Callable[[int], None]  # called with how many more are done


class Record(BaseModel):
    """One line. Keys that are not asked for are left alone: sets carry more than one measure needs."""

    model_config = ConfigDict(frozen=True, extra="ignore")


Form = TypeVar("Form", bound=Record)


def _text(value: object) -> object:
    return nfc(value) if isinstance(value, str) else value


def _optional(value: object) -> object:
    return "" if value is None else _text(value)


def _name(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _moment(value: object) -> object:
    if value is None or value == "":
        return None
    found = _read_moment(value) if isinstance(value, str) else None
    if found is None:
        msg = f"{str(value)[:40]!r} is no date"
        raise ValueError(msg)
    return found


def _read_moment(raw: str) -> datetime | None:
    """ISO 8601, else as outlets write it; a time without a zone is Vietnam's."""
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        from crawlers.dates import Reading, read

        return read(raw, Reading(HOME, "vi", (), _ENDLESS))
    return found if found.tzinfo else found.replace(tzinfo=HOME)


Text = Annotated[str, BeforeValidator(_text)]
Words = Annotated[str, BeforeValidator(_optional)]  # null is no words
Name = Annotated[str, BeforeValidator(_name)]  # a number names as well as a text does
Moment = Annotated[datetime | None, BeforeValidator(_moment)]


def read(path: Path, form: type[Form]) -> list[Form]:
    """Every record of a file.

    Raises:
        WrongUse: no such file, none in it, or the first line that is not as it should be.
    """
    found = [_record(path, number, line, form) for number, line in _lines(path)]
    if not found:
        msg = f"{path}: there is nothing in it to measure on"
        raise WrongUse(msg)
    return found


def refuse_repeats(path: Path, names: Iterable[str], what: str) -> None:
    """Of two documents with one name only one would be measured."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            msg = f"{path}: the {what} {name[:80]!r} is there twice"
            raise WrongUse(msg)
        seen.add(name)


def refuse_one_label(path: Path, labels: Iterable[str]) -> None:
    """Of one label alone nothing can be learned."""
    names = sorted(set(labels))
    if len(names) < 2:
        msg = f"{path}: to learn from, there must be two labels at least, not only {names}"
        raise WrongUse(msg)


def opened(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked where its name ends in .gz."""
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]  # reads alike


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with opened(path) as lines:
            number = 0
            while line := lines.readline(MAX_LINE + 1):
                number += 1
                if line.strip():
                    yield number, line
    except (OSError, EOFError, zlib.error) as error:
        msg = f"{path} cannot be read: {getattr(error, 'strerror', None) or error}"
        raise WrongUse(msg) from error


def _record(path: Path, number: int, line: bytes, form: type[Form]) -> Form:
    where = f"{path}, line {number}"
    if len(line) > MAX_LINE:
        msg = f"{where}: longer than {MAX_LINE} bytes"
        raise WrongUse(msg)
    try:
        raw: Any = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        msg = f"{where}: no JSON that can be read: {error}"
        raise WrongUse(msg) from error
    if not isinstance(raw, dict):
        msg = f"{where}: not an object {{…}}"
        raise WrongUse(msg)
    try:
        return form.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"][:2])
        why = "is missing" if first["type"] == "missing" else first["msg"]
        msg = f"{where}: '{key}': {why}"
        raise WrongUse(msg) from error
