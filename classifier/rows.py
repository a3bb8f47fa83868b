"""Readings as the rows of one sparse matrix: words, characters, seed scores. For those who learn heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from classifier.features import BUCKETS, SEED_WEIGHT, Block, Floats, Reading, values

if TYPE_CHECKING:
    from scipy import sparse


def seed_scores(readings: Sequence[Reading], names: Sequence[str]) -> Floats:
    """(rows, names): what the seeds and signs of each reading speak for, as the heads weigh them."""
    scores = [reading.said.scores(names) for reading in readings]
    return np.array(scores, dtype=np.float64).reshape(len(readings), len(names))


def features(readings: Sequence[Reading], scores: Floats, idf: npt.NDArray[np.float32]) -> sparse.csr_array[np.float64]:
    """(rows, 2 × BUCKETS + names); ``scores`` are `seed_scores`, ``idf`` is (2, BUCKETS)."""
    from scipy import sparse

    words = _matrix([reading.words for reading in readings], idf[0])
    chars = _matrix([reading.chars for reading in readings], idf[1])
    whole = sparse.csr_array(sparse.hstack([words, chars, sparse.csr_array(SEED_WEIGHT * scores)]))
    whole.indices, whole.indptr = whole.indices.astype(np.int32), whole.indptr.astype(np.int32)  # liblinear's
    return whole


def _matrix(blocks: Sequence[Block], idf: npt.NDArray[np.float32]) -> sparse.csr_array[np.float64]:
    from scipy import sparse

    data = np.concatenate([values(block, idf) for block in blocks])
    rows = np.repeat(np.arange(len(blocks)), [block.places.size for block in blocks])
    places = np.concatenate([block.places for block in blocks])
    return sparse.csr_array((data, (rows, places)), shape=(len(blocks), BUCKETS))


def stepped(weights: Floats) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Weights (buckets, labels) in 8 bits, and what one step is worth for each label."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _STEPS
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


_STEPS = 127  # of an 8-bit weight on either side of zero; costs less than .002 micro-F1
