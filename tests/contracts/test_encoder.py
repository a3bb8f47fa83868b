"""What every encoder promises (`core.ports.Encoder`), run on every adapter.

The shipped model is one of them; the others are built here, small and on disk: nothing is asked of a hub.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from classifier.encoder import SHIPPED, SentenceEncoder
from classifier.static import StaticEncoder
from diembao.core.ports import Encoder
from tests.classifier.models import static_model, transformer_model

ADAPTERS: dict[str, Callable[[Path], Encoder]] = {
    "shipped": lambda _: StaticEncoder(SHIPPED),
    "static": lambda folder: StaticEncoder(static_model(folder / "static")),
    "sentence-transformers, static": lambda folder: SentenceEncoder(static_model(folder / "static")),
    "sentence-transformers, transformer": lambda folder: SentenceEncoder(transformer_model(folder / "bert")),
}
UNKNOWN = "\U00010380\U00010381"  # Ugaritic


@pytest.fixture(scope="class", params=list(ADAPTERS))
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return ADAPTERS[request.param](tmp_path_factory.mktemp("model"))


class TestEncoder:
    def test_a_text_becomes_a_row_of_length_one(self, encoder: Encoder) -> None:
        rows = encoder.encode(["Quy Nhơn ngập lụt", "du lịch Quy Nhơn"])
        assert rows.shape == (2, encoder.dimension)
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-5)

    def test_a_text_without_a_known_token_is_all_zeros(self, encoder: Encoder) -> None:
        rows = encoder.encode(["", UNKNOWN, "Quy Nhơn", "!?"])
        assert not rows[[0, 1, 3]].any()
        assert rows[2].any()

    def test_it_tells_whether_it_knows_words_of_a_text(self, encoder: Encoder) -> None:
        texts = ["Quy Nhơn ngập lụt", "bão", "12345 678", "", "!?", UNKNOWN]
        assert [encoder.reads(text) for text in texts] == [True, True, False, False, False, False]

    def test_the_answer_for_a_text_does_not_depend_on_its_neighbours(self, encoder: Encoder) -> None:
        alone = encoder.encode(["bão"])[0]
        assert encoder.encode(["du lịch", "bão", ""])[1] == pytest.approx(alone, abs=1e-5)

    def test_no_texts_give_no_rows(self, encoder: Encoder) -> None:
        assert encoder.encode([]).shape == (0, encoder.dimension)

    def test_many_texts_come_back_in_their_order(self, encoder: Encoder) -> None:
        texts = ["bão", "du lịch", "lụt"] * 100
        rows = encoder.encode(texts)
        assert rows.shape[0] == 300
        assert rows[-3:] == pytest.approx(rows[:3], abs=1e-5)

    def test_a_decomposed_text_is_the_same_text(self, encoder: Encoder) -> None:
        composed, apart = encoder.encode(["Quy Nhơn bão", "Quy Nho\u031bn ba\u0303o"])
        assert apart == pytest.approx(composed, abs=1e-5)

    def test_its_version_names_it(self, encoder: Encoder) -> None:
        assert encoder.version
        assert encoder.version.isprintable()
