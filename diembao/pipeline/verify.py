"""Is the searchable copy what the record says? Id by id, version by version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from diembao.pipeline.steps import INDEX_READS
from diembao.pipeline.wiring import Installation

# What a person reads of a copy that is `lost`.
LOST: Final = (
    "Chỉ mục trống hoặc hỏng nên chưa tìm được bài nào; bài vẫn giữ đủ trong kho. `diembao up` tự làm lại,"
    " hoặc chạy `diembao index rebuild`. / The index is empty or damaged; `diembao index rebuild` makes it again."
)


@dataclass(frozen=True, slots=True)
class Verified:
    """``missing`` are not in the copy, ``stale`` are there as they were before their last change, ``extra`` are no
    article of the record; ``damaged`` are names of files. ``waiting`` entries of the log are still to be read, which is
    no difference, unless they had been and are ``lost``. Ids are in order.
    """

    position: int
    waiting: int
    checked: int
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    lost: bool = False

    @property
    def same(self) -> bool:
        return not (self.missing or self.stale or self.extra or self.damaged or self.lost)

    def as_json(self) -> dict[str, Any]:
        return {"same": self.same, **asdict(self)}


def verify(house: Installation) -> Verified:
    """Compare what the copy claims to hold (the log up to its position) with what it holds.

    A document bears the head of the log from before its article was read: where that is lower than the article's last
    entry, what has changed since is not in it.
    """
    position = house.index.position()  # first: what a worker adds meanwhile is more than was claimed, never less
    damaged = list(house.index.damaged())
    told, held = house.store.last_entries(INDEX_READS, until=position), house.index.versions()
    missing, stale, extra, checked = [], [], [], 0
    for article_id, number, version in _side_by_side(told, held):
        checked += 1
        if number is None:
            extra.append(article_id)
        elif version is None:
            missing.append(article_id)
        elif version < number:
            stale.append(article_id)
    if extra:  # or is a worker adding them right now?
        newer = {article_id for article_id, _ in house.store.last_entries(INDEX_READS, until=house.store.head())}
        extra = [article_id for article_id in extra if article_id not in newer]
    waiting = house.store.head() - position
    return Verified(position, waiting, checked, missing, stale, extra, damaged, lost(house))


def lost(house: Installation) -> bool:
    """Is the copy at its beginning though the record has been read into it? It was deleted or damaged, and nobody has
    begun to make it again.

    Raises:
        IndexAway: it cannot be asked.
    """
    return house.store.bookmark("index") > 0 and house.index.position() == 0


def _side_by_side(
    told: Iterator[tuple[str, int]], held: Iterator[tuple[str, int]]
) -> Iterator[tuple[str, int | None, int | None]]:
    """Two lists in the order of ids as one: id, number on the left, number on the right; None: it is not there."""
    left, right = next(told, None), next(held, None)
    while left or right:
        if right is None or (left is not None and left[0] < right[0]):
            assert left is not None  # noqa: S101 (the loop's own condition)
            yield left[0], left[1], None
            left = next(told, None)
        elif left is None or right[0] < left[0]:
            yield right[0], None, right[1]
            right = next(held, None)
        else:
            yield left[0], left[1], right[1]
            left, right = next(told, None), next(held, None)
