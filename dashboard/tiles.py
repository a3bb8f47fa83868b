"""Figures side by side, each with what it is compared with. They are what a reader looks for first, so they are drawn
by what the browser has from the start: Streamlit's own element for figures, and HTML, come in files of their own, and
React may show what comes so half a second later.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import forms

# What is counted, the figure, what it is compared with.
Tile = tuple[str, str, str]


def markdown(tiles: Iterable[Tile]) -> str:
    """A list; the style sheet puts its items side by side."""
    return "\n".join(map(_tile, tiles))


def _tile(tile: Tile) -> str:
    label, figure, compared = map(forms.plain, tile)
    return f"- {label} **{figure}** *{compared}*"
