"""The sentence that made an article matter: where the reason of a label was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from diembao.core.article import Kind, Labelled
from diembao.core.marks import LANGUAGE, first_place
from diembao.core.query import Query
from diembao.core.text import nfc, sentence_around

SEARCHED: Final = 100_000  # characters of a text in which the sentence is looked for
_QUOTED: Final = re.compile(r"[“\"]([^”\"]{1,300})[”\"]")
# What settled the stance matters more than where the province is named.
_TOLD_BY: Final = (Kind.STANCE, Kind.RELEVANCE, Kind.THEME)


def words_of(item: Labelled) -> str:
    """Lead and text, as far as they are searched."""
    return f"{item.article.lead}\n{item.article.text}"[:SEARCHED].strip()


def telling_sentence(item: Labelled, province: str, first: Sequence[str] = ()) -> str:
    """The one that holds a phrase which a label about the province gives as its reason; empty where none does.

    Phrases of ``first`` go before those of the labels.
    """
    body = words_of(item)
    for phrase in chain(first, _phrases(item, province)):
        if found := re.search(re.escape(phrase), body, re.IGNORECASE):
            return " ".join(sentence_around(body, *found.span()).split())
    return ""


def asked_sentence(item: Labelled, query: Query) -> str:
    """The first that holds what a query asks for, with the marks that were typed; empty where none does."""
    body = nfc(words_of(item))
    language = item.key(Kind.LANGUAGE) or item.article.language
    found = first_place(body, query, marks=language == LANGUAGE)
    return " ".join(sentence_around(body, *found).split()) if found else ""


def quotations(why: str) -> list[str]:
    """What a reason quotes."""
    found: list[str] = _QUOTED.findall(why)
    return found


def _phrases(item: Labelled, province: str) -> Iterator[str]:
    for kind in _TOLD_BY:
        for label in item.labels:
            if label.kind is kind and label.about == province:
                yield from filter(None, (phrase.strip(" .…") for phrase in _QUOTED.findall(label.why)))
