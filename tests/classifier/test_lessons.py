"""The examples that ship: how many there are of each kind, and what each teaches."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import replace

import pytest

from classifier import example
from classifier.example import Example
from classifier.lessons import WRITTEN, counted, lessons
from diembao.plan.reader import themes

ONE = Example("vi", 1, "vi", "Lũ lớn ở Tuy Phước", "Nhiều nhà ngập.", ("environment-climate",), "neutral", "yes", "yes")
SPACELESS = ("zh-Hans", "zh-Hant", "ja", "lo", "km", "th")


@functools.cache
def shipped() -> list[Example]:
    return example.load(example.FOLDER, tuple(themes()))


def test_some_examples_are_whole_articles_in_several_languages() -> None:
    whole = [one for one in shipped() if one.text]
    assert len(whole) >= 25
    assert len({one.language for one in whole}) >= 6
    assert {one.stance for one in whole} == {*example.STANCES, example.NOT_ABOUT}
    for one in whole:
        said = f"{one.title} {one.summary} {one.text}"
        length = len(said) / 2 if one.language in SPACELESS else len(said.split())
        assert 300 <= length <= 700, one.title


@pytest.mark.parametrize("language", example.LANGUAGES)
def test_every_stance_has_sixty_examples_in_every_language(language: str) -> None:
    counts = Counter(one.stance for one in shipped() if one.language == language)
    assert min(counts[stance] for stance in example.STANCES) >= 60


def test_every_example_teaches_something_and_the_newer_ones_say_it_themselves() -> None:
    assert all(lessons(one) for one in shipped())
    assert all(one.teaches for one in shipped() if one.text)
    assert counted(shipped())["vi"][WRITTEN] >= 20


def test_what_an_older_line_teaches_is_read_off_its_labels_and_words() -> None:
    assert set(lessons(ONE)) == {"one theme", "bad news without blame"}
    assert "several themes" in lessons(replace(ONE, themes=("tourism", "asean")))
    assert lessons(replace(ONE, teaches="một trận lũ")) == ("một trận lũ",)
    away = replace(ONE, stance="na", gialai="no", binhdinh="no", themes=())
    assert set(lessons(away)) == {"not about the province", "no theme"}
