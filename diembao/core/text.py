"""Texts made comparable: one form of Unicode, one spelling of what is spelt in several ways, no marks.

Three forms of one text, each made from the one before:

    nfc, clean   what is kept and shown
    normal       lower case, spelling variants unified, marks kept: what "typed exactly so" means
    fold         lower case, marks gone: what a reader who types without marks finds
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

# -- what is kept -----------------------------------------------------------------------------------

# Invisible, and in nobody's words: soft hyphen, marks of direction, word joiner, byte order mark. ZWSP, ZWNJ and
# ZWJ (U+200B–U+200D) stay: Khmer, Lao and Thai texts say with them where a line may break.
_NOISE: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
)
_BREAKS: Final = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r" ?\n[ \n]*")
_SURROGATES: Final = re.compile("[\ud800-\udfff]+")


def nfc(text: str) -> str:
    """NFC, never NFKC: ² and ㎡ stay what the outlet wrote. Lone surrogates, which no file can hold, become U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()  # a fifth of the price of looking for surrogates
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\ufffd", text)
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC, without control characters, with single spaces and single line breaks, trimmed."""
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    text = _SPACES.sub(" ", _NOISE.sub("", nfc(text)))
    return _LINES.sub("\n", text).strip()


# -- word by word -----------------------------------------------------------------------------------

_CACHED: Final = 32_768  # words; with capitals and punctuation 200 long articles have 12,000
_LONGEST: Final = 32  # characters; what is longer is no word, and does not come again


class _Words(dict[str, str]):
    """What a rule makes of every word met so far. Only for rules that no space can change: a text is then made of its
    words at a fifth of the price.
    """

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, word: str) -> str:
        made = self._rule(word)
        if len(word) <= _LONGEST:
            if len(self) >= _CACHED:
                self.clear()
            self[word] = made
        return made

    def all(self, text: str) -> str:
        return " ".join(map(self.__getitem__, text.split(" ")))


# -- without marks ----------------------------------------------------------------------------------

# Letters that Unicode does not take apart. One for one: a place in a folded text is that place in the text.
_BY_HAND: Final = dict(zip("đðøłħŧı", "ddolhti", strict=True))
# Of Latin, Greek and Cyrillic; the marks of other scripts are letters to their readers.
_MARKS: Final = range(0x0300, 0x0370)
_KEPT: Final = "йў"  # letters of their own to every Russian and Belarusian reader, unlike ё
_MARKED_LETTERS: Final = (range(0x00C0, 0x0530), range(0x1E00, 0x2000))  # Latin, Greek, Cyrillic; Vietnamese; Greek


def _without_marks(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(part for part in parts if ord(part) not in _MARKS))


_PLAIN: Final[dict[int, str | None]] = {
    **{code: _without_marks(chr(code)) for letters in _MARKED_LETTERS for code in letters if chr(code) not in _KEPT},
    **dict.fromkeys(_MARKS),
    **{ord(letter): plain for letter, plain in _BY_HAND.items()},
}


def fold(text: str) -> str:
    """Lower case, without the marks of Latin, Greek and Cyrillic, đ as d; an NFC text keeps its length unless it
    holds letters that have no composed form.
    """
    return _FOLDED.all(text)


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else nfc(word).lower().translate(_PLAIN)


_FOLDED: Final = _Words(_folded)


# -- one spelling -----------------------------------------------------------------------------------

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng


def _toned(vowel: str) -> str:
    return "".join(unicodedata.normalize("NFC", vowel + tone) for tone in _TONES)


def _moved_tones() -> dict[str, str]:
    """hoà → hòa, khoẻ → khỏe, thuý → thúy: the newer place of the tone → the older one."""
    return {
        first + late: early + last
        for first, last in ("oa", "oe", "uy")
        for late, early in zip(_toned(last), _toned(first), strict=True)
    }


_MOVED: Final = _moved_tones()
_I_FOR_Y: Final = dict(zip("y" + _toned("y"), "i" + _toned("i"), strict=True))
_Y: Final = "".join(_I_FOR_Y)
# Open syllables only (hoàn, toán and thuyền have one spelling); in "quý" the u belongs to the consonant.
_TONE_RULE: Final = re.compile(rf"(?<!q)({'|'.join(_MOVED)})(?!\w)")
_MISTYPED_QUY: Final = re.compile(rf"\bq([{_toned('u')}])y(?!\w)")
# kỹ/kĩ, lý/lí, mỹ/mĩ, Quy/Qui Nhơn: after these consonants the syllable is said the same, and written both ways.
_Y_RULE: Final = re.compile(rf"\b([hklmst]|qu)([{_Y}])(?!\w)")
_UPRIGHT: Final = dict(zip(_toned("u"), _toned("y"), strict=True))

_THAI_TONE, _LAO_TONE = "\u0e48-\u0e4c", "\u0ec8-\u0ecc"
_THAI_VOWEL, _LAO_VOWEL = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d", "\u0eb1\u0eb4-\u0ebc\u0ecd"
# In the order in which they are applied.
_SOUTH_EAST: Final = (
    (re.compile("\u0e40\u0e40"), "\u0e41"),  # เเ typed for แ
    (re.compile("\u0ec0\u0ec0"), "\u0ec1"),  # the same in Lao
    (re.compile("\u0eab\u0e99"), "\u0edc"),  # ຫນ for ໜ
    (re.compile("\u0eab\u0ea1"), "\u0edd"),  # ຫມ for ໝ
    (re.compile(f"([{_THAI_TONE}])([{_THAI_VOWEL}]+)"), r"\2\1"),  # the vowel first, then its tone
    (re.compile(f"([{_LAO_TONE}])([{_LAO_VOWEL}]+)"), r"\2\1"),
    (re.compile(f"\u0e4d([{_THAI_TONE}]?)\u0e32"), "\\1\u0e33"),  # SARA AM in two pieces
    (re.compile(f"\u0ecd([{_LAO_TONE}]?)\u0eb2"), "\\1\u0eb3"),
    (re.compile(f"\u0e33([{_THAI_TONE}])"), "\\1\u0e33"),  # the tone typed last
    (re.compile(f"\u0eb3([{_LAO_TONE}])"), "\\1\u0eb3"),
)
_HAS_SOUTH_EAST: Final = re.compile("[\u0e00-\u0eff]")


def normal(text: str) -> str:
    """Lower case with every spelling variant in its one form, marks kept: Vietnamese tone places and i/y, Lao and
    Thai vowels and tones in one order. For matching, not for showing.
    """
    return _NORMAL.all(text)


def south_east(text: str) -> str:
    """Lao and Thai with SARA AM whole and the tone after the vowel; other scripts as they are."""
    if _HAS_SOUTH_EAST.search(text):
        for pattern, replacement in _SOUTH_EAST:
            text = pattern.sub(replacement, text)
    return text


def _one_spelling(text: str) -> str:
    if text.isascii():  # no marks that could be moved
        return _Y_RULE.sub(lambda found: found[1] + "i", text) if "y" in text else text
    text = _MISTYPED_QUY.sub(lambda found: "qu" + _UPRIGHT[found[1]], text)
    text = _TONE_RULE.sub(lambda found: _MOVED[found[1]], text)
    return _Y_RULE.sub(lambda found: found[1] + _I_FOR_Y[found[2]], text)


_NORMAL: Final = _Words(lambda word: _one_spelling(south_east(nfc(nfc(word).lower()))))


# -- a piece of a text ------------------------------------------------------------------------------

# Every stop begins with one sign of one set: other signs are passed over at one look.
_STOP: Final = re.compile(
    r"[.!?…。！？។\n](?:(?<=\n)|(?<=[。！？។])[。！？។]*[」』”’）]*|(?P<latin>(?<=[.!?…])[.!?…]*[\"'”’»)\]]*(?=\s)))"
)
_NEXT: Final = re.compile(r"\s+(\S)")
SENTENCE = 400  # characters; more than four lines of a card is no longer a sentence to check at a glance


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds ``text[start:end]``, at most ``SENTENCE`` characters of it around that place."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    low, high = max(0, start - SENTENCE), min(len(text), end + SENTENCE)
    first = max((stop for stop in _stops(text, low, start + 1) if stop <= start), default=low)
    after = next(_stops(text, max(end - 1, start), high), None)
    last = high if after is None else after
    cut_before, cut_after = first == low > 0, after is None and high < len(text)
    if last - first <= SENTENCE and not cut_before and not cut_after:
        return clean(text[first:last])
    middle = snippet(text[first:last], start - first, end - first, SENTENCE)
    return _dotted(middle, before=cut_before, after=cut_after)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends (its stop and the space behind it included), in order."""
    first = 0
    for stop in (*_stops(text, 0, len(text)), len(text)):
        if text[first:stop].strip():
            yield first, stop
        first = stop


def _stops(text: str, first: int, last: int) -> Iterator[int]:
    """Where sentences end. A full stop needs a space and then no small letter: not 1.234,5, TP.HCM or "v.v. và"."""
    for found in _STOP.finditer(text, first, last):
        following = _NEXT.match(text, found.end()) if found["latin"] is not None else None
        if following is None or not following[1].islower():
            yield found.end()


def _dotted(piece: str, *, before: bool, after: bool) -> str:
    piece = f"…{piece}" if before and not piece.startswith("…") else piece
    return f"{piece}…" if after and not piece.endswith("…") else piece


def snippet(text: str, start: int = 0, end: int = 0, length: int = 240) -> str:
    """One line of plain text of about ``length`` characters around ``text[start:end]``, cut between words, with "…"
    where it was cut.
    """
    spare = max(0, length - (end - start)) // 2
    first = max(0, min(start - spare, len(text) - length))
    last = min(len(text), first + length)
    if first > 0:
        first = _after_space(text, first, start)
    if last < len(text):
        last = _before_space(text, max(end, first), last)
    piece = " ".join(clean(text[first:last]).split())
    return _dotted(piece, before=first > 0, after=last < len(text))


_WORD_SEARCH = 30  # characters to look for a space in; texts without spaces are cut where they are


def _after_space(text: str, place: int, limit: int) -> int:
    found = re.compile(r"[\s\u200b]").search(text, place - 1, max(place, min(limit, place + _WORD_SEARCH)))
    return found.end() if found else place


def _before_space(text: str, limit: int, place: int) -> int:
    if text[place].isspace():
        return place
    spaces = [found.start() for found in re.finditer(r"[\s\u200b]", text[max(limit, place - _WORD_SEARCH) : place])]
    return max(limit, place - _WORD_SEARCH) + spaces[-1] if spaces else place
