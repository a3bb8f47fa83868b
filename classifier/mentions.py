"""Where names stand in a text: one pass over its words for Latin names, one pattern for the other scripts.

A Latin name is found in any spelling (hoà/hòa, Quy/Qui), with its marks or with none ("Quy Nhon"), but never with
others ("Phú Mỹ" is not Phù Mỹ). What begins with a capital in the list must begin with one in the text: *bình định*
is a verb. Lao and Thai tone marks do not count, and Russian names may be declined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import BytesAhoCorasick

from classifier import letters
from diembao.core.text import fold, nfc, normal, south_east

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_OTHER = re.compile("[\u0400-\u052f\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MARKS = "\u200b\u200c\u200d"
_BREAK_MARKS = re.compile(f"[{_MARKS}]+")
_TONES = "\u0e48-\u0e4b\u0ec8-\u0ecb"
_TONE_MARKS = dict.fromkeys((0x0300, 0x0301, 0x0303, 0x0309, 0x0323))  # huyền, sắc, ngã, hỏi, nặng
_TONAL = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")  # Lao, Thai (tones between the letters) and Khmer
_TONED = letters.table("ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_TONED_EVERY = 25  # characters; Vietnamese has one in six, French with Vietnamese names one in fifty
_ACROSS = re.compile(r"[\n,;:!?(|]|\.\s|\s[-–—]\s")  # no name goes on behind these, but roads between two places
_KNOWN = frozenset({"province", "city"})  # read without their marks even where others have theirs ("Quy Nhon Iconic")
_ENDINGS = "ьйяюуаеиоыё"  # of Russian names: the stem is what is left


@dataclass(frozen=True, slots=True)
class Name:
    """A name to find. ``kind`` is what it names (province, commune, club …), ``area`` where that lies."""

    form: str
    place: str
    kind: str
    area: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found at ``start``..``end`` of a prepared text. ``bare`` where it has marks and the text none.
    ``also`` are the other things of that very name.
    """

    name: Name
    start: int
    end: int
    bare: bool = False
    also: tuple[Name, ...] = ()


@dataclass(frozen=True)  # without slots: several scanners read the same words
class Prepared:
    """A text to quote from, and as many characters of it normalised and folded. ``strict`` where it is written
    with Vietnamese marks: there "Lê Thanh" is a person, elsewhere it may be what is left of Lệ Thanh.
    """

    text: str
    marked: str
    folded: str
    strict: bool

    @cached_property
    def words(self) -> letters.Words:
        return letters.Words(self.folded)

    def beginning(self, length: int) -> Prepared:
        """So many characters of it; the word that is cut is prepared anew."""
        if length >= len(self.text):
            return self
        cut = self.text.rfind(" ", 0, length) + 1
        last = prepare(self.text[cut:length])
        if len(last.text) != length - cut:
            return prepare(self.text[:length])
        marked = self.marked[:cut] + last.marked
        return Prepared(self.text[:length], marked, self.folded[:cut] + last.folded, _strict(marked))


def prepare(text: str) -> Prepared:
    text = nfc(text)
    text = south_east(_BREAK_MARKS.sub("", text) if any(mark in text for mark in _MARKS) else text)
    marked = letters.normal(text)
    if len(marked) != len(text):  # a letter whose lower case is two characters
        text = marked
    plain = letters.folded(marked)
    if len(plain) != len(text):  # a base letter with a mark that has no composed form
        text = marked = plain
    return Prepared(text, marked, plain, _strict(marked))


def _strict(marked: str) -> bool:
    return letters.many(marked, _TONED) >= max(2, len(marked) // _TONED_EVERY)


@dataclass(frozen=True)  # without slots: asked for each place where it may stand, found once
class _Form:
    words: tuple[str, ...]
    marked: str
    names: tuple[Name, ...]

    @cached_property
    def letters(self) -> str:
        return "".join(_letters(self.marked))

    @cached_property
    def capitals(self) -> int:
        return _capitals(self.names[0].form)

    @cached_property
    def goes_across(self) -> bool:
        return _ACROSS.search(self.names[0].form) is not None


class Scanner:
    """Finds names; the longest at each place wins, then the first given, and mentions do not overlap."""

    def __init__(self, names: Iterable[Name]) -> None:
        latin: dict[tuple[str, bool], list[Name]] = {}
        other: dict[str, Name] = {}
        for name in names:
            if _OTHER.search(name.form):
                other.setdefault(name.form, name)
            else:
                latin.setdefault((normal(name.form), name.form != name.form.lower()), []).append(name)
        forms: dict[tuple[str, ...], list[_Form]] = {}
        for (marked, _), same in latin.items():
            words = tuple(_ASCII_WORD.findall(fold(marked)))
            forms.setdefault(words, []).append(_Form(words, marked, tuple(same)))
        self._forms = list(forms.values())
        self._automaton = BytesAhoCorasick([f" {' '.join(words)} ".encode() for words in forms])
        self._other = _Patterns(other)

    def find(self, prepared: Prepared, *, other: bool = True) -> list[Mention]:
        """``other`` is False where it is known that no name in another script stands there."""
        found = list(self._find_latin(prepared))
        if other and _OTHER.search(prepared.text):
            found.extend(self._other.find(prepared))
        return _apart(found)

    def in_other_scripts(self, prepared: Prepared) -> bool:
        """Whether a name that is not written in Latin letters stands there."""
        return bool(_OTHER.search(prepared.text)) and self._other.any(prepared)

    def _find_latin(self, prepared: Prepared) -> Iterator[Mention]:
        words = prepared.words
        found = self._automaton.find_matches_as_indexes(words.joined, overlapping=True)
        if not found:
            return
        places = zip(words.spans(found), (n for n, _, _ in found), strict=True)
        free = 0
        for (start, end), n in sorted(places, key=lambda place: (place[0][0], -place[0][1])):  # longer ones first
            if start < free:
                continue
            if mention := next(filter(None, (_match(form, prepared, start, end) for form in self._forms[n])), None):
                free = end
                yield mention

    def any(self, prepared: Prepared) -> bool:
        """Whether a name stands there, whatever its marks and capitals: cheap and wide."""
        if self._automaton.find_matches_as_indexes(prepared.words.joined):
            return True
        return self.in_other_scripts(prepared)


def _match(form: _Form, prepared: Prepared, start: int, end: int) -> Mention | None:
    said = prepared.text[start:end]
    if said != form.names[0].form and _capitals(said) < form.capitals:  # "SÂN BAY Phù Cát" but never "bình định"
        return None
    marked, expected = prepared.marked[start:end], form.marked
    if len(marked) != len(expected):
        marked, expected = "".join(_letters(marked)), form.letters
    bare = marked != expected
    if bare and (len(marked) != len(expected) or not _without_marks(marked, expected)):
        return None
    if bare and prepared.strict and not (marked.isascii() and form.names[0].kind in _KNOWN):
        return None
    if not form.goes_across and _ACROSS.search(prepared.text, start, end):
        return None
    return Mention(form.names[0], start, end, bare and marked.isascii(), form.names[1:])


def _letters(text: str) -> Iterator[str]:
    return (letter for letter in text if letter.isalnum())


def _without_marks(found: str, expected: str) -> bool:
    """Every letter is the name's, or the name's without its tone ("Dê Gi") or without any mark."""
    plain, level = fold(expected), _without_tones(expected)
    if not len(plain) == len(level) == len(expected):
        return False
    return all(
        f in letters or not letters[0].isalnum() for f, *letters in zip(found, expected, level, plain, strict=True)
    )


def _without_tones(text: str) -> str:
    return nfc(unicodedata.normalize("NFD", text).translate(_TONE_MARKS))


def _capitals(text: str) -> int:
    return sum(1 for word in _WORD.finditer(text) if word[0][0].isupper())


class _Patterns:
    """Names in scripts without spaces or with endings, as one pattern."""

    def __init__(self, names: dict[str, Name]) -> None:
        stems = {_stem(normal(form)): name for form, name in names.items()}
        self._names: dict[str, Name] = {}
        for stem, name in stems.items():
            self._names.setdefault(_toneless(stem), name)
        self._pattern = re.compile(_pattern(sorted(stems, key=lambda stem: (-len(stem), stem))))

    def find(self, prepared: Prepared) -> Iterator[Mention]:
        for found in self._pattern.finditer(prepared.marked):
            key = _toneless(found[0])
            name = self._names.get(key) or self._names[_longest(key, self._names)]
            yield Mention(name, found.start(), found.end())

    def any(self, prepared: Prepared) -> bool:
        return self._pattern.search(prepared.marked) is not None


def _stem(form: str) -> str:
    if _CYRILLIC.search(form):
        form = form.replace("ё", "е")
        return form.rstrip(_ENDINGS) if len(form) > 5 else form
    return form


def _toneless(text: str) -> str:
    return re.sub(f"[{_TONES}\\s]", "", text).replace("ё", "е")


def _longest(found: str, names: dict[str, Name]) -> str:
    """The stem of a declined name."""
    return max((stem for stem in names if found.startswith(stem)), key=len)


def _pattern(stems: Sequence[str]) -> str:
    """One alternative for each first letter, so that most places of a text are passed over at one look."""
    by_first: dict[str, list[str]] = {}
    for stem in stems:
        by_first.setdefault(_toneless(stem)[0], []).append(_rest(stem))
    groups = [_first(letter) + f"(?:{'|'.join(rests)})" for letter, rests in by_first.items()]
    return "|".join(groups) or r"(?!)"


def _first(letter: str) -> str:
    if _CYRILLIC.match(letter):
        return rf"(?<!\w){letter}"
    return letter + (f"[{_TONES}]*" if _TONAL.match(letter) else "")


def _rest(stem: str) -> str:
    """The letters after the first: Russian ones with an ending, Lao and Thai ones with tones or spaces between."""
    if _CYRILLIC.search(stem):
        return re.escape(stem[1:]).replace("е", "[её]") + r"\w{0,3}"
    if not _TONAL.search(stem):
        return re.escape(stem[1:])
    return "".join(f"\\s?{sign}[{_TONES}]*" for sign in _toneless(stem)[1:])


def _apart(found: list[Mention]) -> list[Mention]:
    """In order of place; of two that overlap the longer one."""
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
