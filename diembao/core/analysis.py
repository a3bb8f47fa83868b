"""Text → tokens, once, for every engine: what an index holds and what a query looks for are cut by the same hand.

Engines join the tokens with spaces and index them with a plain whitespace tokenizer; they know nothing of languages.

    words of alphabetic scripts     one token each, in any language
    numbers and dates               one token each: 12/5/2026, 1.234,5, 3,5%, 10:30
    Han, kana, hangul               one token a character, so that a phrase is found anywhere in a run
    Thai, Lao, Khmer                one token a cluster (a consonant, its vowels and tones), for the same reason

A token has two forms. ``folded`` is without marks: it is what must match. ``exact`` keeps them, with the variants of
spelling unified: it tells which of the matches were meant. Where the two are equal the exact form adds nothing, so
only the *marked* tokens are indexed a second time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from diembao.core.text import fold, nfc, normal

# Part of every index's identity. Raise it when any token changes: indexes of another version are made again.
VERSION: Final = "1"

# Between title, lead and body, so that no phrase reaches across. It is no letter: no text makes such a token.
BORDER: Final = "¶"

_CACHED = 65_536  # words; a syllable language has some 7,000, ten languages of news fill about half
_MET = 32_768  # the same of texts that are looked through: a thousand news have some 20,000
_LONGEST = 64  # characters; a longer run is encoded data or an address, and is cut, here and in queries alike

_ONE_BY_ONE: Final = (  # Han, kana, bopomofo, hangul
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u318e"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003fffd"
)
# Vowels, tones and joiners in any order: they are put in order inside the token.
_THAI: Final = "[\u0e40-\u0e44]{0,2}[\u0e01-\u0e2e][\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u200c\u200d]*|[\u0e2f-\u0e4e]"
_LAO: Final = (
    "[\u0ec0-\u0ec4]{0,2}(?:\u0eab[\u0e99\u0ea1]|[\u0e81-\u0eae\u0edc-\u0edf])"
    "[\u0eb0-\u0ebd\u0ec8-\u0ece\u200c\u200d]*|[\u0eaf-\u0ece]"
)
_KHMER: Final = (
    "[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd\u200c\u200d])*"
    "|[\u17b4-\u17d3\u17d7\u17dc\u17dd]"
)
_CLUSTERED: Final = "\u0e01-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1780-\u17d3\u17d7\u17dc\u17dd"
_LETTER: Final = f"[^\\W_{_ONE_BY_ONE}{_CLUSTERED}]"
# To Python, marks and the vowel signs of India are not letters: without these, such words would fall apart.
_SIGNS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0df3\u102b-\u103e\u1056-\u109d"
)
_WORD: Final = f"{_LETTER}{{1,{_LONGEST}}}(?:[{_SIGNS}]{{1,8}}{_LETTER}{{0,{_LONGEST}}}){{0,{_LONGEST}}}"
_NUMBER: Final = (
    r"(?:\d{4}-\d\d?-\d\d?|\d\d?-\d\d?-\d{4})(?!\d)"  # not 2025-2030: those are two years
    r"|\d{1,40}(?:[.,/:]\d{1,40}){1,6}(?: ?%)?"
    r"|\d{1,40} ?%"
)
_SINGLE: Final = f"[\uff66-\uff9d][\uff9e\uff9f]|[{_ONE_BY_ONE}]"  # a half-width kana goes with its voicing mark
# Most words of most texts, found at half the price; never a part of a longer word.
_PLAIN_WORD: Final = f"[a-zß-öø-ɏḁ-ỿ]{{1,{_LONGEST}}}+(?![\\w{_SIGNS}])"
_TOKEN: Final = re.compile(f"{_PLAIN_WORD}|{_NUMBER}|{_WORD}|{_SINGLE}|{_THAI}|{_LAO}|{_KHMER}")

_BETWEEN: Final = re.compile(r"\S+")  # what stands between two spaces

_WHOLE: Final = re.compile(f"[{_ONE_BY_ONE}{_CLUSTERED}]")

# Between the parts of what was typed as one word: Covid-19, TP.HCM, l'eau, Khmer with its line breaks.
_GLUE: Final = re.compile("[-‐‑.'’ʼ&@+_\u200b-\u200d]?")


@dataclass(frozen=True, slots=True)
class Token:
    """One token and its place in ``nfc(text)``; ``typed`` is what stands there, in lower case."""

    folded: str
    exact: str
    typed: str
    start: int
    end: int

    @property
    def marked(self) -> bool:
        return self.exact != self.folded

    @property
    def whole(self) -> bool:
        """Is it a character or cluster of its own? Then no longer token begins with it."""
        return _WHOLE.match(self.folded) is not None

    @property
    def begun(self) -> str:
        """What the tokens begin with that it is the beginning of: ky begins kyoto, though as a word it is ki."""
        return fold(self.typed).translate(_SPELT_OUT)


@dataclass(frozen=True, slots=True)
class Streams:
    """What an engine indexes of a text: every token folded, and the exact form of the marked ones."""

    folded: str
    marked: str


def streams(*parts: str) -> Streams:
    """The streams of a text made of ``parts``; no phrase reaches from one part into the next."""
    folded: list[str] = []
    marked: list[str] = []
    for number, part in enumerate(parts):
        if number:
            folded.append(BORDER)
        text = _prepared(part)
        # Only 3,5 % has a space in it: what stands between two is cut as it was the last time.
        found = [_streamed(text)] if " %" in text else map(_STREAMED.__getitem__, text.split())
        for plain, exact in found:
            if plain:
                folded.append(plain)
                if exact:
                    marked.append(exact)
    return Streams(" ".join(folded), " ".join(marked))


def _streamed(text: str) -> tuple[str, str]:
    """Both streams of a part of a text."""
    pairs = [_FORMS[word] for word in _TOKEN.findall(text)]
    return " ".join([plain for plain, _ in pairs]), " ".join([exact for plain, exact in pairs if exact != plain])


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, in order."""
    for found in _TOKEN.finditer(_prepared(text)):
        yield Token(*_FORMS[found[0]], found[0], found.start(), found.end())


def stretches(text: str, firsts: AbstractSet[str], more: int) -> Iterator[tuple[int, int]]:
    """Parts [start, end) of a text in NFC, in order and apart, that hold each token folded as one of ``firsts``
    with the ``more`` that follow it: found at a tenth of the price of all its tokens.
    """
    text = _lowered(text)
    if " %" in text:  # as in `streams`
        return iter([(0, len(text))])
    holding = _holding(frozenset(firsts)).among(text.split())
    begins = sorted(place for words in holding for place in _standing(words, text))
    return _joined((start, _reached(text, end, more)) for start, end in begins)


def _standing(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where these stand by themselves, between spaces of any kind."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not text[max(start - 1, 0) : start].strip() and not text[end : end + 1].strip():
            yield start, end
        start = text.find(words, end)


def _reached(text: str, end: int, more: int) -> int:
    """Where what stands between two spaces ends in which the last of so many tokens stands, from a place on."""
    for found in _BETWEEN.finditer(text, end) if more > 0 else ():
        more -= len(_STREAMED[found[0]][0].split())
        end = found.end()
        if more <= 0:
            break
    return end


def _joined(parts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those that share something as one."""
    held: tuple[int, int] | None = None
    for first, last in parts:
        if held and first < held[1]:
            held = held[0], max(held[1], last)
            continue
        if held:
            yield held
        held = first, last
    if held:
        yield held


def groups(text: str) -> list[tuple[Token, ...]]:
    """The tokens of typed text by what was typed as one word: 平定省 and Covid-19 are each one group, whose tokens
    are meant side by side.
    """
    prepared = _prepared(text)
    found: list[list[Token]] = []
    for token in tokens(text):
        if found and _GLUE.fullmatch(prepared, found[-1][-1].end, token.start):
            found[-1].append(token)
        else:
            found.append([token])
    return [tuple(group) for group in found]


def has_tokens(text: str) -> bool:
    """Is there anything in it to look for?"""
    return _TOKEN.search(_prepared(text)) is not None


def _prepared(text: str) -> str:
    return _lowered(nfc(text))


def _lowered(text: str) -> str:
    """Lower case, with every character in its place (İ alone would become two)."""
    return text.replace("İ", "i").lower()


# -- one token --------------------------------------------------------------------------------------

_WIDE: Final = re.compile("[\uff00-\uffef]")  # full-width letters and half-width kana of East Asian typesetting
_NUMERIC: Final = re.compile(r"[\d.,/:-]+(?: ?%)?")
_DATE: Final = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})|(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)/(\d\d?)")
_SPELT_OUT: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "þ": "th", "\u200c": None, "\u200d": None})


class _Kept(dict[str, tuple[str, str]]):
    """What a rule makes of every word met so far; looking it up costs a fraction of a call."""

    def __init__(self, rule: Callable[[str], tuple[str, str]]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, word: str) -> tuple[str, str]:
        made = self._rule(word)
        if len(word) <= _LONGEST:
            if len(self) >= _CACHED:
                self.clear()
            self[word] = made
        return made


def _forms(word: str) -> tuple[str, str]:
    if _WIDE.search(word):
        word = unicodedata.normalize("NFKC", word).lower()
    if _NUMERIC.fullmatch(word):
        number = _number(word)
        return number, number
    exact = normal(word.replace("\u200c", "").replace("\u200d", ""))
    if exact.isascii():  # nothing to fold
        return exact, exact
    return fold(exact).translate(_SPELT_OUT), exact


def _number(word: str) -> str:
    """ASCII digits without spaces; a date as 5/12/2026, however its day, month and strokes were written."""
    word = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in word if sign != " ")
    found = _DATE.fullmatch(word)
    if not found:
        return word
    day, month, year, iso_year, iso_month, iso_day, short_day, short_month = found.groups()
    if short_day:
        return f"{int(short_day)}/{int(short_month)}"
    return f"{int(day or iso_day)}/{int(month or iso_month)}/{year or iso_year}"


_FORMS: Final = _Kept(_forms)
_STREAMED: Final = _Kept(_streamed)  # by what stands between two spaces, with its signs


class _Holding:
    """Which of the words met so far, as they stand between spaces, hold one of these tokens. Sets are compared at a
    fifth of the price of looking up word by word.
    """

    def __init__(self, tokens: AbstractSet[str]) -> None:
        self._tokens = tokens
        self._met: set[str] = set()
        self._holding: set[str] = set()

    def among(self, words: Sequence[str]) -> AbstractSet[str]:
        if self._met.issuperset(words):  # without a set of them, which would take longer than all else
            return self._holding.intersection(words)
        fresh = set(words) - self._met
        found = {each for each in fresh if not self._tokens.isdisjoint(_STREAMED[each][0].split())}
        if len(self._met) < _MET:  # in this order: of a word that was met it is known whether it holds one
            self._holding |= {each for each in found if len(each) <= _LONGEST}
            self._met |= {each for each in fresh if len(each) <= _LONGEST}
        return found | self._holding.intersection(words)


_holding: Final = lru_cache(maxsize=4)(_Holding)  # a page of a search asks the same of each of its texts
