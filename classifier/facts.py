"""What a text states that reads the same in every language: figures, days, names in Latin letters.

    figures   in plain numbers whatever they are written with: "1.470 tỷ", "14700亿", "1,47 nghìn tỷ", "1.47 trillion"
    days      (month, day): "12/11", "November 12", "11月12日", "ថ្ងៃទី១២ ខែវិច្ឆិកា"; "12日" is of the month of its
              publication
    names     two capitalised Vietnamese syllables without marks ("nam hai"), or one word that is no such syllable
              ("korvex"); in scripts of their own whatever stands in Latin letters

A figure's weight says how little chance there is that two texts share it for nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from classifier.number_words import spelt
from diembao.core.months import ENGLISH, FRENCH, MONTHS
from diembao.core.text import fold, nfc, south_east

_MAGNITUDES: Final = {
    # Vietnamese
    "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9,
    # English, French, Russian (stems, for the last two are declined)
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mille": 1e3, "milliard": 1e9,
    "тыс": 1e3, "тысяч": 1e3, "млн": 1e6, "миллион": 1e6, "млрд": 1e9, "миллиард": 1e9, "трлн": 1e12,
    "триллион": 1e12,
    # Chinese, Japanese, Korean
    "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12,
    "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12,
    # Thai, Lao, Khmer
    "พัน": 1e3, "หมื่น": 1e4, "แสน": 1e5, "ล้าน": 1e6,
    "ພັນ": 1e3, "ໝື່ນ": 1e4, "ແສນ": 1e5, "ລ້ານ": 1e6, "ຕື້": 1e9,
    "ពាន់": 1e3, "ម៉ឺន": 1e4, "សែន": 1e5, "លាន": 1e6,
}  # fmt: skip  # one line a language
_MAGNITUDE: Final = "|".join(sorted(map(re.escape, _MAGNITUDES), key=len, reverse=True)) + "(?<!兆(?=[瓦赫]))"
_LETTERS: Final = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"  # Latin ones
# A figure with what makes it large; several make one ("3조4천억"). A word of letters goes on to its end ("миллиардов").
_PLAIN: Final = r"\d+(?:[.,]\d+)*"
_FIGURE: Final = re.compile(
    rf"(?<![{_LETTERS}\d_.,])(?:{_PLAIN}(?:[ -]?(?:{_MAGNITUDE})[a-zа-я]*\.?)*)+", re.IGNORECASE
)  # what precedes is no letter: "QL19", "5G" are names, not figures
_STEP: Final = re.compile(rf"({_PLAIN})((?:[ -]?(?:{_MAGNITUDE})[a-zа-я]*\.?)*)", re.IGNORECASE)
_EACH: Final = re.compile(_MAGNITUDE, re.IGNORECASE)
_SPACED: Final = re.compile(r"(?<=\d)[\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")  # "11 500"
_POINT: Final = frozenset({"en", "zh-Hans", "zh-Hant", "ja", "ko", "th"})  # where the point parts the whole from tenths
_SMALL: Final = 31  # up to here it may be a day's, and is in half of all texts
_YEARS: Final = range(1900, 2051)
_MOST: Final = 40  # figures of one text that are read
_FEW: Final = 10  # up to here it stands in nearly every text
_TELLING, _SAYING, _LITTLE, _LEAST = 2.0, 1.0, 0.3, 0.1

_NAMED: Final = {**{name: number for name, number in MONTHS.items() if len(name) > 2}, **FRENCH}
_ENGLISH: Final = "|".join(ENGLISH)
_LOCAL: Final = "|".join(sorted(map(re.escape, _NAMED), key=len, reverse=True))
_DAYS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d/.])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d])",
        r"(?<!\d)(?P<d>\d{1,2})\s*tháng\s*(?P<m>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일號号]",
        rf"(?<![^\W_])(?P<name>{_ENGLISH})[a-z]*\.?\s+(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{_ENGLISH})[a-z]*",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:er)?[\s,]*(?:ខែ|เดือน|ເດືອນ)?\s*(?P<local>{_LOCAL})",
        r"(?<![\d月월])(?P<d>\d\d|[2-9])\s*[日일](?!本)",
    )
)

_LATIN: Final = re.compile(f"[{_LETTERS}]+")
_SYLLABLE: Final = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[ckmnpt])?"
)
_BETWEEN: Final = (" ", "-", "\u00a0")
_SHORTEST: Final = 3  # letters of a name that stands alone
# Capitals that tell nothing: of the country and of this kind of news.
_EVERYWHERE: Final = frozenset(
    {
        *("vietnam", "vietnamese", "viet nam", "laos"),
        *("the", "and", "for", "with", "from", "usd", "vnd", "ubnd", "tand", "thcs"),
        *("committee", "people", "province", "district", "city", "minister", "ministry", "department", "national"),
        *("international", "park", "company", "group"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        *("january", "february", "march", "april", "june", "july", "august", "september", "october"),
        *("november", "december"),
        *FRENCH,
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """``figures`` with their weights; ``days`` are (month, day); ``names`` are folded."""

    figures: dict[float, float]
    days: frozenset[tuple[int, int]]
    names: frozenset[str]


def facts(text: str, language: str, published: datetime) -> Facts:
    """What a text states. Any text, any language: what is not understood is left out."""
    text = _digits(south_east(nfc(text)))
    found = frozenset(_days(text, published))
    rest = text
    for pattern in _DAYS:
        rest = pattern.sub(" ", rest)
    return Facts(_figures(rest, language), found, frozenset(_names(text)))


def _digits(text: str) -> str:
    """Thai, Lao, Khmer and full-width figures as 0–9."""
    return "".join(str(unicodedata.digit(c)) if c > "\u0660" and c.isdecimal() else c for c in text)


# -- figures ----------------------------------------------------------------------------------------


def _figures(text: str, language: str) -> dict[float, float]:
    if language in {"fr", "ru"}:
        text = _SPACED.sub("", text)
    values = [value for match in _FIGURE.finditer(text) if (value := _value(match[0], language)) is not None]
    values += spelt(text)
    return {value: weight for value in values[:_MOST] if (weight := _weight(value))}


def _value(written: str, language: str) -> float | None:
    whole = 0.0
    for number, large in _STEP.findall(written):
        value = _number(number, language)
        if value is None:
            return None
        for each in _EACH.findall(large):
            value *= _MAGNITUDES[each.lower()]
        whole += value
    return whole


def _number(written: str, language: str) -> float | None:
    """A point and a comma each part thousands or tenths; which, their places tell, and else the language."""
    marks = [c for c in written if c in ".,"]
    if len(written) > 15:
        return None
    if not marks:
        return float(written)
    last, groups = marks[-1], re.split(r"[.,]", written)
    thousands = all(len(group) == 3 for group in groups[1:])
    if len(set(marks)) == 1 and thousands and (len(marks) > 1 or (last == ".") != (language in _POINT)):
        return float("".join(groups))
    if len(marks) > 1 and len(set(marks)) == 1:
        return None  # 1.2.3: a date, a version
    head, _, tail = written.rpartition(last)
    return float(f"{re.sub('[.,]', '', head)}.{tail}")


def _weight(value: float) -> float:
    """0: it tells nothing."""
    if value <= 1 or (value in _YEARS and value == int(value)):
        return 0.0
    figures = _significant(value)
    if value <= _FEW:
        return _LEAST
    if value <= _SMALL or figures < 2:
        return _LITTLE
    return _TELLING if figures > 2 else _SAYING


def _significant(value: float) -> int:
    return len(f"{value:.10g}".replace(".", "").partition("e")[0].strip("0"))


def same_figure(one: float, other: float) -> bool:
    """Also where the one is rounded: 24,310 tỷ and 24.3 trillion."""
    if one == other:
        return True
    places = min(_significant(one), _significant(other))
    return places > 2 and min(one, other) > 1000 and f"{one:.{places - 1}e}" == f"{other:.{places - 1}e}"


# -- days -------------------------------------------------------------------------------------------


def _days(text: str, published: datetime) -> Iterator[tuple[int, int]]:
    for pattern in _DAYS:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month, day = _month(parts, published), int(parts["d"])
            if 1 <= month <= 12 and 1 <= day <= _SMALL:
                yield month, day


def _month(parts: dict[str, str], published: datetime) -> int:
    if name := parts.get("name"):
        return ENGLISH[name.lower()[:3]]
    if local := parts.get("local"):
        return _NAMED[local.lower()]
    return int(parts["m"]) if parts.get("m") else published.month


# -- names ------------------------------------------------------------------------------------------


def _names(text: str) -> Iterator[str]:
    before, end = "", 0
    for found in _LATIN.finditer(text):
        word, folded = found[0], fold(found[0])
        if not (word[0].isupper() and folded.isascii()):
            before = ""
            continue
        if _SYLLABLE.fullmatch(folded):
            if before and text[end : found.start()] in _BETWEEN:
                yield from {f"{before} {folded}"} - _EVERYWHERE
            before = folded
        else:
            before = ""
            if len(folded) >= _SHORTEST:
                yield from {folded} - _EVERYWHERE
        end = found.end()


def written_figure(value: float) -> str:
    """As Vietnamese write it: 1.470.000.000.000, 18,5."""
    whole, _, tail = f"{value:,.6f}".rstrip("0").rstrip(".").partition(".")
    return whole.replace(",", ".") + (f",{tail}" if tail else "")
