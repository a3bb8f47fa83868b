"""What an article is within its story: the first, a copy of another outlet's text, a correction, or a follow-up."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.remembered import Remembered, digest
from classifier.words import settled, tokens
from diembao.core.article import Article, Role
from diembao.core.headlines import named

COPY: Final = 0.6  # resemblance (Jaccard) of two texts' shingles from which the later is a copy of the other
TAKEN: Final = 0.8  # of the later text's shingles: so much of it stands in the other one, however much was cut
_READ: Final = 20_000  # characters of a text that are read for copies
COPY_LEAST: Final = 20  # shingles of the shorter text; of less (a headline) nothing can be said
SHINGLE: Final = 4  # words, or characters where a script has no spaces
KEPT: Final = 20_000  # texts whose shingles are remembered: as many as a wide window has (5 kB each)
PAIRS: Final = 200_000  # of texts that were held against each other, whose answer is remembered: about 50 MB when full
MOST: Final = 30  # of a story's first texts, and of its newest ones, that a new one is held against

# How outlets head a correction, in our languages; at the head of a title or of a lead.
_CORRECTION: Final = re.compile(
    r"^\W*(?:đính chính|cải chính|xin đính chính|xin lỗi và đính chính|nói lại cho rõ|correction|corrections? to|"
    r"erratum|clarification|更正|勘误|勘誤|訂正|お詫びと訂正|정정|바로잡습니다|rectificatif|mise au point|исправление|"
    r"поправка|уточнение|แก้ไขข่าว|แก้ข่าว|ແກ້ຂ່າວ|ແກ້ໄຂຂ່າວ|កែតម្រូវ|ការកែតម្រូវ)",
    re.IGNORECASE,
)
_CORRECTED: Final = re.compile(
    r"[(\[|–—:-]\s*(?:đính chính|cải chính|correction|corrected|更正|訂正|정정)\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, eq=False)
class Shingles:
    """Of one text, as sorted numbers. ``number`` is of this object alone, and the same words are the same object, so
    that what two come to is remembered.
    """

    numbers: npt.NDArray[np.int64]
    number: int = field(default_factory=itertools.count().__next__)


_SHINGLES: Final = Remembered[bytes, Shingles](KEPT)
_COPIED: Final = Remembered[tuple[int, int], float](PAIRS)


def role(article: Article, earlier: Sequence[Article]) -> tuple[Role, str]:
    """``earlier`` are the articles of its story before it; why is empty where likeness says all."""
    marker = _CORRECTION.search(article.title) or _CORRECTED.search(article.title) or _CORRECTION.search(article.lead)
    if marker:
        return Role.CORRECTION, f"“{marker[0].strip()}”"
    mine = shingles(article.lead, article.text[:_READ])
    for other in earlier if len(earlier) <= 2 * MOST else (*earlier[:MOST], *earlier[-MOST:]):
        if other.outlet == article.outlet or other.language != article.language:
            continue
        share = copied(mine, shingles(other.lead, other.text[:_READ]))
        if share:
            return Role.COPY, f"trùng {percent(share)} lời văn với {named(other)}"
    return Role.FOLLOW_UP, ""


def copied(mine: Shingles, theirs: Shingles) -> float:
    """How much of a text stands in another one; 0 where it is no copy of it."""
    return _COPIED.of((mine.number, theirs.number), partial(_copied, mine.numbers, theirs.numbers))


def _copied(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> float:
    if min(one.size, other.size) < COPY_LEAST:
        return 0.0
    shared = np.intersect1d(one, other, assume_unique=True).size
    taken = float(shared / one.size)
    return taken if taken >= TAKEN or shared / (one.size + other.size - shared) >= COPY else 0.0


def shingles(lead: str, body: str) -> Shingles:
    """Of lead and text, the lead once."""
    text = body if lead and body.startswith(lead) else f"{lead}\n{body}"
    return _SHINGLES.of(digest(text), partial(_shingles, text))


def _shingles(text: str) -> Shingles:
    found = tokens(settled(text)[1])
    units = [unit for token in found for unit in (token.text if token.runs_on else (token.text,))]
    runs = ("\0".join(units[at : at + SHINGLE]) for at in range(len(units) - SHINGLE + 1))
    numbers = [zlib.crc32(run.encode("utf-8", "replace")) for run in runs]
    return Shingles(np.unique(np.array(numbers, dtype=np.int64)))


def percent(share: float) -> str:
    return f"{share * 100:.0f}%"
