"""Which title tells a story best: the most central one, of the newest version that is as central."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.features import BUCKETS
from diembao.core.article import Article, Role

READERS: Final = "vi"  # a Vietnamese title comes first, where there is one
AS_CENTRAL: Final = 0.9  # of the most central title's likeness; among these the newest is taken
MOST: Final = 500  # articles of a story that are looked at, the newest: memory stays under 10 MB

Sparse = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]


def central(
    articles: Sequence[Article], roles: Sequence[Role], titles: Sequence[Sparse], wholes: Sequence[Sparse]
) -> int:
    """The place of the article whose title is likest to what the story's articles say, copies left out; those in
    Vietnamese, or else those in the language that most are in. Articles in the order of time.
    """
    language = _language(articles)
    own = [at for at, article in enumerate(articles) if article.language == language]
    told = [at for at in own if roles[at] is not Role.COPY][-MOST:] or own[-MOST:]
    middle = np.zeros(BUCKETS)
    for at in told:
        places, values = wholes[at]
        middle[places] += values
    likeness = {at: float(middle[places] @ values) for at in told for places, values in [titles[at]]}
    enough = AS_CENTRAL * max(likeness.values())
    return max(at for at in told if likeness[at] >= enough)


def _language(articles: Sequence[Article]) -> str:
    spoken = [article.language for article in articles]
    return READERS if READERS in spoken else max(spoken, key=spoken.count)
