"""What corrections teach a head, and what they leave alone."""

from __future__ import annotations

import numpy as np
import pytest

from classifier import head
from classifier.features import Reading, read_text
from classifier.head import Head
from classifier.teaching import Lesson, teach

# A paper's own column, which the shipped heads know nothing of.
COLUMN = [
    f"Chuyện bên hiên: bác Tám kể {what}" for what in ("về cái chõng", "về con thuyền", "chuyện mưa", "về dòng sông")
]


@pytest.fixture(scope="module")
def shipped() -> tuple[Head, Head]:
    return head.load(head.FOLDER / "themes.npz"), head.load(head.FOLDER / "stance.npz")


def _read(title: str) -> Reading:
    return read_text(title, "vi")


def _chance(of: Head, title: str, label: str) -> float:
    return float(of.chances(_read(title))[of.labels.index(label)])


@pytest.fixture(scope="module")
def taught(shipped: tuple[Head, Head]) -> tuple[Head, Head]:
    lessons = [Lesson(_read(title), frozenset({"tourism"}), "positive") for title in COLUMN]
    return teach(*shipped, lessons, {"at": "2026-11-21"})


def test_an_article_like_the_corrected_ones_is_judged_as_they_were(
    shipped: tuple[Head, Head], taught: tuple[Head, Head]
) -> None:
    unseen = "Chuyện bên hiên: bác Tám kể về phiên chợ"
    assert _chance(taught[0], unseen, "tourism") > _chance(shipped[0], unseen, "tourism") + 0.1
    assert _chance(taught[1], unseen, "positive") > _chance(shipped[1], unseen, "positive")


def test_what_has_nothing_to_do_with_the_corrections_stays_as_it_was(
    shipped: tuple[Head, Head], taught: tuple[Head, Head]
) -> None:
    for title, language in (("Khởi tố cán bộ nhận hối lộ", "vi"), ("台风在归仁登陆 多艘渔船沉没", "zh-Hans")):
        reading = read_text(title, language)
        for before, after in zip(shipped, taught, strict=True):
            assert after.chances(reading) == pytest.approx(before.chances(reading), abs=0.02)


def test_the_same_corrections_give_the_same_head(shipped: tuple[Head, Head], taught: tuple[Head, Head]) -> None:
    lessons = [Lesson(_read(title), frozenset({"tourism"}), "positive") for title in COLUMN]
    for one, other in zip(taught, teach(*shipped, lessons, {"at": "2026-11-21"}), strict=True):
        assert np.array_equal(one.words, other.words)
        assert np.array_equal(one.scale, other.scale)


def test_a_head_that_nobody_corrected_is_the_shipped_one(shipped: tuple[Head, Head]) -> None:
    themes, stance = teach(*shipped, [Lesson(_read(COLUMN[0]), frozenset())], {})
    assert stance.words is shipped[1].words
    assert themes.card["taught"] == {"lessons": 1}
