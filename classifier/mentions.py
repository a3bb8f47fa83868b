"""Where names stand in a text: one pass over its words for Latin names, one pattern for the other scripts.

A Latin name is found in any spelling (hoà/hòa, Quy/Qui), with its marks or with none ("Quy Nhon"), but never with
others ("Phú Mỹ" is not Phù Mỹ). What begins with a capital in the list must begin with one in the text: *bình định*
is a verb. Lao and Thai tone marks do not count, and Russian names may be declined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from diembao.core.text import fold, nfc, normal, south_east

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_OTHER = re.compile("[\u0400-\u052f\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BREAK_MARKS = re.compile("[\u200b-\u200d]+")
_TONES = "\u0e48-\u0e4b\u0ec8-\u0ecb"
_TONE_MARKS = dict.fromkeys((0x0300, 0x0301, 0x0303, 0x0309, 0x0323))  # huyền, sắc, ngã, hỏi, nặng
_TONAL = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")  # Lao, Thai (tones between the letters) and Khmer
_TONED = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text to quote from, and as many characters of it normalised and folded. ``strict`` where it is written
    with Vietnamese marks: there "Lê Thanh" is a person, elsewhere it may be what is left of Lệ Thanh.
    """

    text: str
    marked: str
    folded: str
    strict: bool


def prepare(text: str) -> Prepared:
    text = south_east(_BREAK_MARKS.sub("", nfc(text)))
    marked = normal(text)
    if len(marked) != len(text):  # a letter whose lower case is two characters
        text = marked
    folded = fold(marked)
    if len(folded) != len(text):  # a base letter with a mark that has no composed form
        text = marked = folded
    strict = len(_TONED.findall(marked)) >= max(2, len(text) // _TONED_EVERY)
    return Prepared(text, marked, folded, strict)


@dataclass(frozen=True, slots=True)
class Beginnings:
    """The Latin words of a text, and at which of them a name of some list may begin: found once for many lists."""

    texts: Sequence[str]
    words: Sequence[re.Match[str]]
    at: Sequence[int]
    other: bool  # whether a name in another script may stand there


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    marked: str
    names: tuple[Name, ...]


class Scanner:
    """Finds names; the longest at each place wins, then the first given, and mentions do not overlap."""

    def __init__(self, names: Iterable[Name]) -> None:
        # Forms by their first two words, and those of one word.
        self._pairs: dict[tuple[str, str], list[_Form]] = {}
        self._singles: dict[str, list[_Form]] = {}
        latin: dict[tuple[str, bool], list[Name]] = {}
        other: dict[str, Name] = {}
        for name in names:
            if _OTHER.search(name.form):
                other.setdefault(name.form, name)
            else:
                latin.setdefault((normal(name.form), name.form != name.form.lower()), []).append(name)
        for (marked, _), same in latin.items():
            first, *rest = words = tuple(_ASCII_WORD.findall(fold(marked)))
            forms = self._pairs.setdefault((first, rest[0]), []) if rest else self._singles.setdefault(first, [])
            forms.append(_Form(words, marked, tuple(same)))
        for forms in self._pairs.values():
            forms.sort(key=lambda form: -len(form.words))
        self._other = _Patterns(other)

    def find(self, prepared: Prepared, among: Beginnings | None = None) -> list[Mention]:
        """``among`` are the beginnings of a list that holds all names of this one."""
        if among is None:
            texts: Sequence[str] = _ASCII_WORD.findall(prepared.folded)
            found = self._beginnings(texts)
            words: Sequence[re.Match[str]] = list(_ASCII_WORD.finditer(prepared.folded)) if found else []
            other = _OTHER.search(prepared.text) is not None
        else:
            texts, words, other = among.texts, among.words, among.other
            found = {at: forms for at in among.at if (forms := self._beginning(texts, at))}
        mentions = list(self._find_latin(prepared, texts, words, found))
        if other:
            mentions.extend(self._other.find(prepared))
        return _apart(mentions)

    def beginnings(self, prepared: Prepared) -> Beginnings:
        """Where names of this list may begin, for scanners of parts of it."""
        texts = _ASCII_WORD.findall(prepared.folded)
        at = sorted(self._beginnings(texts))
        words = list(_ASCII_WORD.finditer(prepared.folded)) if at else []
        return Beginnings(texts, words, at, _OTHER.search(prepared.text) is not None and self._other.any(prepared))

    @staticmethod
    def _find_latin(
        prepared: Prepared,
        texts: Sequence[str],
        words: Sequence[re.Match[str]],
        found: Mapping[int, Sequence[_Form]],
    ) -> Iterator[Mention]:
        free = 0
        for at in sorted(found):
            if at < free:
                continue
            for form in found[at]:
                if mention := _match(form, prepared, texts, words, at):
                    free = at + len(form.words)
                    yield mention
                    break

    def _beginnings(self, texts: Sequence[str]) -> dict[int, Sequence[_Form]]:
        """The forms that may begin at a word, longer ones first."""
        pairs, singles = self._pairs, self._singles
        found: dict[int, Sequence[_Form]] = {
            at: pairs[pair] for at, pair in enumerate(pairwise(texts)) if pair in pairs
        }
        for at, text in enumerate(texts):
            if text in singles:
                found[at] = (*found.get(at, ()), *singles[text])
        return found

    def _beginning(self, texts: Sequence[str], at: int) -> Sequence[_Form]:
        """The same for one word."""
        pair = (texts[at], texts[at + 1]) if at + 1 < len(texts) else None
        return (*(self._pairs.get(pair, ()) if pair else ()), *self._singles.get(texts[at], ()))

    def any(self, prepared: Prepared) -> bool:
        """Whether a name stands there, whatever its marks and capitals: cheap and wide."""
        texts = _ASCII_WORD.findall(prepared.folded)
        for at, forms in self._beginnings(texts).items():
            if any(tuple(texts[at : at + len(form.words)]) == form.words for form in forms):
                return True
        return bool(_OTHER.search(prepared.text)) and self._other.any(prepared)


def _match(
    form: _Form, prepared: Prepared, texts: Sequence[str], words: Sequence[re.Match[str]], at: int
) -> Mention | None:
    count = len(form.words)
    if count > 1 and tuple(texts[at : at + count]) != form.words:
        return None
    start, end = words[at].start(), words[at + count - 1].end()
    marked = prepared.marked[start:end]
    if len(marked) != len(form.marked):
        marked, expected = "".join(_letters(marked)), "".join(_letters(form.marked))
    else:
        expected = form.marked
    bare = marked != expected
    if bare and (len(marked) != len(expected) or not _without_marks(marked, expected)):
        return None
    if bare and prepared.strict and not (marked.isascii() and form.names[0].kind in _KNOWN):
        return None
    if _ACROSS.search(prepared.text, start, end) and not _ACROSS.search(form.names[0].form):
        return None
    if not _capital(form.names[0].form, prepared.text[start:end]):
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


def _capital(name: str, found: str) -> bool:
    """As many capitals as the name has, or more: "SÂN BAY Phù Cát" but never "bình định"."""
    return _capitals(found) >= _capitals(name)


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
