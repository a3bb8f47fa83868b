"""Scripts within a text, and a font for each: Times New Roman has Latin, Greek, Cyrillic, Arabic and Hebrew only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from diembao.core.text import clean

# What XML cannot hold and `clean` leaves in.
_NO_XML: Final = re.compile("[\ufffe\uffff]")
_SPACE: Final = re.compile(r"\s+")


def printable(text: str) -> str:
    """One line of someone else's text that any document can hold: NFC, no control characters."""
    return _SPACE.sub(" ", clean(_NO_XML.sub("", text))).strip()


@dataclass(frozen=True, slots=True)
class Script:
    """``language`` is for hyphenation and spelling (BCP 47); ``rtl``: written from right to left."""

    font: str
    language: str
    rtl: bool = False


TIMES: Final = "Times New Roman"
LATIN: Final = Script(TIMES, "vi-VN")

# Fonts that Windows and Office bring; where one is missing, programs take the next that has the letters.
_HAN: Final = {
    "ja": Script("MS Mincho", "ja-JP"),
    "ko": Script("Batang", "ko-KR"),
    "zh-Hant": Script("PMingLiU", "zh-TW"),
}
_CHINESE: Final = Script("SimSun", "zh-CN")
_SCRIPTS: Final[dict[str, tuple[str, Script]]] = {
    "thai": ("\u0e00-\u0e7f", Script("Leelawadee UI", "th-TH")),
    "lao": ("\u0e80-\u0eff", Script("Leelawadee UI", "lo-LA")),
    "khmer": ("\u1780-\u17ff\u19e0-\u19ff", Script("Leelawadee UI", "km-KH")),
    "myanmar": ("\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f", Script("Myanmar Text", "my-MM")),
    "arabic": ("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe", Script(TIMES, "ar-SA", rtl=True)),
    "hebrew": ("\u0590-\u05ff\ufb1d-\ufb4f", Script(TIMES, "he-IL", rtl=True)),
    "india": ("\u0900-\u0dff", Script("Nirmala UI", "hi-IN")),
    "hangul": ("\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff", _HAN["ko"]),
    "kana": ("\u3040-\u30ff\u31f0-\u31ff", _HAN["ja"]),
    "han": ("\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff", _CHINESE),
}
# Letters of one script, and the spaces and zero-width breaks between them.
_PIECES: Final = re.compile(
    "|".join(f"(?P<{name}>[{r}](?:[\\s\u200b-\u200d]*[{r}])*)" for name, (r, _) in _SCRIPTS.items())
)
_KANA: Final = re.compile(f"[{_SCRIPTS['kana'][0]}]")


def pieces(text: str, language: str = "") -> Iterator[tuple[Script, str]]:
    """The text in pieces of one script. Chinese characters are drawn as ``language`` does, or as Japanese where
    kana stand beside them.
    """
    han = _HAN.get(language) or (_HAN["ja"] if _KANA.search(text) else _CHINESE)
    at = 0
    for found in _PIECES.finditer(text):
        if found.start() > at:
            yield LATIN, text[at : found.start()]
        name = found.lastgroup or ""
        yield han if name == "han" else _SCRIPTS[name][1], found.group()
        at = found.end()
    if at < len(text):
        yield LATIN, text[at:]
