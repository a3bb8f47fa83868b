from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from classifier import seeds
from classifier.seeds import Lexicon, lexicon, read
from classifier.words import settled, tokens
from diembao.core.errors import Misconfigured
from diembao.plan.reader import themes


def _found(text: str, language: str, given: Lexicon | None = None) -> list[tuple[str, dict[str, float]]]:
    shown, compared = settled(text)
    chosen = given or lexicon(language)
    assert chosen is not None
    return [(shown[hit.start : hit.end], dict(hit.weights)) for hit in chosen.find(compared, tokens(compared))]


@pytest.mark.parametrize("language", seeds.LANGUAGES)
def test_every_language_has_seeds_for_every_theme_and_no_other(language: str) -> None:
    raw = yaml.safe_load((seeds.FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    assert set(raw) - {"names"} == set(themes())


@pytest.mark.parametrize("language", seeds.LANGUAGES)
def test_every_language_has_at_least_thirty_for_each_and_some_that_speak_against_it(language: str) -> None:
    raw = yaml.safe_load((seeds.FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    for theme in themes():
        terms = [term for group in raw[theme].values() for term in group]
        assert len(set(terms)) == len(terms) >= 30, theme
        assert min(raw[theme]) < 0, theme


@pytest.mark.parametrize("language", seeds.LANGUAGES)
def test_every_language_has_every_sign_of_a_stance(language: str) -> None:
    raw = yaml.safe_load((seeds.SIGNS_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    assert tuple(raw) == seeds.SIGNS
    for sign, groups in raw.items():
        terms = [term for group in groups.values() for term in group]
        assert len(set(terms)) == len(terms) >= 8, sign


def test_a_sign_says_nothing_of_a_theme() -> None:
    known = seeds.signs("vi")
    assert known is not None
    assert _found("Dự án chậm tiến độ, dân bức xúc", "vi", known) == [
        ("chậm tiến độ", {"failing": 2}),
        ("bức xúc", {"complaint": 2}),
    ]


def test_the_longest_phrase_uses_up_its_words() -> None:
    assert _found("Hoàng Anh Gia Lai", "vi") == [("Hoàng Anh Gia Lai", {})]
    assert [text for text, _ in _found("bão vào Biển Đông", "vi")] == ["bão vào Biển Đông"]
    assert "sea-islands" not in _found("bão vào Biển Đông", "vi")[0][1]
    assert "sea-islands" in _found("chủ quyền Biển Đông", "vi")[1][1]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("xoá nhà tạm, mỹ quan", "vi", "xoá nhà tạm"),  # another place of the tone
        ("Floods and storms", "en", "Floods"),
        ("the farmers' harvests", "en", "farmers"),
        ("l'exportation de café", "fr", "l'exportation"),
        ("туристы из Москвы", "ru", "туристы"),
        ("관광객이 늘었다", "ko", "관광객"),
        ("많은 어민들이", "ko", "어민"),
        ("归仁遭台风袭击", "zh-Hans", "台风"),
        ("颱風來襲", "zh-TW", "颱風"),
        ("นักท่องเที่ยวชาวไทย", "th", "นักท่องเที่ยว"),
        ("ນໍ້າຖ້ວມ", "lo", "ນ້ຳຖ້ວມ"),  # SARA AM in two pieces
    ],
)
def test_forms_of_a_word_are_found(text: str, language: str, found: str) -> None:
    assert found in [shown for shown, _ in _found(text, language)]


def test_a_language_without_seeds_has_none() -> None:
    assert lexicon("sv") is None


def test_a_phrase_said_again_adds_half_and_then_nothing() -> None:
    chosen = lexicon("vi")
    assert chosen is not None
    texts = ["ngập lụt", "ngập lụt. ngập lụt", ". ".join(["ngập lụt"] * 9)]
    hits = [chosen.find(text, tokens(text)) for text in texts]
    once, twice, often = [seeds.said(found, [1.0] * len(found)).scores(["environment-climate"])[0] for found in hits]
    assert once < twice == often


@pytest.mark.parametrize("text", ["", "[]", "tourism: 7", "tourism: {high: [x]}", "tourism: {1: ['!']}", "a: b: c"])
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "vi.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"vi\.yaml"):
        read(path, "vi")
