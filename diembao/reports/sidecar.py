"""The figures of a report beside it, in a file: written once, read again by whoever wants to check them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from diembao.core.article import Kind, Labelled
from diembao.core.errors import WrongUse
from diembao.core.requests import Request
from diembao.reports.effects import EffectTold
from diembao.reports.figures import Counted, Figure, Narrowed, Slice, stance_by_person
from diembao.reports.weekly import Weekly

ENDING: Final = ".figures.json"
FORMAT: Final = 2  # 1 had no articles, cases and requests
READABLE: Final = frozenset({1, FORMAT})
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


class ArticleEntry(_Strict):
    """An article of the period as it was when the report was made. ``at`` is when it came out; ``stance`` and
    ``themes`` are about the province; ``by_person``: a person had settled its stance.
    """

    id: Id
    url: str
    outlet: str
    title: str
    at: AwareDatetime
    revision: int
    relevance: str
    stance: str
    by_person: bool
    themes: tuple[str, ...]
    role: str
    story: str
    language: str


class RequestEntry(_Strict):
    """A request to a unit that was open at some time of the period."""

    request: str
    unit: str
    asked_at: AwareDatetime
    due_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    state: str


class EffectEntry(_Strict):
    """An answer, and the articles of its case that were compared."""

    case: str
    issued_at: AwareDatetime
    days: int
    before: int
    after: int
    articles: tuple[Id, ...]


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
    articles: tuple[ArticleEntry, ...] = ()
    requests: tuple[RequestEntry, ...] = ()
    effects: tuple[EffectEntry, ...] = ()


def sidecar(found: Weekly, *, installation: str, document: str, content: bytes) -> bytes:
    """The file for a report of this name and content."""
    return file(told(found, installation), document, content)


def told(found: Weekly, installation: str) -> dict[str, Any]:
    """All that the file says, of a document that has no name yet; plain values."""
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
        "sums": [{"total": each.total, "parts": each.parts} for each in found.sums],
        "figures": [_figure(each) for each in found.figures],
        "articles": [article(each, installation) for each in found.items],
        "requests": [_request(each) for each in found.owing.requests],
        "effects": [_effect(each) for each in found.effects],
    }
    plain: dict[str, Any] = json.loads(json.dumps(kept, ensure_ascii=False, default=_plain))
    return plain


def file(kept: Mapping[str, Any], document: str, content: bytes) -> bytes:
    """What lies beside a document of this name and content."""
    named = {**kept, "document": document, "sha256": hashlib.sha256(content).hexdigest()}
    return (json.dumps(named, ensure_ascii=False, indent=1) + "\n").encode()


def article(item: Labelled, province: str) -> dict[str, Any]:
    """An article as it is now, for comparing with what was kept."""
    its = item.article
    return {
        **{name: getattr(its, name) for name in ("id", "url", "outlet", "title", "revision")},
        "at": its.when,
        "relevance": item.key(Kind.RELEVANCE, province) or "",
        "stance": item.key(Kind.STANCE, province) or "",
        "by_person": stance_by_person(item, province),
        "themes": item.keys(Kind.THEME, province),
        "role": item.key(Kind.ROLE) or "",
        "story": item.key(Kind.STORY) or "",
        "language": item.key(Kind.LANGUAGE) or its.language,
    }


def _request(each: Request) -> dict[str, Any]:
    times = {name: getattr(each, name) for name in ("asked_at", "due_at", "ended_at")}
    return {"request": f"{each.case}/{each.number}", "unit": each.unit_name, **times, "state": each.state.value}


def _effect(each: EffectTold) -> dict[str, Any]:
    its = each.effect
    texts = {"before": its.before.texts, "after": its.after.texts}
    named = {"case": each.case.number, "issued_at": its.issued_at, "days": its.days}
    return {**named, **texts, "articles": each.articles}


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
            raise WrongUse(f"{path} lớn hơn {LARGEST} byte. / {path} is larger than {LARGEST} bytes.")
        return path, Sidecar.model_validate_json(path.read_bytes())
    except OSError as error:
        raise WrongUse(f"Không đọc được {path}: {error.strerror}. / {path} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = f"{'.'.join(str(part) for part in first['loc']) or '-'}: {first['msg']}"
        raise WrongUse(f"{path} không phải tệp số liệu ({place}). / {path} is no file of figures; {place}") from error
