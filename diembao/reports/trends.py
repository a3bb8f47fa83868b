"""Interest abroad, and how it sees the province, over months: by country, language, theme or stance.

What is compared is what the same outlets wrote: those that were read before the period before began, and still are at
the end (the panel). A country does not grow because an outlet of it came into the catalogue; outlets that came or went
are listed with what they wrote. `trend_numbers` says how sure it all is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from diembao.core.errors import WrongUse
from diembao.core.query import Bool, Query, Range, Terms
from diembao.reports.figures import MOST_VALUES, about
from diembao.reports.house import HOME, House, usable
from diembao.reports.period import DAY, Period
from diembao.reports.trend_months import months, step
from diembao.reports.trend_numbers import Interval, Verdict, compared, interval, ratio, share, shares_compared

STILL: Final = timedelta(days=14)  # an outlet that brought nothing for longer is not read any more

# Articles by outlet and story.
Told = Mapping[str, Mapping[str, int]]


class By(StrEnum):
    """What a trend is told by; the names are those of the index's fields."""

    COUNTRY = "country"
    LANGUAGE = "language"
    THEME = "theme"
    STANCE = "stance"


@dataclass(frozen=True, slots=True)
class Month:
    """``articles`` are of all outlets, ``steady`` of the panel's alone, ``stories`` theirs; ``share`` is the part of
    the month's panel that this row is (of stances only).
    """

    first: date
    articles: int
    steady: Interval
    stories: int
    share: Interval | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """``value`` is "" for all together. ``now`` and ``before`` count the panel's articles in the period and in the
    one before; ``ratio`` is None where one of them is nought or was not watched. Shares are of stances only.
    """

    value: str
    months: tuple[Month, ...]
    articles: int
    now: Interval
    before: Interval | None
    stories: int
    ratio: Interval | None
    verdict: Verdict
    share: Interval | None = None
    share_before: Interval | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An outlet not there all the time. ``came`` and ``went``: the first and last day (UTC) on which it brought
    anything, where that keeps it out of the panel and is known; its ``articles`` are left out of the comparison.
    """

    outlet: str
    country: str
    came: date | None
    went: date | None
    articles: int


@dataclass(frozen=True, slots=True)
class Trend:
    """``panel`` are outlets abroad that are compared; ``unplaced`` articles are of outlets without a country, and in
    no number.
    """

    period: Period
    before: Period
    by: By
    province: str
    whole: Row
    rows: tuple[Row, ...]
    panel: tuple[str, ...]
    changes: tuple[Change, ...]
    unplaced: int
    made: datetime


def trend(house: House, period: Period, by: By, *, province: str, now: datetime) -> Trend:
    """Of whole months; see `trend_months.months_of`.

    Raises:
        WrongUse: the installation does not watch this province.
        Misconfigured: the index is not complete.
    """
    watched = house.profile.judged
    if province not in watched:
        shown, known = province[:40], ", ".join(watched)
        msg = f"Bản cài này không theo dõi “{shown}”; đang theo dõi: {known}. / It does not watch '{shown}'."
        raise WrongUse(msg)
    usable(house)
    return _Gathering(house, province, period, by, now).trend()


class _Gathering:
    def __init__(self, house: House, province: str, period: Period, by: By, now: datetime) -> None:
        self.house, self.province, self.period, self.by, self.now = house, province, period, by, now
        self.months = months(period)
        number = len(self.months)
        first = step(period.first, -number)
        self.before = Period(first, period.first - DAY, period.zone)
        self.countries = {each.id: each.country for each in house.outlets.values()}
        self.abroad = {name for name, country in self.countries.items() if country not in {"", HOME}}
        self.spans = _spans(house, self.before.start, min(period.end, now))
        self.panel = frozenset(name for name in self.abroad if self._is_steady(name))

    def trend(self) -> Trend:
        told = [self._told(month) for month in self.months]
        past = _summed([self._told(month) for month in months(self.before)]) if self.panel else None
        whole = _summed(told)
        values = sorted({value for each in (whole, past or {}) for value in each} - {""})
        looks = len(values)
        rows = [self._row(value, told, whole, past, looks) for value in values]
        return Trend(
            self.period,
            self.before,
            self.by,
            self.province,
            self._row("", told, whole, past, 1),
            tuple(sorted(rows, key=lambda row: (-row.articles, row.value))),
            tuple(sorted(self.panel)),
            tuple(self._changes(whole.get("", {}))),
            self.house.index.count(Bool(must=(self._query(self.period),), must_not=(self._placed(),))),
            self.now,
        )

    # -- who was there

    def _is_steady(self, outlet: str) -> bool:
        first, last = self.spans.get(outlet, (None, None))
        return first is not None and last is not None and first < self.before.start and last >= self._end() - STILL

    def _end(self) -> datetime:
        return min(self.period.end, self.now)

    def _changes(self, told: Told) -> list[Change]:
        found = []
        for outlet in sorted(self.abroad - self.panel):
            first, last = self.spans.get(outlet, (None, None))
            articles = sum(told.get(outlet, {}).values())
            came = first.date() if first and first >= self.before.start else None
            went = last.date() if last and last < self._end() - STILL else None
            in_time = first is not None and self.before.start <= first < self._end()
            if articles or in_time or (went and last and last >= self.before.start):
                found.append(Change(outlet, self.countries[outlet], came, went, articles))
        return sorted(found, key=lambda each: (-each.articles, each.outlet))

    # -- what they wrote

    def _placed(self) -> Query:
        return Terms("country", tuple(sorted({country for country in self.countries.values() if country})))

    def _query(self, month: Period) -> Query:
        return Bool(must=(about(self.province, self.house), month.range()))

    def _told(self, month: Period) -> dict[str, dict[str, dict[str, int]]]:
        """By value, outlet and story; "" holds all. A bounded number of questions: two for each month."""
        abroad = Terms("country", tuple(sorted({self.countries[outlet] for outlet in self.abroad})))
        query = Bool(must=(self._query(month), abroad))
        by_outlet = {"outlets": {**_terms("outlet"), "aggs": {"stories": _terms("story")}}}
        found = {"": _by_story(self.house.index.aggregate(query, by_outlet))}
        if self.by is By.COUNTRY:
            for outlet, stories in found[""].items():
                found.setdefault(self.countries.get(outlet, ""), {})[outlet] = stories
            return found
        asked = {"values": {**_terms(self.by.value), "aggs": by_outlet}}
        for bucket in self.house.index.aggregate(query, asked)["values"]["buckets"]:
            found[str(bucket["key"])] = _by_story(bucket)
        return found

    # -- what may be said of it

    def _row(self, value: str, told: Sequence[Values], whole: Values, past: Values | None, looks: int) -> Row:
        months = tuple(self._month(month, value, each) for month, each in zip(self.months, told, strict=True))
        now, all_now = self._steady(whole, value), self._steady(whole, "")
        then = self._steady(past, value) if past is not None else None
        all_then = self._steady(past, "") if past is not None else None
        of_stance = self.by is By.STANCE and value != ""
        if then is None or all_then is None:
            verdict = Verdict.UNKNOWN
        elif of_stance:
            verdict = shares_compared((now, all_now), (then, all_then), looks)
        else:
            verdict = compared(now, then, looks)
        return Row(
            value,
            months,
            sum(month.articles for month in months),
            interval(now),
            interval(then) if then is not None else None,
            len(now),
            ratio(now, then) if then is not None else None,
            verdict,
            share(now, all_now) if of_stance else None,
            share(then, all_then) if of_stance and then is not None and all_then is not None else None,
        )

    def _month(self, month: Period, value: str, told: Values) -> Month:
        steady = self._steady(told, value)
        articles = sum(sum(stories.values()) for stories in told.get(value, {}).values())
        part = share(steady, self._steady(told, "")) if self.by is By.STANCE and value else None
        return Month(month.first, articles, interval(steady), len(steady), part)

    def _steady(self, told: Values, value: str) -> Counter[str]:
        """Of the panel's outlets, by story."""
        found: Counter[str] = Counter()
        for outlet, stories in told.get(value, {}).items():
            if outlet in self.panel:
                found.update(stories)
        return found


Values = Mapping[str, Told]


Span = tuple[datetime | None, datetime | None]


def _spans(house: House, start: datetime, end: datetime) -> dict[str, Span]:
    """When an outlet brought anything first and last: by the books of what was read. Of what came in another way the
    index knows only that it was there before ``start`` or is still there at ``end``; no day is made up from that.
    """
    spans: dict[str, Span] = dict(house.store.arrival_spans())
    before, still = Range("seen", None, start), Range("seen", end - STILL, None)
    for outlet in _seen(house, before):
        first, last = spans.get(outlet, (None, None))
        spans[outlet] = min(first or start, start - DAY), last
    for outlet in _seen(house, still):
        first, last = spans.get(outlet, (None, None))
        spans[outlet] = first, max(last or end, end)
    return spans


def _seen(house: House, wanted: Query) -> list[str]:
    buckets = house.index.aggregate(wanted, {"outlets": _terms("outlet")})["outlets"]["buckets"]
    return [str(bucket["key"]) for bucket in buckets]


def _by_story(found: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    told: dict[str, dict[str, int]] = {}
    for bucket in found["outlets"]["buckets"]:
        outlet = str(bucket["key"])
        stories = {str(each["key"]): int(each["doc_count"]) for each in bucket["stories"]["buckets"]}
        alone = int(bucket["doc_count"]) - sum(stories.values())  # not grouped yet: each by itself
        told[outlet] = stories | {f"{outlet}:{n}": 1 for n in range(alone)}
    return told


def _summed(months: Sequence[Values]) -> dict[str, dict[str, Counter[str]]]:
    found: dict[str, dict[str, Counter[str]]] = {}
    for month, values in enumerate(months):
        for value, outlets in values.items():
            for outlet, stories in outlets.items():
                apart = {f"{story}@{month}" if ":" in story else story: n for story, n in stories.items()}
                found.setdefault(value, {}).setdefault(outlet, Counter()).update(apart)
    return found


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MOST_VALUES}}
