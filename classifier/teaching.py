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
COMMON = 0.05  # an n-gram in more than this share of the corrections teaches nothing of one label, and costs most
FEW = 20  # corrections; what stands in no more of them is not common
TWICE = 2  # corrections that must say a new word before it counts: a word of one text would be that text's name
ROUNDS = 12  # of the bound; the figures stand still from there on
_BOUND = 4.0  # 1 / the steepest slope of the logistic curve


Pair = tuple[Head, Head]  # for themes and stance
_Answers = list[tuple[KeptRow, list[bool]]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article as a person judged it; None: no word on it."""

    row: KeptRow
    themes: frozenset[str] | None = None
    stance: str | None = None


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
    themed = [(one.row, [label in one.themes for label in themes.labels]) for one in lessons if one.themes is not None]
    leaning = [(one.row, [label == one.stance for label in stance.labels]) for one in lessons if one.stance]
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
    texts, answers = [row for row, _ in given], np.array([answer for _, answer in given], dtype=np.float32)
    known = dataclasses.replace(head, idf=_widened(head.idf, texts))
    grams = rows.grams(texts, known.idf, np.float32)
    seeds = SEED_WEIGHT * np.array([row.scores for row in texts])[:, columns]
    weights = _weights(known)
    calm = np.array([known.calmed(row.language) for row in texts])
    raw = grams @ weights + seeds @ known.seeds + known.bias
    odds = calm[:, [0]] * (known.slope * raw + known.shift) + calm[:, [1]]
    change = _change(_rare(grams, calm[:, 0]), odds, answers)
    steep = np.where(np.abs(head.slope) > _FLAT, head.slope, np.inf).astype(np.float32)
    return _moved(known, weights + change / steep, card)


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

    Each round solves the same quadratic bound of the logistic loss (Böhning), so the kernel is factored once.
    """
    from scipy.linalg import cho_factor, cho_solve

    kernel = (given @ given.T).toarray()
    share = np.float32(_BOUND / COST)
    kernel[np.diag_indices_from(kernel)] += share
    solved = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    pulls: npt.NDArray[np.float32] = np.zeros_like(answers)
    aims = pulls
    for _ in range(ROUNDS):
        moved = aims - share * pulls
        aims = (moved + _BOUND * (answers - 1 / (1 + np.exp(-(odds + moved))))).astype(np.float32)
        pulls = np.asarray(cho_solve(solved, aims, check_finite=False), dtype=np.float32)
    return np.asarray(given.T @ pulls, dtype=np.float32)


def _moved(head: Head, weights: npt.NDArray[np.float32], card: dict[str, Any]) -> Head:
    words, word_scale = rows.stepped(weights[:BUCKETS])
    chars, char_scale = rows.stepped(weights[BUCKETS:])
    return dataclasses.replace(head, words=words, chars=chars, scale=np.stack([word_scale, char_scale]), card=card)
