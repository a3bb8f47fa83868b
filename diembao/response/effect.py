"""What coverage did after an answer: as long before it as after it, from the hour it was issued.

Whole weeks are compared where there is one, so that a weekend stands against a weekend; before that whole days, and the
answer says so. At most `MOST` weeks: what comes later has other reasons.

How sure that is: texts come one by one only where nobody copies, so copies are left out of the ratio. Given how many
there were in both periods, those after are binomial; the exact (Clopper-Pearson) interval of their share is the one of
the ratio, as of two Poisson counts over equal times. Fewer than `LEAST` texts say nothing either way: at five against
five the interval goes from a quarter to four and a half times. It is a comparison, not a cause.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.article import Kind, Labelled, Revision, Role
from diembao.core.case import CaseFile
from diembao.core.memory import MatchQuery
from diembao.core.ports import Store
from diembao.core.statement import Verdict, first_standing
from diembao.core.text import nfc

LEAST: Final = 10  # texts of both periods together
MOST: Final = 4  # weeks
SURE: Final = 0.95
STANCES: Final = ("positive", "neutral", "critical", "abstain")
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_WRONG: Final = (Verdict.INACCURATE, Verdict.INCOMPLETE)
_STEPS: Final = 60  # of halving; doubles have no more


@dataclass(frozen=True, slots=True)
class Side:
    """Coverage of a case in one period. ``texts`` leaves copies out, ``stances`` counts articles, ``corrections`` are
    articles that correct, and earlier ones whose words were changed so that the claim is gone; ``repeats`` say the
    claim.
    """

    start: datetime
    end: datetime
    articles: int
    texts: int
    stances: Mapping[str, int]
    critical: int  # texts
    corrections: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """After against before, with its 95 % interval. None: nothing was before (``ratio``), no bound (``high``)."""

    before: int
    after: int
    ratio: float | None
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class Day:
    """Articles of one stance on one day of the province's calendar."""

    date: date
    stance: str
    articles: int


@dataclass(frozen=True, slots=True)
class Effect:
    """Of one issue. ``days`` is the length of either period, 0 where a day has not passed yet; ``weeks``: they are
    whole weeks. Each ratio is None where there are too few texts to say.
    """

    issue: int
    issued_at: datetime
    days: int
    weeks: bool
    before: Side
    after: Side
    coverage: Ratio | None
    critical: Ratio | None
    repeats: Ratio | None
    by_day: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the comparison is made from: the case's articles, those that say a claim, and when an earlier article's
    words were changed so that the claim was gone.
    """

    items: Sequence[Labelled]
    repeats: Collection[str] = ()
    mended: Mapping[str, datetime] = field(default_factory=dict)


def effect_of(store: Store, found: CaseFile, province: str, zone: str, now: datetime) -> Effect | None:
    """Of the first issue of a case that was not retracted, up to where the case ended: afterwards no coverage joins it.
    None: nothing that was issued stands.
    """
    first, case = first_standing(found.issues), found.case
    if first is None:
        return None
    wrong = {claim.number: claim for claim in found.claims if claim.verdict in _WRONG}
    quoted = {claim.article_id for claim in wrong.values()}
    matches = store.matches(MatchQuery(case=case.number), limit=2_000)
    matched = {match.article_id for match in matches if match.claim in wrong}
    ids = {each.article_id for each in found.coverage} | matched | quoted
    items = store.rows(sorted(ids))
    quotes = [claim.quote for claim in wrong.values()]
    changed = [item.article.id for item in items if item.article.revision > 1]
    mended = {each: at for each in changed if (at := gone_at(store.revisions(each), quotes)) is not None}
    seen = Seen(items, matched | quoted, mended)
    until = min(now, case.changed_at or now) if case.state.ended else now
    return effect(first.number, first.at, seen, province, zone, until)


def effect(issue: int, issued_at: datetime, seen: Seen, province: str, zone: str, now: datetime) -> Effect:
    """Pure: the same articles at the same time give the same answer."""
    length, weeks = compared(now - issued_at)
    before = _side(seen, province, issued_at - length, issued_at)
    after = _side(seen, province, issued_at, issued_at + length)
    return Effect(
        issue,
        issued_at,
        length.days,
        weeks,
        before,
        after,
        coverage=ratio(before.texts, after.texts),
        critical=ratio(before.critical, after.critical),
        repeats=ratio(before.repeats, after.repeats),
        by_day=tuple(_by_day(seen.items, province, zone, issued_at - length, issued_at + length)),
    )


def compared(passed: timedelta) -> tuple[timedelta, bool]:
    """How long either period is, and whether it is of whole weeks."""
    if passed >= _WEEK:
        return min(MOST, passed // _WEEK) * _WEEK, True
    return max(0, passed // _DAY) * _DAY, False


def ratio(before: int, after: int) -> Ratio | None:
    """None: too few to say."""
    if before + after < LEAST:
        return None
    low, high = share(after, before + after)
    return Ratio(
        before, after, after / before if before else None, low / (1 - low), high / (1 - high) if high < 1 else None
    )


def share(k: int, n: int) -> tuple[float, float]:
    """The exact interval (Clopper-Pearson) of a share of which ``k`` of ``n`` were seen."""
    tail = (1 - SURE) / 2
    low = 0.0 if k == 0 else _where(lambda p: 1 - _at_most(k - 1, n, p) >= tail)
    high = 1.0 if k == n else _where(lambda p: _at_most(k, n, p) < tail)
    return low, high


def _where(reached: Callable[[float], bool]) -> float:
    """The least share at which this holds; it does from there on."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if reached(middle):
            high = middle
        else:
            low = middle
    return high


def _at_most(k: int, n: int, p: float) -> float:
    """The chance of at most ``k`` of ``n``."""
    if p <= 0 or p >= 1:
        return float(p <= 0 or k >= n)
    odds, whole = math.log(p), math.lgamma(n + 1)
    other = math.log1p(-p)
    terms = (whole - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * odds + (n - i) * other for i in range(k + 1))
    return min(1.0, math.fsum(map(math.exp, terms)))


def gone_at(revisions: Sequence[Revision], quotes: Iterable[str]) -> datetime | None:
    """When a claim's words were taken out of an article; None: they were never there, or still are."""
    told = [" ".join(nfc(f"{each.title}\n{each.lead}\n{each.text}").split()) for each in revisions]
    for quote in quotes:
        has = [quote in text for text in told]
        if any(has) and not has[-1]:
            return revisions[len(has) - has[::-1].index(True)].seen_at
    return None


def _side(seen: Seen, province: str, start: datetime, end: datetime) -> Side:
    items = [item for item in seen.items if start <= item.article.when < end]
    texts = [item for item in items if item.key(Kind.ROLE) != Role.COPY]
    stances = Counter(_stance(item, province) for item in items)
    correcting = sum(item.key(Kind.ROLE) == Role.CORRECTION for item in items)
    mended = sum(start <= at < end for at in seen.mended.values())
    return Side(
        start,
        end,
        len(items),
        len(texts),
        {stance: stances[stance] for stance in STANCES},
        sum(_stance(item, province) == "critical" for item in texts),
        correcting + mended,
        sum(item.article.id in seen.repeats for item in items),
    )


def _stance(item: Labelled, province: str) -> str:
    found = item.key(Kind.STANCE, province)
    return found if found in STANCES else "abstain"


def _by_day(items: Iterable[Labelled], province: str, zone: str, start: datetime, end: datetime) -> Iterable[Day]:
    at = ZoneInfo(zone)
    inside = [item for item in items if start <= item.article.when < end]
    counted = Counter((item.article.when.astimezone(at).date(), _stance(item, province)) for item in inside)
    first, last = start.astimezone(at).date(), end.astimezone(at).date()
    for number in range((last - first).days + 1 if end > start else 0):
        day = first + number * _DAY
        for stance in STANCES:
            yield Day(day, stance, counted[day, stance])
