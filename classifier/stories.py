"""Which articles tell of one event, and what each is within its story.

    in the order of time (when, id), each article
    1. is compared with the stories of the last `WINDOW` by the mean likeness to their members
    2. joins the likest if it is like enough, else begins a story
    3. stories that people put together are one; none takes in what people set apart from one of its articles
    so an article's story is settled by earlier articles only: later ones never move it, no chain of
    small likenesses can tie strangers together, and the order in which articles are handed over is nothing

Likeness is the cosine of weighted words and word pairs; how rare a word is was counted once, in the
examples (``models/stories.npz``), never in the articles at hand.
"""

from __future__ import annotations

import functools
import itertools
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from classifier import head
from classifier.features import BUCKETS
from classifier.story_ties import Word
from classifier.words import settled, tokens
from diembao.core.article import Article, Role
from diembao.core.ports import Placed
from diembao.core.ties import Tie

if TYPE_CHECKING:
    from scipy import sparse

MODEL = head.FOLDER / "stories.npz"

WINDOW = timedelta(days=3)  # between an article and the last one of its story
SPAN = timedelta(days=14)  # between an article and the first one of its story; after that it is a new one
LIKE = 0.15  # mean cosine; on 628 Vietnamese articles .14–.18 give B³ F1 above .91
BODY_CHARS = 1500  # characters of the text that are read after title and lead
COMMON = 5.0  # idf below which a word says nothing of the event: it stands in more than 2 % of the examples
KEPT = 5000  # vectors and texts' shingles that are remembered: about 60 MB when full
BLOCK = 512  # articles compared at once: memory stays under BLOCK × (articles of the window) numbers

COPY = 0.6  # resemblance (Jaccard) of two texts' shingles from which one is a copy of the other
_READ = 20_000  # characters of a text that are read for copies
COPY_LEAST = 20  # shingles of the shorter text; of less (a headline) nothing can be said
SHINGLE = 4  # words, or characters where a script has no spaces

# How outlets head a correction, in our languages; at the head of a title or of a lead.
_CORRECTION = re.compile(
    r"^\W*(?:đính chính|cải chính|xin đính chính|xin lỗi và đính chính|nói lại cho rõ|correction|corrections? to|"
    r"erratum|clarification|更正|勘误|勘誤|訂正|お詫びと訂正|정정|바로잡습니다|rectificatif|mise au point|исправление|"
    r"поправка|уточнение|แก้ไขข่าว|แก้ข่าว|ແກ້ຂ່າວ|ແກ້ໄຂຂ່າວ|កែតម្រូវ|ការកែតម្រូវ)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(r"[(\[|–—:-]\s*(?:đính chính|cải chính|correction|corrected|更正|訂正|정정)\W*$", re.IGNORECASE)

# What a reader sees as the reason of a first article, and of one that a person put there.
EARLIEST, ALONE = "bài sớm nhất của chuyện", "chưa có bài nào khác về việc này"
MERGED = "người gộp vào chuyện này"

Vector = npt.NDArray[np.float64]


class StoryGrouper:
    """Stories among the articles of one province."""

    def __init__(self, model_path: Path | None = None) -> None:
        card, arrays = head.unpack(model_path or MODEL, ("idf",))
        idf = arrays["idf"]

        @functools.lru_cache(maxsize=KEPT)  # a window is grouped anew with every batch that falls into it
        def vector(article_head: str, body: str) -> tuple[npt.NDArray[np.int64], Vector]:
            return _vector(terms(article_head, body), idf)

        self._vector = vector
        self.version = f"stories-1-{card['digest'][:8]}"
        self.window_days = WINDOW / timedelta(days=1)

    def group(self, articles: Sequence[Article], ties: Sequence[Tie] = ()) -> Sequence[Placed]:
        ordered = sorted({article.id: article for article in articles}.values(), key=lambda a: (a.when, a.id))
        if not ordered:
            return ()
        stories = _Stories([article.when.timestamp() for article in ordered], Word(ordered, ties))
        vectors = [self._of(article) for article in ordered]
        for row, likeness in _likenesses(ordered, _matrix(vectors)):
            stories.join(row, likeness)
        return [placed for rows in stories.members() for placed in _placed(ordered, rows, stories)]

    def alike(self, article: Article, others: Sequence[Article]) -> Sequence[float]:
        """The cosine that stories are grouped by."""
        here = np.zeros(BUCKETS)
        places, values = self._of(article)
        here[places] = values
        return [float(here[places] @ values) for places, values in map(self._of, others)]

    def _of(self, article: Article) -> tuple[npt.NDArray[np.int64], Vector]:
        return self._vector(f"{article.title}\n{article.lead}", article.text[:BODY_CHARS])


class _Stories:
    """Stories as they grow in the order of time; articles are rows, stories are numbers."""

    def __init__(self, times: Sequence[float], word: Word) -> None:
        self._times = np.array(times)
        self._word = word
        self._story = np.full(len(times), -1)
        self._first: list[float] = []
        self._last: list[float] = []
        self.likeness = np.ones(len(times))  # to the story it joined; 1 for the first one
        self.nearest = np.arange(len(times))  # the member it is likest; itself for the first one

    def join(self, row: int, likeness: Vector) -> None:
        """``likeness`` to all earlier rows: join the likest open story, or begin one."""
        now, number = self._times[row], len(self._first)
        means = self._means(row, likeness, now)
        if means.size and means.max() >= LIKE:
            number = int(means.argmax())
            members = np.flatnonzero(self._story[:row] == number)
            self.likeness[row] = means[number]
            self.nearest[row] = members[likeness[members].argmax()]
            self._last[number] = now
        else:
            self._first.append(now)
            self._last.append(now)
        self._story[row] = number

    def _means(self, row: int, likeness: Vector, now: float) -> Vector:
        stories = self._story[:row]
        size = len(self._first)
        counts = np.bincount(stories, minlength=size)
        means = np.bincount(stories, weights=likeness, minlength=size) / np.maximum(counts, 1)
        still = (now - np.array(self._last) <= WINDOW.total_seconds()) & (
            now - np.array(self._first) <= SPAN.total_seconds()
        )
        still[[self._story[other] for other in self._word.apart[row] if other < row]] = False
        return np.where(still, means, 0.0)

    def members(self) -> list[list[int]]:
        """Rows of each story, both in the order of time; stories that people put together are one."""
        return self._word.united(self._story)


# -- likeness ---------------------------------------------------------------------------------------


def terms(article_head: str, body: str = "") -> list[str]:
    """Words and pairs of neighbours; pairs and triples of characters where a script has no spaces."""
    found = tokens(settled(f"{article_head}\n{body[:BODY_CHARS]}")[1])
    words = [token.text for token in found if not token.runs_on]
    pairs = [f"{first} {second}" for first, second in itertools.pairwise(words)]
    runs = [
        token.text[at : at + n]
        for token in found
        if token.runs_on
        for n in (2, 3)
        for at in range(max(1, len(token.text) - n + 1))
    ]
    return [*words, *pairs, *runs]


def place(term: str) -> int:
    """The bucket of a term."""
    return zlib.crc32(term.encode("utf-8", "replace")) % BUCKETS


def _matrix(rows: Sequence[tuple[npt.NDArray[np.int64], Vector]]) -> sparse.csr_array[np.float64]:
    from scipy import sparse

    starts = np.cumsum([0, *(places.size for places, _ in rows)])
    data, places = np.concatenate([v for _, v in rows]), np.concatenate([p for p, _ in rows])
    return sparse.csr_array((data, places, starts), shape=(len(rows), BUCKETS))


def _vector(said: Iterable[str], idf: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Places and values of length 1; rarity counts twice, so that names and numbers decide."""
    places, counts = np.unique(np.array([place(term) for term in said], dtype=np.int64), return_counts=True)
    rarity = np.where(idf[places] < COMMON, 0.0, idf[places].astype(np.float64))
    values = (1 + np.log(counts)) * rarity**2
    length = float(np.sqrt(values @ values))
    kept = values > 0
    return places[kept], values[kept] / (length or 1.0)


def _likenesses(ordered: Sequence[Article], vectors: sparse.csr_array[np.float64]) -> Iterator[tuple[int, Vector]]:
    """For each row its likeness to all earlier ones; 0 where they are further apart than a story spans."""
    low = 0
    for start in range(0, len(ordered), BLOCK):
        end = min(start + BLOCK, len(ordered))
        while ordered[start].when - ordered[low].when > SPAN:
            low += 1
        block = (vectors[start:end] @ vectors[low:end].T).toarray()
        for row in range(start, end):
            yield row, np.concatenate([np.zeros(low), block[row - start, : row - low]])


# -- what an article is within its story -----------------------------------------------------------


def _placed(ordered: Sequence[Article], rows: Sequence[int], stories: _Stories) -> Iterator[Placed]:
    first = ordered[rows[0]]
    yield Placed(first.id, first.id, Role.ORIGINAL, 1.0, EARLIEST if len(rows) > 1 else ALONE)
    shingles = [_shingles(ordered[row].lead, ordered[row].text[:_READ]) for row in rows] if len(rows) > 1 else []
    for at, row in enumerate(rows[1:], start=1):
        article, nearest = ordered[row], ordered[int(stories.nearest[row])]
        role, why = _role(article, [ordered[earlier] for earlier in rows[:at]], shingles[: at + 1])
        likeness = round(float(stories.likeness[row]), 4)
        like = MERGED if nearest is article else f"giống {_percent(likeness)} {_named(nearest)}"
        yield Placed(article.id, first.id, role, likeness, why or like)


def _role(article: Article, earlier: Sequence[Article], shingles: Sequence[npt.NDArray[np.int64]]) -> tuple[Role, str]:
    marker = _CORRECTION.search(article.title) or _CORRECTED.search(article.title) or _CORRECTION.search(article.lead)
    if marker:
        return Role.CORRECTION, f"“{marker[0].strip()}”"
    for other, theirs in zip(earlier, shingles[:-1], strict=True):
        share = _resemblance(shingles[-1], theirs)
        if share >= COPY and other.outlet != article.outlet:
            return Role.COPY, f"trùng {_percent(share)} lời văn với {_named(other)}"
    return Role.FOLLOW_UP, ""


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _named(article: Article) -> str:
    return f"“{article.title[:120]}” ({article.outlet})"


@functools.lru_cache(maxsize=KEPT)
def _shingles(lead: str, body: str) -> npt.NDArray[np.int64]:
    """Of lead and text, the lead once; sorted numbers."""
    text = body if lead and body.startswith(lead) else f"{lead}\n{body}"
    found = tokens(settled(text)[1])
    units = [unit for token in found for unit in (token.text if token.runs_on else (token.text,))]
    runs = ("\0".join(units[at : at + SHINGLE]) for at in range(len(units) - SHINGLE + 1))
    return np.unique(np.array([zlib.crc32(run.encode("utf-8", "replace")) for run in runs], dtype=np.int64))


def _resemblance(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> float:
    if min(one.size, other.size) < COPY_LEAST:
        return 0.0
    shared = np.intersect1d(one, other, assume_unique=True).size
    return float(shared / (one.size + other.size - shared))
