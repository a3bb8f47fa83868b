"""Texts that were typed in small letters, or read by a machine that took a letter for a figure."""

from __future__ import annotations

import re

_SHORT = 20  # characters: less may be a name alone
_TOP = 600  # characters: a title and most leads
_ZERO = re.compile(r"0(?<=[^\W\d_]0)(?=[^\W\d_])")
# Names of provinces and cities are read without capitals; not this verb, and what may be two words ("giá lại") only
# behind a word for a place.
_VERB = "binh dinh"
_BEHIND = re.compile(r"\b(?:tinh|o|tai|nguoi|dan|cua|den|tu|ve)\s$")
_REACH = 8  # characters of the longest of them


def without_zeros(marked: str) -> str:
    """A zero between letters near the top is an o ("Quy Nh0n")."""
    top = marked[:_TOP]
    return _ZERO.sub("o", top) + marked[_TOP:] if _ZERO.search(top) else marked


def is_small(text: str) -> bool:
    """No capital anywhere near the top."""
    top = text[:_TOP]
    return len(top) > _SHORT and top == top.lower()


def names(kind: str, folded: str, start: int, length: int) -> bool:
    """Whether what stands there in small letters may be the name of a place of this kind."""
    if kind == "city":
        return True
    said = folded[start : start + length]
    return kind == "province" and said != _VERB and bool(_BEHIND.search(folded[max(0, start - _REACH) : start]))
