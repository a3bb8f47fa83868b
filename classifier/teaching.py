"""What people's corrections teach a head, in about a second, from the head that the program ships.

    corrections ──▶ rows, kept ──▶ X ──▶ K = X Xᵀ ──▶ A ──▶ weights + Xᵀ A ──▶ a head as before

The examples are not read again: what they taught is the shipped weights, and corrections move these no further than
they must (logistic loss, with the shipped weights as the prior). So the price hangs on the number of corrections alone.
The same corrections give the same head, whatever was taught before; a head whose corrections are those it last learned
from is not learned again.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from classifier import rows
from classifier.features import BUCKETS, SEED_WEIGHT, Floats
from classifier.head import Head
from classifier.kept import KeptRow

if TYPE_CHECKING:
    from scipy import sparse

COST = 3.0  # of a correction's loss against the prior; chosen on docs/quality.md's split, 1–10 differ by less than .01
SHARED = 1.0  # of a base that `FEW` corrections share, beside n-grams (a kernel of about 2 with itself); less of more
COMMON = 0.05  # an n-gram in more than this share of the corrections teaches nothing of one label, and costs most
FEW = 20  # corrections; what stands in no more of them is not common
TWICE = 2  # corrections that must say a new word before it counts: a word of one text would be that text's name
ROUNDS = 12  # of the bound; the figures stand still from there on
_BOUND = 4.0  # 1 / the steepest slope of the logistic curve


Pair = tuple[Head, Head]  # for themes and stance
_Answers = list[tuple[KeptRow, list[bool | None]]]  # None: nobody said it


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article as a person judged it. ``themes`` is all that it has; where that is None, people said of single
    themes that they are (``yes``) or are not (``no``) its own, and of the others nothing. ``stance`` None: nothing was
    said of it.
    """

    row: KeptRow
    themes: frozenset[str] | None = None
    stance: str | None = None
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()

    @property
    def themed(self) -> bool:
        return self.themes is not None or bool(self.yes or self.no)

    def theme(self, key: str) -> bool | None:
        """Whether it has this theme; None: nobody said."""
        if key in self.yes or key in self.no:
            return key in self.yes
        return None if self.themes is None else key in self.themes


def names(shipped: Pair) -> tuple[str, ...]:
    """The themes and signs whose seed scores `teach` asks of a row."""
    return tuple(dict.fromkeys(name for head in shipped for name in head.names))


def teach(shipped: Pair, lessons: Sequence[Lesson], note: dict[str, Any], last: Pair | None = None) -> Pair:
    """New heads for themes and stance; ``note`` goes into their cards as ``taught``. One of ``last``, which was taught
    from the same shipped heads, stays as it is when its lessons did. On one core: at this size a second thread costs
    more than it brings, most of all beside a crawler.
    """
    from threadpoolctl import threadpool_limits

    themes, stance = shipped
    order, before = names(shipped), last or (None, None)
    themed: _Answers = [(one.row, [one.theme(label) for label in themes.labels]) for one in lessons if one.themed]
    leaning: _Answers = [(one.row, [label == one.stance for label in stance.labels]) for one in lessons if one.stance]
    with threadpool_limits(limits=1):
        return _renewed(themes, themed, order, note, before[0]), _renewed(stance, leaning, order, note, before[1])


def _renewed(head: Head, given: _Answers, order: Sequence[str], note: dict[str, Any], last: Head | None) -> Head:
    learned = _digest(given)
    if last and last.card.get("taught", {}).get("digest") == learned:
        return last
    card = {**head.card, "taught": {**note, "lessons": len(given), "digest": learned}}
    return _taught(head, given, [order.index(name) for name in head.names], card)


def _digest(given: _Answers) -> str:
    lines = sorted(f"{row.key} {answer}" for row, answer in given)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _taught(head: Head, given: _Answers, columns: Sequence[int], card: dict[str, Any]) -> Head:
    if not given:
        return dataclasses.replace(head, card=card)
    texts = [row for row, _ in given]
    answers = np.array([answer for _, answer in given], dtype=np.float32)  # None becomes not-a-number
    known = dataclasses.replace(head, idf=_widened(head.idf, texts))
    grams = rows.grams(texts, known.idf, np.float32)
    calm, odds = _odds(known, texts, grams, columns)
    change = _change(_rare(grams, calm), odds, answers)
    steep = np.where(np.abs(head.slope) > _FLAT, head.slope, np.inf).astype(np.float32)
    return _moved(known, _weights(known) + change / steep, card)


def chances(head: Head, texts: Sequence[KeptRow], order: Sequence[str]) -> Floats:
    """(texts, labels): what a head says of kept rows, whose seed scores are those of ``order`` (`names`)."""
    grams = rows.grams(texts, head.idf, np.float32)
    _, odds = _odds(head, texts, grams, [order.index(name) for name in head.names])
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def _odds(
    head: Head, texts: Sequence[KeptRow], grams: sparse.csr_array[np.float32], columns: Sequence[int]
) -> tuple[Floats, Floats]:
    """How much of the log-odds holds in the language of each text, and the log-odds (texts, labels)."""
    seeds = SEED_WEIGHT * np.array([row.scores for row in texts])[:, columns]
    raw = grams @ _weights(head) + seeds @ head.seeds + head.bias
    calm = np.array([head.calmed(row.language) for row in texts])
    return calm[:, 0], calm[:, [0]] * (head.slope * raw + head.shift) + calm[:, [1]]


_FLAT = 0.05  # a label whose score says nothing of its chance cannot be taught by moving the score


def _weights(head: Head) -> npt.NDArray[np.float32]:
    """(2 × BUCKETS, labels): the rows of `rows.grams` times these are what n-grams add to the raw scores."""
    return np.vstack([head.words * head.scale[0], head.chars * head.scale[1]])


def _widened(idf: npt.NDArray[np.float32], texts: Sequence[KeptRow]) -> npt.NDArray[np.float32]:
    """Words that no example has, and several corrections do, count as rarely as they come."""
    bags = [[row.words for row in texts], [row.chars for row in texts]]
    counts = np.array([np.bincount(np.concatenate([bag.kinds for bag in of]), minlength=BUCKETS) for of in bags])
    fresh = (idf == 0) & (counts >= TWICE)
    return np.where(fresh, np.minimum(np.log((1 + len(texts)) / (1 + counts)) + 1, idf.max()), idf).astype(np.float32)


def _rare(grams: sparse.csr_array[np.float32], factors: Floats) -> sparse.csr_array[np.float32]:
    """The rows times their factors, without what is common; seeds teach nothing either: corrected is what the machine
    had wrong, which says nothing of how often a theme comes, nor (across all languages) of what a seed is worth.
    """
    from scipy import sparse

    counts = np.bincount(grams.indices[grams.data > 0], minlength=grams.shape[1])
    kept = (counts <= max(FEW, COMMON * grams.shape[0])).take(grams.indices) & (grams.data > 0)
    ends = np.concatenate([[0], np.cumsum(kept)])[grams.indptr].astype(np.int32)
    scaled = grams.data * np.repeat(factors.astype(np.float32), np.diff(grams.indptr))
    return sparse.csr_array((scaled[kept], grams.indices[kept], ends), shape=grams.shape)


def _change(
    given: sparse.csr_array[np.float32], odds: Floats, answers: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """(2 × BUCKETS, labels), in log-odds: the least change that explains the answers.

    Each round solves the same quadratic bound of the logistic loss (Böhning), so the kernel is factored once. What
    nobody said pulls at nothing: its answer is what the head says by then. What all corrections share goes into a base
    of its own that is dropped: ten neutral articles say that ten are neutral, not that their words are. Of hundreds
    it is what the press is like, and words may learn it.
    """
    from scipy.linalg import cho_factor, cho_solve

    kernel = (given @ given.T).toarray() + np.float32(SHARED * min(1.0, FEW / len(odds)) ** 2)
    share = np.float32(_BOUND / COST)
    kernel[np.diag_indices_from(kernel)] += share
    solved = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    pulls: npt.NDArray[np.float32] = np.zeros_like(answers)
    aims = pulls
    for _ in range(ROUNDS):
        moved = aims - share * pulls
        wrong = np.nan_to_num(answers - 1 / (1 + np.exp(-(odds + moved))))
        aims = (moved + _BOUND * wrong).astype(np.float32)
        pulls = np.asarray(cho_solve(solved, aims, check_finite=False), dtype=np.float32)
    return np.asarray(given.T @ pulls, dtype=np.float32)


def _moved(head: Head, weights: npt.NDArray[np.float32], card: dict[str, Any]) -> Head:
    words, word_scale = rows.stepped(weights[:BUCKETS])
    chars, char_scale = rows.stepped(weights[BUCKETS:])
    return dataclasses.replace(head, words=words, chars=chars, scale=np.stack([word_scale, char_scale]), card=card)
