"""What corrected articles come to as rows, kept from one retraining to the next: only new ones are read.

One file of plain arrays in the data folder. It may be deleted at any time, and one that is broken, or was written with
another form of features or other seeds, counts as none: its articles are read again.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from classifier import seeds
from classifier.features import BUCKETS, FORM, Floats, Ints, read_text


class KeptBag(NamedTuple):
    """As `rows.Bag`: places (int32), and how often each occurs (float32: quarters, so nothing is lost)."""

    kinds: Ints
    totals: Floats


class KeptRow(NamedTuple):
    """As `rows.Row`. ``key`` is the digest of text and language, ``scores`` the seed scores in the order asked for."""

    key: str
    language: str
    words: KeptBag
    chars: KeptBag
    scores: Floats


def rows(texts: Sequence[tuple[str, str]], names: Sequence[str], path: Path | None = None) -> list[KeptRow]:
    """A row for each (text, language); ``names`` are the themes and signs whose scores are asked. What ``path`` keeps
    is not read again, and it keeps these rows alone afterwards.
    """
    before = _opened(path, names) if path else {}
    keys = [_key(*text) for text in texts]
    found = [before.get(key) or _read(key, *text, names) for key, text in zip(keys, texts, strict=True)]
    if path and found and before.keys() != set(keys):
        _save(path, names, found)
    return found


def _key(text: str, language: str) -> str:
    return hashlib.sha256(f"{language}\n{text}".encode(errors="surrogatepass")).hexdigest()


def _read(key: str, text: str, language: str, names: Sequence[str]) -> KeptRow:
    reading = read_text(text, language)
    words, chars = (
        KeptBag(block.kinds.astype(np.int32), block.totals.astype(np.float32))
        for block in (reading.words, reading.chars)
    )
    return KeptRow(key, reading.language, words, chars, np.array(reading.said.scores(names)))


def _form(names: Sequence[str]) -> str:
    return " ".join((str(FORM), str(BUCKETS), seeds.digest(), *names))


_BAGS = ("words", "chars")


def _save(path: Path, names: Sequence[str], found: Sequence[KeptRow]) -> None:
    """Whole or not at all; the digest before the arrays is theirs."""
    once = list({row.key: row for row in found}.values())
    arrays = {
        "form": np.array(_form(names)),
        "keys": np.array([row.key for row in once]),
        "languages": np.array([row.language for row in once]),
        "scores": np.array([row.scores for row in once]),
    }
    for name in _BAGS:
        bags = [getattr(row, name) for row in once]
        arrays[f"{name}_ends"] = np.cumsum([bag.kinds.size for bag in bags])
        arrays[f"{name}_kinds"] = np.concatenate([bag.kinds for bag in bags])
        arrays[f"{name}_totals"] = np.concatenate([bag.totals for bag in bags])
    packed = io.BytesIO()
    np.savez(packed, allow_pickle=False, **arrays)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(hashlib.sha256(packed.getbuffer()).digest() + packed.getbuffer())
    fresh.replace(path)


_DIGEST = 32  # bytes


def _opened(path: Path, names: Sequence[str]) -> Mapping[str, KeptRow]:
    """By key; none where there is no such file, or not one to be trusted."""
    try:
        held = path.read_bytes()
        if hashlib.sha256(held[_DIGEST:]).digest() != held[:_DIGEST]:
            return {}
        with np.load(io.BytesIO(held[_DIGEST:]), allow_pickle=False) as arrays:
            return _rows(arrays) if str(arrays["form"]) == _form(names) else {}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}


def _rows(arrays: Mapping[str, np.ndarray]) -> Mapping[str, KeptRow]:
    words, chars = (
        map(KeptBag, *(np.split(arrays[f"{name}_{of}"], arrays[f"{name}_ends"][:-1]) for of in ("kinds", "totals")))
        for name in _BAGS
    )
    told = (arrays["keys"].tolist(), arrays["languages"].tolist())
    return {
        key: KeptRow(key, language, *bags)
        for key, language, *bags in zip(*told, words, chars, arrays["scores"], strict=True)
    }
