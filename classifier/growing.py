"""Stories as they grow in the order of time: which one an article joins, by words or by what both state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from classifier.links import Links, Read, contradictions, shared
from classifier.story_ties import Word
from diembao.core.article import Article

WINDOW = timedelta(days=3)  # between an article and the last one of its story
SPAN = timedelta(days=14)  # between an article and the first one of its story; after that it is a new one
LIKE = 0.15  # mean cosine; on 628 Vietnamese articles .14–.18 give B³ F1 above .91
# Articles before it that one is compared with: three days (`WINDOW`) of more than three hundred a day. Without a bound
# thousands of undated ones, which all count as of the hour they were seen, would be compared each with each.
MOST = 1000
# In scripts whose words do not stand apart, strangers share more: as many of them (3 of 10,000 pairs of the examples)
# are as like as Vietnamese ones at `LIKE`.
LIKE_IN = {"lo": 0.29, "km": 0.28, "th": 0.22, "ja": 0.19}
# What is taken from the likeness to a story where the likest member states other figures, or other days; and both.
UNLIKE, UNLIKE_TWICE = 0.02, 0.1

Vector = npt.NDArray[np.float64]
Rows = npt.NDArray[np.bool_]  # for each row, or each story, whether it counts


class Growing:
    """Articles are rows, stories are numbers."""

    def __init__(self, ordered: Sequence[Article], word: Word, links: Links | None) -> None:
        self._ordered = ordered
        self._times = np.array([article.when.timestamp() for article in ordered])
        known = {language: n for n, language in enumerate(dict.fromkeys(article.language for article in ordered))}
        self._language = np.array([known[article.language] for article in ordered])
        self._word = word
        self._links = links if len(known) > 1 else None
        self._story = np.full(len(ordered), -1)
        self._reads: dict[int, Read] = {}
        self._marked: defaultdict[str, list[int]] = defaultdict(list)  # of those read, the rows of each mark
        self._unread = np.ones(len(ordered), dtype=bool)
        self._stories = 0
        self._first = np.zeros(len(ordered))  # of each story, as far as there are stories
        self._last = np.zeros(len(ordered))
        self.likeness = np.ones(len(ordered))  # to the story it joined; 1 for the first one
        self.nearest = np.arange(len(ordered))  # the member it is likest; itself for the first one

    def join(self, row: int, likeness: Vector) -> None:
        """``likeness`` to all earlier rows, of which `MOST` count: join the likest open story, or begin one."""
        number, still, own = self._stories, self._open(row), self._own(row)
        best = max(
            self._by_words(row, likeness, still, own), self._by_facts(row, still, own), key=lambda found: found.strength
        )
        if best.strength >= 1:
            number = best.story
            self.likeness[row] = best.likeness
            self.nearest[row] = best.nearest
        else:
            self._first[number] = self._times[row]
            self._stories += 1
        self._last[number] = self._times[row]
        self._story[row] = number

    def members(self) -> list[list[int]]:
        """Rows of each story, both in the order of time; stories that people put together are one."""
        return self._word.united(self._story)

    def shared(self, row: int) -> str:
        """What an article and the one it is nearest to, in another language, both state."""
        if self._links is None:
            return ""
        both = self._ordered[row], self._ordered[int(self.nearest[row])]
        return shared(*map(self._links.read, both)).told()

    # -- within a language

    def _by_words(self, row: int, likeness: Vector, still: Rows, own: Rows) -> _Found:
        low, size = max(0, row - MOST), self._stories
        stories, own = self._story[low:row], own[low:]
        counts = np.bincount(stories, weights=own, minlength=size)
        means = np.bincount(stories, weights=likeness[low:] * own, minlength=size) / np.maximum(counts, 1)
        least = LIKE_IN.get(self._ordered[row].language, LIKE)
        like_enough = np.flatnonzero(still & (means >= least))
        found = [self._weighed(row, likeness, own & (stories == number)) for number in like_enough]
        return max(
            (
                _Found((means[number] - less) / least, float(means[number]), int(number), nearest)
                for number, (less, nearest) in zip(like_enough, found, strict=True)
            ),
            default=_NONE,
        )

    def _weighed(self, row: int, likeness: Vector, members: Rows) -> tuple[float, int]:
        """What contradicts likeness to a story, and which member is the likest. ``members`` are of the rows just before
        this one.
        """
        rows = np.flatnonzero(members) + row - len(members)
        nearest = int(rows[likeness[rows].argmax()])
        against = sum(contradictions(self._ordered[row], self._ordered[nearest]))
        return (0.0, UNLIKE, UNLIKE_TWICE)[against], nearest

    def _own(self, row: int) -> Rows:
        """The earlier rows in the language of this one."""
        same: Rows = self._language[:row] == self._language[row]
        return same

    def _open(self, row: int) -> Rows:
        """The stories that this article may join."""
        now, size = self._times[row], self._stories
        still = (now - self._last[:size] <= WINDOW.total_seconds()) & (now - self._first[:size] <= SPAN.total_seconds())
        still[[self._story[other] for other in self._word.apart[row] if other < row]] = False
        return np.asarray(still)

    # -- across languages

    def _by_facts(self, row: int, still: Rows, own: Rows) -> _Found:
        """Where a story has members in the language of this article, their words alone decide."""
        links = self._links
        if links is None or not self._stories:
            return _NONE
        stories = self._story[:row]
        foreign = still.copy()
        foreign[stories[own]] = False
        low = max(0, row - MOST)
        rows = np.flatnonzero(foreign[stories[low:]]) + low
        if not rows.size:
            return _NONE
        mine = self._read(row, links)
        met = self._sharing(mine, rows, links)
        if not met:
            return _NONE
        chances = [links.chance(mine, self._reads[other]) for other in met]
        likest = int(np.argmax(chances))
        other = met[likest]
        return _Found(chances[likest] / links.least, chances[likest], int(stories[other]), other)

    def _sharing(self, mine: Read, rows: npt.NDArray[np.intp], links: Links) -> list[int]:
        """Those of these rows that share a mark, in order: of the others the chance is nought."""
        for other in rows[self._unread[rows]].tolist():
            self._read(other, links)
        met = {other for mark in mine.marks for other in self._marked[mark]}
        return sorted(met.intersection(rows.tolist()))

    def _read(self, row: int, links: Links) -> Read:
        found = self._reads.get(row)
        if found is None:
            found = self._reads[row] = links.read(self._ordered[row])
            self._unread[row] = False
            for mark in found.marks:
                self._marked[mark].append(row)
        return found


class _Found(NamedTuple):
    """The story an article is likest; ``strength`` from 1 on it joins it, ``nearest`` is the row it is likest in it."""

    strength: float
    likeness: float
    story: int
    nearest: int


_NONE: Final = _Found(0.0, 0.0, -1, -1)
