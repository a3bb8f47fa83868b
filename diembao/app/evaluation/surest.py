"""Of answers that are one of several labels: the wrong ones, those the machine was surest of first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SHOWN = 200  # characters of a text


def wrong_labels(
    texts: Sequence[str], true: Sequence[str], said: Sequence[str], sure: Sequence[float], most: int
) -> list[dict[str, Any]]:
    """``row`` counts from 1, as lines of a file do; ``score`` is the machine's own for what it said."""
    found: list[dict[str, Any]] = [
        {"row": row, "text": text[:SHOWN], "true": t, "said": s, "score": float(score)}
        for row, (text, t, s, score) in enumerate(zip(texts, true, said, sure, strict=True), start=1)
        if t != s
    ]
    return sorted(found, key=lambda wrong: (-wrong["score"], wrong["row"]))[:most]
