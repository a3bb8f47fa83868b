"""Which articles tell of one event.

    in the order of time (when, id), each article
    1. is compared with the stories of the last `WINDOW`: by the mean likeness to their members in its own language,
       or, where they have none, by the member in another language that most surely tells of the same event (`links`)
    2. joins the likest if it is like enough, else begins a story
    3. stories that people put together are one; none takes in what people set apart from one of its articles
    so an article's story is settled by earlier articles only: later ones never move it, no chain of
    small likenesses can tie strangers together, and the order in which articles are handed over is nothing

Likeness is the cosine of weighted words and word pairs; how rare a word is was counted once, in the
examples (``models/stories.npz``), never in the articles at hand.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from classifier import copies, head
from classifier.copies import percent
from classifier.features import BUCKETS
from classifier.growing import MOST, SPAN, WINDOW, Growing
from classifier.headlines import central
from classifier.links import Links
from classifier.places import Gazetteer
from classifier.remembered import Remembered, digest
from classifier.story_ties import Word
from classifier.words import settled, tokens
from diembao.core.article import Article, Role
from diembao.core.headlines import named, same_event
from diembao.core.ports import Placed
from diembao.core.ties import Tie
from diembao.plan.reader import Profile

if TYPE_CHECKING:
    from scipy import sparse

MODEL = head.FOLDER / "stories.npz"

BODY_CHARS = 1500  # characters of the text that are read after title and lead
COMMON = 5.0  # idf below which a word says nothing of the event: it stands in more than 2 % of the examples
KEPT: Final = 40_000  # vectors that are remembered, of articles and of titles: as many as a wide window has (6 kB each)
BLOCK = 512  # articles compared at once: memory stays under BLOCK × (articles of the window) numbers

# What a reader sees as the reason of a first article, and of one that a person put there.
EARLIEST, ALONE = "bài sớm nhất của chuyện", "chưa có bài nào khác về việc này"
MERGED = "người gộp vào chuyện này"

Vector = npt.NDArray[np.float64]


class StoryGrouper:
    """Stories among the articles of one province, or of several. ``profiles`` say which places tie articles in
    different languages together (without any, each language has its stories).
    """

    def __init__(self, profiles: Sequence[Profile] = (), model_path: Path | None = None) -> None:
        card, arrays = head.unpack(model_path or MODEL, ("idf",))
        self._idf = arrays["idf"]
        self._vectors = Remembered[bytes, tuple[npt.NDArray[np.int64], Vector]](KEPT)
        self._links = Links([Gazetteer(each) for each in profiles]) if profiles else None
        self.version = "-".join(["stories-2", card["digest"][:8], *([self._links.version] if self._links else ())])
        self.window_days = WINDOW / timedelta(days=1)

    def group(self, articles: Sequence[Article], ties: Sequence[Tie] = ()) -> Sequence[Placed]:
        ordered = sorted({article.id: article for article in articles}.values(), key=lambda a: (a.when, a.id))
        if not ordered:
            return ()
        stories = Growing(ordered, Word(ordered, ties), self._links)
        vectors = [self._of(article) for article in ordered]
        for row, likeness in _likenesses(ordered, _matrix(vectors)):
            stories.join(row, likeness)
        return [
            placed
            for rows in stories.members()
            for placed in self._headed([ordered[row] for row in rows], list(_placed(ordered, rows, stories)))
        ]

    def _headed(self, articles: Sequence[Article], placed: Sequence[Placed]) -> Iterator[Placed]:
        """The same, with the one whose title tells the story."""
        if len(placed) == 1:
            yield replace(placed[0], headline=True)
            return
        roles = [Role(one.role) for one in placed]
        titles = [self._vector(article.title, "") for article in articles]
        at = central(articles, roles, titles, [self._of(article) for article in articles])
        yield from (replace(one, headline=n == at) for n, one in enumerate(placed))

    def alike(self, article: Article, others: Sequence[Article]) -> Sequence[float]:
        """The cosine that stories are grouped by."""
        here = np.zeros(BUCKETS)
        places, values = self._of(article)
        here[places] = values
        return [float(here[places] @ values) for places, values in map(self._of, others)]

    def _vector(self, article_head: str, body: str) -> tuple[npt.NDArray[np.int64], Vector]:
        return self._vectors.of(digest(article_head, body), lambda: _vector(terms(article_head, body), self._idf))

    def _of(self, article: Article) -> tuple[npt.NDArray[np.int64], Vector]:
        return self._vector(f"{article.title}\n{article.lead}", article.text[:BODY_CHARS])


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
    """For each row its likeness to the `MOST` before it; 0 where they are further apart than a story spans."""
    low = 0
    for start in range(0, len(ordered), BLOCK):
        end = min(start + BLOCK, len(ordered))
        while ordered[start].when - ordered[low].when > SPAN:
            low += 1
        low = max(low, start - MOST)
        block = (vectors[start:end] @ vectors[low:end].T).toarray()
        for row in range(start, end):
            near = max(low, row - MOST)
            yield row, np.concatenate([np.zeros(near), block[row - start, near - low : row - low]])


# -- what an article is within its story -----------------------------------------------------------


def _placed(ordered: Sequence[Article], rows: Sequence[int], stories: Growing) -> Iterator[Placed]:
    first = ordered[rows[0]]
    yield Placed(first.id, first.id, Role.ORIGINAL, 1.0, EARLIEST if len(rows) > 1 else ALONE)
    for at, row in enumerate(rows[1:], start=1):
        article = ordered[row]
        role, why = copies.role(article, [ordered[earlier] for earlier in rows[:at]])
        likeness = round(float(stories.likeness[row]), 4)
        yield Placed(article.id, first.id, role, likeness, why or _joined(ordered, row, stories))


def _joined(ordered: Sequence[Article], row: int, stories: Growing) -> str:
    """Why an article is in its story."""
    article, nearest = ordered[row], ordered[int(stories.nearest[row])]
    if nearest is article:
        return MERGED
    if article.language == nearest.language:
        return f"giống {percent(float(stories.likeness[row]))} {named(nearest)}"
    return f"{same_event(nearest)}: {stories.shared(row)}"
