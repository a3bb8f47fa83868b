"""Has something fallen silent? A count against what its own history makes likely.

The test, for one series (an outlet, a language, a kind of source), windows of 12 hours to 56 days that end now, and
the one since the last entry came:
the mean of the window is the sum of what each quarter of a day usually brings (by day of the week, over the eight
weeks before the window; days on which its country does not work count a tenth). Counts of outlets vary more than
chance alone and drift from week to week, so the count is taken as negative binomial with the variance that the
history shows. Alarm where so few would come with a probability below `ALPHA`, and less than half of the mean came.
`benchmarks/silence.py` measures false alarms and delays on generated years.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Final

from diembao.core.arrivals import SLOT

A_DAY, A_WEEK = 4, 28  # slots
# Slots of the windows: a busy outlet is missed within hours, one that writes twice a week within weeks.
WINDOWS: Final = (2, 4, 12, 28, 56, 112, 224)
HISTORY: Final = 224  # slots before a window
ENOUGH: Final = 56  # slots of them at least: two weeks, so that every weekday was there twice
# Below this an alarm. A year of one series is 1,460 looks at seven windows that overlap; measured, not derived.
ALPHA: Final = 1e-6
DRIFT: Final = 0.25  # relative; the least that a level is taken to change from week to week
QUIET: Final = 0.1  # of the usual, on a day when nobody works

# The first day of Tết (Vietnam's calendar); China and Korea celebrate it within a day.
TET: Final = (
    *(date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13)),
    *(date(2030, 2, 2), date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31), date(2034, 2, 19), date(2035, 2, 8)),
)
_LUNAR = frozenset(("vi", "zh", "zh-Hans", "zh-Hant", "ko"))
# (month, day) of the first and the last quiet day, by language.
_FIXED: Final[Mapping[str, tuple[tuple[int, int], tuple[int, int]]]] = {
    **dict.fromkeys(("lo", "th", "km", "my"), ((4, 12), (4, 18))),
    **dict.fromkeys(("ru", "ja"), ((12, 29), (12, 31))),
    **dict.fromkeys(("en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs"), ((12, 24), (12, 31))),
}
_NEW_YEAR: Final[Mapping[str, int]] = {"ru": 8, "ja": 4, "vi": 1, "en": 2, "fr": 2, "de": 2, "es": 6, "it": 6}


@dataclass(frozen=True, slots=True)
class Series:
    """Counts of one thing, one for each slot, the oldest first; ``start`` is when the first slot begins. None: nothing
    was collected in that slot, or the source was new in it.
    """

    start: datetime
    counts: Sequence[int | None]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Fall:
    """Less than is likely: ``seen`` in a window that began ``since``, where ``expected`` is usual."""

    since: datetime
    seen: int
    expected: float
    likelihood: float


def fallen(series: Series) -> Fall | None:
    """Of all windows the one that is least likely; None: nothing is wrong, or too little is known."""
    quiet = [_is_quiet((series.start + n * SLOT).date(), series.language) for n in range(len(series.counts))]
    usual = [0 if count is None or off else count for count, off in zip(series.counts, quiet, strict=True)]
    sums = _Sums(*(list(accumulate(each, initial=0)) for each in (usual, _known(series, quiet))))
    found = [
        fall
        for size in (*WINDOWS, _nothing_for(series))
        if sums.may_have_fallen(series, size) and (fall := _in_window(series, quiet, size)) is not None
    ]
    return min(found, key=lambda fall: fall.likelihood, default=None)


def _nothing_for(series: Series) -> int:
    """Slots since the last entry, at most the longest window: what has died is missed as soon as its silence is long
    enough, and not at the next of a few lengths.
    """
    counts = series.counts[-max(WINDOWS) :]
    return next((n for n, count in enumerate(reversed(counts)) if count), len(counts))


def _known(series: Series, quiet: Sequence[bool]) -> Iterator[int]:
    return (int(count is not None and not off) for count, off in zip(series.counts, quiet, strict=True))


@dataclass(frozen=True, slots=True)
class _Sums:
    """Running sums over ordinary slots: nearly all looks end with these, and cost nothing more."""

    counts: Sequence[int]
    known: Sequence[int]

    def may_have_fallen(self, series: Series, size: int) -> bool:
        end = len(series.counts)
        begin, first = end - size, max(0, end - size - HISTORY)
        if begin < 0 or (known := self.known[begin] - self.known[first]) < ENOUGH:
            return False
        mean = (self.counts[begin] - self.counts[first]) / known
        return self.counts[end] - self.counts[begin] < mean * (self.known[end] - self.known[begin])


def _in_window(series: Series, quiet: Sequence[bool], size: int) -> Fall | None:
    end = len(series.counts)
    begin, first = end - size, max(0, end - size - HISTORY)
    known = [n for n in range(first, begin) if series.counts[n] is not None and not quiet[n]]
    looked = [n for n in range(begin, end) if series.counts[n] is not None]
    seen = sum(series.counts[n] or 0 for n in looked)
    usual = _rhythm(series, known)
    expected = sum(usual[_turn(series, n)] * (QUIET if quiet[n] else 1.0) for n in looked)
    if seen >= expected / 2:
        return None
    likelihood = at_most(seen, expected, _variance(series, known, usual, expected))
    since = series.start + begin * SLOT
    return Fall(since, seen, expected, likelihood) if likelihood < ALPHA else None


def _turn(series: Series, slot: int) -> int:
    """Which slot of the week."""
    at = series.start + slot * SLOT
    return at.weekday() * A_DAY + at.hour // (24 // A_DAY)


def _rhythm(series: Series, known: Sequence[int]) -> list[float]:
    """What each slot of the week usually brings. With few weeks a slot leans on the same hours of other days."""
    week, times = [0.0] * A_WEEK, [0] * A_WEEK
    for slot in known:
        week[_turn(series, slot)] += series.counts[slot] or 0
        times[_turn(series, slot)] += 1
    hours = [sum(week[n::A_DAY]) / max(1, sum(times[n::A_DAY])) for n in range(A_DAY)]
    lean = 2  # as much as two weeks say
    return [(week[n] + lean * hours[n % A_DAY]) / (times[n] + lean) for n in range(A_WEEK)]


def _variance(series: Series, known: Sequence[int], usual: Sequence[float], expected: float) -> float:
    """Of a sum with this mean: how much single slots scatter, and how much whole weeks drift."""
    pairs = [(series.counts[n] or 0, usual[_turn(series, n)]) for n in known]
    scatter = max(1.0, sum((count - mean) ** 2 / mean for count, mean in pairs if mean > 0) / len(pairs))
    weeks = [
        (sum(count for count, _ in part), sum(mean for _, mean in part))
        for part in (pairs[n : n + A_WEEK] for n in range(0, len(pairs) - A_WEEK + 1, A_WEEK))
    ]
    apart = [(count / mean - 1) ** 2 - scatter / mean for count, mean in weeks if mean > 0]
    drift = max(DRIFT**2, sum(apart) / len(apart) if apart else 0.0)
    return scatter * expected + drift * expected**2


def at_most(seen: int, mean: float, variance: float) -> float:
    """The probability of ``seen`` or fewer: negative binomial; Poisson where the variance is the mean."""
    size = mean**2 / (variance - mean) if variance > mean * (1 + 1e-9) else 1e9
    term = math.exp(-size * math.log1p(mean / size))
    total = term
    for n in range(seen):
        term *= (n + size) / (n + 1) * mean / (size + mean)
        total += term
    return min(1.0, total)


@lru_cache(maxsize=20_000)
def _is_quiet(day: date, language: str) -> bool:
    if language in _LUNAR and any(timedelta(days=-3) <= day - tet <= timedelta(days=7) for tet in TET):
        return True
    if day.month == 1 and day.day <= _NEW_YEAR.get(language, 0):
        return True
    first, last = _FIXED.get(language, ((13, 0), (13, 0)))
    return first <= (day.month, day.day) <= last
