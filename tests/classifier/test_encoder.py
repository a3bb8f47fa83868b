"""The shipped model, and which adapter reads which model; what all adapters promise is in `tests/contracts`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.translations import measured
from classifier import parallel
from classifier.encoder import SHIPPED, SentenceEncoder, open_encoder
from classifier.static import StaticEncoder, save
from diembao.core.errors import Misconfigured
from tests.classifier.models import static_model, transformer_model

TEXTS = [
    "Bão số 13 gây ngập lụt nặng ở Quy Nhơn, hàng nghìn người phải sơ tán",
    "Typhoon leaves Quy Nhon under water; thousands evacuated",
    "台风造成归仁严重洪涝，數千人疏散",
    "ພາຍຸເຮັດໃຫ້ເກີດນ້ຳຖ້ວມໜັກ",
    "ព្យុះបង្កទឹកជំនន់ធ្ងន់ធ្ងរ",
    "พายุทำให้น้ำท่วมหนัก",
    "Тайфун вызвал наводнение; 台風で洪水 태풍으로 홍수",
    "Tỷ lệ 12,5 %; \U00010380 …",
    "",
]


@pytest.fixture(scope="module")
def shipped() -> StaticEncoder:
    return StaticEncoder(SHIPPED)


def test_the_shipped_model_gives_the_vectors_that_sentence_transformers_gives(shipped: StaticEncoder) -> None:
    theirs = SentenceEncoder(SHIPPED)
    assert shipped.encode(TEXTS) == pytest.approx(theirs.encode(TEXTS), abs=1e-5)
    assert shipped.version == theirs.version


def test_any_static_model_is_read_as_sentence_transformers_reads_it(tmp_path: Path) -> None:
    folder = static_model(tmp_path / "static")
    ours, theirs = StaticEncoder(folder), SentenceEncoder(folder)
    texts = ["Quy Nhơn ngập lụt", "bão", "du lịch Quy Nhơn và bão", "", "gì?"]
    assert ours.encode(texts) == pytest.approx(theirs.encode(texts), abs=1e-5)
    assert ours.version == theirs.version


def test_the_shipped_model_is_small_and_needs_no_torch() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*")) < 20_000_000
    asked = (
        "import sys; from classifier.encoder import open_encoder; open_encoder().encode(['bão']); "
        "print(*{'torch', 'sentence_transformers', 'transformers', 'sklearn', 'scipy'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    assert found.stdout.split() == []


def test_translations_are_nearer_than_other_texts(shipped: StaticEncoder) -> None:
    """Of sentences that it was not made of; by chance one in fifty."""
    found = measured(shipped, parallel.load(parallel.FOLDER / parallel.HELD))
    assert found.pop("mean") >= 0.75
    assert min(found.values()) >= 0.55, found


def test_sentences_that_it_was_made_of_lie_at_their_translations(shipped: StaticEncoder) -> None:
    found = measured(shipped, parallel.load(parallel.FOLDER / parallel.SENTENCES)[:60])
    assert min(found.values()) >= 0.9, found


def test_what_the_model_is_asked_about_taught_it_nothing() -> None:
    taught = parallel.load(parallel.FOLDER / parallel.SENTENCES)
    held = parallel.load(parallel.FOLDER / parallel.HELD)
    assert len(held) >= 50
    for language in ("en", "vi", "lo"):
        assert not {group[language] for group in held} & {group[language] for group in taught}


def test_vietnamese_without_marks_lies_near_the_same_text_with_them(shipped: StaticEncoder) -> None:
    marked, bare, other = shipped.encode(
        ["Bão gây ngập lụt ở Quy Nhơn", "Bao gay ngap lut o Quy Nhon", "Đội bóng thắng trận chung kết"]
    )
    assert marked @ bare > marked @ other + 0.3


def test_the_model_was_made_of_the_texts_that_lie_beside_it() -> None:
    """Of the sentences those at the beginning; what was written since waits for the next training."""
    card = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
    sentences = parallel.load(parallel.FOLDER / parallel.SENTENCES)[: card["sentences"]]
    concepts = parallel.load(parallel.FOLDER / parallel.CONCEPTS)
    assert len(sentences) == card["sentences"]
    assert card["parallel"] == parallel.digest([*sentences, *concepts]), "run python -m classifier.train_encoder"


def test_rows_in_eight_bits_stay_within_half_a_step(tmp_path: Path, shipped: StaticEncoder) -> None:
    rows = np.random.default_rng(0).normal(size=(shipped._tokenizer.get_vocab_size(), 16)).astype(np.float32)
    rows[7] = 0
    save(tmp_path / "saved", shipped._tokenizer, rows)
    kept = StaticEncoder(tmp_path / "saved")._weights
    steps = np.abs(rows).max(axis=1, keepdims=True) / 127
    assert (np.abs(kept.mean(np.array([5])) - rows[5]) <= steps[5] / 2 + 1e-6).all()
    assert not kept.mean(np.array([7])).any()


def test_each_setting_opens_the_adapter_that_is_meant(tmp_path: Path) -> None:
    assert open_encoder("none") is None
    assert isinstance(open_encoder(), StaticEncoder)
    assert isinstance(open_encoder(str(static_model(tmp_path / "static"))), StaticEncoder)
    assert isinstance(open_encoder(str(transformer_model(tmp_path / "bert"))), SentenceEncoder)


def test_the_version_of_a_folder_changes_with_what_it_holds(tmp_path: Path) -> None:
    first, second = static_model(tmp_path / "one" / "static"), static_model(tmp_path / "two" / "static")
    assert StaticEncoder(second).version == StaticEncoder(first).version
    (second / "config_sentence_transformers.json").write_text('{"prompts": {}}', encoding="utf-8")
    assert StaticEncoder(second).version != StaticEncoder(first).version


def test_a_folder_without_a_model_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"sentence-transformers model"):
        open_encoder(str(tmp_path / "nothing"))


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"", b"\xff" * 40, b"{}"])
def test_a_broken_model_is_a_mistake_in_the_settings(tmp_path: Path, file: str, content: bytes) -> None:
    folder = static_model(tmp_path / "static")
    (folder / file).write_bytes(content)
    with pytest.raises(Misconfigured, match="cannot be read"):
        open_encoder(str(folder))


def test_a_backend_that_is_not_installed_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"sentence-transformers\[onnx\]"):
        open_encoder(str(transformer_model(tmp_path / "bert")), "onnx")
