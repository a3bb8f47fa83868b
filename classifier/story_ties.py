"""People's word on stories, as the grouper heeds it: articles are rows, stories that grew by likeness are numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from diembao.core.article import Article
from diembao.core.ties import Tie


class Word:
    """``apart`` holds for each row the rows it must not be with. Ties to articles that are not here say nothing."""

    def __init__(self, ordered: Sequence[Article], ties: Sequence[Tie]) -> None:
        rows = {article.id: row for row, article in enumerate(ordered)}
        here = [
            (rows[tie.article], rows[tie.other], tie.together)
            for tie in ties
            if {tie.article, tie.other} <= rows.keys()
        ]
        self.apart: list[set[int]] = [set() for _ in ordered]
        for one, other, together in here:
            if not together:
                self.apart[one].add(other)
                self.apart[other].add(one)
        self._together = [(one, other) for one, other, together in here if together]

    def united(self, story: npt.NDArray[np.int64]) -> list[list[int]]:
        """Rows of each story, in the order of their first rows: those that people put together are one, the oldest
        word first, unless somebody set two of their articles apart.
        """
        groups: dict[int, list[int]] = {}
        for row, number in enumerate(story.tolist()):
            groups.setdefault(number, []).append(row)
        of_row = {row: number for number, members in groups.items() for row in members}
        for one, other in self._together:
            low, high = sorted((of_row[one], of_row[other]))
            if low != high and not any(self.apart[row] & set(groups[high]) for row in groups[low]):
                groups[low] = sorted(groups[low] + groups.pop(high))
                of_row |= dict.fromkeys(groups[low], low)
        return [groups[number] for number in sorted(groups)]
