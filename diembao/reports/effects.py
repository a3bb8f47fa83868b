"""What coverage did after answers that left in a period, or in the weeks before that are still compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from diembao.core.case import Case, CaseQuery, CaseState
from diembao.core.statement import first_standing
from diembao.reports.figures import Book, Counted, Figure
from diembao.response.effect import MOST, Effect, effect_of

SHOWN: Final = 20  # answers of one report, the newest first
PAGE: Final = 500  # cases looked at a time
_BACK: Final = timedelta(weeks=MOST)
_ANSWERED: Final = (CaseState.ISSUED, CaseState.FOLLOWED, CaseState.CLOSED)


@dataclass(frozen=True, slots=True)
class EffectTold:
    """``figure`` names the case; ``articles`` are the ids that were compared."""

    case: Case
    effect: Effect
    figure: Figure
    articles: tuple[str, ...]


def effects(book: Book, now: datetime) -> Iterator[EffectTold]:
    """The newest answer first."""
    house, start, end = book.house, book.period.start - _BACK, min(book.period.end, now)
    found: list[tuple[Effect, Case, tuple[str, ...]]] = []
    for case in _may_have_issued(book, start):
        whole = house.store.case_file(case.number)
        first = first_standing(whole.issues) if whole else None
        if whole is None or first is None or not start <= first.at < end:
            continue
        effect = effect_of(house.store, whole, house.profile.id, house.profile.timezone, end)
        if effect is not None:
            found.append((effect, case, tuple(sorted(each.article_id for each in whole.coverage))))
    for effect, case, articles in sorted(found, key=lambda each: each[0].issued_at, reverse=True)[:SHOWN]:
        figure = book.note(f"Hiệu quả trả lời: {case.number}", Counted.CASES, [case.number])
        yield EffectTold(case, effect, figure, articles)


def _may_have_issued(book: Book, since: datetime) -> Iterator[Case]:
    """Every act changes a case: what has not changed since then has not issued anything since."""
    at, total = 0, 1
    while at < total:
        total, page = book.house.store.cases(CaseQuery(states=_ANSWERED), offset=at, limit=PAGE)
        yield from (case for case in page if (case.changed_at or case.opened_at) >= since)
        at += PAGE
