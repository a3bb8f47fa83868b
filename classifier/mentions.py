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
from itertools import chain

from ahocorasick_rs import BytesAhoCorasick

from classifier import letters, rough
from classifier.scripts import Patterns, is_other
from diembao.core.text import fold, nfc, normal, south_east

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"\w+")
_MARKS = "\u200b\u200c\u200d"
_BREAK_MARKS = re.compile(f"[{_MARKS}]+")
_TONE_MARKS = dict.fromkeys((0x0300, 0x0301, 0x0303, 0x0309, 0x0323))  # huyền, sắc, ngã, hỏi, nặng
_TONED = letters.table("ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_TONED_EVERY = 25  # characters; Vietnamese has one in six, French with Vietnamese names one in fifty
_ACROSS = re.compile(r"[\n,;:!?(|]|\.\s|\s[-–—]\s")  # no name goes on behind these, but roads between two places
_KNOWN = frozenset({"province", "city"})  # read without their marks even where others have theirs ("Quy Nhon Iconic")


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

    @cached_property
    def small(self) -> bool:
        return rough.is_small(self.text)

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
    marked = rough.without_zeros(letters.normal(text))
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


class _Variants:
    """The forms of the same plain words in several lists: ``of`` says which of ``forms`` each list has."""

    def __init__(self, lists: Sequence[tuple[_Form, ...]]) -> None:
        self.forms = list(dict.fromkeys(lists))
        self.of = [self.forms.index(each) for each in lists]


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where names of several lists may stand; ``matched`` are those of each variant."""

    start: int
    end: int
    of: Sequence[int]
    matched: Sequence[Mention | None]


class Scanners:
    """Several lists of names, looked for in one pass over a text. In each list the longest name at each place wins,
    then the first given, and mentions do not overlap.
    """

    def __init__(self, lists: Sequence[Iterable[Name]]) -> None:
        latin, other = zip(*map(_by_script, lists), strict=True)
        words = dict.fromkeys(chain.from_iterable(latin))
        self._automaton = BytesAhoCorasick([f" {' '.join(each)} ".encode() for each in words])
        self._forms = [_Variants([forms.get(each, ()) for forms in latin]) for each in words]
        self._names = other
        self._other = [Patterns(names) for names in other]
        every = dict.fromkeys(chain.from_iterable(other))
        self._any_other = self._other[0] if len(other) == 1 else Patterns(every)

    def find(self, prepared: Prepared) -> Sequence[tuple[Sequence[int], list[Mention]]]:
        """What is found, each time with the numbers of the lists in which that very thing is found."""
        found = self._find_latin(prepared)
        if not is_other(prepared.text) or (len(self._other) > 1 and not self._any_other.any(prepared.marked)):
            return found
        return [([n], _apart([*latin, *self._in_other_scripts(n, prepared)])) for which, latin in found for n in which]

    def _in_other_scripts(self, number: int, prepared: Prepared) -> Iterator[Mention]:
        names = self._names[number]
        return (Mention(names[form], start, end) for form, start, end in self._other[number].find(prepared.marked))

    def any(self, prepared: Prepared) -> bool:
        """Whether a name stands there, whatever its marks and capitals: cheap and wide."""
        if self._automaton.find_matches_as_indexes(prepared.words.joined):
            return True
        return bool(is_other(prepared.text)) and self._any_other.any(prepared.marked)

    def _find_latin(self, prepared: Prepared) -> Sequence[tuple[Sequence[int], list[Mention]]]:
        places = list(self._places(prepared))
        if not places:
            return [(range(len(self._other)), [])]
        places.sort(key=lambda place: (place.start, -place.end))  # longer ones first
        taken: list[tuple[list[int], list[Mention]]] = []
        alike: dict[tuple[int, ...], list[int]] = {}
        for number, variants in enumerate(zip(*(place.of for place in places), strict=True)):
            alike.setdefault(variants, []).append(number)
        for variants, which in alike.items():
            mentions = list(_taken(places, variants))
            same = next((numbers for numbers, others in taken if others == mentions), None)
            if same:
                same += which
            else:
                taken.append((which, mentions))
        return taken

    def _places(self, prepared: Prepared) -> Iterator[_Place]:
        """Where one of the lists has a name, in no order."""
        words = prepared.words
        found = self._automaton.find_matches_as_indexes(words.joined, overlapping=True)
        if not found:
            return
        for (start, end), (n, _, _) in zip(words.spans(found), found, strict=True):
            variants = self._forms[n]
            matched = [_first(forms, prepared, start, end) if forms else None for forms in variants.forms]
            if any(matched):
                yield _Place(start, end, variants.of, matched)


def _first(forms: Sequence[_Form], prepared: Prepared, start: int, end: int) -> Mention | None:
    for form in forms:
        if mention := _match(form, prepared, start, end):
            return mention
    return None


def _taken(places: Sequence[_Place], variants: Sequence[int]) -> Iterator[Mention]:
    """What a list that has these variants finds."""
    free = 0
    for place, variant in zip(places, variants, strict=True):
        mention = place.matched[variant]
        if mention and place.start >= free:
            free = place.end
            yield mention


class Scanner:
    """`Scanners` of one list."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._one = Scanners([names])
        self.any = self._one.any

    def find(self, prepared: Prepared) -> list[Mention]:
        return self._one.find(prepared)[0][1]


def _by_script(names: Iterable[Name]) -> tuple[dict[tuple[str, ...], tuple[_Form, ...]], dict[str, Name]]:
    """Latin ones by their plain words, in the order in which they are tried; the others by their form."""
    latin: dict[tuple[str, bool], list[Name]] = {}
    other: dict[str, Name] = {}
    for name in names:
        if is_other(name.form):
            other.setdefault(name.form, name)
        else:
            latin.setdefault((normal(name.form), name.form != name.form.lower()), []).append(name)
    forms: dict[tuple[str, ...], tuple[_Form, ...]] = {}
    for (marked, _), same in latin.items():
        words = tuple(_ASCII_WORD.findall(fold(marked)))
        forms[words] = (*forms.get(words, ()), _Form(words, marked, tuple(same)))
    return forms, other


def _match(form: _Form, prepared: Prepared, start: int, end: int) -> Mention | None:
    said = prepared.text[start:end]
    small = said != form.names[0].form and _capitals(said) < form.capitals  # "SÂN BAY Phù Cát" but never "bình định"
    if small and not (prepared.small and rough.names(form.names[0].kind, prepared.folded, start, len(form.marked))):
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


def _apart(found: list[Mention]) -> list[Mention]:
    """In order of place; of two that overlap the longer one."""
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
