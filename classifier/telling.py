"""Which words of a text carried a judgement, quoted as they stand in it, so that a person can check."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from classifier.features import Floats, Reading
from classifier.sentences import naming
from classifier.words import Token
from diembao.core.text import sentences, snippet

PHRASES = 3  # quoted at most
_WORDS = 4  # in one phrase at most, a seed phrase counting as one
_RUN = 12  # characters of one piece of a script without spaces
_RUN_WORDS = 3  # what such a piece counts for
_SHARE = 0.3  # of the strongest piece's pull; what is weaker is noise
_PEAK = 0.35  # the same for single characters of a script without spaces
_ROUGH = 1e-9  # by which a difference of running sums may miss the sum itself
_GAP = 2  # characters between words of one phrase ("ngập, lụt" still reads as one)


SENTENCE = 160  # characters of a sentence that is quoted as a reason: two lines


class _Piece(NamedTuple):
    start: int
    end: int
    pull: float = 0.0
    words: int = 1


def _weighed(pieces: Sequence[_Piece], carried: Floats) -> list[_Piece]:
    """The pieces that may be strong, each with its pull: all are weighed roughly at once, few of them exactly."""
    sums = np.concatenate([[0.0], np.cumsum(carried)])
    rough = sums[[piece.end for piece in pieces]] - sums[[piece.start for piece in pieces]] if pieces else sums[:0]
    least = _SHARE * float(rough.max(initial=0.0)) - _ROUGH
    may_be = [piece for piece, weight in zip(pieces, rough.tolist(), strict=True) if weight >= least]
    return [piece._replace(pull=float(carried[piece.start : piece.end].sum())) for piece in may_be]


def telling(reading: Reading, carried: Floats) -> str:
    """“ngập lụt”, “nước lũ”: the strongest first; empty where nothing in the text speaks for it."""
    pieces = _weighed(list(_pieces(reading, carried)), carried)
    least = _SHARE * max((piece.pull for piece in pieces), default=0.0)
    strong = [piece for piece in pieces if piece.pull > 0 and piece.pull >= least]
    phrases = sorted(_joined(strong, reading.text), key=lambda piece: (-piece.pull, piece.start))
    quoted: dict[str, str] = {}
    for phrase in phrases:
        said = " ".join(reading.text[phrase.start : phrase.end].split())
        quoted.setdefault(said.lower(), f"“{said}”")
    return ", ".join(list(quoted.values())[:PHRASES])


def deciding(reading: Reading, carried: Floats, names: Sequence[str]) -> str:
    """“The sentence that spoke most strongly for it” and the leaning words in it; of the title, the lead and what names
    a place in the text.
    """
    spans = [s for s in sentences(reading.text) if s[0] < reading.body or naming(reading.text[s[0] : s[1]], names)]
    if not spans:
        return ""
    start, end = max(spans, key=lambda span: float(carried[span[0] : span[1]].sum()))
    said = snippet(reading.text[start:end].strip(), length=SENTENCE)
    pulls = ((sign, float(carried[sign.start : sign.end].sum())) for sign in reading.signs if start <= sign.start < end)
    strongest = sorted((p for p in pulls if p[1] > 0), key=lambda p: -p[1])
    words = dict.fromkeys(f"“{reading.text[sign.start : sign.end].lower()}”" for sign, _ in strongest)
    return f"“{said}”" + (f" – {', '.join([*words][:PHRASES])}" if words else "")


def _pieces(reading: Reading, carried: Floats) -> Iterator[_Piece]:
    """Seed phrases, words outside them, peaks of scripts without spaces; never a bare number."""
    taken = 0
    hits = {hit.start: hit for hit in reading.hits}
    peak = _PEAK * float(carried.max(initial=0.0))
    for token in reading.tokens:
        if token.start < taken or token.text[0].isdigit():
            continue
        if token.runs_on:
            yield from _peaks(token, reading.text, carried, peak)
            continue
        hit = hits.get(token.start)
        taken = hit.end if hit else token.end
        yield _Piece(token.start, taken)


def _peaks(token: Token, text: str, carried: Floats, peak: float) -> Iterator[_Piece]:
    start = token.start
    while start < token.end:
        end = start + 1
        if carried[start] > peak:
            while end < token.end and end - start < _RUN and carried[end] > peak:
                end += 1
            yield _whole_letters(start, end, token, text)
        start = end


def _whole_letters(start: int, end: int, token: Token, text: str) -> _Piece:
    """Vowel signs and tones stay with their consonant."""
    while start > token.start and unicodedata.category(text[start]).startswith("M"):
        start -= 1
    while end < token.end and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return _Piece(start, end, words=_RUN_WORDS)


def _joined(pieces: list[_Piece], text: str) -> list[_Piece]:
    """Neighbours become one phrase, but not across the end of a title."""
    phrases: list[_Piece] = []
    for piece in pieces:
        last = phrases[-1] if phrases else None
        near = last and piece.start - last.end <= _GAP and "\n" not in text[last.end : piece.start]
        if last and near and last.words + piece.words <= _WORDS:
            phrases[-1] = _Piece(last.start, piece.end, last.pull + piece.pull, last.words + piece.words)
        else:
            phrases.append(piece)
    return phrases
