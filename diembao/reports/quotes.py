"""The one sentence of an article that a reader of a report needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from diembao.core.article import Labelled
from diembao.core.quotes import telling_sentence, words_of
from diembao.core.text import sentence_around, snippet

LENGTH: Final = 300  # characters; more than four lines of a page is no longer one sentence to check


def quote(item: Labelled, province: str, first: Sequence[str] = ()) -> str:
    """The telling sentence, else the first; ``first`` as in `telling_sentence`."""
    return snippet(telling_sentence(item, province, first) or sentence_around(words_of(item), 0, 0), length=LENGTH)
