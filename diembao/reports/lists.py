"""The articles of a figure as they are listed: copies under the article that they copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from diembao.core.article import Kind, Labelled, Role
from diembao.core.ports import Store
from diembao.reports.figures import Figure, read

LISTED: Final = 40  # articles of a list; the appendix has the rest


@dataclass(frozen=True, slots=True)
class Listed:
    """A figure, and its articles that are listed, newest first, each with the copies that are told under it. The
    former are whole.
    """

    figure: Figure
    rows: tuple[tuple[Labelled, tuple[Labelled, ...]], ...]
    left_out: int


def is_copy(item: Labelled) -> bool:
    return item.key(Kind.ROLE) == Role.COPY.value


def light(store: Store, ids: Sequence[str]) -> Iterator[Labelled]:
    """As the record has them, without their texts: a week may have forty thousand."""
    for item in read(store, ids):
        yield replace(item, article=replace(item.article, text=""))


def listed(store: Store, figure: Figure, items: Sequence[Labelled]) -> Listed:
    """The figure's articles among ``items`` (in the order of time); copies go under the first other of their story."""
    wanted = frozenset(figure.now.ids)
    found = [item for item in reversed(items) if item.article.id in wanted]
    told = {item.key(Kind.STORY): item.article.id for item in found if not is_copy(item)}
    under: dict[str, list[Labelled]] = {}
    for item in found:
        if is_copy(item) and (leader := told.get(item.key(Kind.STORY))):
            under.setdefault(leader, []).append(item)
    below = {copy.article.id for copies in under.values() for copy in copies}
    rows = [x.article.id for x in found if x.article.id not in below]
    shown = _whole(store, rows[:LISTED])
    return Listed(figure, tuple((x, tuple(under.get(x.article.id, ()))) for x in shown), max(0, len(rows) - LISTED))


def _whole(store: Store, ids: Sequence[str]) -> Iterable[Labelled]:
    return store.articles(ids) if ids else ()
