"""What a word in the search box may have meant: an outlet, a theme, a country, a unit, a kept search. One press puts it
into the search in the place of the word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import forms, newsroom
from dashboard.address import Asked
from dashboard.names import COUNTRY_NAMES, LANGUAGE_NAMES
from dashboard.narrowing import go
from dashboard.texts import LANGUAGES, Words
from diembao.core.query import Terms, unparse
from diembao.core.query_words import NAMED, NAMES, SAVED, UNIT
from diembao.core.text import fold
from diembao.pipeline.wiring import Installation

SHOWN, SHORTEST = 6, 2


@dataclass(frozen=True, slots=True)
class Piece:
    """``typed`` is what stands in the search then, ``said`` what it is called."""

    typed: str
    said: str


def show(asked: Asked, say: Words) -> None:
    word = last_word(asked.q)
    found = newsroom.read(pieces, word, say.language) if word else ()
    if not found:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="suggestions"):
        st.caption(forms.plain(say("suggest.add")), width="content")
        for n, each in enumerate(found):
            instead = replace(asked, page=1, q=f"{asked.q.rstrip()[: -len(word)]}{each.typed}")
            st.button(forms.plain(each.said), key=f"suggest-{n}", type="tertiary", on_click=go, args=(instead,))


def last_word(typed: str) -> str:
    """The word one is at; none where it is a phrase, or names its field already."""
    word = typed.rstrip().rpartition(" ")[2].lstrip("-(")
    plain = len(word) >= SHORTEST and word.replace("_", "").isalnum()
    return word if plain and typed.count('"') % 2 == 0 else ""


def pieces(house: Installation, word: str, language: str) -> tuple[Piece, ...]:
    """What begins with the word first, then what has a word that does."""
    wanted = fold(word).replace("_", " ")
    found = [(_place(wanted, each.said), each) for each in _known(house, LANGUAGES.index(language))]
    fitting = sorted(((at, each.said, each) for at, each in found if at is not None), key=lambda one: one[:2])
    return tuple(each for _, _, each in fitting[:SHOWN])


def _place(wanted: str, said: str) -> int | None:
    """0: it begins so; 1: one of its words does."""
    name = fold(said.partition(": ")[2])
    if name.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in f" {name}" else None


def _known(house: Installation, at: int) -> Iterator[Piece]:
    """Of what this installation has: outlets that are read, their countries and languages, themes, units, searches."""
    for each in house.crawled:
        yield _piece("outlet", each.id, each.name, at)
    for code in sorted({each.country for each in house.crawled} & set(COUNTRY_NAMES)):
        yield _piece("country", code, COUNTRY_NAMES[code][at], at)
    for code in sorted({each.language for each in house.crawled} & set(LANGUAGE_NAMES)):
        yield _piece("language", code, LANGUAGE_NAMES[code][at].removeprefix("tiếng "), at)
    for key, theme in house.profile.themes.items():
        yield _piece("theme", key, theme.en if at else theme.vi, at)
    for unit in house.profile.units.values():
        yield _named(UNIT, unit.name, at)
    for search in house.store.saved_searches():
        yield _named(SAVED, search.name, at)


def _piece(field: str, value: str, name: str, at: int) -> Piece:
    typed = unparse(Terms(field, (value,)))
    word = NAMES[field][0 if at else 1]
    return Piece(f"{word}:{typed.partition(':')[2]}", f"{word}: {name}")


def _named(field: str, name: str, at: int) -> Piece:
    word = NAMED[field][0 if at else 1]
    return Piece(f'{word}:"{name}"', f"{word}: {name}")
