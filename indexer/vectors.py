"""Vectors of articles in plain files beside the index: exact search with NumPy, and a copy that may be deleted.

    home/vectors/
        answers.json         the model whose vectors answer
        <16 hex digits>/     one model; the digits stand for its version and dimension
            marks.json       which files count, how many records of them, up to which number of the log
            rows-<n>.f32     the vectors, one behind the other
            ids-<n>.u64      their articles; of several records of one article the last one counts

A record exists when `marks.json`, which is replaced as a whole, counts it. What a crash has left behind the last one
counted is written over; files that are shorter than counted are an empty set at position 0. So nothing torn is ever
read, and what was lost is made again from the store.

After a change of model the vectors of the old one answer until `take_over`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from diembao.core.errors import WrongUse
from diembao.core.ports import Hit
from indexer.vector_file import VectorFile, View, as_number, as_numbers, refuse_now, replace_json, writing

_ANSWERS: Final = "answers.json"
_PART: Final = 8192  # vectors multiplied at once: 8 MB of them

Rows = npt.NDArray[np.float32]


class EmbeddedVectors:
    """`core.ports.Vectors` on files. Safe to share between threads; other processes may read beside the one that
    writes.
    """

    def __init__(self, root: Path, version: str, dimension: int) -> None:
        self.version, self.dimension = version, dimension
        self._root = root
        self._own = VectorFile(root / _folder(version, dimension), version, dimension)
        self._old: VectorFile | None = None
        self._lock = threading.Lock()

    @classmethod
    def reading(cls, root: Path) -> Self:
        """What lies there, whichever model made it; nothing can be put."""
        return cls(root, "", 0)

    # -- writing ----------------------------------------------------------------------------------

    def put(self, ids: Sequence[str], vectors: Rows) -> int:
        if not self.dimension:
            msg = f"the vectors in {self._root} were opened for reading only"
            raise WrongUse(msg)
        shape_checked(ids, vectors, self.dimension)
        done = self._own.append(as_numbers(ids), np.asarray(vectors, dtype=np.float32))
        if self._named() is None:  # the first model answers at once
            self.take_over()
        return done

    def mark(self, number: int) -> None:
        self._own.mark(number)

    def position(self) -> int:
        return self._own.position()

    def take_over(self) -> None:
        with writing(self._root):
            self._root.mkdir(parents=True, exist_ok=True)
            replace_json(self._root / _ANSWERS, {"folder": self._own.folder.name})
            for other in self._root.iterdir():
                if other.is_dir() and other != self._own.folder:
                    shutil.rmtree(other)

    def close(self) -> None:
        self._own.close()
        with self._lock:
            self._old = None

    # -- reading ----------------------------------------------------------------------------------

    @property
    def answers(self) -> str:
        """The version of the model whose vectors answer."""
        return self._answering().version

    def size(self) -> int:
        return len(self._answering().view())

    def vector(self, article_id: str) -> Rows | None:
        view = self._answering().view()
        found = view.at(np.array([as_number(article_id)], dtype=np.uint64))
        return np.array(view.rows[found[0]]) if found.size else None

    def search(self, vector: Rows, k: int, *, among: Sequence[str] | None = None) -> Sequence[Hit]:
        answering = self._answering()
        if vector.shape != (answering.dimension,):
            msg = f"a vector of {answering.dimension} numbers is needed to ask {answering.version}, not {vector.shape}"
            raise WrongUse(msg)
        view = answering.view()
        return _nearest_of(view, view.live if among is None else view.at(as_numbers(among)), vector, k)

    def _answering(self) -> VectorFile:
        """This model's file, or that of the model before it while this one is not complete."""
        with self._lock:
            named = self._named()
            if named is None or named == self._own.folder.name:
                self._old = None
                return self._own
            if self._old is None or self._old.folder.name != named:
                self._old = VectorFile.found(self._root / named)
            return self._old or self._own

    def _named(self) -> str | None:
        try:
            return str(json.loads((self._root / _ANSWERS).read_bytes())["folder"])
        except (OSError, ValueError, KeyError, TypeError) as error:  # none yet, or damaged: what is written now answers
            refuse_now(self._root, error)
            return None


def _folder(version: str, dimension: int) -> str:
    return hashlib.sha256(f"{version}\n{dimension}".encode()).hexdigest()[:16]


def shape_checked(ids: Sequence[str], vectors: Rows, dimension: int) -> None:
    """One row for each id.

    Raises:
        WrongUse: it is not so.
    """
    if vectors.shape != (len(ids), dimension):
        msg = f"{len(ids)} vectors of {dimension} numbers are needed, not {vectors.shape}"
        raise WrongUse(msg)


def _nearest_of(view: View, chosen: npt.NDArray[np.int64], vector: Rows, k: int) -> Sequence[Hit]:
    parts = (chosen[start : start + _PART] for start in range(0, chosen.size, _PART))
    scores = [products(view.rows[part], vector) for part in parts]
    return best(view.ids[chosen], np.concatenate(scores), k) if scores else ()


def products(rows: Rows, vector: Rows) -> Rows:
    """Row by row: a BLAS gives equal rows unequal products, and ties would not be ties."""
    return np.asarray(np.einsum("ij,j->i", rows, vector), dtype=np.float32)


def best(ids: npt.NDArray[np.uint64], scores: Rows, k: int) -> Sequence[Hit]:
    """The ``k`` with the greatest scores; equal ones in the order of their ids."""
    if k <= 0 or not scores.size:
        return ()
    if k < scores.size:
        last = np.partition(scores, scores.size - k)[scores.size - k]
        kept = np.flatnonzero(scores >= last)
        ids, scores = ids[kept], scores[kept]
    order = np.lexsort((ids, -scores))[:k]
    return tuple(Hit(f"{int(ids[at]):016x}", float(scores[at])) for at in order)
