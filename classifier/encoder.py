"""Texts to vectors, by any sentence-transformers model that is named or lies in a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from diembao.core.errors import Misconfigured
from diembao.core.text import clean

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 64  # texts at once


class SentenceEncoder:
    """Loads the model once, when it is made (6 s and ~400 MB for the library alone). Nothing is asked of a hub
    for a model that lies in a folder.
    """

    def __init__(self, name_or_path: str | Path) -> None:
        self._model = _load(str(name_or_path))
        self.dimension = int(self._model.encode(["."]).shape[1])
        self.version = _version(str(name_or_path), self.dimension)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Shape (len(texts), dimension), rows of length 1; a text without a known token: all zeros."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        cleaned = [clean(text) for text in texts]
        found: Any = self._model.encode(cleaned, batch_size=BATCH, convert_to_numpy=True, show_progress_bar=False)
        rows = np.nan_to_num(np.asarray(found, dtype=np.float32))  # the mean of no token at all is not a number
        rows[[not self._known(text) for text in cleaned]] = 0
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def _known(self, text: str) -> bool:
        """Does the text hold a token that the model knows? Letters it has never seen become its unknown token."""
        tokenizer: Any = self._model.tokenizer
        if not hasattr(tokenizer, "get_added_vocab") and hasattr(tokenizer, "encode_batch"):  # tokenizers' own
            found = tokenizer.encode(text, add_special_tokens=False)
            unknown = getattr(tokenizer.model, "unk_token", None)
            return any(token != unknown for token in found.tokens)
        tokens = tokenizer.tokenize(text)
        return any(token != tokenizer.unk_token for token in tokens)


def _load(name_or_path: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name_or_path, device="cpu")
    except (OSError, ValueError, KeyError) as error:
        msg = f"classifier.encoder: {name_or_path!r} is no sentence-transformers model that can be read here: {error}"
        raise Misconfigured(msg) from error


def _version(name_or_path: str, dimension: int) -> str:
    """Of a folder: the digest of what it holds; a name stands for itself."""
    folder = Path(name_or_path)
    if not folder.is_dir():
        return f"{name_or_path}-{dimension}"
    sha = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".md":
            sha.update(file.relative_to(folder).as_posix().encode())
            with file.open("rb") as content:
                sha.update(hashlib.file_digest(content, "sha256").digest())
    return f"{folder.name}-{sha.hexdigest()[:10]}"
