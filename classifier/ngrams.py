"""Which of several languages in Latin letters: langdetect's profiles, rules and dice, without its price.

langdetect takes a text apart letter by letter and throws its dice through four calls each: more than half of what
a foreign text cost to be judged. Here the n-grams of a word are remembered, and a throw is two lines. Every answer is
langdetect's own, to the last digit (a test holds them side by side).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from diembao.core.text import fold

LANGUAGES: Final = ("vi", "en", "fr", "de", "es", "id")
TONELESS: Final = "vi-toneless"

_SPACES: Final = re.compile(" {2,}")
# Letters from which langdetect counts whether a text is Latin at all.
_OTHER_LETTERS: Final = re.compile("[\u0300-\u1dff\u1f00-\U0010ffff]")
_LATIN: Final = re.compile("[A-z]")
_SEED: Final = 0  # one, so that a text has one answer
_TRIALS: Final = 7
_CACHED: Final = 32_768  # words
_LONGEST: Final = 32  # characters; what is longer is no word, and does not come again


def most_like(text: str) -> tuple[str, float]:
    """The language whose n-grams are the likeliest (``vi`` also without marks), and how likely; "" if none is."""
    detector = _detector()
    found = detector.grams(text)
    if not found:
        return "", 0.0
    sure = detector.throw(found)
    best = max(range(len(sure)), key=sure.__getitem__)
    if sure[best] <= detector.least:
        return "", 0.0
    language = detector.languages[best]
    return ("vi" if language == TONELESS else language), round(min(1.0, sure[best]), 4)


Chances = Sequence[float]  # of an n-gram in each language, in the order of `_Detector.languages`


class _Detector:
    """Over our profiles only."""

    def __init__(self) -> None:
        from langdetect.detector import Detector
        from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
        from langdetect.utils.ngram import NGram

        profiles = [(Path(PROFILES_DIRECTORY) / name).read_text(encoding="utf-8") for name in LANGUAGES]
        factory = DetectorFactory()
        factory.load_json_profile([*profiles, _toneless(profiles[0])])
        self.languages: Sequence[str] = factory.langlist
        self.least: float = Detector.PROB_THRESHOLD
        self._rules, self._vietnamese = Detector, NGram.normalize_vi
        self._letters = _Letters(NGram.normalize)
        self.chances: Mapping[str, Chances] = factory.word_lang_prob_map
        self._words = _Words(self.chances)

    def grams(self, text: str) -> list[Chances]:
        """Of every n-gram of the text that a profile has, in order."""
        if "http" in text:
            text = self._rules.URL_RE.sub(" ", text)
        if "@" in text:  # its rule tries each word from each letter on
            text = self._rules.MAIL_RE.sub(" ", text)
        text = _without_latin(_SPACES.sub(" ", self._vietnamese(text))).translate(self._letters)
        *words, last = text.split(" ")
        found: list[Chances] = []
        for word in words:
            if word:
                found += self._words[f"{word} "]
        return found + self._words[last] if last else found

    def throw(self, found: Sequence[Chances]) -> list[float]:
        """How likely each language is, after so many trials of n-grams drawn by lot."""
        rules, dice = self._rules, random.Random(_SEED)  # noqa: S311 (no secret: the same dice for every text)
        sure = [0.0] * len(self.languages)
        for _ in range(_TRIALS):
            weight = (rules.ALPHA_DEFAULT + dice.gauss(0.0, 1.0) * rules.ALPHA_WIDTH) / rules.BASE_FREQ
            chances = [1.0 / len(self.languages)] * len(self.languages)
            for turn in range(rules.ITERATION_LIMIT // 5 + 1):
                drawn = _drawn(found, dice, 5 if turn else 1)
                chances = _weighed(chances, weight, drawn)
                if max(chances) > rules.CONV_THRESHOLD:
                    break
            sure = [before + chance / _TRIALS for before, chance in zip(sure, chances, strict=True)]
        return sure


def _drawn(found: Sequence[Chances], dice: random.Random, times: int) -> list[Chances]:
    """What so many `random.choice` would draw, without a call for each."""
    number, bits, draw = len(found), len(found).bit_length(), dice.getrandbits
    drawn: list[Chances] = []
    while len(drawn) < times:
        if (place := draw(bits)) < number:
            drawn.append(found[place])
    return drawn


def _weighed(chances: Chances, weight: float, drawn: Iterable[Chances]) -> list[float]:
    """Each of the seven languages by itself: a loop over them takes three times as long."""
    a, b, c, d, e, f, g = chances
    for of_a, of_b, of_c, of_d, of_e, of_f, of_g in drawn:
        a *= weight + of_a
        b *= weight + of_b
        c *= weight + of_c
        d *= weight + of_d
        e *= weight + of_e
        f *= weight + of_f
        g *= weight + of_g
    whole = sum((a, b, c, d, e, f, g))
    return [each / whole for each in (a, b, c, d, e, f, g)]


class _Letters(dict[int, str]):
    """What langdetect makes of a letter, by its code, as `str.translate` asks."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        made = self[code] = self._rule(chr(code))
        return made


class _Words(dict[str, list[Chances]]):
    """The n-grams of every word met so far, the space behind it with it."""

    def __init__(self, chances: Mapping[str, Chances]) -> None:
        super().__init__()
        self._chances = chances

    def __missing__(self, word: str) -> list[Chances]:
        made = [self._chances[gram] for gram in _grams(f" {word}") if gram in self._chances]
        if len(word) <= _LONGEST:
            if len(self) >= _CACHED:
                self.clear()
            self[word] = made
        return made


def _grams(word: str) -> Iterator[str]:
    """One, two and three letters that end with each letter of a word, the space before it with it; none that end
    with the second capital of two or one behind that.
    """
    for end in range(2, len(word) + 1):
        if word[end - 1].isupper() and word[end - 2].isupper():
            continue
        if word[end - 1] != " ":
            yield word[end - 1]
        yield word[end - 2 : end]
        if end > 2:
            yield word[end - 3 : end]


def _without_latin(text: str) -> str:
    """As it is, unless there are more than twice as many letters of other scripts: then without its Latin ones."""
    others = len(_OTHER_LETTERS.findall(text))
    return _LATIN.sub("", text) if others and others > 2 * len(_LATIN.findall(text)) else text


def _toneless(vietnamese: str) -> str:
    """The profile of Vietnamese typed without marks: the n-grams of langdetect's own, marks stripped and summed."""
    profile = json.loads(vietnamese)
    freq: dict[str, int] = {}
    for gram, count in profile["freq"].items():
        # An n-gram of a capital word starts with a capital: fold lowers it, so its case is put back.
        plain = "".join(fold(sign).upper() if sign.isupper() else fold(sign) for sign in gram)
        freq[plain] = freq.get(plain, 0) + count
    return json.dumps({"name": TONELESS, "n_words": profile["n_words"], "freq": freq})


@lru_cache(maxsize=1)
def _detector() -> _Detector:
    return _Detector()
