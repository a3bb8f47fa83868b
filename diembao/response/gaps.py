"""Places in a statement that are still to be filled in: ⟦tiêu đề⟧. The marks are of the desk alone, so that what was
left open is seen, and stopped before it leaves; "…" is a sign that people write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from diembao.core.statement import VIETNAMESE, Said, Wording

TITLE, SPEAKER, UNIT = "title", "speaker", "unit"
# What stands in them, in Vietnamese and in all other languages.
_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    TITLE: ("tiêu đề", "title"),
    SPEAKER: ("người phát ngôn", "who speaks"),
    UNIT: ("đơn vị", "unit"),
}
_GAP: Final = re.compile(r"⟦[^⟦⟧]{0,400}⟧|[⟦⟧]")


def gap(language: str, field: str) -> str:
    """For one of the fields of a form."""
    return _marked(_NAMES[field][language != VIETNAMESE])


def untranslated(text: str) -> str:
    """For words that only a person can say in the language of the text."""
    return _marked(f"translate: {_GAP.sub('', text)}")


def _marked(text: str) -> str:
    return f"⟦{text[:390]}⟧"


def filled(wording: Wording) -> Wording:
    """The gaps of title and speaker, in each language that has them by now."""
    others = {language: _filled(language, wording.said(language)) for language in wording.others}
    return replace(wording, text=_filled(VIETNAMESE, wording.said(VIETNAMESE)), others=others)


def _filled(language: str, said: Said) -> str:
    text = said.text
    for field, value in ((TITLE, said.title), (SPEAKER, said.speaker)):
        if value.strip():
            text = text.replace(gap(language, field), " ".join(value.split()))
    return text


def first(said: Said) -> str:
    """The first that is still open in what is said in one language, "" where nothing is."""
    found = _GAP.search(f"{said.title}\n{said.text}\n{said.speaker}")
    return found.group() if found else ""
