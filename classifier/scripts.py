"""Names in scripts that are written without spaces, or whose names take endings: Cyrillic, Lao, Thai, Khmer, Chinese,
Japanese, Korean. Lao and Thai tone marks do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from diembao.core.text import normal

_CYRILLIC = re.compile("[\u0400-\u052f]")
_OTHER = re.compile("[\u0400-\u052f\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TONES = "\u0e48-\u0e4b\u0ec8-\u0ecb"
_TONAL = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")  # Lao, Thai (tones between the letters) and Khmer
_ENDINGS = "ьйяюуаеиоыё"  # of Russian names: the stem is what is left


def is_other(text: str) -> bool:
    """Whether a letter of these scripts stands there."""
    return _OTHER.search(text) is not None


class Patterns:
    """Forms of names, as one pattern."""

    def __init__(self, forms: Iterable[str]) -> None:
        stems = {_stem(normal(form)): form for form in forms}
        self._forms: dict[str, str] = {}
        for stem, form in stems.items():
            self._forms.setdefault(_toneless(stem), form)
        self._pattern = re.compile(_pattern(sorted(stems, key=lambda stem: (-len(stem), stem))))

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Which forms stand where in a normalised text."""
        for found in self._pattern.finditer(text):
            key = _toneless(found[0])
            form = self._forms.get(key) or self._forms[_longest(key, self._forms)]
            yield form, found.start(), found.end()

    def any(self, text: str) -> bool:
        return self._pattern.search(text) is not None


def _stem(form: str) -> str:
    """Two letters of the last word stay: what is left of Куанг Чи (Quảng Trị) must not be in Куанг Чунг."""
    if not _CYRILLIC.search(form):
        return form
    form = form.replace("ё", "е")
    kept = form.rfind(" ") + 3
    return form[:kept] + form[kept:].rstrip(_ENDINGS) if len(form) > 5 else form


def _toneless(text: str) -> str:
    return re.sub(f"[{_TONES}\\s]", "", text).replace("ё", "е")


def _longest(found: str, stems: Iterable[str]) -> str:
    """The stem of a declined name."""
    return max((stem for stem in stems if found.startswith(stem)), key=len)


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
