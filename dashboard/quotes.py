"""The one sentence that made an article matter: where the reason of a label was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dashboard.forms import shortened
from diembao.core.article import Kind, Labelled

# Characters of a quotation in a list.
LENGTH: Final = 180
# Characters of a text that are searched for the sentence.
SEARCHED: Final = 100_000
_QUOTED: Final = re.compile(r"[“\"]([^”\"]{1,300})[”\"]")
_END: Final = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")
_TOLD_BY: Final = (Kind.STANCE, Kind.RELEVANCE, Kind.THEME)


def quote(item: Labelled, province: str) -> str:
    """The sentence that holds the phrase which settled stance (else relevance, else a theme); else the lead."""
    article = item.article
    body = f"{article.lead}\n{article.text}"[:SEARCHED]
    for phrase in _phrases(item, province):
        sentence = _sentence(body, phrase)
        if sentence:
            return shortened(sentence, LENGTH)
    return shortened(article.lead or next(iter(_sentences(body)), ""), LENGTH)


def _phrases(item: Labelled, province: str) -> Iterator[str]:
    for kind in _TOLD_BY:
        for label in item.labels:
            if label.kind is kind and label.about == province:
                yield from _QUOTED.findall(label.why)


def _sentence(body: str, phrase: str) -> str:
    sought = phrase.strip(" .…").casefold()
    return next((sentence for sentence in _sentences(body) if sought in sentence.casefold()), "")


def _sentences(body: str) -> Iterator[str]:
    return (sentence for part in _END.split(body) if (sentence := part.strip()))
