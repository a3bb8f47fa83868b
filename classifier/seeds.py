"""Seed terms of the themes (``seeds/<language>.yaml``): what a text speaks of, before anything is learned."""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from classifier.words import Token, settled, tokens
from diembao.core.errors import Misconfigured

FOLDER = Path(__file__).with_name("seeds")
LANGUAGES = ("vi", "en")
_NAMES = "names"


@dataclass(frozen=True, slots=True)
class Found:
    """One seed phrase in a text: which themes it speaks of, how strongly, and where it stands."""

    weights: Mapping[str, float]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word, the longest first."""

    language: str
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], Mapping[str, float]]]]

    def find(self, found: Sequence[Token]) -> list[Found]:
        """Phrases in the order of the text. The longest wins and uses up its words."""
        words = [_stem(token.text, self.language) for token in found]
        hits, at = [], 0
        while at < len(words):
            for phrase, weights in self.phrases.get(words[at], ()):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    last = at + len(phrase) - 1
                    hits.append(Found(weights, found[at].start, found[last].end))
                    at = last
                    break
            at += 1
        return hits


@functools.cache
def lexicon(language: str) -> Lexicon | None:
    """The seeds of a language (``vi-VN`` counts as ``vi``), or None where there are none."""
    language = language.partition("-")[0].lower()
    return read(FOLDER / f"{language}.yaml", language) if language in LANGUAGES else None


def read(path: Path, language: str) -> Lexicon:
    """Read one file of seeds.

    Raises:
        Misconfigured: the file cannot be read or is not of the form theme → weight → phrases.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        weighted = {theme: _weighted(groups) for theme, groups in raw.items() if theme != _NAMES}
        names = dict.fromkeys(raw.get(_NAMES, ()), 0.0)
    except (OSError, yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        raise Misconfigured(f"{path}: not a file of seeds (theme → weight → phrases): {error}") from error
    return Lexicon(language, _by_first_word({**weighted, "": names}, language))


def _weighted(groups: Mapping[float, Sequence[str]]) -> dict[str, float]:
    return {str(phrase): float(weight) for weight, phrases in groups.items() for phrase in phrases}


def _by_first_word(
    weighted: Mapping[str, Mapping[str, float]], language: str
) -> dict[str, list[tuple[tuple[str, ...], dict[str, float]]]]:
    whole: dict[tuple[str, ...], dict[str, float]] = {}
    for theme, phrases in weighted.items():
        for phrase, weight in phrases.items():
            words = tuple(_stem(token.text, language) for token in tokens(settled(phrase)[1]))
            themes = whole.setdefault(words, {})
            if theme:
                themes[theme] = weight
    first: dict[str, list[tuple[tuple[str, ...], dict[str, float]]]] = {}
    for words in sorted(whole, key=lambda w: (-len(w), w)):
        first.setdefault(words[0], []).append((words, whole[words]))
    return first


def _stem(word: str, language: str) -> str:
    """English plurals and possessives end in s; a word of three letters or less is left alone."""
    if language != "en":
        return word
    word = word.removesuffix("'s").removesuffix("’s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def scores(hits: Sequence[Found], counts: Sequence[float], themes: Sequence[str]) -> list[float]:
    """One number for each theme: the damped sum of its weights. ``counts`` says how much each hit counts;
    a phrase said again adds a half, and after that nothing.
    """
    total = dict.fromkeys(themes, 0.0)
    said: dict[int, int] = {}
    for hit, count in zip(hits, counts, strict=True):
        said[id(hit.weights)] = times = said.get(id(hit.weights), 0) + 1
        if times <= 2:
            for theme, weight in hit.weights.items():
                total[theme] += weight * count / times
    return [math.copysign(math.log1p(abs(total[theme])), total[theme]) for theme in themes]


def digest() -> str:
    """SHA-256 (hex) of all seed files: a head learned with others must be trained again."""
    sha = hashlib.sha256()
    for language in LANGUAGES:
        sha.update((FOLDER / f"{language}.yaml").read_bytes())
    return sha.hexdigest()
