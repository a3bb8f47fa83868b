"""Is the searchable copy what the record says? Id by id, version by version."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from diembao.core.errors import IndexAway
from diembao.pipeline.steps import INDEX_READS, REMADE
from diembao.pipeline.wiring import Installation

log = structlog.get_logger()

EVERY: Final = timedelta(days=1)  # between two looks of a worker at the copy's files
# What a person reads of a copy that is `lost`.
LOST: Final = (
    "Chỉ mục trống hoặc hỏng nên chưa tìm được bài nào; bài vẫn giữ đủ trong kho. `diembao up` tự làm lại,"
    " hoặc chạy `diembao index rebuild`. / The index is empty or damaged; `diembao index rebuild` makes it again."
)
DIFFERS: Final = (
    "Chỉ mục không giống kho; `diembao index rebuild` làm lại."
    " / The index differs from the record; `diembao index rebuild` makes it again."
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
    if damaged:
        house.index.checked()  # what has been seen to be damaged answers nobody any more
    return Verified(position, waiting, checked, missing, stale, extra, damaged, lost(house))


def checked(house: Installation, now: datetime) -> None:
    """What a worker does when it starts, and once a day: the copy's files are read whole, and damaged ones set aside
    (`core.ports.Index.checked`), so that the step `index` makes the copy again. No search pays for it.
    """
    whole = house.whole
    if whole.index_checked is not None and whole.index_checked <= now < whole.index_checked + EVERY:
        return
    with contextlib.suppress(IndexAway):  # whoever asks it next is told
        if found := whole.index.checked():
            log.warning("index-damaged", files=found)
        whole.index_checked = now


@dataclass(frozen=True, slots=True)
class Remade:
    """The copy is being made again: of ``until`` entries of the log that it had read, it has read ``position``."""

    position: int
    until: int

    def __str__(self) -> str:
        return (
            f"Chỉ mục đang được làm lại: đã đọc {self.position}/{self.until} việc; bài chưa đọc lại thì chưa tìm được,"
            " không bài nào mất."
        )


def remade(house: Installation) -> Remade | None:
    """None: it is not. What it answers meanwhile is right for the articles it has, and only for them.

    Raises:
        IndexAway: it cannot be asked.
    """
    until = int(house.store.fact(REMADE) or 0)
    position = house.index.position() if until else 0
    return Remade(position, until) if position < until else None


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
