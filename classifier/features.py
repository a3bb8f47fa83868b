"""What the heads see of an article: seed scores, words and runs of characters, hashed into fixed places.

Two blocks of length 1, word n-grams and character n-grams, and the damped seed scores of the themes.
Hashing needs no vocabulary, so a head is one small array and judging needs NumPy only; every feature
keeps its span, so a judgement can name the words it came from.

The hash of a span is taken from running sums of code points times powers of an odd number, modulo 2⁶⁴:
all n-grams of a text in a few NumPy calls, the same on every machine.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.language import tag
from classifier.seeds import Found, Said, lexicon, said, signs
from classifier.sentences import about, names
from classifier.words import Tokens, pieces, settled, tokens
from diembao.core.article import Article, Label

# A change of anything here changes what trained numbers mean: raise FORM and train again.
FORM = 2
BUCKETS = 1 << 17  # places for n-grams of one block; training sees ~300,000 kinds, most of them once
# Words, and in scripts without spaces what they are made of. Vietnamese writes a space between syllables, so a word
# is often two.
WORD_GRAMS = (1, 2, 3)
CHAR_GRAMS = (2, 3, 4, 5)  # characters, never across a space
SEED_WEIGHT = 0.3  # of a seed score against the n-gram blocks of length 1
HEAD_CHARS = 2000  # characters of title and lead; what is longer is no lead
# Of the article's text after them, and what a word there counts against one in the head: background and
# earlier events stand there. On 628 articles two of the same story share .39 of their themes by the heads
# alone, .50 so, .44 at full weight with half as many labels again.
BODY_CHARS = 1500
BODY_WEIGHT = 0.25

READ = 20_000  # characters of a text in which places are looked for, as for relevance

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_Hashes = npt.NDArray[np.uint64]

_STEP = 0x9E3779B97F4A7C15  # odd, so it has an inverse modulo 2⁶⁴
_BACK = pow(_STEP, -1, 1 << 64)
_LENGTH = 2 * (HEAD_CHARS + BODY_CHARS)  # a character may become two when its marks are settled


def _powers(of: int) -> _Hashes:
    steps = np.full(_LENGTH + 2, of, dtype=np.uint64)
    steps[0] = 1
    return np.multiply.accumulate(steps)


_UP, _DOWN = _powers(_STEP), _powers(_BACK)
_SPACE, _ZERO, _NINE = 32, 48, 57


@dataclass(frozen=True, slots=True)
class Block:
    """The n-grams of one kind: place, count and span of each; the places that occur, which of them each has, and the
    count of each of these, plain and damped.
    """

    places: Ints
    counts: Floats
    starts: Ints
    ends: Ints
    kinds: Ints
    which: Ints
    totals: Floats
    damped: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One article as the heads see it; spans count characters of ``text``, whose body begins at ``body``.
    ``hits`` are seed phrases of the themes, ``signs`` words that lean towards a stance, ``said`` what both say.
    """

    text: str
    body: int
    language: str
    tokens: Tokens
    hits: tuple[Found, ...]
    signs: tuple[Found, ...]
    said: Said
    words: Block
    chars: Block

    def weight(self, start: int) -> float:
        """How much a word that begins here counts."""
        return _weight(start, self.body)


def _weight(start: int, body: int) -> float:
    return 1.0 if start < body else BODY_WEIGHT


def read(article: Article, language: str, found: Sequence[Label] = ()) -> Reading:
    """Title, lead and of the text what speaks of the places found in it, or its beginning; a lead that the text repeats
    is read once.
    """
    body = article.text.strip()
    lead = article.lead.strip()
    if lead and body.startswith(lead):
        body = body[len(lead) :]
    return read_text(f"{article.title}\n{lead}", language, about(body[:READ], names(found), BODY_CHARS))


@functools.lru_cache(maxsize=8)  # themes and stance read the same article one after the other
def read_text(head: str, language: str, body: str = "") -> Reading:
    """``language`` (``vi``, ``zh-Hans`` …) chooses the seeds."""
    text, compared = settled(f"{head[:HEAD_CHARS]}\n{body[:BODY_CHARS]}")
    text, compared = text[:_LENGTH], compared[:_LENGTH]
    start = len(settled(head[:HEAD_CHARS])[0]) if body else len(text)
    found = tokens(compared)
    hits, leaning = (
        tuple(known.find(compared, found)) if known else () for known in (lexicon(language), signs(language))
    )
    words, chars = _grams(compared, found, start)
    both = (*hits, *leaning)
    told = said(both, [_weight(hit.start, start) for hit in both])
    return Reading(text, start, tag(language), found, hits, leaning, told, words, chars)


def _grams(compared: str, found: Tokens, body: int) -> tuple[Block, Block]:
    codes, at, starts, ends = _squeezed(compared, found)
    sums = np.zeros(codes.size + 1, dtype=np.uint64)
    np.cumsum(codes * _UP[: codes.size], out=sums[1:])
    spaces = np.zeros(codes.size + 1, dtype=np.int64)
    np.cumsum(codes == _SPACE, out=spaces[1:])
    weights = np.where(at < body, 1.0, BODY_WEIGHT)
    words = [(starts[: starts.size - n + 1], ends[n - 1 :]) for n in WORD_GRAMS if starts.size >= n]
    chars = [_within_words(n, spaces) for n in CHAR_GRAMS if codes.size >= n]
    return _block(words, sums, at, weights), _block(chars, sums, at, weights)


def _squeezed(compared: str, found: Tokens) -> tuple[_Hashes, Ints, Ints, Ints]:
    """Code points of the tokens with one space between, before and after them and 0 for every digit; where each stands
    in the text; start and end of each token (of each piece of a run) among them.
    """
    none = np.zeros(0, dtype=np.int64)
    if not found.texts:
        return none.astype(np.uint64), none, none, none
    first, last = found.starts, found.ends
    behind = np.ones(first.size, dtype=np.int64)  # whether a space stands behind each
    behind[:-1] = first[1:] > last[:-1]
    begins = np.cumsum(last - first + behind)
    begins[1:], begins[0] = begins[:-1] + 1, 1
    at = np.arange(begins[-1] + last[-1] - first[-1] + 1)
    at[0] = first[0] - 1
    at[1:] += np.repeat(first - begins, last - first + behind)
    place = np.zeros(len(compared) + 1, dtype=np.int64)
    place[at[1:]] = np.arange(1, at.size)
    starts, ends = pieces(found)
    np.clip(at, 0, len(compared) - 1, out=at)
    codes = np.frombuffer(compared.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)[at]
    codes[(codes >= _ZERO) & (codes <= _NINE)] = _ZERO
    codes[0] = _SPACE
    codes[(begins + last - first)[behind > 0]] = _SPACE
    return codes, at, place[starts], place[ends - 1] + 1


def _within_words(n: int, spaces: Ints) -> tuple[Ints, Ints]:
    """Spans of n characters without a space inside; one may begin or end with one."""
    size = spaces.size - n
    starts = np.flatnonzero(spaces[n - 1 : n - 1 + size] == spaces[1 : 1 + size])
    return starts, starts + n


def _block(spans: Sequence[tuple[Ints, Ints]], sums: _Hashes, at: Ints, weights: Floats) -> Block:
    if not spans:
        none = np.zeros(0, dtype=np.int64)
        return Block(none, np.zeros(0), none, none, none, none, np.zeros(0), np.zeros(0))
    starts = np.concatenate([start for start, _ in spans])
    ends = np.concatenate([end for _, end in spans])
    places = _mixed((sums[ends] - sums[starts]) * _DOWN[starts], (ends - starts).astype(np.uint64))
    kinds, which = _unique(places)
    counts = weights[starts]
    totals = np.bincount(which, weights=counts, minlength=kinds.size).astype(np.float64, copy=False)
    return Block(places, counts, at[starts], at[ends - 1] + 1, kinds, which, totals, damped(totals))


def damped(totals: Floats) -> Floats:
    """What an n-gram that stands so often counts."""
    return np.asarray(np.where(totals > 1, 1 + np.log(np.maximum(totals, 1)), totals), dtype=np.float64)


def _unique(places: Ints) -> tuple[Ints, Ints]:
    """As `numpy.unique` with its inverse, in any order: every place keeps the last row that has it, with no sorting."""
    rows = np.arange(places.size, dtype=np.int32)
    last = np.empty(BUCKETS, dtype=np.int32)
    last[places] = rows
    of = last[places]
    kept = of == rows
    return places[kept], (np.cumsum(kept) - 1)[of]


def _mixed(hashes: _Hashes, salt: _Hashes) -> Ints:
    """Spread over the buckets (the finaliser of MurmurHash3)."""
    hashes = hashes ^ (salt * np.uint64(0xC2B2AE3D27D4EB4F))
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(factor)
    return ((hashes ^ (hashes >> np.uint64(33))) & np.uint64(BUCKETS - 1)).astype(np.int64)


def kind_values(block: Block, idf: npt.NDArray[np.float32]) -> Floats:
    """Value of each kind of n-gram of a block: damped count times idf, the block's length 1."""
    weighed = block.damped * idf.take(block.kinds)
    length = float(np.sqrt(weighed @ weighed)) or 1.0
    return np.asarray(weighed / length, dtype=np.float64)


def shares(block: Block, of_kinds: Floats) -> Floats:
    """What each n-gram carries of its kind's value: one that stands k times carries it in k shares."""
    each = np.divide(of_kinds, block.totals, out=np.zeros_like(of_kinds), where=block.totals > 0)
    return np.asarray(each[block.which] * block.counts)
