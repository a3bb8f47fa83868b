"""Texts as the rows of one sparse matrix: words, characters, seed scores. For those who learn heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from classifier.features import BUCKETS, SEED_WEIGHT, Floats, Ints, Reading, damped

if TYPE_CHECKING:
    from scipy import sparse


class Bag(Protocol):
    """The n-grams of one text: the places that occur, and how often each."""

    @property
    def kinds(self) -> Ints: ...
    @property
    def totals(self) -> Floats: ...


class Row(Protocol):
    """A `Reading`, or what is kept of one."""

    @property
    def words(self) -> Bag: ...
    @property
    def chars(self) -> Bag: ...


def seed_scores(readings: Sequence[Reading], names: Sequence[str]) -> Floats:
    """(rows, names): what the seeds and signs of each reading speak for, as the heads weigh them."""
    scores = [reading.said.scores(names) for reading in readings]
    return np.array(scores, dtype=np.float64).reshape(len(readings), len(names))


def features(rows: Sequence[Row], scores: Floats, idf: npt.NDArray[np.float32]) -> sparse.csr_array[np.float64]:
    """(rows, 2 × BUCKETS + names); ``scores`` are `seed_scores`, ``idf`` is (2, BUCKETS)."""
    from scipy import sparse

    whole = sparse.csr_array(sparse.hstack([grams(rows, idf), sparse.csr_array(SEED_WEIGHT * scores)]))
    whole.indices, whole.indptr = whole.indices.astype(np.int32), whole.indptr.astype(np.int32)  # liblinear's
    return whole


def grams(
    rows: Sequence[Row], idf: npt.NDArray[np.float32], dtype: type[np.floating] = np.float64
) -> sparse.csr_array[np.floating]:
    """(rows, 2 × BUCKETS): damped counts times ``idf`` (2, BUCKETS), words and characters of each row of length 1."""
    from scipy import sparse

    bags = [bag for row in rows for bag in (row.words, row.chars)]
    sizes = np.array([bag.kinds.size for bag in bags])
    places = np.concatenate([bag.kinds for bag in bags]) + np.repeat(np.tile([0, BUCKETS], len(rows)), sizes)
    weighed = damped(np.concatenate([bag.totals for bag in bags])) * idf.ravel().take(places)
    whose = np.repeat(np.arange(len(bags)), sizes)
    lengths = np.sqrt(np.bincount(whose, weights=weighed * weighed, minlength=len(bags)))
    weighed /= np.where(lengths > 0, lengths, 1.0)[whose]
    ends = np.concatenate([[0], np.cumsum(sizes)[1::2]])
    return sparse.csr_array(
        (weighed.astype(dtype), places.astype(np.int32), ends.astype(np.int32)), shape=(len(rows), 2 * BUCKETS)
    )


def stepped(weights: npt.NDArray[np.floating]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Weights (buckets, labels) in 8 bits, and what one step is worth for each label."""
    most = np.maximum(weights.max(axis=0), -weights.min(axis=0))
    scale = (np.maximum(most, 1e-9) / _STEPS).astype(weights.dtype)
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


_STEPS = 127  # of an 8-bit weight on either side of zero; costs less than .002 micro-F1
