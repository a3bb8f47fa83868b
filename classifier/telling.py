"""Which words of a text carried a judgement, quoted as they stand in it, so that a person can check."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from classifier.features import Floats, Ints, Reading
from classifier.sentences import naming_each
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


class _Spans(NamedTuple):
    """What may be quoted of a text, whatever for: where words and seed phrases start and end, and the runs of scripts
    without spaces among them.
    """

    starts: Ints
    ends: Ints
    runs: Sequence[tuple[int, int]]


def _sums(carried: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(carried)])


def _weighed(pieces: Sequence[_Piece], spans: _Spans, carried: Floats) -> list[_Piece]:
    """Those that may be strong, each with its pull: all are weighed roughly at once, few of them exactly."""
    sums = _sums(carried)
    starts = np.concatenate([spans.starts, np.array([piece.start for piece in pieces], dtype=np.int64)])
    ends = np.concatenate([spans.ends, np.array([piece.end for piece in pieces], dtype=np.int64)])
    rough = sums[ends] - sums[starts]
    strong = np.flatnonzero(rough >= _SHARE * float(rough.max(initial=0.0)) - _ROUGH)
    words = len(spans.starts)
    may_be = [_Piece(int(starts[n]), int(ends[n])) if n < words else pieces[n - words] for n in strong.tolist()]
    return [piece._replace(pull=float(carried[piece.start : piece.end].sum())) for piece in sorted(may_be)]


def telling(reading: Reading, carried: Floats) -> str:
    """“ngập lụt”, “nước lũ”: the strongest first; empty where nothing in the text speaks for it."""
    spans, peak = _spans(reading), _PEAK * float(carried.max(initial=0.0))
    peaks = [piece for run in spans.runs for piece in _peaks(run, reading.text, carried, peak)]
    pieces = _weighed(peaks, spans, carried)
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
    every = list(sentences(reading.text))
    named = naming_each(reading.text, every, names)
    spans = [span for span, of in zip(every, named, strict=True) if of or span[0] < reading.body]
    if not spans:
        return ""
    start, end = _strongest(spans, carried)
    said = snippet(reading.text[start:end].strip(), length=SENTENCE)
    pulls = ((sign, float(carried[sign.start : sign.end].sum())) for sign in reading.signs if start <= sign.start < end)
    strongest = sorted((p for p in pulls if p[1] > 0), key=lambda p: -p[1])
    words = dict.fromkeys(f"“{reading.text[sign.start : sign.end].lower()}”" for sign, _ in strongest)
    return f"“{said}”" + (f" – {', '.join([*words][:PHRASES])}" if words else "")


def _strongest(spans: Sequence[tuple[int, int]], carried: Floats) -> tuple[int, int]:
    """The first of those that no other outweighs, found as in `_weighed`."""
    ends = np.array(spans)
    sums = _sums(carried)
    rough = sums[ends[:, 1]] - sums[ends[:, 0]]
    near: list[int] = np.flatnonzero(rough >= rough.max() - _ROUGH).tolist()
    return max((spans[n] for n in near), key=lambda span: float(carried[span[0] : span[1]].sum()))


@functools.lru_cache(maxsize=4)  # asked for each label of a reading
def _spans(reading: Reading) -> _Spans:
    """Seed phrases, words outside them; never a bare number."""
    found = reading.tokens
    kept = np.array([not text[0].isdigit() for text in found.texts], dtype=np.bool_)
    starts, ends = found.starts, found.ends.copy()
    runs = np.zeros(kept.size, dtype=np.bool_)
    runs[list(found.runs)] = True
    begins, after = (np.searchsorted(starts, [getattr(hit, at) for hit in reading.hits]) for at in ("start", "end"))
    for first, behind, hit in zip(begins.tolist(), after.tolist(), reading.hits, strict=True):
        if first < kept.size and starts[first] == hit.start and kept[first] and not runs[first]:
            ends[first] = hit.end
            kept[first + 1 : behind] = False
    words, apart = kept & ~runs, kept & runs
    return _Spans(starts[words], ends[words], list(zip(starts[apart].tolist(), ends[apart].tolist(), strict=True)))


def _peaks(run: tuple[int, int], text: str, carried: Floats, peak: float) -> Iterator[_Piece]:
    first, last = run
    high: npt.NDArray[np.bool_] = carried[first:last] > peak
    strong = high.tolist()
    start = first
    while start < last:
        end = start + 1
        if strong[start - first]:
            while end < last and end - start < _RUN and strong[end - first]:
                end += 1
            yield _whole_letters((start, end), run, text)
        start = end


def _whole_letters(span: tuple[int, int], run: tuple[int, int], text: str) -> _Piece:
    """Vowel signs and tones stay with their consonant."""
    start, end = span
    while start > run[0] and unicodedata.category(text[start]).startswith("M"):
        start -= 1
    while end < run[1] and unicodedata.category(text[end]).startswith("M"):
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
