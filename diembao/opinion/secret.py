"""A key stays where it is: out of the words of an endpoint that repeats it."""

from __future__ import annotations

from typing import Final

PIECE: Final = 8  # characters of a key in a row that are too many to be told
_HIDDEN: Final = "•••"


def without(key: str, text: str) -> str:
    """The text with every piece of the key of `PIECE` characters or more hidden; a shorter key as a whole."""
    length = min(PIECE, len(key))
    if not length:
        return text
    told = key.replace("(", "[").replace(")", "]")  # as `protocol.told` writes brackets
    pieces = {one[n : n + length].lower() for one in (key, told) for n in range(len(key) - length + 1)}
    found: list[str] = []
    end = -1  # where the last piece that was hidden ends
    for n, letter in enumerate(text):
        if text[n : n + length].lower() in pieces:
            found += [] if n <= end else [_HIDDEN]
            end = n + length
        elif n >= end:
            found.append(letter)
    return "".join(found)
