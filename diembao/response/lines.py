"""Foreign words for one line of a message."""

from __future__ import annotations

import unicodedata
from typing import Final

SUBJECT: Final = 180  # characters of a title in a subject
# The signs that change the direction of writing: a title must not rearrange the words around it.
_TURNING: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def one_line(text: str) -> str:
    """Without control characters: nothing in it can begin a header of its own or turn the writing round."""
    if text.isprintable():  # so are nearly all: then there is nothing of the kind in it
        return " ".join(text.split())
    kept = "".join(" " if unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} else letter for letter in text)
    return " ".join(kept.translate(_TURNING).split())


def cut(title: str) -> str:
    return title if len(title) <= SUBJECT else f"{title[: SUBJECT - 1].rstrip()}…"
