"""A trained head: what it says of a reading, and which words made it say so. NumPy only, no scikit-learn.

On disk a head is two files: ``<name>.npz`` (plain arrays, never pickle) and ``<name>.json`` (its form,
what it was trained on, its figures, and the digest of the arrays). A head whose arrays, seeds or form are
not those it was trained with is refused: it would answer nonsense in a calm voice.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier import seeds
from classifier.features import BUCKETS, FORM, SEED_WEIGHT, Block, Floats, Reading, kind_values, shares
from diembao.core.errors import Misconfigured

FOLDER = Path(__file__).with_name("models")


@dataclass(frozen=True)
class Head:
    """One row of weights for each label. ``words`` and ``chars`` are (buckets, labels) in steps of ``scale``;
    ``slope`` and ``shift`` turn a raw score into log-odds, and ``calm`` says how much of them holds in a language.
    """

    name: str
    labels: tuple[str, ...]
    names: tuple[str, ...]  # of themes and signs, the order of the seed scores
    languages: tuple[str, ...]  # the order of ``calm``
    words: npt.NDArray[np.int8]
    chars: npt.NDArray[np.int8]
    scale: npt.NDArray[np.float32]  # (2, labels): words, chars
    idf: npt.NDArray[np.float32]  # (2, buckets)
    seeds: npt.NDArray[np.float32]  # (names, labels)
    bias: npt.NDArray[np.float32]
    slope: npt.NDArray[np.float32]
    shift: npt.NDArray[np.float32]
    calm: npt.NDArray[np.float32]  # (languages, 2): factor and shift of the log-odds
    least: npt.NDArray[np.float32]  # (languages,): the chance from which a label is named
    card: Mapping[str, Any]

    @property
    def version(self) -> str:
        return f"{self.name}-{self.card['digest'][:10]}"

    def weighed(self, reading: Reading) -> Weighed:
        blocks = ((reading.words, self.words), (reading.chars, self.chars))
        sides = tuple(
            _Side(block, kind_values(block, idf), weights.take(block.kinds, axis=0), scale)
            for (block, weights), idf, scale in zip(blocks, self.idf, self.scale, strict=True)
        )
        return Weighed(self, reading, sides, SEED_WEIGHT * np.array(reading.said.scores(self.names)))

    def chances(self, reading: Reading) -> Floats:
        """For each label the chance that it holds, each on its own."""
        return self.weighed(reading).chances()

    def calmed(self, language: str) -> tuple[float, float]:
        """Factor and shift of the log-odds in a language."""
        if language not in self.languages:
            return 1.0, 0.0
        factor, more = self.calm[self.languages.index(language)]
        return float(factor), float(more)

    def threshold(self, reading: Reading) -> float:
        """The chance from which a label is named in the language of this text."""
        return float(self.least[self._row(reading)])

    def _row(self, reading: Reading) -> int:
        """A language that was not taught is read as the first, as it is where a tagger is asked nevertheless."""
        return self.languages.index(reading.language) if reading.language in self.languages else 0


@dataclass(frozen=True, slots=True)
class _Side:
    """The n-grams of one block: what each kind is worth in this text, and its weights (kinds, labels)."""

    block: Block
    worth: Floats
    weights: npt.NDArray[np.int8]
    scale: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A reading on a head's scales: what it says, and what made it say so."""

    head: Head
    reading: Reading
    sides: tuple[_Side, ...]
    seeds: Floats

    def chances(self) -> Floats:
        """For each label the chance that it holds, each on its own."""
        return np.asarray(1 / (1 + np.exp(-self.odds())), dtype=np.float64)

    def odds(self) -> Floats:
        """The same as log-odds."""
        head = self.head
        raw = head.bias + self.seeds @ head.seeds
        for side in self.sides:
            raw = raw + side.scale * (side.worth @ side.weights)
        factor, more = head.calmed(self.reading.language)
        return np.asarray(factor * (head.slope * raw + head.shift) + more, dtype=np.float64)

    def carried(self, label: str) -> Floats:
        """How much each character of the text spoke for a label (below zero: against it)."""
        column = self.head.labels.index(label)
        steps = np.zeros(len(self.reading.text) + 1)
        for side in self.sides:
            block = side.block
            pull = shares(block, side.worth) * side.weights[:, column][block.which] * side.scale[column]
            each = pull / np.maximum(block.ends - block.starts, 1)
            np.add.at(steps, block.starts, each)
            np.add.at(steps, block.ends, -each)
        self._add_seeds(column, steps)
        return np.asarray(np.cumsum(steps[:-1]), dtype=np.float64)

    def _add_seeds(self, column: int, steps: Floats) -> None:
        """A seed's pull: its weights times the head's, damped as the sum they are part of."""
        said = self.reading.said
        worth = self.head.seeds[:, column] * SEED_WEIGHT * np.exp(-np.abs(self.seeds / SEED_WEIGHT))
        pulls = np.array(said.pulls(dict(zip(self.head.names, worth.tolist(), strict=True))))
        starts = np.array([hit.start for hit in said.phrases], dtype=np.int64)
        ends = np.array([hit.end for hit in said.phrases], dtype=np.int64)
        each = pulls / (ends - starts)
        np.add.at(steps, starts, each)
        np.add.at(steps, ends, -each)


_LISTS = ("labels", "names", "languages")
_ARRAYS = ("words", "chars", "scale", "idf", "seeds", "bias", "slope", "shift", "calm", "least")


def save(head: Head, folder: Path, *, small: bool = True) -> Path:
    """Write both files; the same head gives the same bytes. Returns the path of the arrays. ``small`` takes half a
    second of a processor for both heads, and half the room.
    """
    card = dict(head.card) | {name: getattr(head, name) for name in ("name", *_LISTS)}
    return pack(folder / f"{head.name}.npz", {name: getattr(head, name) for name in _ARRAYS}, card, small=small)


def load(path: Path) -> Head:
    """Read a head.

    Raises:
        Misconfigured: a file is missing or broken, or does not fit the arrays, the seeds or the form in use.
    """
    card, arrays = unpack(path, _ARRAYS)
    labels, names, languages = (tuple(card[name]) for name in _LISTS)
    return Head(name=card["name"], labels=labels, names=names, languages=languages, card=card, **arrays)


def pack(path: Path, arrays: Mapping[str, npt.NDArray[Any]], card: Mapping[str, Any], *, small: bool = True) -> Path:
    """Write arrays and, beside them, their card with the digest; ``small``: compressed."""
    packed = io.BytesIO()
    (np.savez_compressed if small else np.savez)(packed, allow_pickle=False, **arrays)
    path.write_bytes(packed.getvalue())
    card = {**card, "digest": hashlib.sha256(packed.getvalue()).hexdigest()}
    text = json.dumps(card, ensure_ascii=False, indent=2, sort_keys=True)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    return path


def unpack(path: Path, names: Sequence[str]) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """Card and arrays; raises `Misconfigured` as `load` does."""
    try:
        packed = path.read_bytes()
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        _check(card, packed, path)
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            return card, {name: arrays[name] for name in names}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise Misconfigured(f"{path}: what was trained cannot be read: {error}; {_AGAIN}") from error


_AGAIN = "train it again with python -m classifier.training"


def _check(card: Mapping[str, Any], packed: bytes, path: Path) -> None:
    asked = {
        "digest": hashlib.sha256(packed).hexdigest(),
        "seeds": seeds.digest(),
        "form": FORM,
        "buckets": BUCKETS,
    }
    for name, value in asked.items():
        if card.get(name) != value:
            raise Misconfigured(f"{path}: the head was trained with other {name}; {_AGAIN}")
