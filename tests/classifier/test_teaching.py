"""What corrections teach a head, and what they leave alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier import head, kept
from classifier.features import Reading, read_text
from classifier.head import Head
from classifier.teaching import Lesson, Pair, names, teach

# A paper's own column, which the shipped heads know nothing of.
COLUMN = [
    f"Chuyện bên hiên: bác Tám kể {what}" for what in ("về cái chõng", "về con thuyền", "chuyện mưa", "về dòng sông")
]


@pytest.fixture(scope="module")
def shipped() -> Pair:
    return head.load(head.FOLDER / "themes.npz"), head.load(head.FOLDER / "stance.npz")


def _read(title: str) -> Reading:
    return read_text(title, "vi")


def _lessons(shipped: Pair, path: Path | None = None, titles: Sequence[str] = COLUMN) -> list[Lesson]:
    rows = kept.rows([(title, "vi") for title in titles], names(shipped), path)
    return [Lesson(row, frozenset({"tourism"}), "positive") for row in rows]


def _chance(of: Head, title: str, label: str) -> float:
    return float(of.chances(_read(title))[of.labels.index(label)])


@pytest.fixture(scope="module")
def taught(shipped: Pair) -> Pair:
    return teach(shipped, _lessons(shipped), {"at": "2026-11-21"})


def test_an_article_like_the_corrected_ones_is_judged_as_they_were(shipped: Pair, taught: Pair) -> None:
    unseen = "Chuyện bên hiên: bác Tám kể về phiên chợ"
    assert _chance(taught[0], unseen, "tourism") > _chance(shipped[0], unseen, "tourism") + 0.1
    assert _chance(taught[1], unseen, "positive") > _chance(shipped[1], unseen, "positive")


def test_what_has_nothing_to_do_with_the_corrections_stays_as_it_was(shipped: Pair, taught: Pair) -> None:
    for title, language in (("Khởi tố cán bộ nhận hối lộ", "vi"), ("台风在归仁登陆 多艘渔船沉没", "zh-Hans")):
        reading = read_text(title, language)
        for before, after in zip(shipped, taught, strict=True):
            assert after.chances(reading) == pytest.approx(before.chances(reading), abs=0.02)


def test_the_same_corrections_give_the_same_head(shipped: Pair, taught: Pair) -> None:
    for one, other in zip(taught, teach(shipped, _lessons(shipped), {"at": "2026-11-21"}), strict=True):
        assert np.array_equal(one.words, other.words)
        assert np.array_equal(one.scale, other.scale)


def test_a_head_that_nobody_corrected_is_the_shipped_one(shipped: Pair) -> None:
    themes, stance = teach(shipped, [Lesson(_lessons(shipped)[0].row, frozenset())], {})
    assert stance.words is shipped[1].words
    assert themes.card["taught"]["lessons"] == 1


def _same(one: Pair, other: Pair) -> bool:
    """Two heads within what the last bit of a float may move: single steps of 8-bit weights, hardly any of them."""
    return all(
        np.allclose(a.scale, b.scale, rtol=1e-5)
        and np.array_equal(a.idf, b.idf)
        and np.abs(getattr(a, of).astype(int) - getattr(b, of)).max() <= 1
        and (getattr(a, of) != getattr(b, of)).mean() < 1e-4
        for a, b in zip(one, other, strict=True)
        for of in ("words", "chars")
    )


def test_what_is_kept_between_retrainings_teaches_what_reading_everything_again_does(
    shipped: Pair, taught: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "models" / "rows.npz"
    first = teach(shipped, _lessons(shipped, path, COLUMN[:-1]), {})
    assert not _same(first, taught)
    read: list[str] = []

    def noted(text: str, language: str) -> Reading:
        read.append(text)
        return read_text(text, language)

    monkeypatch.setattr("classifier.kept.read_text", noted)
    assert _same(teach(shipped, _lessons(shipped, path), {}, first), taught)
    assert read == COLUMN[-1:]
    _lessons(shipped, path, COLUMN[:1])
    _lessons(shipped, path)
    assert read[1:] == COLUMN[1:]  # what is corrected no more was not kept


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "another form"])
def test_kept_rows_that_cannot_be_trusted_are_read_again(shipped: Pair, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "rows.npz"
    whole = _lessons(shipped, path)
    held = path.read_bytes()
    broken = {"cut": held[:-100], "flipped": held[:-900] + bytes([held[-900] ^ 1]) + held[-899:], "empty": b""}
    path.write_bytes(broken.get(damage, held))
    if damage == "another form":
        kept.rows([("Bão vào Quy Nhơn", "vi")], names(shipped)[1:], path)
    for one, other in zip(_lessons(shipped, path), whole, strict=True):
        assert one.row.key == other.row.key
        assert np.array_equal(one.row.words.kinds, other.row.words.kinds)
        assert np.array_equal(one.row.scores, other.row.scores)
    assert path.read_bytes() == held


def test_only_the_head_whose_labels_changed_learns_again(shipped: Pair, taught: Pair) -> None:
    lessons = _lessons(shipped)
    changed = [replace(lessons[0], themes=frozenset({"asean"})), *lessons[1:]]
    themes, stance = teach(shipped, changed, {}, taught)
    assert stance is taught[1]
    assert _same((themes, stance), teach(shipped, changed, {}))
    assert not _same((themes, stance), taught)
