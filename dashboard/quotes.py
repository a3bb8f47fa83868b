"""The one sentence that made an article matter, as short as a list needs it."""

from __future__ import annotations

from typing import Final

from dashboard.forms import shortened
from diembao.core.article import Labelled
from diembao.core.quotes import telling_sentence, words_of
from diembao.core.text import sentence_around

LENGTH: Final = 180  # characters of a quotation in a list


def quote(item: Labelled, province: str) -> str:
    """The telling sentence; else the lead, else the first sentence."""
    first = item.article.lead or sentence_around(words_of(item), 0, 0)
    return shortened(telling_sentence(item, province) or first, LENGTH)
