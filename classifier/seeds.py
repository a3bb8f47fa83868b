"""Seed terms of the themes (``seeds/<language>.yaml``) and signs of the stances (``signs/<language>.yaml``): what a
text speaks of and how, before anything is learned.
"""

from __future__ import annotations

import functools
import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from classifier.words import Token, settled, tokens
from diembao.core.errors import Misconfigured

FOLDER = Path(__file__).with_name("seeds")
SIGNS_FOLDER = Path(__file__).with_name("signs")
SIGNS = ("praise", "help", "failing", "complaint", "misfortune", "routine", "answered")
LANGUAGES = ("vi", "en", "fr", "ru", "zh", "ja", "ko", "th", "lo", "km")
_NAMES = "names"

# Words do not stand apart, or particles grow on them: a phrase counts wherever its letters stand.
_ANYWHERE = frozenset(("zh", "ja", "ko", "th", "lo", "km"))
_ENDINGS = {
    "en": re.compile(r"(?:['’]s|(?<!s)s)$"),
    "fr": re.compile(r"(?:es|e|s|x)$"),
    "ru": re.compile(
        r"(?:иями|ами|ями|ого|его|ому|ему|ыми|ими|ией|ах|ях|ам|ям|ов|ев|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|ую|юю|ым|им|"
        r"ом|ем|ых|их|ью|ия|ии|ию|[аяоеёыиуюьй])$"
    ),
}
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]")  # l'exportation, d'asean
_STEM = 3  # letters that an ending leaves at least


@dataclass(frozen=True, slots=True)
class Found:
    """One seed phrase in a text: which themes it speaks of, how strongly, and where it stands."""

    weights: Mapping[str, float]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases (sequences of stems, or of letters) by their first stem (or two letters), the longest first."""

    language: str
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], Mapping[str, float]]]]

    def find(self, compared: str, found: Sequence[Token]) -> list[Found]:
        """Phrases in the order of the text. The longest wins and uses up its words."""
        if self.language in _ANYWHERE:
            return self._letters(compared)
        words = [_stem(token.text, self.language) for token in found]
        hits, free = [], 0
        for at, word in enumerate(words):
            if at < free or word not in self.phrases:
                continue
            for phrase, weights in self.phrases[word]:
                if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase:
                    free = at + len(phrase)
                    hits.append(Found(weights, found[at].start, found[free - 1].end))
                    break
        return hits

    def _letters(self, compared: str) -> list[Found]:
        hits, at = [], 0
        while at < len(compared):
            first = compared[at : at + 2]
            for (phrase,), weights in (*self.phrases.get(first, ()), *self.phrases.get(first[0], ())):
                if compared.startswith(phrase, at):
                    hits.append(Found(weights, at, at + len(phrase)))
                    at += len(phrase) - 1
                    break
            at += 1
        return hits


@functools.cache
def lexicon(language: str) -> Lexicon | None:
    """The seeds of a language (``vi-VN`` counts as ``vi``), or None where there are none."""
    language = language.partition("-")[0].lower()
    return read(FOLDER / f"{language}.yaml", language) if language in LANGUAGES else None


@functools.cache
def signs(language: str) -> Lexicon | None:
    """The words of a language that lean towards a stance, under the names of `SIGNS`."""
    language = language.partition("-")[0].lower()
    return read(SIGNS_FOLDER / f"{language}.yaml", language) if language in LANGUAGES else None


def read(path: Path, language: str) -> Lexicon:
    """Read one file of seeds.

    Raises:
        Misconfigured: the file cannot be read or is not of the form theme → weight → phrases.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        weighted: dict[str, dict[str, float]] = {
            theme: _weighted(groups) for theme, groups in raw.items() if theme != _NAMES
        }
        names = dict.fromkeys(map(str, raw.get(_NAMES, ())), 0.0)
        return Lexicon(language, _by_first_word({**weighted, "": names}, language))
    except (OSError, yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        raise Misconfigured(f"{path}: not a file of seeds (theme → weight → phrases): {error}") from error


def _weighted(groups: Mapping[float, Sequence[str]]) -> dict[str, float]:
    return {str(phrase): float(weight) for weight, phrases in groups.items() for phrase in phrases}


def _by_first_word(
    weighted: Mapping[str, Mapping[str, float]], language: str
) -> dict[str, list[tuple[tuple[str, ...], dict[str, float]]]]:
    whole: dict[tuple[str, ...], dict[str, float]] = {}
    for theme, phrases in weighted.items():
        for phrase, weight in phrases.items():
            themes = whole.setdefault(_cut(phrase, language), {})
            if theme:
                themes[theme] = weight
    first: dict[str, list[tuple[tuple[str, ...], dict[str, float]]]] = {}
    for words in sorted(whole, key=lambda w: (-len(w), -len(w[0]), w)):
        first.setdefault(words[0][:2] if language in _ANYWHERE else words[0], []).append((words, whole[words]))
    return first


def _cut(phrase: str, language: str) -> tuple[str, ...]:
    """A phrase as it is looked for."""
    compared = settled(phrase)[1]
    words = (compared,) if language in _ANYWHERE else tuple(_stem(t.text, language) for t in tokens(compared))
    if not words or not words[0]:
        raise ValueError("a phrase without a word")
    return words


def _stem(word: str, language: str) -> str:
    return _cut_stem(word, language) if language in _ENDINGS else word


@functools.lru_cache(maxsize=20_000)
def _cut_stem(word: str, language: str) -> str:
    """Without the ending that number, case or gender puts on it; short words are left alone."""
    word = _ELIDED.sub("", word) if language == "fr" else word
    stem = _ENDINGS[language].sub("", word)
    return stem if len(stem) >= _STEM else word


def scores(hits: Sequence[Found], counts: Sequence[float], names: Sequence[str]) -> list[float]:
    """One number for each of these themes and signs: the damped sum of its weights. ``counts`` says how much each
    hit counts; a phrase said again adds a half, and after that nothing.
    """
    total = dict.fromkeys(names, 0.0)
    said: dict[int, int] = {}
    for hit, count in zip(hits, counts, strict=True):
        said[id(hit.weights)] = times = said.get(id(hit.weights), 0) + 1
        if times <= 2:
            for name, weight in hit.weights.items():
                if name in total:
                    total[name] += weight * count / times
    return [math.copysign(math.log1p(abs(total[name])), total[name]) for name in names]


def digest() -> str:
    """SHA-256 (hex) of all files of seeds and signs: a head learned with others must be trained again."""
    sha = hashlib.sha256()
    for language in LANGUAGES:
        sha.update((FOLDER / f"{language}.yaml").read_bytes())
        sha.update((SIGNS_FOLDER / f"{language}.yaml").read_bytes())
    return sha.hexdigest()
