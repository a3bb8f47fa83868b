"""Units that have not answered, or answered late: `response.owing` with the requests that were counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from diembao.core.requests import Request, RequestQuery
from diembao.reports.figures import Book, Counted, Figure
from diembao.response.owing import Owed, UnitOwing, owing


@dataclass(frozen=True, slots=True)
class Owing:
    """Units that were asked or owed in the period, the latest first, each with the requests that its row counts;
    ``open`` are all requests that waited at the end, ``late`` those of them past their time, ``asked`` and
    ``requests`` all that were open at any time of the period.
    """

    units: tuple[tuple[UnitOwing, Figure], ...]
    asked: Figure
    open: Figure
    late: Figure
    requests: tuple[Request, ...]


def owed(book: Book, now: datetime) -> Owing:
    house, period = book.house, book.period
    found = owing(house.store, house.profile, period.start, period.end, now)
    by_unit: dict[str, list[str]] = {}
    requests = tuple(house.store.requests(RequestQuery(open_between=(period.start, period.end))))
    for each in requests:
        by_unit.setdefault(house.profile.now(each.unit), []).append(f"{each.case}/{each.number}")
    waiting = [x for unit in found for x in unit.open]
    whole = book.note("Yêu cầu gửi các đơn vị", Counted.REQUESTS, [x for unit in by_unit.values() for x in unit])
    open_ = book.note("Yêu cầu chưa trả lời", Counted.REQUESTS, map(_name, waiting))
    late = book.note(
        "Yêu cầu chưa trả lời, đã trễ hạn", Counted.REQUESTS, (_name(each) for each in waiting if each.late_by)
    )
    units = tuple((x, book.note(f"Yêu cầu: {x.name}", Counted.REQUESTS, by_unit.get(x.unit, ()))) for x in found)
    return Owing(units, whole, open_, late, requests)


def _name(each: Owed) -> str:
    return f"{each.request.case}/{each.request.number}"
