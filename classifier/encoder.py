"""Texts to vectors: by the model that comes with the program, or by any sentence-transformers model that is named or
lies in a folder.

    nothing said     the static model in ``models/encoder``, read by `static`
    a folder         `static` where the model is a static one, else sentence-transformers
    a name           sentence-transformers, which asks its hub for it
    ``none``         no encoder
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import numpy as np
import numpy.typing as npt

from classifier.static import StaticEncoder, is_static
from classifier.versions import version
from diembao.core.errors import Misconfigured
from diembao.core.ports import Encoder
from diembao.core.text import clean

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SHIPPED: Final = Path(__file__).with_name("models") / "encoder"
NONE: Final = "none"
_Backend = Literal["torch", "onnx", "openvino"]
# What a backend runs on; the library has no error of its own for its absence.
_NEEDS: Final = {"onnx": ("optimum", "onnxruntime"), "openvino": ("optimum", "openvino")}
BATCH: Final = 64  # texts at once


def open_encoder(named: str = "", backend: str = "torch") -> Encoder | None:
    """The encoder of these settings (`core.settings.ClassifierSettings`); None where none is wanted.

    Raises:
        Misconfigured: there is no such model here, or it cannot be run so.
    """
    if named == NONE:
        return None
    folder = Path(named).expanduser() if named else SHIPPED
    if is_static(folder):
        return StaticEncoder(folder)
    return SentenceEncoder(folder if folder.is_dir() else named, backend)


class SentenceEncoder:
    """Loads the model once, when it is made (6 s and ~400 MB for the library alone). Nothing is asked of a hub
    for a model that lies in a folder.
    """

    def __init__(self, name_or_path: str | Path, backend: str = "torch") -> None:
        """``backend`` is torch, onnx or openvino; the latter two are extras of sentence-transformers."""
        self._model = _load(str(name_or_path), backend)
        self.dimension = int(self._model.encode(["."]).shape[1])
        self.version = version(str(name_or_path), self.dimension)

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

    def reads(self, text: str) -> bool:
        """As far as can be told of a model of any kind."""
        cleaned = clean(text)
        return any(map(str.isalpha, cleaned)) and self._known(cleaned)

    def _known(self, text: str) -> bool:
        """Does the text hold a token that the model knows? Letters it has never seen become its unknown token."""
        tokenizer: Any = self._model.tokenizer
        if not hasattr(tokenizer, "get_added_vocab") and hasattr(tokenizer, "encode_batch"):  # tokenizers' own
            found = tokenizer.encode(text, add_special_tokens=False)
            unknown = getattr(tokenizer.model, "unk_token", None)
            return any(token != unknown for token in found.tokens)
        tokens = tokenizer.tokenize(text)
        return any(token != tokenizer.unk_token for token in tokens)


def _load(name_or_path: str, backend: str) -> SentenceTransformer:
    missing = [name for name in _NEEDS.get(backend, ()) if find_spec(name) is None]
    if missing:
        msg = (
            f"classifier.backend: '{backend}' cần pip install 'sentence-transformers[{backend}]'"
            f" (classifier.backend: '{backend}' needs pip install 'sentence-transformers[{backend}]')"
        )
        raise Misconfigured(msg)
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name_or_path, device="cpu", backend=cast("_Backend", backend))
    except (OSError, ValueError, KeyError) as error:
        msg = (
            f"classifier.encoder: {name_or_path!r} không phải mô hình sentence-transformers đọc được ở đây: {error}"
            f" (classifier.encoder: {name_or_path!r} is no sentence-transformers model that can be read here: {error})"
        )
        raise Misconfigured(msg) from error
