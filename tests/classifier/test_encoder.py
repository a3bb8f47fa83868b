"""Models are built here, small and on disk: nothing is asked of a hub."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classifier.encoder import SentenceEncoder
from diembao.core.errors import Misconfigured

WORDS = ("[UNK]", "[PAD]", "[CLS]", "[SEP]", "quy", "nhơn", "ngập", "lụt", "bão", "du", "lịch")


def _static_model(folder: Path) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, WORDS[0]))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.random.default_rng(0).normal(size=(len(WORDS), 8)).astype(np.float32)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu")
    model.save(str(folder))
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _static_model(tmp_path_factory.mktemp("model") / "static")


@pytest.fixture(scope="module")
def encoder(model: Path) -> SentenceEncoder:
    return SentenceEncoder(model)


def test_a_text_becomes_a_row_of_length_one(encoder: SentenceEncoder) -> None:
    rows = encoder.encode(["Quy Nhơn ngập lụt", "du lịch Quy Nhơn"])
    assert rows.shape == (2, encoder.dimension) == (2, 8)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-6)


def test_a_text_without_a_known_token_is_all_zeros(encoder: SentenceEncoder) -> None:
    rows = encoder.encode(["", "ແຂວງຢາລາຍ", "Quy Nhơn", "!?"])
    assert not rows[[0, 1, 3]].any()
    assert rows[2].any()


def test_texts_that_share_words_are_nearer(encoder: SentenceEncoder) -> None:
    flood, again, travel = encoder.encode(["ngập lụt Quy Nhơn", "Quy Nhơn ngập", "du lịch"])
    assert flood @ again > flood @ travel


def test_the_answer_for_a_text_does_not_depend_on_its_neighbours(encoder: SentenceEncoder) -> None:
    alone = encoder.encode(["bão"])[0]
    assert encoder.encode(["du lịch", "bão", ""])[1] == pytest.approx(alone, abs=1e-6)


def test_no_texts_give_no_rows(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, 8)


def test_the_version_of_a_folder_changes_with_what_it_holds(encoder: SentenceEncoder, tmp_path: Path) -> None:
    other = _static_model(tmp_path / "static")
    assert SentenceEncoder(other).version == encoder.version
    (other / "config_sentence_transformers.json").write_text('{"prompts": {}}', encoding="utf-8")
    assert SentenceEncoder(other).version != encoder.version


def test_a_folder_without_a_model_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"sentence-transformers model"):
        SentenceEncoder(tmp_path / "nothing")


def test_a_transformer_model_works_the_same(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        pad_token_id=1,
    )
    BertModel(config).save_pretrained(tmp_path / "bert")
    (tmp_path / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    tokenizer = BertTokenizer(str(tmp_path / "vocab.txt"), strip_accents=False)
    tokenizer.save_pretrained(tmp_path / "bert")
    words = Transformer(str(tmp_path / "bert"))
    SentenceTransformer(modules=[words, Pooling(16)], device="cpu").save(str(tmp_path / "whole"))
    rows = SentenceEncoder(tmp_path / "whole").encode(["Quy Nhơn", "ແຂວງ"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0], abs=1e-6)
