"""What is done to all letters of a text at once is what is done to it word by word."""

from __future__ import annotations

import random

import pytest

from classifier import example, letters
from diembao.core import text as core
from diembao.core.text import nfc
from diembao.plan.reader import themes

# What the spelling rules look at, what stands around it, and letters that are not one for one.
SIGNS = [
    *"qQuúÙyýYoOoàáaÀeèéhklmstHKMT _-.\n1ỷỹỵ",
    "quý",
    "qúy",
    "hoà",
    "thuỷ",
    "công ty",
    "İ",
    "Σ",
    "ß",
    "ก",
    "ຫ",
    "𝒳",
    "한",
]


def test_spelling_variants_are_unified_alike_in_every_language() -> None:
    examples = example.load(example.FOLDER, tuple(themes()))
    by_language: dict[str, list[str]] = {}
    for one in examples:
        by_language.setdefault(one.language, []).append(f"{one.title}\n{one.summary}")
    for texts in by_language.values():
        whole = nfc("\n".join(texts))[:50_000]
        assert letters.normal(whole) == core.normal(whole)
        assert letters.folded(whole) == core.fold(whole)


@pytest.mark.parametrize("seed", range(4))
def test_spelling_variants_are_unified_alike_whatever_stands_beside_them(seed: int) -> None:
    draw = random.Random(seed)
    signs = SIGNS[: -7 if seed % 2 else None]
    for _ in range(50):
        text = nfc("".join(draw.choices(signs, k=600)))
        assert letters.normal(text) == core.normal(text)


def test_both_spellings_of_a_place_read_the_same_in_a_long_text() -> None:
    filled = "Mưa lớn ở Qui Nhơn, Hoà Hội và Mĩ Thọ. " * 20 + "Mĩ"
    assert "quy" not in letters.normal(filled)
    assert letters.normal(filled) == letters.normal(
        filled.replace("Qui", "Quy").replace("Hoà", "Hòa").replace("Mĩ", "Mỹ")
    )
