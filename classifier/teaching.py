"""What people's corrections teach a head, in about a second, from the head that the program ships.

    corrections ──▶ readings ──▶ rows X ──▶ K = X Xᵀ ──▶ A ──▶ weights + Xᵀ A ──▶ a head as before

The examples are not read again: what they taught is the shipped weights, and corrections move these no further than
they must (logistic loss, with the shipped weights as the prior). So the price hangs on the number of corrections alone.
The same corrections give the same head, whatever was taught before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from classifier import rows
from classifier.features import BUCKETS, Floats, Reading
from classifier.head import Head

if TYPE_CHECKING:
    from scipy import sparse

COST = 3.0  # of a correction's loss against the prior; chosen on docs/quality.md's split, 1–10 differ by less than .01
COMMON = 0.05  # an n-gram in more than this share of the corrections teaches nothing of one label, and costs most
FEW = 20  # corrections; what stands in no more of them is not common
TWICE = 2  # corrections that must say a new word before it counts: a word of one text would be that text's name
ROUNDS = 12  # of the bound; the figures stand still from there on
_BOUND = 4.0  # 1 / the steepest slope of the logistic curve


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article as a person judged it; None: no word on it."""

    reading: Reading
    themes: frozenset[str] | None = None
    stance: str | None = None


def teach(themes: Head, stance: Head, lessons: Sequence[Lesson], note: dict[str, Any]) -> tuple[Head, Head]:
    """New heads for themes and stance; ``note`` goes into their cards as ``taught``. On one core: at this size a second
    thread costs more than it brings, most of all beside a crawler.
    """
    from threadpoolctl import threadpool_limits

    themed = [
        (one.reading, [label in one.themes for label in themes.labels]) for one in lessons if one.themes is not None
    ]
    leaning = [(one.reading, [label == one.stance for label in stance.labels]) for one in lessons if one.stance]
    with threadpool_limits(limits=1):
        return _taught(themes, themed, note), _taught(stance, leaning, note)


def _taught(head: Head, given: Sequence[tuple[Reading, Sequence[bool]]], note: dict[str, Any]) -> Head:
    card = {**head.card, "taught": {**note, "lessons": len(given)}}
    if not given:
        return dataclasses.replace(head, card=card)
    readings, answers = [reading for reading, _ in given], np.array([answer for _, answer in given], dtype=np.float64)
    known = dataclasses.replace(head, idf=_widened(head.idf, readings))
    whole = rows.features(readings, rows.seed_scores(readings, head.names), known.idf)
    calm = np.array([known.calmed(reading) for reading in readings])
    odds = calm[:, [0]] * (head.slope * (whole @ _weights(known) + head.bias) + head.shift) + calm[:, [1]]
    change = _change(_rare(whole), calm[:, 0], odds, answers)
    steep = np.where(np.abs(head.slope) > _FLAT, head.slope, np.inf)
    return _moved(known, change / steep, card)


_FLAT = 0.05  # a label whose score says nothing of its chance cannot be taught by moving the score


def _weights(head: Head) -> npt.NDArray[np.float32]:
    """(features, labels): the rows of `rows.features` times these are raw scores."""
    return np.vstack([head.words * head.scale[0], head.chars * head.scale[1], head.seeds])


def _widened(idf: npt.NDArray[np.float32], readings: Sequence[Reading]) -> npt.NDArray[np.float32]:
    """Words that no example has, and several corrections do, count as rarely as they come."""
    blocks = [[reading.words for reading in readings], [reading.chars for reading in readings]]
    counts = np.array([np.bincount(np.concatenate([b.kinds for b in row]), minlength=BUCKETS) for row in blocks])
    fresh = (idf == 0) & (counts >= TWICE)
    return np.where(fresh, np.minimum(np.log((1 + len(readings)) / (1 + counts)) + 1, idf.max()), idf).astype(
        np.float32
    )


def _rare(whole: sparse.csr_array[np.float64]) -> sparse.csr_array[np.float64]:
    """The rows without what is common, and without seeds: corrected is what the machine had wrong, which says nothing
    of how often a theme comes, nor (across all languages) of what a seed is worth.
    """
    from scipy import sparse

    counts = np.bincount(whole.indices, minlength=whole.shape[1])
    kept = counts <= max(FEW, COMMON * whole.shape[0])
    kept[2 * BUCKETS :] = False
    thinned = sparse.csr_array((whole.data * kept[whole.indices], whole.indices, whole.indptr), shape=whole.shape)
    thinned.eliminate_zeros()
    return sparse.csr_array(thinned[:, : 2 * BUCKETS])


def _change(given: sparse.csr_array[np.float64], factors: Floats, odds: Floats, answers: Floats) -> Floats:
    """(2 × BUCKETS, labels), in log-odds: the least change that explains the answers.

    Each round solves the same quadratic bound of the logistic loss (Böhning), so the kernel is factored once.
    """
    from scipy.linalg import cho_factor, cho_solve

    few = given.astype(np.float32)
    kernel = (few @ few.T).toarray() * np.outer(factors, factors).astype(np.float32)
    share = _BOUND / COST
    solved = cho_factor(
        kernel + share * np.eye(len(factors), dtype=np.float32), lower=True, overwrite_a=True, check_finite=False
    )
    pulls = aims = np.zeros_like(answers, dtype=np.float32)
    for _ in range(ROUNDS):
        moved = aims - share * pulls
        aims = (moved + _BOUND * (answers - 1 / (1 + np.exp(-(odds + moved))))).astype(np.float32)
        pulls = cho_solve(solved, aims, check_finite=False)
    return np.asarray(given.T @ (factors[:, np.newaxis] * pulls), dtype=np.float64)


def _moved(head: Head, change: Floats, card: dict[str, Any]) -> Head:
    words, word_scale = rows.stepped(head.words * head.scale[0] + change[:BUCKETS])
    chars, char_scale = rows.stepped(head.chars * head.scale[1] + change[BUCKETS:])
    return dataclasses.replace(
        head,
        words=words,
        chars=chars,
        scale=np.stack([word_scale, char_scale]),
        card=card,
    )
