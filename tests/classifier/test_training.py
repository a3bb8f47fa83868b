from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier import example, head, rows, training
from classifier.features import read_text
from diembao.core.errors import Misconfigured
from diembao.plan.reader import themes

THEMES = tuple(themes())
GOOD: dict[str, Any] = {
    "lang": "vi",
    "title": "Cảng cá Đề Gi mở cửa",
    "summary": "Tàu thuyền trở lại.",
    "themes": ["sea-islands"],
    "stance": "neutral",
    "binhdinh": "yes",
    "gialai": "yes",
}
EVENTS = [
    (["environment-climate"], "neutral", "Bão lũ gây ngập lụt ở phường {n}"),
    (["security-order"], "critical", "Khởi tố cán bộ nhận hối lộ vụ số {n}"),
    (["tourism"], "positive", "Du khách khen bãi biển đẹp mùa {n}"),
    ([], "na", "Kết quả trận bóng đá vòng {n}"),
]


def _write(folder: Path, lines: Sequence[object], name: str = "vi.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def _small_set(folder: Path) -> Path:
    lines = []
    for number in range(40):
        given, stance, title = EVENTS[number % len(EVENTS)]
        about = "no" if stance == "na" else "yes"
        changed = {"title": title.format(n=number), "themes": given, "stance": stance}
        lines.append(GOOD | changed | {"binhdinh": about, "gialai": about})
    _write(folder, lines)
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _small_set(tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="module")
def trained(small: Path) -> training.Trained:
    return training.train(small)


def test_the_same_examples_give_the_same_files(small: Path, trained: training.Trained, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    written = trained.save(first)
    training.train(small).save(second)
    for path in written:
        for suffix in (".npz", ".json"):
            assert path.with_suffix(suffix).read_bytes() == (second / path.name).with_suffix(suffix).read_bytes()


def test_a_head_read_from_disk_answers_as_it_did(trained: training.Trained, tmp_path: Path) -> None:
    trained.save(tmp_path)
    reading = read_text("Bão lũ gây ngập lụt ở phường 7", "vi")
    read_back = head.load(tmp_path / "themes.npz")
    assert read_back.chances(reading) == pytest.approx(trained.themes.chances(reading))
    assert read_back.labels[int(read_back.chances(reading).argmax())] == "environment-climate"


def test_what_no_example_names_is_never_named(trained: training.Trained) -> None:
    chances = trained.themes.chances(read_text("ASEAN họp ở Quy Nhơn", "vi"))
    assert chances[THEMES.index("asean")] < 0.01


def test_the_command_writes_the_three_models(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert training.main([str(small), str(tmp_path / "models")]) == 0
    names = sorted(path.name for path in (tmp_path / "models").iterdir())
    assert names == ["stance.json", "stance.npz", "stories.json", "stories.npz", "themes.json", "themes.npz"]
    assert "micro_f1" in capsys.readouterr().out


def test_the_shipped_models_were_trained_on_the_examples_that_lie_beside_them() -> None:
    examples = example.load(example.FOLDER, THEMES)
    for name in ("themes", "stance", "stories"):
        card = json.loads((head.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        assert card["examples"] == example.digest(example.FOLDER), "run python -m classifier.training"
        assert sum(card["lines"].values()) == len(examples)


def test_the_shipped_models_are_small() -> None:
    assert sum(path.stat().st_size for path in head.FOLDER.glob("*.npz")) < 5_000_000


def test_weights_in_eight_bits_stay_within_half_a_step() -> None:
    weights = np.random.default_rng(0).normal(size=(1000, 3))
    steps, scale = rows.stepped(weights)
    assert np.abs(steps * scale - weights).max() <= scale.max() / 2 + 1e-6


class TestExamples:
    def test_the_shipped_examples_are_sound(self) -> None:
        examples = example.load(example.FOLDER, THEMES)
        assert {one.language for one in examples} == set(example.LANGUAGES)
        assert {theme for one in examples for theme in one.themes} == set(THEMES)

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({"themes": ["weather"]}, "unknown theme 'weather'"),
            ({"themes": ["tourism", "tourism"]}, "stands twice"),
            ({"themes": "tourism"}, "not a list"),
            ({"stance": "angry"}, "unknown stance"),
            ({"stance": "na"}, "stance na with gialai yes"),
            ({"gialai": "no"}, "stance neutral with gialai no"),
            ({"gialai": "part"}, "binhdinh yes within gialai part"),
            ({"binhdinh": "maybe"}, "not yes, part or no"),
            ({"lang": "lo"}, "language lo in the file of vi"),
            ({"lang": "sv"}, "unknown language"),
            ({"title": " "}, "title is empty"),
            ({"title": "Bão "}, "not trimmed"),
            ({"title": "Ba\u0303o"}, "not NFC"),
            ({"title": 7}, "title is not a text"),
            ({"summary": "x" * 2001}, "longer than"),
            ({"url": "https://x"}, "the fields are"),
        ],
    )
    def test_a_faulty_line_is_named_with_its_number(
        self, tmp_path: Path, change: dict[str, object], fault: str
    ) -> None:
        path = _write(tmp_path, [GOOD, GOOD | {"title": "Khác"} | change])
        with pytest.raises(Misconfigured, match=rf"vi\.jsonl, line 2: .*{fault}"):
            example.load_file(path, THEMES)

    def test_a_text_that_stands_twice_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(Misconfigured, match=r"line 3: the same text as line 1"):
            example.load_file(_write(tmp_path, [GOOD, GOOD | {"title": "Khác"}, GOOD]), THEMES)

    @pytest.mark.parametrize("line", ["{", "[]", "7", ""])
    def test_a_line_that_is_no_object_is_refused(self, tmp_path: Path, line: str) -> None:
        path = tmp_path / "vi.jsonl"
        path.write_text(f"{json.dumps(GOOD)}\n{line}\n", encoding="utf-8")
        with pytest.raises(Misconfigured, match="line 2"):
            example.load_file(path, THEMES)

    def test_a_folder_without_examples_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(Misconfigured, match="no examples"):
            training.train(tmp_path)

    def test_a_file_that_is_no_text_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "vi.jsonl").write_bytes(b"\xff\xfe\x00")
        with pytest.raises(Misconfigured, match="cannot be read"):
            training.train(tmp_path)
