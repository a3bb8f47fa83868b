"""The one sentence of an article that a reader needs: where the reason of a judgement was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from diembao.core.article import Kind, Labelled
from diembao.core.text import sentence_around, snippet

LENGTH: Final = 300  # characters; more than four lines of a page is no longer one sentence to check
SEARCHED: Final = 100_000  # characters of a text in which the sentence is looked for
_QUOTED: Final = re.compile(r"[“\"]([^”\"]{1,300})[”\"]")
_TOLD_BY: Final = (Kind.STANCE, Kind.RELEVANCE, Kind.THEME)


def quote(item: Labelled, province: str) -> str:
    """The sentence that holds the phrase which settled the stance (else relevance, else a theme); else the first."""
    article = item.article
    body = f"{article.lead}\n{article.text}".strip()[:SEARCHED]
    low = body.casefold()
    low = low if len(low) == len(body) else body  # places must be those of the text
    for phrase in _phrases(item, province):
        at = low.find(phrase.casefold())
        if at >= 0:
            return _short(sentence_around(body, at, at + len(phrase)))
    return _short(sentence_around(body, 0, 0))


def _phrases(item: Labelled, province: str) -> Iterator[str]:
    for kind in _TOLD_BY:
        for label in item.labels:
            if label.kind is kind and label.about == province:
                yield from (phrase.strip(" .…") for phrase in _QUOTED.findall(label.why))


def _short(sentence: str) -> str:
    return snippet(sentence, length=LENGTH)
