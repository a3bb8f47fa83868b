"""The figures of a report beside it, in a file: written once, read again by whoever wants to check them."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from diembao.core.errors import WrongUse
from diembao.reports.figures import Counted, Figure, Narrowed, Slice
from diembao.reports.weekly import Weekly

ENDING: Final = ".figures.json"
FORMAT: Final = 1
LARGEST: Final = 100_000_000  # bytes; ten years of a large province's weeks together

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SliceEntry(_Strict):
    """One period of a figure; ``values`` are stories or outlets where those are counted."""

    first: date
    last: date
    query: str
    count: int = Field(ge=0)
    ids: tuple[Id, ...]
    values: tuple[str, ...] | None = None


class FigureEntry(_Strict):
    number: int = Field(ge=1)
    name: str
    counted: Counted
    narrowed: Narrowed
    now: SliceEntry
    before: tuple[SliceEntry, ...]
    mean: float | None


class SumEntry(_Strict):
    total: int
    parts: tuple[int, ...]


class Sidecar(_Strict):
    """``as_of_log`` is the number of the store's log up to which the index was complete; ``document`` and ``sha256``
    name the report that bears the figures.
    """

    format: int
    report: str
    province: str
    installation: str
    first: date
    last: date
    week: str
    zone: str
    made: AwareDatetime
    as_of_log: int
    document: str = Field(pattern=r"^[^/\\]+$")
    sha256: str
    sums: tuple[SumEntry, ...]
    figures: tuple[FigureEntry, ...]


def sidecar(found: Weekly, *, installation: str, document: str, content: bytes) -> bytes:
    """The file for a report of this name and content."""
    kept: dict[str, Any] = {
        "format": FORMAT,
        "report": "weekly",
        "province": found.province.id,
        "installation": installation,
        "first": found.period.first,
        "last": found.period.last,
        "week": found.period.week,
        "zone": found.period.zone,
        "made": found.made,
        "as_of_log": found.as_of,
        "document": document,
        "sha256": hashlib.sha256(content).hexdigest(),
        "sums": [{"total": each.total, "parts": each.parts} for each in found.sums],
        "figures": [_figure(each) for each in found.figures],
    }
    return (json.dumps(kept, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def _plain(value: date | datetime) -> str:
    return value.isoformat()


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "number": figure.number,
        "name": figure.name,
        "counted": figure.counted.value,
        "narrowed": figure.narrowed.value,
        "now": _slice(figure.now),
        "before": [_slice(each) for each in figure.before],
        "mean": figure.mean,
    }


def _slice(each: Slice) -> dict[str, Any]:
    kept = {"first": each.first, "last": each.last, "query": each.query, "count": each.count, "ids": each.ids}
    return kept if each.values is None else {**kept, "values": each.values}


def read(path: Path) -> tuple[Path, Sidecar]:
    """The sidecar of a report, or the file itself; and where it lies.

    Raises:
        WrongUse: there is none, or it cannot be read.
    """
    path = path if path.name.endswith(ENDING) else path.with_suffix(ENDING)
    try:
        if path.stat().st_size > LARGEST:
            msg = f"{path} is larger than {LARGEST} bytes"
            raise WrongUse(msg)
        return path, Sidecar.model_validate_json(path.read_bytes())
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}"
        raise WrongUse(msg) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        msg = f"{path}: {place}: {first['msg']}"
        raise WrongUse(msg) from error
