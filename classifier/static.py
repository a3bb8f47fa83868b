"""A static model in sentence-transformers' format, read with `tokenizers` and NumPy: no torch, no copy of the weights.

    folder/
        modules.json         what it is made of: a StaticEmbedding, then perhaps a Normalize
        tokenizer.json
        model.safetensors    ``embedding.weight``, or model2vec's ``embeddings`` (in eight bits, say) with a
                             ``weights`` for each row and a ``mapping`` from token to row

A text's vector is the mean of its tokens' rows, at length 1. The weights are mapped, not read: only the rows that texts
ask for come into memory, once for all processes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from classifier.versions import version
from diembao.core.errors import Misconfigured
from diembao.core.text import clean

BATCH: Final = 256  # texts at once: their rows are a few tens of megabytes

_TYPES: Final = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I8": "i1", "U8": "u1", "I32": "<i4", "I64": "<i8"}
_WHOLE: Final = ({"StaticEmbedding"}, {"StaticEmbedding", "Normalize"})
_UNKNOWN: Final = ("[UNK]", "<unk>")
# A text is read where this share of its letters stands in whole words or in pieces of at least three letters: of 2,975
# questions in five languages the least has .14; letters typed at random have none.
_READ: Final = 0.1
_PIECE: Final = 3
_ALPHABETS: Final = (("A", "\u052f"), ("\u1e00", "\u1fff"))  # Latin, Greek, Cyrillic: elsewhere a sign may be a word

Rows = npt.NDArray[np.float32]


def is_static(folder: Path) -> bool:
    """Is this a model that `StaticEncoder` reads?"""
    try:
        modules = json.loads((folder / "modules.json").read_bytes())
        return {str(module["type"]).rpartition(".")[2] for module in modules} in _WHOLE
    except (OSError, ValueError, KeyError, TypeError):
        return False


class StaticEncoder:
    """`core.ports.Encoder` on such a folder. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Raises:
        Misconfigured: a file is missing, broken or of a form that is not read here.
        """
        from tokenizers import Tokenizer

        try:
            self._weights = _Weights.read(folder / "model.safetensors")
            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        # The tokenizer's own errors have no class of their own.
        except Exception as error:
            msg = (
                f"classifier.encoder: không đọc được mô hình ở {folder}: {error}"
                f" (classifier.encoder: the static model in {folder} cannot be read: {error})"
            )
            raise Misconfigured(msg) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        if self._tokenizer.get_vocab_size() > self._weights.tokens:
            msg = (
                f"classifier.encoder: mô hình ở {folder} không khớp, thiếu trọng số"
                f" (classifier.encoder: in {folder} the tokenizer knows more tokens than there are weights)"
            )
            raise Misconfigured(msg)
        found = (self._tokenizer.token_to_id(name) for name in _UNKNOWN)
        self._unknown = next((at for at in found if at is not None), -1)
        self.dimension = self._weights.dimension
        self.version = version(str(folder), self.dimension)

    def encode(self, texts: Sequence[str]) -> Rows:
        """Shape (len(texts), dimension), rows of length 1; a text without a known token: all zeros."""
        batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))
        parts = [self._part([clean(text) for text in batch]) for batch in batches]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimension), dtype=np.float32)

    def reads(self, text: str) -> bool:
        """See `core.ports.Encoder.reads`."""
        cleaned = clean(text)
        found = self._tokenizer.encode(cleaned, add_special_tokens=False)
        pieces = zip(found.ids, found.offsets, strict=True)
        return is_read(cleaned, [where for token, where in pieces if token != self._unknown])

    def pieces(self, texts: Sequence[str]) -> list[Rows]:
        """Of each text the rows of its known tokens, as long as they weigh: what `encode` takes the mean of."""
        found = self._tokenizer.encode_batch_fast([clean(text) for text in texts], add_special_tokens=False)
        ids = (np.array(encoding.ids, dtype=np.int64) for encoding in found)
        return [self._weights.weighed(each[each != self._unknown]) for each in ids]

    def _part(self, texts: Sequence[str]) -> Rows:
        found = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, encoding in enumerate(found):
            tokens = np.array(encoding.ids, dtype=np.int64)
            if (tokens != self._unknown).any():
                rows[row] = self._weights.mean(tokens)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def is_read(text: str, pieces: Sequence[tuple[int, int]]) -> bool:
    """Do these pieces of a text (from, to) hold words of it, or only its letters one by one, as of what is no word?"""
    letters = sum(map(str.isalpha, text))
    known = sum(_known(text, *piece) for piece in pieces)
    return known > 0 and known >= _READ * letters


def _known(text: str, start: int, end: int) -> int:
    """The letters of a piece that says something."""
    piece = text[start:end]
    start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
    count = sum(map(str.isalpha, piece))
    whole = not text[max(start - 1, 0) : start].isalpha() and not text[end : end + 1].isalpha()
    spelled = any(first <= letter <= last for letter in piece for first, last in _ALPHABETS)
    return count if whole or count >= _PIECE or not spelled else 0


@dataclass(frozen=True, slots=True)
class _Weights:
    """``each`` weighs the rows, ``at`` names the row of each token; without them a row is a token's and weighs 1."""

    rows: npt.NDArray[Any]
    each: npt.NDArray[Any] | None
    at: npt.NDArray[Any] | None

    @classmethod
    def read(cls, path: Path) -> Self:
        tensors = mapped(path)
        if "embedding.weight" in tensors:
            return cls(tensors["embedding.weight"], None, None)
        return cls(tensors["embeddings"], tensors.get("weights"), tensors.get("mapping"))

    @property
    def tokens(self) -> int:
        """How many tokens have a row."""
        known = next((part for part in (self.at, self.each) if part is not None), self.rows)
        return int(known.shape[0])

    @property
    def dimension(self) -> int:
        return int(self.rows.shape[1])

    def weighed(self, tokens: npt.NDArray[np.int64]) -> Rows:
        rows = self.rows[tokens if self.at is None else self.at[tokens]].astype(np.float32)
        return rows if self.each is None else np.asarray(rows * self.each[tokens].astype(np.float32)[:, None])

    def mean(self, tokens: npt.NDArray[np.int64]) -> Rows:
        rows = self.rows[tokens if self.at is None else self.at[tokens]].astype(np.float32)
        if self.each is None:
            return np.asarray(rows.mean(axis=0), dtype=np.float32)
        return np.asarray(self.each[tokens].astype(np.float32) @ rows / len(tokens), dtype=np.float32)


def mapped(path: Path) -> Mapping[str, npt.NDArray[Any]]:
    """The tensors of a safetensors file, as views of the file.

    Raises:
        OSError, ValueError, KeyError: it is not there, or not such a file.
    """
    with path.open("rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        if size > path.stat().st_size:
            raise ValueError(f"{path.name} is no safetensors file")
        header = json.loads(file.read(size))
    whole = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + size)
    header.pop("__metadata__", None)
    return {
        name: whole[slice(*entry["data_offsets"])].view(_TYPES[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
    }


def save(folder: Path, tokenizer: Any, rows: Rows) -> None:  # noqa: ANN401 (tokenizers' Tokenizer)
    """Write a model whose rows are kept in eight bits with one weight each; the same rows give the same bytes."""
    from safetensors.numpy import save_file

    each = np.abs(rows).max(axis=1) / 127
    eighth = np.rint(rows / np.where(each > 0, each, 1)[:, None]).astype(np.int8)
    folder.mkdir(parents=True, exist_ok=True)
    weights = folder / "model.safetensors"
    save_file({"embeddings": eighth, "weights": each.astype(np.float32)}, weights)
    weights.chmod(0o644)  # the library makes it for its owner alone
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    kinds = ("StaticEmbedding", "Normalize")
    modules = [
        {"idx": at, "name": str(at), "path": "" if not at else f"{at}_{kind}", "type": f"{_LIBRARY}.{kind}"}
        for at, kind in enumerate(kinds)
    ]
    (folder / "1_Normalize").mkdir(exist_ok=True)
    (folder / "1_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")  # git keeps no empty folder
    (folder / "modules.json").write_text(json.dumps(modules, indent=1) + "\n", encoding="utf-8")


_LIBRARY: Final = "sentence_transformers.models"
