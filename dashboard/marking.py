"""What is marked in the text of an article: places of the province that its labels name, and the words searched for.

The labels settled whether a name is a place here; this only finds where it stands. Places are found in ``nfc(text)`` by
the analysis that cuts texts for the index, so every script is served; namesakes of the profile (a club, a person) are
longer than the name that they hold, and win.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from dashboard import forms
from diembao.core.analysis import Token, tokens
from diembao.core.article import Kind, Labelled
from diembao.core.highlight import Sought, joined, places
from diembao.core.text import nfc
from diembao.plan.reader import Place, Profile

# Of a form and what stands there: a Russian name is declined by its last letters.
_CYRILLIC: Final = re.compile("[а-яё]", re.IGNORECASE)
MOST: Final = 500  # places that are marked in one text; a directory of communes is read without
_STEM, _ENDING = 4, 3  # letters that stay at least, and that an ending has at most
# Read without their marks in a text that has marks ("Quy Nhon Iconic"); a commune's name may be somebody's there.
_KNOWN: Final = frozenset({"province", "city"})


class Mark(StrEnum):
    PLACE = "place"
    HIT = "hit"


@dataclass(frozen=True, slots=True)
class Span:
    """[start, end) of ``nfc(text)``; ``place`` is the name in Vietnamese, whatever script stands there."""

    start: int
    end: int
    mark: Mark
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    exact: tuple[str, ...]
    capital: bool
    kind: str
    place: str  # "": a namesake


_Forms = Mapping[str, Sequence[tuple[tuple[str, ...], _Form]]]  # by their first word


def spans(text: str, item: Labelled, profile: Profile, asked: Sought) -> list[Span]:
    """Both kinds, in order; those of one kind do not overlap."""
    text = nfc(text)
    hits = [Span(start, end, Mark.HIT) for start, end in joined(text, places(text, asked))]
    return sorted([*named(text, item, profile), *hits], key=lambda span: (span.start, span.end))


def named(text: str, item: Labelled, profile: Profile) -> list[Span]:
    """The places in ``text``, which is in NFC."""
    areas = {profile.id, *profile.areas}
    said = {(label.about, label.key) for label in item.labels if label.kind is Kind.PLACE and label.about in areas}
    if not said:
        return []
    found, forms_of, at = list(tokens(text)), _forms(profile, said), 0
    vietnamese = (item.key(Kind.LANGUAGE) or item.article.language) == "vi"
    spans_: list[Span] = []
    while at < len(found) and len(spans_) < MOST:
        length, place = _longest(text, found, at, forms_of, vietnamese=vietnamese)
        if place:
            spans_.append(Span(found[at].start, found[at + length - 1].end, Mark.PLACE, place))
        at += length or 1
    return spans_


def _forms(profile: Profile, said: Collection[tuple[str, str]]) -> _Forms:
    found: dict[str, list[tuple[tuple[str, ...], _Form]]] = {}
    wanted = [place for place in profile.places if (place.area, place.name) in said]
    every = [(form, place.kind, place.name) for place in wanted for form in _spelt(place)]
    every += [(form, "", "") for other in profile.namesakes for form in (other.name, *other.also)]
    for form, kind, place in every:
        cut = list(tokens(form))
        if cut:
            folded = tuple(token.folded for token in cut)
            made = _Form(tuple(token.exact for token in cut), form[:1].isupper(), kind, place)
            found.setdefault(folded[0], []).append((folded, made))
            if _CYRILLIC.match(form) and len(folded) == 1:  # a declined name begins with another word
                found.setdefault(folded[0][:_STEM], []).append((folded, made))
    return found


def _spelt(place: Place) -> Iterator[str]:
    yield place.name
    for forms_ in place.exonyms.values():
        yield from forms_


def _longest(text: str, found: Sequence[Token], at: int, known: _Forms, *, vietnamese: bool) -> tuple[int, str]:
    """How many words from here on are a name, and of which place; (0, ""): none is."""
    best: tuple[int, str] = (0, "")
    first = found[at]
    candidates = [*known.get(first.folded, ())]
    if _CYRILLIC.match(first.folded):
        candidates += known.get(first.folded[:_STEM], ())
    for folded, form in candidates:
        there = found[at : at + len(folded)]
        if len(folded) <= best[0] or len(there) < len(folded) or not _same(there, folded):
            continue
        if form.capital and not text[first.start].isupper():  # "bình định" is a verb
            continue
        if not _marks_fit(there, form, vietnamese=vietnamese):
            continue
        best = len(folded), form.place
    return best


def _same(there: Sequence[Token], folded: Sequence[str]) -> bool:
    *before, last = (token.folded for token in there)
    if before != list(folded[:-1]):
        return False
    return last == folded[-1] or _declined(last, folded[-1])


def _declined(word: str, name: str) -> bool:
    stem = name[:-1] if len(name) > _STEM else name
    return bool(_CYRILLIC.match(name)) and word.startswith(stem) and len(word) - len(stem) <= _ENDING


def _marks_fit(there: Sequence[Token], form: _Form, *, vietnamese: bool) -> bool:
    """With its own marks, or with none: "Phú Mỹ" is not Phù Mỹ."""
    if all(token.exact == exact or _CYRILLIC.match(exact) for token, exact in zip(there, form.exact, strict=True)):
        return True
    return not any(token.marked for token in there) and (not vietnamese or form.kind in _KNOWN)


# -- as HTML ----------------------------------------------------------------------------------------


def lines(text: str, found: Sequence[Span], names: Mapping[Mark, str]) -> Iterator[str]:
    """The lines of ``nfc(text)`` that are not empty as safe HTML; ``names`` are read out before what is marked."""
    text, start = nfc(text), 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        inside = [span for span in found if span.start < end and span.end > start]
        if line.strip():
            yield "".join(_pieces(text, start, start + len(line.rstrip()), inside, names))
        start = end


def _pieces(text: str, start: int, end: int, inside: Sequence[Span], names: Mapping[Mark, str]) -> Iterator[str]:
    edges = {start, end}
    for span in inside:
        edges |= {min(max(span.start, start), end), min(max(span.end, start), end)}
    for first, last in pairwise(sorted(edges)):
        over = [span for span in inside if span.start <= first and last <= span.end]
        yield _marked(text, first, last, over, names) if over else forms.html(text[first:last])


def _marked(text: str, first: int, last: int, over: Sequence[Span], names: Mapping[Mark, str]) -> str:
    """What begins here is read out, once."""
    kinds = " ".join(f"diembao-{span.mark.value}" for span in over)
    place = next((span.place for span in over if span.place), "")
    title = f' title="{forms.html(place)}"' if place else ""
    begun = ", ".join(names[span.mark] for span in over if span.start == first)
    unseen = f'<span class="diembao-unseen">({forms.html(begun)}) </span>' if begun else ""
    return f'<mark class="{kinds}"{title}>{unseen}{forms.html(text[first:last])}</mark>'
