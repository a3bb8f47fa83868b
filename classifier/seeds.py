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
from typing import NamedTuple

import numpy as np
import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from classifier.words import Tokens, settled, tokens
from diembao.core.errors import Misconfigured

FOLDER = Path(__file__).with_name("seeds")
SIGNS_FOLDER = Path(__file__).with_name("signs")
SIGNS = ("praise", "help", "failing", "complaint", "misfortune", "routine", "answered")
LANGUAGES = ("vi", "en", "fr", "ru", "zh", "ja", "ko", "th", "lo", "km")
_NAMES = "names"
# The one in C where it was built: five times as quick.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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


class Found(NamedTuple):
    """One seed phrase in a text: which themes it speaks of, how strongly, and where it stands."""

    weights: Mapping[str, float]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``phrases`` in the order of the automaton's patterns. A pattern is a phrase's letters, or its stems with a space
    before and one behind each, so that only whole words are found.
    """

    language: str
    phrases: Sequence[Mapping[str, float]]
    automaton: AhoCorasick

    def find(self, compared: str, found: Tokens) -> list[Found]:
        """Phrases in the order of the text. The longest wins and uses up its words."""
        if self.language in _ANYWHERE:
            return [Found(self.phrases[n], start, end) for n, start, end in self._hits(compared)]
        words = found.texts
        if self.language in _ENDINGS:
            words = [_cut_stem(word, self.language) for word in words]
        hits = self._hits(_spaced(words))
        if not hits:
            return []
        lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        ends = np.cumsum(lengths + 2)  # of each word with its two spaces
        last = np.searchsorted(ends, [end for _, _, end in hits])
        first = np.searchsorted(ends, [start for _, start, _ in hits], side="right")
        spans = zip(found.starts[first].tolist(), found.ends[last].tolist(), strict=True)
        return [Found(self.phrases[n], *span) for (n, _, _), span in zip(hits, spans, strict=True)]

    def _hits(self, text: str) -> list[tuple[int, int, int]]:
        return self.automaton.find_matches_as_indexes(text)


def _spaced(words: Sequence[str]) -> str:
    return f" {'  '.join(words)} "


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
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a SafeLoader
        weighted: dict[str, dict[str, float]] = {
            theme: _weighted(groups) for theme, groups in raw.items() if theme != _NAMES
        }
        names = dict.fromkeys(map(str, raw.get(_NAMES, ())), 0.0)
        whole = _by_phrase({**weighted, "": names}, language)
    except (OSError, yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        raise Misconfigured(f"{path}: not a file of seeds (theme → weight → phrases): {error}") from error
    return _lexicon(whole, language)


def _lexicon(whole: Mapping[str, Mapping[str, float]], language: str) -> Lexicon:
    return Lexicon(language, list(whole.values()), AhoCorasick(list(whole), matchkind=MatchKind.LeftmostLongest))


def of_phrases(weighted: Mapping[str, Mapping[str, float]], language: str) -> Lexicon:
    """A lexicon of phrases at hand: theme → phrase → weight; a phrase without a word is left out."""
    usable = {
        theme: {phrase: weight for phrase, weight in phrases.items() if any(map(str.isalnum, phrase))}
        for theme, phrases in weighted.items()
    }
    return _lexicon(_by_phrase(usable, language), language)


def _weighted(groups: Mapping[float, Sequence[str]]) -> dict[str, float]:
    return {str(phrase): float(weight) for weight, phrases in groups.items() for phrase in phrases}


def _by_phrase(weighted: Mapping[str, Mapping[str, float]], language: str) -> dict[str, dict[str, float]]:
    whole: dict[str, dict[str, float]] = {}
    for theme, phrases in weighted.items():
        for phrase, weight in phrases.items():
            themes = whole.setdefault(_cut(phrase, language), {})
            if theme:
                themes[theme] = weight
    return whole


def _cut(phrase: str, language: str) -> str:
    """A phrase as it is looked for."""
    compared = settled(phrase)[1]
    if language in _ANYWHERE:
        words = [compared]
    else:
        words = [_cut_stem(word, language) if language in _ENDINGS else word for word in tokens(compared).texts]
    if not words or not words[0]:
        raise ValueError("a phrase without a word")
    return compared if language in _ANYWHERE else _spaced(words)


@functools.lru_cache(maxsize=20_000)
def _cut_stem(word: str, language: str) -> str:
    """Without the ending that number, case or gender puts on it; short words are left alone."""
    word = _ELIDED.sub("", word) if language == "fr" else word
    stem = _ENDINGS[language].sub("", word)
    return stem if len(stem) >= _STEM else word


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What all seed phrases of a text say, one row for each weight of a phrase: the phrase, the theme or sign it speaks
    of, its weight, and what of that counts in the text.
    """

    phrases: Sequence[Found]
    counts: Sequence[float]  # of each phrase
    rows: Sequence[tuple[int, str, float, float]]

    def scores(self, names: Sequence[str]) -> list[float]:
        """One number for each of these themes and signs: the damped sum of its weights."""
        total = dict.fromkeys(names, 0.0)
        for _, name, _, counts in self.rows:
            if name in total:
                total[name] += counts
        return [math.copysign(math.log1p(abs(total[name])), total[name]) for name in names]

    def pulls(self, worth: Mapping[str, float]) -> list[float]:
        """How much each phrase speaks for what a theme or sign is worth so much to."""
        pulls = [0.0] * len(self.phrases)
        for phrase, name, weight, _ in self.rows:
            if name in worth:
                pulls[phrase] += weight * worth[name]
        return [pull * count for pull, count in zip(pulls, self.counts, strict=True)]


def said(hits: Sequence[Found], counts: Sequence[float]) -> Said:
    """``counts`` says how much each hit counts; a phrase said again adds a half, and after that nothing."""
    times: dict[int, int] = {}
    rows: list[tuple[int, str, float, float]] = []
    for n, (hit, count) in enumerate(zip(hits, counts, strict=True)):
        times[id(hit.weights)] = time = times.get(id(hit.weights), 0) + 1
        rows += [(n, name, weight, weight * count / time if time <= 2 else 0.0) for name, weight in hit.weights.items()]
    return Said(hits, counts, rows)


def digest() -> str:
    """SHA-256 (hex) of all files of seeds and signs: a head learned with others must be trained again."""
    sha = hashlib.sha256()
    for language in LANGUAGES:
        sha.update((FOLDER / f"{language}.yaml").read_bytes())
        sha.update((SIGNS_FOLDER / f"{language}.yaml").read_bytes())
    return sha.hexdigest()
